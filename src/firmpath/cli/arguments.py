"""Arguments that several commands share, so that they are spelt and explained in one way."""

import argparse
import os
from datetime import UTC, date, datetime

from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import parse_date, parse_instant
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

_NAMES = "a CPL Entry ID (311), a Manufacturer Image hash, or manufacturer/model@version (F001/00050203@38040404)"


def add_installed_and_target(parser: argparse.ArgumentParser) -> None:
    """Add the two entries that a question is about."""
    parser.add_argument("installed", metavar="INSTALLED", help=f"what the Device runs: {_NAMES}")
    parser.add_argument("target", metavar="TARGET", help="what it is to run: named likewise, or `newest`")


def add_cpl(parser: argparse.ArgumentParser) -> None:
    """Add the CPL to read, how to read it, and the days that are asked about."""
    group = parser.add_argument_group("the CPL")
    group.add_argument("--cpl", metavar="FILE", help="CSV, XLSX or register file (default: $FIRMPATH_CPL)")
    add_table(group)
    group.add_argument("--on", metavar="DATE", help="the day that is asked about (default: today)")
    group.add_argument(
        "--known-at", metavar="WHEN", help="use only what was on record by this day or instant (UTC)"
    )


def add_table(group: argparse._ArgumentGroup) -> None:
    """Add how the headings of a table are to be understood."""
    group.add_argument("--mapping", metavar="FILE", help="a TOML file that says which heading means which column")
    group.add_argument("--ignore", metavar="HEADING", action="append", default=[], help="leave this column out")
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


def cpl_path(arguments: argparse.Namespace) -> str:
    """Give the CPL file that was named, or the one in the environment.

    :raises FirmpathError: neither names one.
    """
    path: str = arguments.cpl or os.environ.get("FIRMPATH_CPL", "")
    if not path:
        raise FirmpathError(Fault("CPL", "", "is not given", "add --cpl FILE, or set FIRMPATH_CPL", quoted=False))
    return path


def day_asked_about(arguments: argparse.Namespace) -> date:
    """Give the day that is asked about: today, by this machine's clock in UTC, unless said otherwise."""
    return parse_date(arguments.on, "Day") if arguments.on else datetime.now(UTC).date()


def known_at(arguments: argparse.Namespace) -> datetime | NotKnown:
    """Give the instant by which things have to be on record; a day means its end."""
    written = arguments.known_at
    if not written:
        return NOT_KNOWN
    if "T" in written:
        return parse_instant(written, "Known at")
    return datetime.combine(parse_date(written, "Known at"), datetime.max.time(), UTC)


def accepted_notices(arguments: argparse.Namespace) -> frozenset[str]:
    """Give the ids of the notices that are accepted.

    :raises FirmpathError: no reason is given for it; accepting a risk is an act that somebody answers for.
    """
    faults = []
    if arguments.accept and not arguments.because.strip():
        right = "add --because and the reason"
        faults.append(Fault("Notice", ", ".join(arguments.accept), "is accepted without a reason", right))
    refuse_if_any(faults)
    return frozenset(arguments.accept)
