"""Judge a whole CPL by the numbered rules, and say what is wrong, what needs a reason, and what to know."""

import argparse
from functools import partial

from firmpath.cli.arguments import add_cpl, add_json, known_at_json, parse_together
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.findings import FEW, print_findings
from firmpath.cli.output import print_json, print_wrapped
from firmpath.cli.progress import progress
from firmpath.cli.reading import read_catalogue
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.explain.findings import explain_findings
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.json_form.others import findings_json
from firmpath.pathways.rules import RULES, Finding, Severity, check_catalogue

_SOUND, _FINDINGS, _NOTHING_JUDGED = "sound", "findings", "nothing_judged"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--rule", metavar="R42", action="append", default=[], help="only this rule (repeatable)")
    parser.add_argument("--all", action="store_true", help=f"print every finding, not the first {FEW} of each rule")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the findings by severity and rule; no if one refuses or needs a reason, or nothing was judged."""
    wanted = parse_together(arguments, *(partial(_require_rule, number) for number in arguments.rule))
    catalogue = read_catalogue(arguments)
    with progress("Judging entries", len(catalogue)) as more:
        findings = check_catalogue(catalogue, more)
    if wanted:
        findings = tuple(finding for finding in findings if finding.rule in wanted)
    answer = _answer(len(catalogue), findings)
    if arguments.json:
        fields = {"version": 1, "answer": answer, "judged": len(catalogue)}
        print_json(fields | findings_json(catalogue, findings) | known_at_json(arguments))
    else:
        print_wrapped(_headline(catalogue, findings), strong=True)
        print_findings(explain_findings(findings), arguments.all)
    return ExitCode.YES if answer == _SOUND else ExitCode.NO


def _answer(entries: int, findings: tuple[Finding, ...]) -> str:
    if not entries:
        return _NOTHING_JUDGED
    return _SOUND if all(finding.severity is Severity.NOTE for finding in findings) else _FINDINGS


def _headline(catalogue: Catalogue, findings: tuple[Finding, ...]) -> str:
    if not catalogue:
        return f"No entry is on this CPL as at {day_in_words(catalogue.as_at)}, so nothing was judged."
    judged = f"{counted(len(catalogue), 'entry', 'entries')} judged"
    if not findings:
        return f"{judged}, and nothing found."
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    return (
        f"{judged}: {counts[Severity.REFUSE]} refused, {counts[Severity.NEEDS_REASON]} in need of a reason, "
        f"{counted(counts[Severity.NOTE], 'note')}."
    )


def _require_rule(number: str) -> str:
    if number.upper() in RULES:
        return number.upper()
    raise FirmpathError(Fault("Rule", number, "is not a rule", f"the rules are {', '.join(sorted(RULES))}"))
