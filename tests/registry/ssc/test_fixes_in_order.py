"""Upgrades that rescue some of the same entries: in which order, what each adds, and what is left to each alone."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.ways_out.finding import find_ways_out
from firmpath.registry.ssc.ways_out.fixes import Fix, find_fixes
from firmpath.registry.ssc.ways_out.ordering import Placed, put_in_order, words_of_place
from firmpath.registry.ssc.ways_out.weighing import Weights, weigh, weights_of
from tests.notation import catalogue
from tests.registry.ssc.test_known_answers import exposed

IDS = st.sampled_from([CPLEntryID(each) for each in range(1, 9)])
SETS = st.frozensets(IDS, min_size=1, max_size=2)
DEVICES = st.dictionaries(IDS, st.integers(0, 5))
TOGETHER = st.dictionaries(
    st.frozensets(IDS, min_size=2, max_size=3).map(lambda ids: tuple(sorted(ids))), st.integers(1, 9), min_size=1
)


def ids(*numbers: int) -> Steps:
    return tuple(map(CPLEntryID, numbers))


def fix(from_id: int, rescued: Steps, weights: Weights) -> Fix:
    return Fix(CPLEntryID(from_id), NOT_KNOWN, rescued, weigh(set(rescued), weights))


def assert_none_is_better(fixes: Sequence[Fix], done: set[CPLEntryID], weights: Weights) -> None:
    """Try every upgrade that is left, and every two, by brute force: none adds more than what the first begins."""

    def adds(*several: Fix) -> tuple[Fraction, int]:
        more = done.union(*(each.rescued for each in several))
        return Fraction(weigh(more, weights) - weigh(done, weights), len(several)), len(more - done)

    alone = [adds(each) for each in fixes]
    pairs = {both: adds(*both)[0] for both in combinations(fixes, 2)}
    most_by_two = max(pairs.values(), default=Fraction(0))
    if most_by_two <= max(alone)[0]:
        assert alone[0] == max(alone)
    else:
        begun = [both for both, added in pairs.items() if added == most_by_two and fixes[0] in both]
        assert any(adds(fixes[0]) >= max(map(adds, both)) for both in begun)


@settings(max_examples=300)  # few inventories have two upgrades that free Devices together and one beside them
@given(st.lists(SETS, min_size=2, max_size=6), DEVICES, TOGETHER)
def test_each_begins_what_adds_most_for_each_upgrade_and_together_they_add_all(
    rescued: list[frozenset[CPLEntryID]], devices: dict[CPLEntryID, int], together: dict[Steps, int]
) -> None:
    weights = weights_of(devices, together)
    fixes = [fix(100 + at, tuple(sorted(each)), weights) for at, each in enumerate(rescued)]
    placed = put_in_order(fixes, weights)
    assert sorted(each.fix.from_id for each in placed) == [each.from_id for each in fixes]

    def adds(each: Fix, done: set[CPLEntryID]) -> tuple[int, int]:
        more = {*each.rescued} - done
        return weigh(done | more, weights) - weigh(done, weights), len(more)

    done: set[CPLEntryID] = set()
    for at, each in enumerate(placed):
        assert (each.adds_devices, len(each.adds)) == adds(each.fix, done)
        assert {*each.adds} == {*each.fix.rescued} - done
        assert_none_is_better([one.fix for one in placed[at:]], done, weights)
        others = {one for other in fixes if other is not each.fix for one in other.rescued}
        assert ({*each.only}, each.only_devices) == (
            {*each.fix.rescued} - others,
            weigh({*each.fix.rescued} - others, weights),
        )
        done |= {*each.adds}
    assert sum(each.adds_devices for each in placed) == weigh(done, weights)


def test_two_places_to_which_the_same_entries_come() -> None:
    """1 and 2 come to 4 and to 5; 3 to 5 alone. An upgrade from either rescues 1 and 2."""
    listed = catalogue("1 <- 2 <- 4 ; 2, 3 <- 5")
    exposure = exposed(listed, [1, 2, 3, 4, 5], [])
    weights = weights_of({CPLEntryID(1): 100, CPLEntryID(3): 20, CPLEntryID(4): 3}, {})
    first, then = put_in_order(find_fixes(exposure, find_ways_out(exposure), weights), weights)
    assert (first.fix.rescued, first.fix.devices, first.adds, first.only) == (
        ids(1, 2, 3, 5), 120, ids(1, 2, 3, 5), ids(3, 5),
    )  # fmt: skip
    assert (then.fix.rescued, then.adds, then.adds_devices, then.only) == (ids(1, 2, 4), ids(4), 3, ids(4))
    assert words_of_place(first, is_weighed=True) == [
        "Were all the others published, 2 entries, 20 Devices would be left to it."
    ]
    assert words_of_place(then, is_weighed=False) == [
        "After those before it, it adds 1 entry.",
        "Were all the others published, 1 entry would be left to it.",
    ]


def test_two_that_free_devices_only_together_come_before_one_that_frees_fewer() -> None:
    """900 Devices run 1 or 2, and nobody knows which: to rescue either frees none of them."""
    weights = weights_of({CPLEntryID(3): 400}, {ids(1, 2): 900})
    one, two, three = fixes = [fix(each, ids(each), weights) for each in (1, 2, 3)]
    placed = put_in_order(fixes, weights)
    assert [(each.fix, each.adds_devices) for each in placed] == [(one, 0), (two, 900), (three, 400)]
    assert words_of_place(placed[0], is_weighed=True) == []
    assert words_of_place(placed[1], is_weighed=True) == ["After those before it, it adds 1 entry, 900 Devices."]
    assert words_of_place(placed[1], is_weighed=False) == []
    more = weights_of({CPLEntryID(3): 450}, {ids(1, 2): 900})
    assert [each.fix.from_id for each in put_in_order(fixes, more)] == [3, 1, 2]  # as many for each upgrade


def test_what_overlaps_with_nothing_says_nothing() -> None:
    alone = fix(1, ids(1), weights_of({}, {}))
    (placed,) = put_in_order([alone], weights_of({}, {}))
    assert placed == Placed(alone, ids(1), 0, ids(1), 0)
    assert words_of_place(placed, is_weighed=True) == []
    twice = put_in_order([alone, alone._replace(from_id=CPLEntryID(2))], weights_of({}, {}))
    assert words_of_place(twice[1], is_weighed=False)[0] == "After those before it, it adds nothing."
