"""Show what a submission would change before it is accepted: faults, findings, and every pathway gained or lost.

The submission is a table of new entries in the columns of the CPL, or a register file whose statements go on from
those of the CPL (corrections, withdrawals, notices).
"""

import argparse
from typing import Any, Final

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
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.json_form.others import difference_json, findings_json
from firmpath.pathways.naming import listing
from firmpath.pathways.rehearsal import Rehearsal, rehearse
from firmpath.pathways.rules import Severity

_REFUSED, _NEEDS_REASON, _ACCEPTABLE = "refused", "needs_reason", "acceptable"
_IN_WORDS: Final = {
    _REFUSED: "would be refused as it stands",
    _NEEDS_REASON: "can be accepted once a reason is given",
    _ACCEPTABLE: "can be accepted",
}


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
    verdict = _verdict(rehearsal)
    if arguments.json:
        print_json(_as_json(rehearsal, verdict) | known_at_json(arguments))
    else:
        _print(rehearsal, verdict)
    worse = verdict != _ACCEPTABLE or rehearsal.difference.lost or rehearsal.difference.lengthened
    return ExitCode.NO if worse else ExitCode.YES


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


def _verdict(rehearsal: Rehearsal) -> str:
    if rehearsal.is_refused:
        return _REFUSED
    wants_reason = any(finding.severity is Severity.NEEDS_REASON for finding in rehearsal.findings)
    return _NEEDS_REASON if wants_reason else _ACCEPTABLE


def _as_json(rehearsal: Rehearsal, verdict: str) -> dict[str, Any]:
    after, new = rehearsal.after, rehearsal.new_entries
    difference = difference_json(rehearsal.before, after, rehearsal.difference)
    findings = findings_json(after, rehearsal.findings)
    fields = {
        "version": 1,
        "answer": verdict,
        "new_entries": list(new),
        **difference,
        "counts": findings["counts"],
        "findings": findings["findings"],
    }
    return fields | {"entries": named_json(fields, after, rehearsal.before)}


def _print(rehearsal: Rehearsal, verdict: str) -> None:
    after, new = rehearsal.after, rehearsal.new_entries
    what = f" of {counted(len(new), 'new entry', 'new entries')}: {listing(after, new)}," if new else ""
    print_wrapped(f"This submission{what} {_IN_WORDS[verdict]}, as at {after.as_at}.", strong=True)
    print_findings(rehearsal.findings, every=True)
    print()
    print_explanation(explain_difference(rehearsal.before, after, rehearsal.difference))
