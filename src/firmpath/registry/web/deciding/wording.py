"""Statements of SECAS in words, each entry with its version; and what is not on the CPL yet."""

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.facts import NamesOf, steps_in_words
from firmpath.pathways.explain.statements import statement_as_proposed
from firmpath.pathways.facts import NoticeStep
from firmpath.pathways.statement import Statement
from firmpath.registry.submissions.on_record import OnRecord


def statement_words(catalogue: Catalogue, statement: Statement) -> str:
    """Say what a statement states, from when, and which one it corrects."""
    return statement_as_proposed(NamesOf(catalogue), statement)


def step_words(catalogue: Catalogue, step: NoticeStep) -> str:
    """Say which upgrades a step of a notice is about."""
    return steps_in_words(NamesOf(catalogue), (step,))


def not_yet(found: OnRecord) -> str:
    """Say from when an entry will be on the CPL that is not there yet."""
    return f"will be on the CPL from {day_in_words(found.day)}"
