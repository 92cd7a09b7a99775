"""The numbered rules: `RULES` lists them, `check_entry` and `check_catalogue` apply them."""

from firmpath.pathways.rules import base_entries, formats, histories, submissions
from firmpath.pathways.rules.checking import check_catalogue, check_entry
from firmpath.pathways.rules.registry import RULES, Finding, Rule, Severity

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "Severity",
    "base_entries",
    "check_catalogue",
    "check_entry",
    "formats",
    "histories",
    "submissions",
]
