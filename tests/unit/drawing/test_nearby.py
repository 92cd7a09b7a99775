from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from firmpath.drawing.nearby import MOST_ARROWS_NEARBY, MOST_NEARBY, find_nearby
from firmpath.pathways.identifiers import CPLEntryID

PAIRS = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=60)


def declared(*steps: tuple[int, int], among: int = 0) -> dict[CPLEntryID, tuple[CPLEntryID, ...]]:
    found: dict[CPLEntryID, tuple[CPLEntryID, ...]] = {CPLEntryID(each): () for each in range(1, among + 1)}
    for from_id, to_id in sorted(set(steps)):
        found[CPLEntryID(from_id)] = (*found.get(CPLEntryID(from_id), ()), CPLEntryID(to_id))
        found.setdefault(CPLEntryID(to_id), ())
    return found


def chain(length: int) -> dict[CPLEntryID, tuple[CPLEntryID, ...]]:
    return declared(*pairwise(range(1, length + 1)))


def test_upgrades_are_followed_both_ways_and_what_is_not_joined_is_left_out() -> None:
    nearby = find_nearby(declared((1, 2), (3, 2), (3, 4), (5, 6)), [CPLEntryID(2)])
    assert nearby.shown == {1, 2, 3, 4}
    assert (nearby.joined, nearby.is_cut, nearby.at_the_rim) == (4, False, set())


def test_the_nearest_on_either_side_are_kept_where_all_are_too_many() -> None:
    nearby = find_nearby(chain(499), [CPLEntryID(250)])
    assert nearby.shown == set(range(200, 300))
    assert (nearby.joined, nearby.is_cut) == (499, True)
    assert nearby.at_the_rim == {200, 299}


def test_as_many_as_can_be_read_are_not_cut() -> None:
    nearby = find_nearby(chain(MOST_NEARBY), [CPLEntryID(1)])
    assert (len(nearby.shown), nearby.is_cut) == (MOST_NEARBY, False)


def test_what_is_asked_about_is_shown_however_much_it_is() -> None:
    nearby = find_nearby(chain(300), map(CPLEntryID, range(1, 201)))
    assert nearby.shown == set(range(1, 201))
    assert (nearby.joined, nearby.at_the_rim) == (300, {200})


def test_entries_that_bring_too_many_arrows_are_left_out() -> None:
    everything = declared(*((a, b) for a in range(1, 60) for b in range(a + 1, 60)))
    nearby = find_nearby(everything, [CPLEntryID(1)])
    arrows = sum(to_id in nearby.shown for from_id in nearby.shown for to_id in everything[from_id])
    assert nearby.is_cut
    assert MOST_ARROWS_NEARBY - 60 < arrows <= MOST_ARROWS_NEARBY


def test_an_entry_of_other_hardware_stands_by_itself() -> None:
    nearby = find_nearby(declared((1, 2)), [CPLEntryID(1), CPLEntryID(7)])
    assert (nearby.shown, nearby.joined) == ({1, 2, 7}, 3)


@given(PAIRS, st.integers(1, 30))
def test_a_small_family_is_shown_as_far_as_it_is_joined(steps: list[tuple[int, int]], start: int) -> None:
    joined, before = {start}, set[int]()
    while joined != before:
        before = set(joined)
        joined |= {each for step in steps if before & set(step) for each in step}
    nearby = find_nearby(declared(*steps, among=30), [CPLEntryID(start)])
    assert nearby.shown == joined
    assert not nearby.at_the_rim
