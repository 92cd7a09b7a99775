"""How the findings of the rules are printed, by every command that judges."""

from collections.abc import Iterable
from typing import Final

from firmpath.cli.output import print_wrapped
from firmpath.pathways.explain.findings import FindingsOfRule

FEW: Final = 5
"""As many findings of each rule as are printed where nobody asks for all of them."""


def print_findings(findings: Iterable[FindingsOfRule], every: bool) -> None:
    """Print findings under their rules; of each rule the first few, or every one."""
    for of_rule in findings:
        print()
        print_wrapped(of_rule.heading, strong=True)
        for line in of_rule.lines if every else of_rule.lines[:FEW]:
            print_wrapped(line, indent=2)
        if len(of_rule.lines) > FEW and not every:
            print_wrapped(
                f"… and {len(of_rule.lines) - FEW} more: --rule {of_rule.rule} --all shows them", indent=2
            )
