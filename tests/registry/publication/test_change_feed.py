"""The change feed: who sees which statements, in which words, and how corrections stand in it."""

from datetime import UTC, date, datetime

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.explain.statements import change_in_words
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    DeadEndMarked,
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeClosed,
    ReleaseInformationGiven,
    Retracted,
    ZigBeeBandDeclared,
)
from firmpath.pathways.identifiers import CPLEntryID, ManufacturerID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_kinds import KINDS
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.publication.changes import FIR_KINDS, PUBLIC_KINDS, Sought, find_changes
from firmpath.registry.publication.naming import Naming
from tests.notation import statements

LATER = datetime(2026, 2, 1, tzinfo=UTC)
TWO = CPLEntryID(2)
EVERYTHING = Sought()


def register(notation: str, *more: tuple[Fact, int]) -> LivingRegister:
    """Give a register with facts added on 1 February 2026, each with the number that it corrects, or 0."""
    made = statements(notation)
    last = len(made)
    said = ("SECAS", Channel.SECAS_CORRECTION)
    added = [
        Statement(last + at, LATER, date(2020, 1, 3), *said, fact, "person 7", "so it is", corrects or NOT_KNOWN)
        for at, (fact, corrects) in enumerate(more, 1)
    ]
    return LivingRegister.build([*made, *added])


def words(found: LivingRegister, sought: Sought = EVERYTHING, reads_fir: bool = True) -> list[str]:
    return [change.words for change in find_changes(found, sought, reads_fir, 100).changes]


def test_every_kind_of_fact_but_a_retraction_is_of_one_kind_of_change() -> None:
    kinds = [fact for kind in (*PUBLIC_KINDS, *FIR_KINDS) for fact in kind.facts]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(KINDS.values()) - {Retracted}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (BaseFirmwareDeclared(TWO, NO_PREVIOUS_VERSION), "{} has no previous version to be applied to (N/A)."),
        (ZigBeeBandDeclared(TWO, ZigBeeBand.DUAL_BAND), "{} has ZigBee band Dual Band."),
        (ReleaseInformationGiven(TWO, notes="read me"), "{} has notes: read me."),
        (DeadEndMarked(TWO, "ended."), "{} is marked as a dead end: ended."),
        (EntryWithdrawn(TWO), "{} is withdrawn from the CPL."),
        (EntryReinstated(TWO), "{} is back on the CPL."),
        (MarkRemoved(TWO), "{} is marked neither as a stepping stone nor as a dead end."),
    ],
)
def test_facts_are_put_in_words_with_versions_and_names(fact: Fact, expected: str) -> None:
    found = register("1 <- 2")
    statement = found.statements[0]._replace(fact=fact)
    assert change_in_words(Naming(found), statement) == expected.format('CPL entry 2 (firmware 00000002, "v2")')


def test_an_entry_that_is_not_on_the_cpl_is_named_as_such() -> None:
    found = register("1 <- 2")
    statement = found.statements[0]._replace(fact=BaseFirmwareDeclared(TWO, Bases((CPLEntryID(9),))))
    assert change_in_words(Naming(found), statement).endswith("can be applied to 9 (not on the CPL).")


def test_a_retraction_is_shown_as_such_to_those_who_saw_what_it_takes_back() -> None:
    band = next(
        each.number for each in statements("1 <- 2 ; 2 band=Dual Band") if isinstance(each.fact, ZigBeeBandDeclared)
    )
    found = register("1 <- 2 ; 2 band=Dual Band", (Retracted(), band))
    for reads_fir in (True, False):
        (latest, *others) = find_changes(found, Sought(kind="band"), reads_fir, 100).changes
        assert latest.words == 'Taken back: CPL entry 2 (firmware 00000002, "v2") has ZigBee band Dual Band.'
        assert (latest.is_retraction, latest.corrects) == (True, band)
        assert [each.corrected_by for each in others] == [latest.number]


def test_the_public_is_not_told_what_was_taken_back_of_the_fir() -> None:
    base = next(each.number for each in statements("1 <- 2") if isinstance(each.fact, BaseFirmwareDeclared))
    found = register("1 <- 2", (Retracted(), base))
    assert len(words(found, reads_fir=False)) == 2
    assert "Taken back" not in " ".join(words(found, reads_fir=False))


def test_reasons_parties_and_people_are_not_for_the_public() -> None:
    found = register("1 <- 2", (EntryWithdrawn(TWO), 0))
    public = find_changes(found, Sought(), False, 1).changes[0]
    assert (public.party, public.channel, public.reason) == (NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)
    fir = find_changes(found, Sought(), True, 1).changes[0]
    assert (fir.party, fir.channel, fir.reason) == ("SECAS", "SECAS correction", "so it is")
    assert "person 7" not in repr(fir)


def test_pages_join_without_gap_or_overlap() -> None:
    found = register("1 <- 2 <- 3 <- 4")
    numbers: list[int] = []
    before = 0
    while True:
        page = find_changes(found, Sought(before=before), True, 3)
        numbers += (change.number for change in page.changes)
        before = page.next_before
        if not before:
            break
    assert numbers == list(range(found.last_number, 0, -1))


def test_a_correction_is_known_on_every_page() -> None:
    base = next(each.number for each in statements("1 <- 2") if isinstance(each.fact, BaseFirmwareDeclared))
    found = register("1 <- 2", (Retracted(), base))
    page = find_changes(found, Sought(before=base + 1), True, 1)
    assert page.changes[0].corrected_by == found.last_number


def test_a_manufacturer_sees_notices_that_touch_its_entries_until_they_are_closed() -> None:
    notation = "1 <- 2 ; 7 maker=F002 ; notice N1: any -> 2 ; notice N2: any -> any ; notice N3: any -> 7"
    found = register(notation, (NoticeClosed("N1"), 0), (NoticeClosed("N3"), 0))
    said = words(found, Sought(manufacturer="F001", kind="notices"))
    assert [each.split(",")[0].split(" is")[0] for each in said] == ["Notice N1", "Notice N2", "Notice N1"]


def test_a_manufacturer_goes_on_seeing_an_entry_that_turned_out_to_be_of_another() -> None:
    made = statements("1 N/A ; 7 ? maker=F002")
    mistaken = made[-1].fact
    assert isinstance(mistaken, EntryPublished)
    hardware = mistaken.device_model.hardware_model._replace(manufacturer_id=ManufacturerID("F001"))
    right = mistaken._replace(device_model=mistaken.device_model._replace(hardware_model=hardware))
    found = register("1 N/A ; 7 ? maker=F002", (right, made[-1].number))
    assert len(words(found, Sought(manufacturer="F002"))) == 2
    assert "for ESME F001/00050203" in words(found, Sought(manufacturer="F002"))[0]
