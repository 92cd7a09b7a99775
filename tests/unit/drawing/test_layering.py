from graphlib import TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from firmpath.drawing.layering import Link, assign_layers, find_turned

PAIRS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


def test_the_arrow_that_comes_last_in_a_cycle_is_turned() -> None:
    assert find_turned(3, [(0, 1), (1, 2), (2, 0)]) == [False, False, True]
    assert find_turned(3, [(2, 0), (0, 1), (1, 2)]) == [False, False, True]


@given(PAIRS)
def test_no_cycle_is_left_and_nothing_is_turned_without_need(pairs: list[tuple[int, int]]) -> None:
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    turned = find_turned(15, apart)
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for (start, end), back in zip(apart, turned, strict=True):
        sorter.add(*((start, end) if back else (end, start)))
    assert list(sorter.static_order()) is not None
    ascending = [(min(pair), max(pair)) for pair in apart]
    assert not any(find_turned(15, ascending))


@given(PAIRS, st.integers(1, 8))
def test_every_link_leads_down_and_no_layer_is_too_full(pairs: list[tuple[int, int]], most: int) -> None:
    links = [Link(min(pair), max(pair), 1 + sum(pair) % 2) for pair in pairs if pair[0] != pair[1]]
    layers = assign_layers(15, links, most)
    assert all(layers[link.lower] - layers[link.upper] >= link.length for link in links)
    assert max(layers.count(layer) for layer in layers) <= most
    assert min(layers) == 0


def test_a_late_branch_stands_just_above_what_it_leads_to() -> None:
    links = [*(Link(place, place + 1) for place in range(5)), Link(6, 7), Link(7, 5)]
    assert assign_layers(8, links, 7) == [0, 1, 2, 3, 4, 5, 3, 4]


def test_a_way_around_starts_at_once() -> None:
    links = [*(Link(place, place + 1) for place in range(5)), Link(0, 6), Link(6, 5)]
    assert assign_layers(7, links, 7)[6] == 1
