"""Show what a submission would change before it is accepted: faults, findings, and every pathway gained or lost.

The submission is a table of new entries in the columns of the CPL, or a register file whose statements go on from
those of the CPL (corrections, withdrawals, notices).
"""

import argparse

from firmpath.cli.arguments import add_cpl, add_json, cpl_path, day_asked_about
from firmpath.cli.commands.lint import print_findings
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import bold, print_explanation, print_json, print_wrapped
from firmpath.cli.progress import working
from firmpath.cli.reading import how_of, read_statements
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.json_form.others import difference_json, findings_json
from firmpath.pathways.naming import listing
from firmpath.pathways.rehearsal import Rehearsal, rehearse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "submission", metavar="SUBMISSION", help="a table of new entries, or a register file to go on"
    )
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the rehearsal; the answer is no if a rule refuses, or a pathway is lost or lengthened."""
    how = how_of(arguments)
    record = read_statements(cpl_path(arguments), how)
    submission = read_statements(arguments.submission, how, continues=len(record))
    with working("Comparing every pathway"):
        rehearsal = rehearse(record, submission, day_asked_about(arguments))
    if arguments.json:
        print_json(
            difference_json(rehearsal.before, rehearsal.after, rehearsal.difference)
            | {"answer": "refused" if rehearsal.is_refused else "acceptable"}
            | {"new_entries": list(rehearsal.new_entries)}
            | {"findings": findings_json(rehearsal.after, rehearsal.findings)["findings"]}
        )
    else:
        _print(rehearsal)
    worse = rehearsal.is_refused or rehearsal.difference.lost or rehearsal.difference.lengthened
    return ExitCode.NO if worse else ExitCode.YES


def _print(rehearsal: Rehearsal) -> None:
    after = rehearsal.after
    verdict = "would be refused as it stands" if rehearsal.is_refused else "can be accepted"
    new = rehearsal.new_entries
    what = f" of {counted(len(new), 'new entry', 'new entries')}: {listing(after, new)}" if new else ""
    print_wrapped(bold(f"This submission{what} {verdict}, as at {after.as_at}."))
    print_findings(rehearsal.findings, every=True)
    print()
    print_explanation(explain_difference(rehearsal.before, after, rehearsal.difference))
