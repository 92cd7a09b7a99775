"""Show what a submission would change before it is accepted: faults, findings, and every pathway gained or lost.

The submission is a table of new entries in the columns of the CPL, or a register file whose statements go on from
those of the CPL (corrections, withdrawals, notices).
"""

import argparse

from firmpath.cli.arguments import (
    add_cpl,
    add_json,
    cpl_path,
    day_asked_about,
    known_at,
    known_at_json,
    parse_together,
)
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.findings import print_findings
from firmpath.cli.output import print_explanation, print_json, print_wrapped
from firmpath.cli.progress import working
from firmpath.cli.reading import file_fault, how_of, is_register, naming_file, read_statements, refuse_unfit
from firmpath.pathways.explain.rehearsals import RehearsalInWords, explain_rehearsal
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.json_form.rehearsals import rehearsal_json
from firmpath.pathways.rehearsal import Rehearsal, rehearse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "submission", metavar="SUBMISSION", help="a table of new entries, or a register file to go on"
    )
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the rehearsal; the answer is yes if nothing speaks against it, and no pathway is lost or lengthened."""
    parse_together(arguments)
    rehearsal = _rehearse(arguments)
    if arguments.json:
        print_json(rehearsal_json(rehearsal) | known_at_json(arguments))
    else:
        _print(explain_rehearsal(rehearsal))
    return ExitCode.NO if rehearsal.is_worse else ExitCode.YES


def _rehearse(arguments: argparse.Namespace) -> Rehearsal:
    how, known = how_of(arguments), known_at(arguments)
    refuse_unfit(arguments, is_register(cpl_path(arguments)), is_register(arguments.submission))
    with naming_file(cpl_path(arguments)):
        record = read_statements(cpl_path(arguments), how)
    if known:
        record = tuple(statement for statement in record if statement.recorded_at <= known)
    with naming_file(arguments.submission):
        submission = read_statements(arguments.submission, how, continues=len(record))
    if not submission:
        raise FirmpathError(
            file_fault(arguments.submission, "states nothing", "is it the right file?", "Submission")
        )
    with working("Comparing every pathway"):
        return rehearse(record, submission, day_asked_about(arguments))


def _print(words: RehearsalInWords) -> None:
    print_wrapped(words.headline, strong=True)
    print_findings(words.findings, every=True)
    print()
    print_explanation(words.difference)
