"""Say what changed between two days of one CPL, or between two CPLs, in pathway terms.

OLD and NEW are each a day of the CPL that --cpl names (2026-01-31), or a file of their own.
"""

import argparse
from datetime import date, datetime
from typing import NamedTuple

from firmpath.cli.arguments import (
    add_json,
    add_table,
    cpl_path,
    day_asked_about,
    known_at,
    known_at_json,
    parse_all,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json
from firmpath.cli.progress import working
from firmpath.cli.reading import how_of, is_register, naming_file, read_statements, refuse_unfit
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import Difference, compare
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import parse_date
from firmpath.pathways.json_form.others import difference_json
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Statement


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("old", metavar="OLD", help="a day of the CPL, or a CPL file")
    parser.add_argument("new", metavar="NEW", help="a day of the CPL, or a CPL file")
    group = parser.add_argument_group("the CPL")
    group.add_argument("--cpl", metavar="FILE", help="the CPL whose days are compared (default: $FIRMPATH_CPL)")
    add_table(group)
    group.add_argument("--on", metavar="DATE", help="the day of comparing files (default: today in Britain)")
    group.add_argument(
        "--known-at", metavar="WHEN", help="use for OLD only what was on record by this day or instant"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the difference; the answer is no if a pathway was lost or lengthened."""
    old, new, known = parse_all(
        lambda: _side(arguments, arguments.old),
        lambda: _side(arguments, arguments.new),
        lambda: known_at(arguments),
    )
    _refuse_idle(arguments, old, new)
    before, after = _catalogues(arguments, (old, new), known)
    with working("Comparing every pathway"):
        difference = compare(before, after)
    if arguments.json:
        fields = {"version": 1, "answer": _answer(difference)}
        print_json(fields | difference_json(before, after, difference) | known_at_json(arguments))
    else:
        print_explanation(explain_difference(before, after, difference))
    return ExitCode.NO if _answer(difference) == "worse" else ExitCode.YES


class _Side(NamedTuple):
    path: str
    day: date
    is_file: bool


def _side(arguments: argparse.Namespace, written: str) -> _Side:
    """A side that looks like a date is a day, all else the name of a file."""
    is_day = len(written) == 10 and written[4] == written[7] == "-" and written.replace("-", "").isdigit()
    if is_day:
        path, day = parse_all(lambda: cpl_path(arguments), lambda: parse_date(written, "Day"))
        return _Side(path, day, False)
    return _Side(written, day_asked_about(arguments), True)


def _refuse_idle(arguments: argparse.Namespace, old: _Side, new: _Side) -> None:
    """Refuse what would be taken and not used.

    :raises FirmpathError: every such argument.
    """
    faults = []
    if arguments.on is not None and not (old.is_file or new.is_file):
        faults.append(Fault("Day", arguments.on, "is given, but OLD and NEW are days themselves", "leave out --on"))
    if arguments.cpl is not None and old.is_file and new.is_file:
        faults.append(Fault("CPL", arguments.cpl, "is given, but OLD and NEW are files", "leave out --cpl"))
    refuse_if_any(faults)
    refuse_unfit(arguments, is_register(old.path), is_register(new.path))


def _catalogues(
    arguments: argparse.Namespace, sides: tuple[_Side, _Side], known: datetime | NotKnown
) -> tuple[Catalogue, Catalogue]:
    """Give both sides, reading a file once where both are days of it."""
    how = how_of(arguments)
    files: dict[str, tuple[Statement, ...]] = {}
    for path in dict.fromkeys(side.path for side in sides):
        with naming_file(path):
            files[path] = read_statements(path, how)
    old, new = sides
    return fold(files[old.path], old.day, known), fold(files[new.path], new.day)


def _answer(difference: Difference) -> str:
    if difference.lost or difference.lengthened:
        return "worse"
    return "changed" if any(difference) else "unchanged"
