"""A statement in words: entries that it names come with their versions where a catalogue can name them."""

from datetime import date

import pytest

from firmpath.pathways.explain.statements import statement_in_words
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    EntryPublished,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    Retracted,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from tests.notation import catalogue, statements

TEXT = "1 version=0002012F ; 2 version=00020130 ; 1, 2, 9 <- 3 ; notice N1: 1 -> 3, any -> 2"
SAID = statements(TEXT)
LISTED = catalogue("1 version=0002012F ; 2 version=00020130")


def words_of(kind: type) -> str:
    return statement_in_words([each for each in SAID if isinstance(each.fact, kind)][-1], 0, LISTED)


def test_base_entries_are_named_with_their_versions() -> None:
    (declared,) = (each for each in SAID if each.fact[:1] == (3,) and isinstance(each.fact, BaseFirmwareDeclared))
    assert statement_in_words(declared, 0, LISTED) == (
        f"{declared.number}. From 2020-01-04: base firmware declared: 1 (0002012F); 2 (00020130); 9. "
        "Brackenfell Metering (import), recorded 2026-01-01 00:00 UTC"
    )
    assert ": base firmware declared: 1; 2; 9. " in statement_in_words(declared)


def test_entries_on_the_steps_of_a_notice_are_named_with_their_versions() -> None:
    assert ", 1 (0002012F) → 3, any → 2 (00020130). Brackenfell" in words_of(NoticeOpened)
    extended = SAID[-1]._replace(fact=NoticeExtended("N1", (NoticeStep(CPLEntryID(1), ANY_ENTRY),)))
    assert "notice extended: 1 (0002012F) → any. " in statement_in_words(extended, 0, LISTED)


def test_the_entry_that_puts_it_right_is_named_with_its_version() -> None:
    opened = SAID[-1].fact
    assert isinstance(opened, NoticeOpened)
    fixed = SAID[-1]._replace(fact=opened._replace(fixed_in=CPLEntryID(2)))
    assert ", any → 2 (00020130), 2 (00020130). " in statement_in_words(fixed, 0, LISTED)


def test_a_listing_shows_its_model_and_the_beginning_of_its_hash() -> None:
    assert ": published: ESME F001/00050203@" in words_of(EntryPublished)
    assert ", 00000000…, " in words_of(EntryPublished)


@pytest.mark.parametrize(("corrected_by", "end"), [(0, "; corrects 2"), (9, "; counts no more, corrected by 9")])
def test_corrections_are_told_of_on_both_sides(corrected_by: int, end: str) -> None:
    retracting = SAID[-1]._replace(fact=Retracted(), corrects=2, reason="a slip", effective_from=date(2026, 5, 1))
    words = statement_in_words(retracting, corrected_by, LISTED)
    assert "From 2026-05-01: retracted, nothing takes its place. " in words
    assert ", because: a slip; corrects 2" in words
    assert words.endswith(end)
    assert "because" not in statement_in_words(retracting._replace(reason=NOT_KNOWN))
