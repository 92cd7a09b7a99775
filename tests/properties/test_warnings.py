"""What keeps a Device safe, said without any decision of the engine: warnings only ever close."""

from hypothesis import assume, given
from hypothesis import strategies as st

from firmpath.pathways.answers import NoPathway
from firmpath.pathways.ask import ask
from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import (
    DeadEndMarked,
    EntryWithdrawn,
    Fact,
    NoticeOpened,
    NoticeStep,
    SteppingStoneMarked,
)
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import ByID
from tests.differential.small_catalogues import MANY, small_catalogues
from tests.notation import ON, catalogue, statements

Steps = set[tuple[CPLEntryID, CPLEntryID]]


def open_steps(listed: Catalogue) -> Steps:
    families = [listed.upgrades(family).open for family in listed.families]
    return {(from_id, to_id) for steps in families for from_id, to_ids in steps.items() for to_id in to_ids}


def declared_steps(listed: Catalogue) -> Steps:
    families = [listed.upgrades(family).declared for family in listed.families]
    return {(from_id, to_id) for steps in families for from_id, to_ids in steps.items() for to_id in to_ids}


@MANY
@given(small_catalogues(), st.data())
def test_a_warning_more_opens_nothing(text: str, data: st.DataObject) -> None:
    said = statements(text)
    listed = fold(said, ON)
    assume(listed.entries)
    ids = st.sampled_from(sorted(listed.entries))
    one, other = data.draw(ids), data.draw(ids)
    warnings: tuple[Fact, ...] = (
        NoticeOpened("N9", "late", "do not do it", (NoticeStep(one, other),)),
        SteppingStoneMarked(one, "stop here"),
        DeadEndMarked(one, "nothing after"),
        EntryWithdrawn(one),
    )
    for fact in warnings:
        warned = said[-1]._replace(number=len(said) + 1, effective_from=ON, fact=fact)
        assert open_steps(fold([*said, warned], ON)) <= open_steps(listed), fact


@MANY
@given(small_catalogues())
def test_a_dead_end_that_nobody_has_marked_is_none_while_somebody_is_silent(text: str) -> None:
    listed = catalogue(text)
    for installed in listed.entries:
        others = [listed[each] for each in listed.families[listed.family_of(installed)] if each != installed]
        silent = any(isinstance(entry.base_firmware, NotProvided) for entry in others)
        for target in listed.entries:
            answer = ask(listed, ByID(installed), ByID(target))
            if isinstance(answer, NoPathway) and answer.kind == "dead_end" and not answer.mark:
                assert not silent, f"{installed} to {target}"


@MANY
@given(small_catalogues())
def test_no_step_leads_past_a_marked_stone(text: str) -> None:
    """From an entry that reaches the stone to one that the stone reaches, except round a circle, by the dates."""
    listed = catalogue(text)
    declared = declared_steps(listed)
    for stone in (entry for entry in listed.entries.values() if entry.stepping_stone):
        after, before = (
            led_to(declared, stone.cpl_entry_id),
            led_to({(b, a) for a, b in declared}, stone.cpl_entry_id),
        )
        for from_id, to_id in declared:
            if from_id in before and to_id in after and stone.cpl_entry_id not in (from_id, to_id):
                excused = (from_id in after and not is_earlier(listed, from_id, stone.cpl_entry_id)) or (
                    to_id in before and is_earlier(listed, to_id, stone.cpl_entry_id)
                )
                assert excused or (from_id, to_id) not in open_steps(listed), f"{from_id} to {to_id}"


def led_to(steps: Steps, start: CPLEntryID) -> set[CPLEntryID]:
    found: set[CPLEntryID] = {start}
    for _ in steps:
        found |= {to_id for from_id, to_id in steps if from_id in found}
    return found - {start}


def is_earlier(listed: Catalogue, one: CPLEntryID, stone: CPLEntryID) -> bool:
    """Whether an entry was listed no later than the stone, for the same hardware."""
    first, second = listed[one], listed[stone]
    return first.hardware_model == second.hardware_model and first.listed_on <= second.listed_on
