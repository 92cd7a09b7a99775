"""What the rules have found, in words: under each rule what it says of which entries, the gravest first."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.rules import RULES, Finding, Severity


class FindingsOfRule(NamedTuple):
    """All that one rule has found of one severity: a heading, and a sentence for each finding."""

    rule: str
    severity: Severity
    heading: str
    lines: tuple[str, ...]


def explain_findings(findings: Iterable[Finding]) -> Iterator[FindingsOfRule]:
    """Put findings under their rules, in order of severity and then of rule."""
    order = list(Severity)
    in_order = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.rule))
    for (severity, rule), group in groupby(in_order, key=lambda finding: (finding.severity, finding.rule)):
        lines = tuple(f"{finding}." for finding in group)
        title = RULES[rule].title.removesuffix(".")
        heading = f"{rule} ({severity}). {title}. {counted(len(lines), 'finding')}:"
        yield FindingsOfRule(rule, severity, heading, lines)
