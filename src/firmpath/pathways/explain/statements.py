"""A statement of the record in words, for those who read an entry's history."""

from datetime import date
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words, instant_in_words
from firmpath.pathways.explain.facts import Names, NamesOf, fact_in_words
from firmpath.pathways.facts import Fact, Retracted
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement

_NO_ENTRIES: Final = Catalogue(date.min, {})


def statement_in_words(statement: Statement, corrected_by: int = 0, catalogue: Catalogue = _NO_ENTRIES) -> str:
    """Say what was stated, by whom, from when, and what it corrects or is corrected by.

    Entries that the statement names come with their firmware versions where the catalogue has them.
    """
    stated = fact_in_words(NamesOf(catalogue), statement.fact)
    words = f"{statement.number}. From {day_in_words(statement.effective_from)}: {stated} "
    words += f"{statement.party} ({statement.channel.value}), recorded {instant_in_words(statement.recorded_at)}"
    if statement.reason:
        words += f", because: {statement.reason}"
    if statement.corrects:
        words += f"; corrects {statement.corrects}"
    if corrected_by:
        words += f"; counts no more, corrected by {corrected_by}"
    return words


def change_in_words(names: Names, statement: Statement, retracted: Fact | NotKnown = NOT_KNOWN) -> str:
    """Say what a statement says; of a retraction, what it takes back, if that may be said."""
    if isinstance(statement.fact, Retracted) and not isinstance(retracted, NotKnown):
        return f"Taken back: {fact_in_words(names, retracted)}"
    return fact_in_words(names, statement.fact)


def statement_as_proposed(names: Names, statement: Statement) -> str:
    """Say what a statement states, from when, and which one it corrects."""
    if isinstance(statement.fact, Retracted):
        return f"Statement {statement.corrects} is taken back, and nothing takes its place."
    words = f"From {day_in_words(statement.effective_from)}: {fact_in_words(names, statement.fact)}"
    return f"{words} This corrects statement {statement.corrects}." if statement.corrects else words
