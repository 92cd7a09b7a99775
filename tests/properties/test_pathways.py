"""What is promised of every pathway, stone and missing declaration, whatever the catalogue."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from firmpath.pathways.answers import Answer, NoPathway, Pathway
from firmpath.pathways.ask import ask
from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import BaseFirmwareDeclared
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NoWay, find_best
from firmpath.pathways.reference import ByID, Newest
from firmpath.pathways.statement import Statement
from firmpath.pathways.stepping_stones import SteppingStone, proof_holds
from firmpath.pathways.stranded import find_cycles
from firmpath.pathways.upgrades import Upgrades
from tests.differential.small_catalogues import MANY, small_catalogues
from tests.notation import ON, catalogue, statements

SILENT = ("nobody_has_said", "no_pathway_declared")


def answer(listed: Catalogue, installed: int, target: int) -> Answer:
    return ask(listed, ByID(CPLEntryID(installed)), ByID(CPLEntryID(target)))


def upgrades_of(listed: Catalogue, cpl_entry_id: int) -> Upgrades:
    return listed.upgrades(listed.family_of(CPLEntryID(cpl_entry_id)))


@MANY
@given(small_catalogues())
def test_every_step_of_a_pathway_is_declared_and_open(text: str) -> None:
    listed = catalogue(text)
    for installed, target in itertools.permutations(listed.entries, 2):
        found = answer(listed, installed, target)
        if isinstance(found, Pathway):
            assert found.steps[0] == installed
            assert found.steps[-1] == target
            assert len(set(found.steps)) == len(found.steps)
            for from_id, to_id in itertools.pairwise(found.steps):
                base_firmware = listed[to_id].base_firmware
                assert isinstance(base_firmware, Bases)
                assert from_id in base_firmware.ids
                assert (from_id, to_id) not in upgrades_of(listed, installed).bars
                assert not listed[to_id].withdrawn_on


@MANY
@given(small_catalogues())
def test_no_pathway_is_shorter(text: str) -> None:
    """No open upgrade brings a Device nearer to the target by more than one activation."""
    listed = catalogue(text)
    for target in listed.entries:
        upgrades = upgrades_of(listed, target)
        lengths = {}
        for each in upgrades.entries:
            steps = find_best(upgrades, each, target)
            if not isinstance(steps, NoWay):
                lengths[each] = len(steps) - 1
        assert lengths[target] == 0
        for from_id, to_ids in upgrades.open.items():
            for to_id in to_ids:
                assert to_id not in lengths or lengths[from_id] <= lengths[to_id] + 1


@MANY
@given(small_catalogues(fewest=4), st.data())
def test_the_proof_of_a_stone_holds_and_a_changed_one_does_not(text: str, data: st.DataObject) -> None:
    listed = catalogue(text)
    proved = [
        (stone, found)
        for pair in itertools.permutations(listed.entries, 2)
        if isinstance(found := answer(listed, *pair), Pathway)
        for stone in found.stepping_stones
    ]
    assume(proved)
    for stone, found in proved:
        open_steps = upgrades_of(listed, found.installed).open
        assert proof_holds(open_steps, stone, found.installed, found.target)
        assert not proof_holds(open_steps, stone._replace(without=()), found.installed, found.target)
        with_target = stone._replace(without=(*stone.without, found.target))
        assert not proof_holds(open_steps, with_target, found.installed, found.target)
        # All of these can be reached: with any of them left out, some upgrade leads out of the rest.
        for left_out in stone.without:
            shorter = stone._replace(without=tuple(each for each in stone.without if each != left_out))
            assert not proof_holds(open_steps, shorter, found.installed, found.target)
    stone, found = data.draw(st.sampled_from(proved))
    check_wrong_stones(upgrades_of(listed, found.installed), stone, found)


def check_wrong_stones(upgrades: Upgrades, stone: SteppingStone, found: Pathway) -> None:
    """The same set proves no other entry on the pathway."""
    for other in found.steps[1:]:
        if other != stone.cpl_entry_id:
            wrong = stone._replace(cpl_entry_id=other)
            assert not proof_holds(upgrades.open, wrong, found.installed, found.target)


@MANY
@given(small_catalogues())
def test_the_missing_declarations_open_a_way_once_they_are_made(text: str) -> None:
    """Not so where marked stones lie on cycles: a new upgrade can put what came after a stone before it."""
    listed, said = catalogue(text), statements(text)
    for installed, target in itertools.permutations(listed.entries, 2):
        found = answer(listed, installed, target)
        if isinstance(found, NoPathway) and found.missing and found.kind in SILENT:
            with_them = fold([*said, *declaring(found, listed, len(said))], ON)
            if not any(find_cycles(with_them.upgrades(family).declared) for family in with_them.families):
                assert isinstance(answer(with_them, installed, target), Pathway), f"{installed} to {target}"


def declaring(found: NoPathway, listed: Catalogue, last: int) -> list[Statement]:
    """Make the declarations that are missing, besides those that have been made."""
    made = []
    for number, (from_id, to_id) in enumerate(found.missing, last + 1):
        base_firmware = listed[to_id].base_firmware
        already = base_firmware.ids if isinstance(base_firmware, Bases) else ()
        fact = BaseFirmwareDeclared(to_id, Bases(tuple(sorted({*already, from_id}))))
        made.append(statements("1")[0]._replace(number=number, effective_from=ON, fact=fact))
    return made


@MANY
@given(small_catalogues())
def test_the_farthest_entry_is_a_safe_place_to_go(text: str) -> None:
    listed = catalogue(text)
    for installed, target in itertools.permutations(listed.entries, 2):
        found = answer(listed, installed, target)
        if isinstance(found, NoPathway) and found.farthest != installed:
            assert isinstance(answer(listed, installed, found.farthest), Pathway)
            assert listed[found.farthest].listed_on >= listed[installed].listed_on


@MANY
@given(small_catalogues())
def test_following_the_newest_never_goes_round_in_a_circle(text: str) -> None:
    """A Device that goes where `newest` sends it comes to an end, and never goes back to what it ran before."""
    listed = catalogue(text)
    for start in listed.entries:
        been = [start]
        while isinstance(found := ask(listed, ByID(been[-1]), Newest()), Pathway):
            assert found.target not in been, f"from {start} to {been} and back to {found.target}"
            been.append(found.target)


@MANY
@given(small_catalogues(), st.frozensets(st.sampled_from(["N1", "N2"])))
def test_accepting_a_notice_closes_nothing(text: str, accepted: frozenset[str]) -> None:
    listed = catalogue(text)
    for family in listed.families:
        with_notices, without = listed.upgrades(family), listed.upgrades(family, accepted)
        for from_id, to_ids in with_notices.open.items():
            assert set(to_ids) <= set(without.open[from_id])
