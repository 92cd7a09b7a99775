"""What is said of a whole catalogue, or of two of them, is what the plain engine says."""

import itertools

import pytest
from hypothesis import given

from firmpath.pathways import pathway_changes
from firmpath.pathways.all_pairs import AllPairs
from firmpath.pathways.comparison import Difference, compare
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, find_best
from firmpath.pathways.pathway_changes import PathwayChange
from firmpath.pathways.stranded import find_cycles, stranded_entries
from tests.differential.small_catalogues import ACCEPTED, MANY, changed_catalogues, small_catalogues
from tests.notation import ON, catalogue, statements
from tests.plain_engine import PlainEngine

Lengths = dict[tuple[int, int], int]


@MANY
@given(small_catalogues(), ACCEPTED)
def test_all_pairs_are_the_plain_ones(text: str, accepted: frozenset[str]) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON, accepted)
    for family, ids in listed.families.items():
        upgrades = listed.upgrades(family, accepted)
        pairs = AllPairs(upgrades.open)
        assert pairs.ids == ids
        for from_id, to_id in itertools.permutations(ids, 2):
            best = next(iter(plain.pathways(from_id, to_id)), None)
            assert pairs.activations(from_id, to_id) == (len(best) - 1 if best else NO_WAY)
            assert pairs.next_step(from_id, to_id) == (best[1] if best else NO_WAY)
            found = find_best(upgrades, from_id, to_id)
            assert (None if isinstance(found, NoWay) else found) == best
        for to_id in ids:
            assert pairs.activations(to_id, to_id) == 0
            assert isinstance(pairs.next_step(to_id, to_id), NoWay)
            within = {each for each in ids if plain.leads(plain.open, each, to_id)}
            assert pairs.towards(to_id).keys() == within


@pytest.mark.parametrize("dense", [0, pathway_changes._DENSE])  # as if every family were dense, and as it is
@MANY
@given(changed_catalogues())
def test_a_difference_is_the_plain_one(dense: int, texts: tuple[str, str]) -> None:
    first, second = texts
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pathway_changes, "_DENSE", dense)
        assert as_sets(compare(catalogue(first), catalogue(second))) == plain_difference(first, second)


def as_sets(difference: Difference) -> dict[str, object]:
    found = {name: value for name, value in difference._asdict().items() if name not in ("changed", "left_out")}
    for name, value in found.items():
        assert list(value) == sorted(value, key=lambda each: each[:2] if isinstance(each, tuple) else each), name
    return {name: set(value) for name, value in found.items()}


def plain_difference(first: str, second: str) -> dict[str, object]:
    before, after = PlainEngine(statements(first), ON), PlainEngine(statements(second), ON)
    then, now = lengths(before), lengths(after)
    both = set(before.ids) & set(after.ids)
    out_then, out_now = ({from_id for from_id, _ in engine.open} for engine in (before, after))
    gone_then, gone_now = (
        {each for each in both if engine.record.is_withdrawn(each)} for engine in (before, after)
    )
    stranded_then, stranded_now = (set(engine.stranded()) & both for engine in (before, after))
    return {
        "listed": set(after.ids) - both,
        "no_longer_listed": set(before.ids) - both,
        "withdrawn": gone_now - gone_then,
        "reinstated": gone_then - gone_now,
        "gained": {change(*pair, then, now) for pair in now if pair not in then},
        "lost": {change(*pair, then, now) for pair in then if pair not in now},
        "lengthened": {change(*pair, then, now) for pair in then if pair in now and now[pair] > then[pair]},
        "shortened": {change(*pair, then, now) for pair in then if pair in now and now[pair] < then[pair]},
        "lost_only_way_out": (out_then - out_now) & both,
        "gained_first_way_out": (out_now - out_then) & both,
        "newly_stranded": stranded_now - stranded_then,
        "rescued": stranded_then - stranded_now,
    }


def change(from_id: int, to_id: int, then: Lengths, now: Lengths) -> PathwayChange:
    pair = from_id, to_id
    return PathwayChange(CPLEntryID(from_id), CPLEntryID(to_id), then.get(pair, NO_WAY), now.get(pair, NO_WAY))


def lengths(plain: PlainEngine) -> Lengths:
    found = {}
    for pair in itertools.permutations(plain.ids, 2):
        pathways = plain.pathways(*pair)
        if pathways:
            found[pair] = len(pathways[0]) - 1
    return found


def test_a_difference_tells_of_entries_stranded_though_no_upgrade_changed() -> None:
    """Entry 3 leaves the CPL: 2 is now the newest of the model, which 1 and 2 come to, and 3 does not."""
    difference = compare(catalogue("1 <- 2 ; 3"), catalogue("1 <- 2 ; 3 withdrawn"))
    assert difference.withdrawn == (3,)
    assert difference.rescued == (1, 2)
    assert difference.newly_stranded == (3,)


@MANY
@given(small_catalogues())
def test_stranded_entries_are_the_plain_ones(text: str) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON)
    stranded = sorted(each for family in listed.families for each in stranded_entries(listed, family))
    assert stranded == plain.stranded()


@MANY
@given(small_catalogues())
def test_cycles_are_the_plain_ones(text: str) -> None:
    listed, plain = catalogue(text), PlainEngine(statements(text), ON)
    cycles = [cycle for family in listed.families for cycle in find_cycles(listed.upgrades(family).declared)]
    assert sorted(cycles) == plain.cycles()
