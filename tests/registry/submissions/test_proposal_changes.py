"""What SECAS states: which statement a change corrects, and what stays as it was."""

from datetime import date

import pytest

from firmpath.pathways.facts import (
    CertificatesRecorded,
    DeadEndMarked,
    EntryFact,
    MarkRemoved,
    ReleaseInformationGiven,
    Retracted,
    SteppingStoneMarked,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import Stated
from firmpath.registry.parties.roles import MAY, Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.changes import Change, facts_without_mark, standing_like, state
from tests.notation import ON, RECORDED_AT, statements

SECAS = Who(Role.SECAS, MAY[Role.SECAS], 7, "Kim", 3, "SECAS")
THREE = CPLEntryID(3)


def register_of(text: str, *more: EntryFact) -> LivingRegister:
    record = statements(text)
    first = len(record) + 1
    added = (
        Statement(first + at, RECORDED_AT, date(2026, 2, 1), "Maker", record[0].channel, fact)
        for at, fact in enumerate(more)
    )
    return LivingRegister.build([*record, *added])


def stated(
    register: LivingRegister, fact: EntryFact, *, is_mistake: bool, day: date | None = None
) -> tuple[Stated, ...]:
    change = Change((fact,), "Maker", "because", day or NOT_KNOWN, is_mistake=is_mistake)
    return state(register, change, SECAS, ON)


def test_a_mistake_is_corrected_from_the_day_from_which_it_held() -> None:
    register = register_of("3 contact=a@maker.example")
    wrong = standing_like(register, ReleaseInformationGiven(THREE), ON)[-1]
    (one,) = stated(register, ReleaseInformationGiven(THREE, contact="b@maker.example"), is_mistake=True)
    assert (one.corrects, one.effective_from, one.entered_by) == (wrong.number, wrong.effective_from, "person 7")


def test_what_was_right_until_now_keeps_counting() -> None:
    register = register_of("3 contact=a@maker.example")
    (one,) = stated(register, ReleaseInformationGiven(THREE, contact="b@maker.example"), is_mistake=False)
    assert (one.corrects, one.effective_from) == (NOT_KNOWN, ON)


def test_where_nothing_stands_there_is_nothing_to_correct() -> None:
    (one,) = stated(register_of("3 ?"), ReleaseInformationGiven(THREE, contact="b@maker.example"), is_mistake=True)
    assert (one.corrects, one.effective_from) == (NOT_KNOWN, ON)


def test_a_correction_that_was_corrected_is_not_corrected_again() -> None:
    register = register_of("3 contact=a@maker.example")
    first = stated(register, ReleaseInformationGiven(THREE, contact="b@maker.example"), is_mistake=True)
    register = register.grown([Statement(register.last_number + 1, RECORDED_AT, *first[0])])
    (second,) = stated(register, ReleaseInformationGiven(THREE, contact="c@maker.example"), is_mistake=True)
    assert second.corrects == register.last_number


def test_a_field_that_was_a_mistake_goes_from_every_statement_that_has_it() -> None:
    earlier = CertificatesRecorded(THREE, "CPA-1", date(2027, 1, 1), "ZIG-1")
    register = register_of("3 ?", earlier, CertificatesRecorded(THREE, zigbee_certificate="ZIG-2"))
    made = stated(register, CertificatesRecorded(THREE, zigbee_certificate="ZIG-2"), is_mistake=True)
    assert [each.fact for each in made] == [
        CertificatesRecorded(THREE, zigbee_certificate="ZIG-2"),
        CertificatesRecorded(THREE, zigbee_certificate="ZIG-1"),
    ]
    assert len({each.corrects for each in made}) == 2


def test_a_statement_of_which_nothing_is_left_is_retracted() -> None:
    register = register_of("3 contact=a@maker.example", ReleaseInformationGiven(THREE, notes="Mends the clock"))
    made = stated(register, ReleaseInformationGiven(THREE, notes="Mends the clock"), is_mistake=True)
    assert [each.fact for each in made] == [ReleaseInformationGiven(THREE, notes="Mends the clock"), Retracted()]


def test_a_field_cannot_be_emptied_from_a_day_on() -> None:
    register = register_of("3 contact=a@maker.example")
    right = "keep what is there, write what it is now, or say that it was a mistake"
    with pytest.raises(FirmpathError, match=f"Contact cannot be emptied from a day on; {right}"):
        stated(register, ReleaseInformationGiven(THREE, notes="Mends the clock"), is_mistake=False)


def test_the_other_mark_stays_when_one_is_taken_away() -> None:
    register = register_of("1 <- 3; 3 stone; 3 dead-end")
    stone = SteppingStoneMarked(THREE, "it says so")
    dead_end = DeadEndMarked(THREE, "it says so")
    assert facts_without_mark(register, THREE, SteppingStoneMarked, ON) == (MarkRemoved(THREE), dead_end)
    assert facts_without_mark(register, THREE, DeadEndMarked, ON) == (MarkRemoved(THREE), stone)
    removed = Change(facts_without_mark(register, THREE, DeadEndMarked, ON), "Maker", "because", ON)
    made = state(register, removed, SECAS, ON)
    first = register.last_number + 1
    grown = register.grown([Statement(first + at, RECORDED_AT, *each) for at, each in enumerate(made)])
    entry = grown.catalogue(ON)[THREE]
    assert (entry.stepping_stone, entry.dead_end) == (stone, NOT_KNOWN)


def test_what_is_still_to_come_is_not_what_a_change_corrects_while_something_counts_today() -> None:
    register = register_of("3 ?", ReleaseInformationGiven(THREE, contact="a@maker.example"))
    later = Statement(
        register.last_number + 1,
        RECORDED_AT,
        date(2026, 9, 1),
        "Maker",
        statements("3")[0].channel,
        ReleaseInformationGiven(THREE, contact="z@maker.example"),
    )
    register = register.grown([later])
    (one, *_) = stated(register, ReleaseInformationGiven(THREE, contact="b@maker.example"), is_mistake=True)
    assert one.corrects == later.number - 1
