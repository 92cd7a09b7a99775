"""A statement in words: entries that it names come with their versions where a catalogue can name them."""

from datetime import date

import pytest

from firmpath.pathways.explain.statements import statement_in_words
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    CertificatesRecorded,
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
        f"{declared.number}. From 4 January 2020: CPL entry 3 can be applied to 1 (0002012F) or 2 (00020130) or 9. "
        "Brackenfell Metering (import), recorded 1 January 2026, 00:00 UTC"
    )
    assert ": CPL entry 3 can be applied to 1 or 2 or 9. " in statement_in_words(declared)


def test_entries_on_the_steps_of_a_notice_are_named_with_their_versions() -> None:
    assert " It is about 1 (0002012F) → 3, any entry → 2 (00020130). Brackenfell" in words_of(NoticeOpened)
    extended = SAID[-1]._replace(fact=NoticeExtended("N1", (NoticeStep(CPLEntryID(1), ANY_ENTRY),)))
    assert "Notice N1 is about further upgrades: 1 (0002012F) → any entry. " in statement_in_words(
        extended, 0, LISTED
    )


def test_the_entry_that_puts_it_right_is_named_with_its_version() -> None:
    opened = SAID[-1].fact
    assert isinstance(opened, NoticeOpened)
    fixed = SAID[-1]._replace(fact=opened._replace(fixed_in=CPLEntryID(2)))
    assert ", any entry → 2 (00020130). It is put right in 2 (00020130). " in statement_in_words(fixed, 0, LISTED)


def test_a_listing_shows_its_model_and_its_hash() -> None:
    assert " is on the CPL, for ESME F001/00050203 of Brackenfell Metering, with hash " in words_of(EntryPublished)
    assert f" {9:064X}. " in words_of(EntryPublished)


def test_a_day_among_the_fields_is_written_out_and_what_is_not_known_left_out() -> None:
    fact = CertificatesRecorded(CPLEntryID(1), cpa_certificate="C-1", cpa_valid_until=date(2031, 3, 4))
    words = statement_in_words(SAID[-1]._replace(fact=fact), 0, LISTED)
    assert "has CPA certificate: C-1; CPA certificate's last day: 4 March 2031. " in words


@pytest.mark.parametrize(("corrected_by", "end"), [(0, "; corrects 2"), (9, "; counts no more, corrected by 9")])
def test_corrections_are_told_of_on_both_sides(corrected_by: int, end: str) -> None:
    retracting = SAID[-1]._replace(fact=Retracted(), corrects=2, reason="a slip", effective_from=date(2026, 5, 1))
    words = statement_in_words(retracting, corrected_by, LISTED)
    assert "From 1 May 2026: An earlier statement is taken back, and nothing takes its place. " in words
    assert ", because: a slip; corrects 2" in words
    assert words.endswith(end)
    assert "because" not in statement_in_words(retracting._replace(reason=NOT_KNOWN))
