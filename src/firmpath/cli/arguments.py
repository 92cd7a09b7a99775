"""Arguments that several commands share, so that they are spelt and explained in one way."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import parse_date, parse_instant, write_instant
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

_NAMES = "a CPL Entry ID (311), a Manufacturer Image hash, or manufacturer/model@version (F001/00050203@38040404)"


def add_installed_and_target(parser: argparse.ArgumentParser) -> None:
    """Add the two entries that a question is about."""
    parser.add_argument("installed", metavar="INSTALLED", help=f"what the Device runs: {_NAMES}")
    parser.add_argument("target", metavar="TARGET", help="what it is to run: named likewise, or `newest`")


def add_question(parser: argparse.ArgumentParser) -> None:
    """Add all that a question about two entries can be asked with."""
    add_installed_and_target(parser)
    add_cpl(parser)
    add_accept(parser)
    add_json(parser)


def add_cpl(parser: argparse.ArgumentParser) -> None:
    """Add the CPL to read, how to read it, and the days that are asked about."""
    group = parser.add_argument_group("the CPL")
    group.add_argument("--cpl", metavar="FILE", help="CSV, XLSX or register file (default: $FIRMPATH_CPL)")
    add_table(group)
    group.add_argument("--on", metavar="DATE", help="the day that is asked about (default: today in Britain)")
    group.add_argument(
        "--known-at", metavar="WHEN", help="use only what was on record by this day or instant (UTC)"
    )


def add_table(group: argparse._ArgumentGroup) -> None:
    """Add how the headings of a table are to be understood."""
    group.add_argument("--mapping", metavar="FILE", help="a TOML file that says which heading means which column")
    group.add_argument(
        "--ignore", metavar="HEADING", action="append", default=[], help="leave this column out (repeatable)"
    )
    group.add_argument("--sheet", metavar="NAME", default="", help="the sheet of a workbook that has several")


def add_accept(parser: argparse.ArgumentParser) -> None:
    """Add the notices whose risk is accepted."""
    parser.add_argument(
        "--accept",
        metavar="NOTICE",
        action="append",
        default=[],
        help="accept the risk of this notice (repeatable)",
    )
    parser.add_argument("--because", metavar="WHY", default="", help="why it is accepted; printed with the answer")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the form for machines."""
    parser.add_argument("--json", action="store_true", help="print one JSON object in the documented form")


def add_quiet(parser: argparse.ArgumentParser) -> None:
    """Add the choice to hear of nothing but what is wrong."""
    parser.add_argument("--quiet", action="store_true", help="print nothing but what is wrong, and no progress")


def parse_all(*parses: Callable[[], Any]) -> list[Any]:
    """Give what each of these makes of an argument.

    :raises FirmpathError: every fault of every argument.
    """
    faults: list[Fault] = []
    parsed = []
    for parse in parses:
        try:
            parsed.append(parse())
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(dict.fromkeys(faults))
    return parsed


def parse_together(arguments: argparse.Namespace, *parses: Callable[[], Any]) -> list[Any]:
    """Give what each of these makes of an argument, once those that say which CPL is meant are right too.

    :raises FirmpathError: every fault of every argument.
    """
    about_the_cpl = (cpl_path, day_asked_about, known_at)
    parsed = parse_all(*parses, *(lambda parse=parse: parse(arguments) for parse in about_the_cpl))
    return parsed[: len(parses)]


def cpl_path(arguments: argparse.Namespace) -> str:
    """Give the CPL file that was named, or the one in the environment.

    :raises FirmpathError: neither names one.
    """
    path: str = os.environ.get("FIRMPATH_CPL", "") if arguments.cpl is None else arguments.cpl
    if not path:
        raise FirmpathError(Fault("CPL", "", "is not given", "add --cpl FILE, or set FIRMPATH_CPL", quoted=False))
    return path


def day_asked_about(arguments: argparse.Namespace) -> date:
    """Give the day that is asked about: today in Britain, by this machine's clock, unless said otherwise.

    The clock is read once, so that what takes until after midnight is of one day.
    """
    if arguments.on is not None:
        return parse_date(arguments.on, "Day")
    if "today" not in arguments:
        arguments.today = britains_day(datetime.now(UTC))
    today: date = arguments.today
    return today


def known_at(arguments: argparse.Namespace) -> datetime | NotKnown:
    """Give the instant by which things have to be on record; a day means its end."""
    written = arguments.known_at
    if written is None:
        return NOT_KNOWN
    if "T" in written:
        return parse_instant(written, "Known at")
    return datetime.combine(parse_date(written, "Known at"), datetime.max.time(), UTC)


def known_at_json(arguments: argparse.Namespace) -> dict[str, str]:
    """Give the instant by which things had to be on record as a field of what is printed, or no field."""
    known = known_at(arguments)
    return {"known_at": write_instant(known)} if known else {}


def accepted_notices(arguments: argparse.Namespace) -> frozenset[str]:
    """Give the ids of the notices that are accepted.

    :raises FirmpathError: no reason is given for it; accepting a risk is an act that somebody answers for.
    """
    because = arguments.because
    if arguments.accept and not because.strip():
        right = "add --because and the reason"
        raise FirmpathError(Fault("Notice", ", ".join(arguments.accept), "is accepted without a reason", right))
    if because and not arguments.accept:
        raise FirmpathError(Fault("Reason", because, "is given, but no notice is accepted", "add --accept NOTICE"))
    if because:
        from firmpath.pathways.plain_text import parse_text  # few accept anything

        parse_text(because, "Reason")
    return frozenset(arguments.accept)


def refuse_unknown_notices(catalogue: Catalogue, accepted: frozenset[str]) -> None:
    """Refuse to accept a notice that is not open: its id is mistyped, or nothing is left to accept.

    :raises FirmpathError: every such notice.
    """
    from firmpath.pathways.ask import faults_of_accepting  # not every command asks

    refuse_if_any(faults_of_accepting(catalogue, accepted))
