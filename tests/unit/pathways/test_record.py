"""Facts, the slots they belong in, and what makes statements contradict one another."""

import itertools

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    DeadEndMarked,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    Retracted,
    SteppingStoneMarked,
    slot_of,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.statement import Statement
from tests.notation import ON, statements

ONE, TWO, NINE = CPLEntryID(1), CPLEntryID(2), CPLEntryID(9)
OPENED = NoticeOpened("N1", "n", "t", (NoticeStep(ONE, TWO),))


def with_more(*more: tuple[Fact, int]) -> list[Statement]:
    """Two entries, published by statements 1 and 3, and more facts with the numbers that they correct (0: none)."""
    said = statements("1 ; 2")
    for fact, corrects in more:
        said.append(said[-1]._replace(number=len(said) + 1, fact=fact, corrects=corrects or NOT_KNOWN))
    return said


def test_facts_that_take_one_anothers_place_share_a_slot() -> None:
    assert slot_of(EntryWithdrawn(ONE)) == slot_of(EntryReinstated(ONE)) != slot_of(EntryWithdrawn(TWO))


def test_marks_and_what_is_said_of_notices_have_slots_of_their_own() -> None:
    marks = (SteppingStoneMarked(ONE, "so"), DeadEndMarked(ONE, "so"), MarkRemoved(ONE))
    notices = (NoticeOpened("N1", "n", "t", ()), NoticeExtended("N1", ()), NoticeClosed("N1"), NoticeClosed("N2"))
    slots = {slot_of(fact) for fact in (*marks, *notices)}
    assert len(slots) == 7


def test_a_step_of_a_notice_covers_one_upgrade_or_any() -> None:
    for from_id, to_id in itertools.product((ONE, TWO), repeat=2):
        assert NoticeStep(ANY_ENTRY, ANY_ENTRY).covers(from_id, to_id)
        assert NoticeStep(ONE, ANY_ENTRY).covers(from_id, to_id) == (from_id == 1)
        assert NoticeStep(ANY_ENTRY, TWO).covers(from_id, to_id) == (to_id == 2)
        assert NoticeStep(ONE, TWO).covers(from_id, to_id) == ((from_id, to_id) == (1, 2))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            [(statements("1")[0].fact, 0)],
            "Statement 5 publishes CPL entry 1 again, after statement 1; "
            "a CPL Entry ID is never used twice; correct the first instead",
        ),
        (
            [(EntryWithdrawn(NINE), 0)],
            "Statement 5 is about CPL entry 9, which no statement before it publishes; publish the entry first",
        ),
        (
            [(NoticeClosed("N9"), 0)],
            "Statement 5 is about the notice 'N9', which is not open; open it first",
        ),
        (
            [(NoticeExtended("N9", ()), 0)],
            "Statement 5 is about the notice 'N9', which is not open; open it first",
        ),
        (
            [(OPENED, 0), (NoticeClosed("N1"), 0), (NoticeClosed("N1"), 0)],
            "Statement 7 is about the notice 'N1', which is not open; open it first",
        ),
        (
            [(OPENED, 0), (OPENED, 0)],
            "Statement 6 opens the notice 'N1', which is open already; "
            "correct the first, extend it, or give this one an id of its own",
        ),
        (
            [(OPENED, 0), (NoticeClosed("N1"), 0), (Retracted(), 6), (OPENED, 0)],
            "Statement 8 opens the notice 'N1', which is open already; "
            "correct the first, extend it, or give this one an id of its own",
        ),
        (
            [(OPENED, 0), (NoticeExtended("N1", (NoticeStep(ANY_ENTRY, NINE),)), 0)],
            "Statement 6 names CPL entry 9, which no statement before it publishes; check the id",
        ),
        (
            [(OPENED._replace(fixed_in=NINE), 0)],
            "Statement 5 names CPL entry 9, which no statement before it publishes; check the id",
        ),
        (
            [(OPENED, 0), (OPENED._replace(steps=(NoticeStep(NINE, TWO),)), 5)],
            "Statement 6 names CPL entry 9, which no statement before it publishes; check the id",
        ),
        (
            [(OPENED, 0), (NoticeClosed("N1"), 5)],
            "Statement 6 corrects statement 5, which is about something else; "
            "a correction is about the same entry and the same kind of fact",
        ),
        (
            [(SteppingStoneMarked(ONE, "so"), 0), (DeadEndMarked(ONE, "so"), 5)],
            "Statement 6 corrects statement 5, which is about something else; "
            "a correction is about the same entry and the same kind of fact",
        ),
        ([(Retracted(), 0)], "Statement 5 retracts nothing; name the statement that it corrects"),
        ([(EntryWithdrawn(ONE), 7)], "Statement 5 corrects statement 7, which does not stand before it"),
        ([(EntryWithdrawn(ONE), 5)], "Statement 5 corrects statement 5, which does not stand before it"),
        (
            [(EntryWithdrawn(ONE), 2)],
            "Statement 5 corrects statement 2, which is about something else; "
            "a correction is about the same entry and the same kind of fact",
        ),
        (
            [(BaseFirmwareDeclared(TWO, NO_PREVIOUS_VERSION), 2)],
            "Statement 5 corrects statement 2, which is about something else; "
            "a correction is about the same entry and the same kind of fact",
        ),
        (
            [(Retracted(), 2), (Retracted(), 2)],
            "Statement 6 corrects statement 2, which statement 5 has corrected already; "
            "correct the correction instead",
        ),
        (
            [(Retracted(), 2), (BaseFirmwareDeclared(ONE, NO_PREVIOUS_VERSION), 5)],
            "Statement 6 corrects statement 5, which is itself a retraction; state the fact anew",
        ),
        (
            [(Retracted(), 1)],
            "Statement 5 retracts statement 1, on which later statements stand; "
            "withdraw the entry, or close the notice",
        ),
        (
            [(NoticeOpened("N1", "n", "t", ()), 0), (Retracted(), 5)],
            "Statement 6 retracts statement 5, on which later statements stand; "
            "withdraw the entry, or close the notice",
        ),
    ],
)
def test_contradictions_are_refused_in_words(more: list[tuple[Fact, int]], expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        fold(with_more(*more), ON)
    assert str(refused.value) == expected


def test_a_number_stands_once() -> None:
    said = statements("1")
    with pytest.raises(FirmpathError, match=r"^Statement 2 stands twice in the record; keep one of them$"):
        fold([*said, said[-1]], ON)


def test_every_contradiction_is_reported_at_once() -> None:
    said = with_more((EntryWithdrawn(NINE), 0), (NoticeClosed("N9"), 0), (Retracted(), 0))
    assert [fault.value for fault in faults_of_record(said)] == ["5", "6", "7"]


def test_a_sound_record_has_no_faults() -> None:
    said = with_more(
        (statements("1 maker=F002")[0].fact, 1),
        (BaseFirmwareDeclared(ONE, NO_PREVIOUS_VERSION), 2),
        (Retracted(), 6),
        (BaseFirmwareDeclared(ONE, NO_PREVIOUS_VERSION), 0),
    )
    assert not list(faults_of_record(said))


def test_a_notice_that_is_closed_can_be_opened_again() -> None:
    said = with_more((OPENED, 0), (NoticeClosed("N1"), 0), (OPENED, 0), (NoticeExtended("N1", ()), 0))
    assert not list(faults_of_record(said))


def test_a_closure_that_was_corrected_can_be_taken_back() -> None:
    said = with_more((OPENED, 0), (NoticeClosed("N1"), 0), (NoticeClosed("N1"), 6), (Retracted(), 7))
    assert [notice.notice_id for notice in fold(said, ON).notices] == ["N1"]
    (fault,) = faults_of_record([*said, said[4]._replace(number=9)])
    assert "which is open already" in str(fault)


def test_a_closure_that_was_corrected_since_the_notice_was_opened_again_cannot() -> None:
    said = with_more((OPENED, 0), (NoticeClosed("N1"), 0), (OPENED, 0), (NoticeClosed("N1"), 6), (Retracted(), 8))
    (fault,) = faults_of_record(said)
    assert str(fault).startswith("Statement 9 retracts statement 8, after which the notice 'N1' was opened again;")


def test_a_notice_whose_closure_is_retracted_is_open_again() -> None:
    said = with_more((OPENED, 0), (NoticeClosed("N1"), 0), (Retracted(), 6))
    assert [notice.notice_id for notice in fold(said, ON).notices] == ["N1"]
    assert fold(said[:-1], ON).notices == ()
    assert not list(
        faults_of_record([*said, said[-1]._replace(number=8, fact=NoticeClosed("N1"), corrects=NOT_KNOWN)])
    )
