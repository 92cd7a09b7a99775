"""How the findings of the rules are printed, by every command that judges."""

from itertools import groupby
from typing import Final

from firmpath.cli.output import print_wrapped
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.rules import RULES, Finding, Severity

FEW: Final = 5
"""As many findings of each rule as are printed where nobody asks for all of them."""


def print_findings(findings: tuple[Finding, ...], every: bool) -> None:
    """Print findings under their rules, the gravest first; of each rule the first few, or every one."""
    order = list(Severity)
    in_order = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.rule))
    for (severity, number), group in groupby(in_order, key=lambda finding: (finding.severity, finding.rule)):
        of_rule = list(group)
        print()
        title = RULES[number].title.removesuffix(".")
        print_wrapped(f"{number} ({severity}). {title}. {counted(len(of_rule), 'finding')}:", strong=True)
        for finding in of_rule if every else of_rule[:FEW]:
            print_wrapped(f"{finding}.", indent=2)
        if len(of_rule) > FEW and not every:
            print_wrapped(f"… and {len(of_rule) - FEW} more: --rule {number} --all shows them", indent=2)
