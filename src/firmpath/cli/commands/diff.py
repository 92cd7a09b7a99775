"""Say what changed between two days of one CPL, or between two CPLs, in pathway terms.

OLD and NEW are each a day of the CPL that --cpl names (2026-01-31), or a file of their own.
"""

import argparse
from datetime import datetime

from firmpath.cli.arguments import add_json, add_table, cpl_path, day_asked_about, known_at
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_explanation, print_json
from firmpath.cli.progress import working
from firmpath.cli.reading import how_of, read_statements
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import compare
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import parse_date
from firmpath.pathways.json_form.others import difference_json
from firmpath.pathways.not_known import NotKnown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("old", metavar="OLD", help="a day of the CPL, or a CPL file")
    parser.add_argument("new", metavar="NEW", help="a day of the CPL, or a CPL file")
    group = parser.add_argument_group("the CPL")
    group.add_argument("--cpl", metavar="FILE", help="the CPL whose days are compared (default: $FIRMPATH_CPL)")
    add_table(group)
    group.add_argument("--on", metavar="DATE", help="the day on which files are compared (default: today)")
    group.add_argument(
        "--known-at", metavar="WHEN", help="use for OLD only what was on record by this day or instant"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the difference; the answer is no if a pathway was lost or lengthened."""
    before = _catalogue(arguments, arguments.old, known_at(arguments))
    after = _catalogue(arguments, arguments.new, NotKnown())
    with working("Comparing every pathway"):
        difference = compare(before, after)
    if arguments.json:
        print_json(difference_json(before, after, difference))
    else:
        print_explanation(explain_difference(before, after, difference))
    return ExitCode.NO if difference.lost or difference.lengthened else ExitCode.YES


def _catalogue(arguments: argparse.Namespace, side: str, known: datetime | NotKnown) -> Catalogue:
    """A side that looks like a date is a day, all else the name of a file."""
    is_day = len(side) == 10 and side[4] == side[7] == "-" and side.replace("-", "").isdigit()
    path = cpl_path(arguments) if is_day else side
    day = parse_date(side, "Day") if is_day else day_asked_about(arguments)
    return fold(read_statements(path, how_of(arguments)), day, known)
