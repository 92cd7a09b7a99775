"""What the rules say about a catalogue in notation, and what the parsers refuse, in the form that tests assert."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.rules import Finding, Severity, check_catalogue, check_entry
from tests.notation import ON, statements


class Said(NamedTuple):
    """A finding as a person meets it: how grave, about which entry, and the text with the remedy."""

    severity: Severity
    cpl_entry_id: int
    text: str


def on_record(rule: str, text: str, missing: int = 0) -> list[Said]:
    """Give what one rule says about a catalogue on record; the entry `missing` is named in it but is not on it."""
    return _said(rule, check_catalogue(_without(missing, text)))


def submitted(rule: str, cpl_entry_id: int, text: str, missing: int = 0) -> list[Said]:
    """Give what one rule says about a catalogue as it would be with a submitted entry."""
    return _said(rule, check_entry(_without(missing, text), CPLEntryID(cpl_entry_id)))


def refusals(read: Callable[[], object]) -> list[tuple[str, str]]:
    """Give the rule and the text of every fault for which something is refused."""
    with pytest.raises(FirmpathError) as refused:
        read()
    return [(fault.rule, str(fault)) for fault in refused.value.faults]


def _without(missing: int, text: str) -> Catalogue:
    return fold((each for each in statements(text) if getattr(each.fact, "cpl_entry_id", None) != missing), ON)


def _said(rule: str, findings: tuple[Finding, ...]) -> list[Said]:
    return [Said(found.severity, found.cpl_entry_id, str(found)) for found in findings if found.rule == rule]
