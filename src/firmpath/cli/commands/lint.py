"""Judge a whole CPL by the numbered rules, and say what is wrong, what needs a reason, and what to know."""

import argparse
from functools import partial
from itertools import groupby

from firmpath.cli.arguments import add_cpl, add_json, parse_together
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_json, print_wrapped
from firmpath.cli.progress import progress
from firmpath.cli.reading import read_catalogue
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.json_form.others import findings_json
from firmpath.pathways.rules import RULES, Finding, Severity, check_catalogue

_FEW = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--rule", metavar="R42", action="append", default=[], help="only this rule (repeatable)")
    parser.add_argument(
        "--all", action="store_true", help=f"print every finding, not the first {_FEW} of each rule"
    )
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the findings by severity and rule; the answer is no if one refuses or needs a reason."""
    wanted = parse_together(arguments, *(partial(_require_rule, number) for number in arguments.rule))
    catalogue = read_catalogue(arguments)
    with progress("Judging entries", len(catalogue)) as more:
        findings = check_catalogue(catalogue, more)
    if wanted:
        findings = tuple(finding for finding in findings if finding.rule in wanted)
    is_sound = all(finding.severity is Severity.NOTE for finding in findings)
    if arguments.json:
        answer = {"version": 1, "answer": "sound" if is_sound else "findings", "judged": len(catalogue)}
        print_json(answer | findings_json(catalogue, findings))
    else:
        print_wrapped(_headline(len(catalogue), findings), strong=True)
        print_findings(findings, arguments.all)
    return ExitCode.YES if is_sound else ExitCode.NO


def print_findings(findings: tuple[Finding, ...], every: bool) -> None:
    """Print findings under their rules, the gravest first; of each rule the first few, or every one."""
    order = list(Severity)
    in_order = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.rule))
    for (severity, number), group in groupby(in_order, key=lambda finding: (finding.severity, finding.rule)):
        of_rule = list(group)
        print()
        title = RULES[number].title.removesuffix(".")
        print_wrapped(f"{number} ({severity}). {title}. {counted(len(of_rule), 'finding')}:", strong=True)
        for finding in of_rule if every else of_rule[:_FEW]:
            print_wrapped(f"{finding}.", indent=2)
        if len(of_rule) > _FEW and not every:
            print_wrapped(f"… and {len(of_rule) - _FEW} more: --rule {number} --all shows them", indent=2)


def _headline(entries: int, findings: tuple[Finding, ...]) -> str:
    if not findings:
        return f"{counted(entries, 'entry', 'entries')} judged, and nothing found."
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    return (
        f"{counted(entries, 'entry', 'entries')} judged: {counts[Severity.REFUSE]} refused, "
        f"{counts[Severity.NEEDS_REASON]} in need of a reason, {counted(counts[Severity.NOTE], 'note')}."
    )


def _require_rule(number: str) -> str:
    if number.upper() in RULES:
        return number.upper()
    raise FirmpathError(Fault("Rule", number, "is not a rule", f"the rules are {', '.join(sorted(RULES))}"))
