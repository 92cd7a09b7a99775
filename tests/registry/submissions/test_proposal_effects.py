"""The two-person rule: which changes add an upgrade or remove a stone, and so need a second person of SECAS."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION
from firmpath.pathways.facts import (
    ANY_ENTRY,
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryWithdrawn,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    ReleaseInformationGiven,
    SteppingStoneMarked,
    ZigBeeBandDeclared,
)
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.submissions.days_ahead import days_with
from firmpath.registry.submissions.effects import Narrows, Widens, effect_of
from tests.notation import ON, statements
from tests.registry.submissions.proposal_cases import (
    CHAIN,
    FROM_LATER,
    IN_FORCE,
    LATER,
    WIDENING,
    Adding,
    Case,
    bases,
    certified,
    entry,
    named,
    opened,
    rebased,
    retracted,
    step,
)

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
_NA = BaseFirmwareDeclared(entry(3), NO_PREVIOUS_VERSION)


def closes(from_id: int, to_id: int) -> str:
    return f"{step(from_id, to_id)} closes."


NARROWING = (
    Case("entry withdrawn", CHAIN, Adding(EntryWithdrawn(entry(2))), (closes(1, 2), f"{named(2)} leaves the CPL.")),
    Case("entry withdrawn from a later day", CHAIN, Adding(EntryWithdrawn(entry(2)), LATER),
         (FROM_LATER + closes(1, 2), f"{FROM_LATER}{named(2)} leaves the CPL.")),
    Case("one base of two goes", "1 <- 2 <- 3; 1 <- 3", rebased(3, 2), (closes(1, 3),)),
    Case("declaration retracted", CHAIN, retracted(BaseFirmwareDeclared, 3), (closes(2, 3),)),
    Case("bases become N/A", CHAIN, Adding(_NA, corrects=BaseFirmwareDeclared, of=3), (closes(2, 3),)),
    Case("correction that holds from a later day closes the step until then", CHAIN,
         Adding(bases(3, 2), LATER, BaseFirmwareDeclared, 3), (closes(2, 3),)),
    Case("notice opened", CHAIN, Adding(opened((1, 2))), (closes(1, 2), "The notice N1 opens.")),
    Case("notice opened about every upgrade to an entry", CHAIN,
         Adding(NoticeOpened("N1", "Name", "Text", (NoticeStep(ANY_ENTRY, entry(3)),))),
         (closes(2, 3), "The notice N1 opens.")),
    Case("notice extended", "1 <- 2 <- 3; notice N1: 1 -> 2",
         Adding(NoticeExtended("N1", (NoticeStep(entry(2), entry(3)),))), (closes(2, 3),)),
    Case("stepping stone marked", CHAIN, Adding(SteppingStoneMarked(entry(2), "stop here")),
         (f"{named(2)} becomes a stepping stone.",)),
    Case("stepping stone marked that closes the way past it", "1 <- 2 <- 3; 1 <- 3",
         Adding(SteppingStoneMarked(entry(2), "stop here")),
         (closes(1, 3), f"{named(2)} becomes a stepping stone.")),
    Case("dead end marked", CHAIN, Adding(DeadEndMarked(entry(3), "the end")),
         (f"{named(3)} becomes a dead end.",)),
    Case("certificate turns out to have ended", IN_FORCE,
         Adding(certified(3, date(2026, 1, 31)), corrects=CertificatesRecorded, of=3), (closes(2, 3),)),
    Case("contact given", CHAIN, Adding(ReleaseInformationGiven(entry(3), contact="help@maker.example"))),
    Case("ZigBee band declared", CHAIN, Adding(ZigBeeBandDeclared(entry(3), ZigBeeBand.ONLY_SUB_GHZ))),
    Case("N/A declared where nobody had said", "1 <- 2; 3 ?", Adding(_NA)),
    Case("same base declared again", CHAIN, Adding(bases(3, 2))),
    Case("reference of a certificate recorded", CHAIN, Adding(CertificatesRecorded(entry(3), "CPA-9"))),
)  # fmt: skip


@pytest.mark.parametrize("case", WIDENING, ids=lambda case: case.name)
def test_widens(case: Case) -> None:
    assert _effect(case) == Widens(case.why)


@pytest.mark.parametrize("case", NARROWING, ids=lambda case: case.name)
def test_narrows(case: Case) -> None:
    assert _effect(case) == Narrows(case.why)


@pytest.mark.parametrize(
    ("on_record", "added"),
    [
        ("1 <- 2 <- 3 <- 4; 1 <- 4; 2 stone; 4 listed=2026-08-01", Adding(_NA)),
        ("1 <- 2 <- 3 <- 4; 1 <- 4; 2 stone; 4 cpa=2026-01-31", Adding(certified(4, date(2027, 1, 31)))),
    ],
    ids=["an entry comes later, and the stone no longer stands before it", "a certificate that had ended"],
)
def test_what_opens_a_way_on_a_later_day_widens(on_record: str, added: Adding) -> None:
    assert isinstance(_effect(Case("", on_record, added)), Widens)


def test_looking_ahead_leaves_the_register_as_it_was() -> None:
    record = statements(CHAIN)
    register = LivingRegister.build(record)
    days_with(register, [_numbered(record, Adding(bases(3, 1, 2)))], ON)
    catalogue = register.catalogue(ON)
    assert register.last_number == len(record)
    assert catalogue.upgrades(catalogue.family_of(entry(1))).open[entry(1)] == (2,)


def test_days_that_are_past_are_not_looked_at() -> None:
    record = statements(CHAIN)
    added = _numbered(record, Adding(bases(3, 1), date(2020, 1, 1)))
    rehearsed = days_with(LivingRegister.build(record), [added], ON)
    assert [each.after.as_at for each in rehearsed] == [ON]


def test_other_families_are_left_out_unless_a_notice_is_about_any_upgrade() -> None:
    record = statements("1 <- 2; 3 model=0007; 4 model=0007; 3 <- 4")
    register = LivingRegister.build(record)
    (one,) = days_with(register, [_numbered(record, Adding(EntryWithdrawn(entry(2))))], ON)
    assert list(one.before.entries) == [1, 2]
    everywhere = NoticeOpened("N1", "Name", "Text", (NoticeStep(ANY_ENTRY, ANY_ENTRY),))
    days = days_with(register, [_numbered(record, Adding(everywhere))], ON)
    assert effect_of(days, ON) == Narrows((closes(1, 2), closes(3, 4), "The notice N1 opens."))


def test_an_opened_notice_about_any_upgrade_is_looked_at_whatever_changes() -> None:
    record = statements("1 <- 2; 3 ?; notice N1: any -> any")
    days = days_with(LivingRegister.build(record), [_numbered(record, Adding(bases(3, 2)))], ON)
    assert effect_of(days, ON) == Widens((f"{step(2, 3)} is declared, though it is not open.",))


def _effect(case: Case) -> Widens | Narrows:
    record = statements(case.on_record)
    return effect_of(days_with(LivingRegister.build(record), [_numbered(record, case.added)], ON), ON)


def _numbered(record: Sequence[Statement], added: Adding) -> Statement:
    found = NOT_KNOWN if added.corrects is None else _number_of(record, added)
    who = ("SECAS", Channel.SECAS_CORRECTION)
    return Statement(len(record) + 1, AT, added.day, *who, added.fact, "person 1", "because", found)


def _number_of(record: Sequence[Statement], added: Adding) -> int:
    alike = [each for each in record if isinstance(each.fact, added.corrects or ())]
    return next(each.number for each in alike if added.of in (0, *each.fact[:1]))
