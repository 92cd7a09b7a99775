from hypothesis import given
from hypothesis import strategies as st

from firmpath.drawing.ordering import order_points
from firmpath.drawing.picture import Arrow
from firmpath.drawing.sketch import Size, Sketch, sketch


def sketched(*pairs: tuple[int, int]) -> Sketch:
    keys = sorted({key for pair in pairs for key in pair})
    return sketch(keys, [Size(100, 50)] * len(keys), [Arrow(*pair) for pair in pairs], {})


def crossings(drawn: Sketch, rows: tuple[tuple[int, ...], ...]) -> int:
    place = {point: number for row in rows for number, point in enumerate(row)}
    ends = [(drawn.layers[p.upper], place[p.upper], place[p.lower]) for p in drawn.pieces]
    return sum(a[0] == b[0] and a[1] < b[1] and a[2] > b[2] for a in ends for b in ends)


def test_crossings_that_need_not_be_are_gone() -> None:
    drawn = sketched((1, 12), (2, 11), (3, 10), (12, 20), (11, 21), (10, 22))
    parallel = sketched((1, 12), (1, 10), (2, 11), (2, 12), (10, 20), (11, 22), (12, 21))
    assert crossings(drawn, order_points(drawn)) == 0
    assert crossings(parallel, order_points(parallel)) == 0


def test_swaps_remove_crossings_that_medians_leave() -> None:
    into = [(1, 13), (2, 11), (3, 12), (3, 13), (4, 11), (4, 13)]
    drawn = sketched(*into, (13, 21), (14, 22), (14, 23))
    assert crossings(drawn, order_points(drawn)) == 0


def test_the_way_on_is_in_the_middle_of_its_row() -> None:
    drawn = sketched((1, 2), (2, 9), (3, 9), (4, 9), (5, 9), (6, 9), (9, 10))
    middle = next(row for row in order_points(drawn) if 1 in row)
    assert len(middle) == 5
    assert middle[2] == 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19)), min_size=1, max_size=30))
def test_every_point_stays_in_its_layer_once(pairs: list[tuple[int, int]]) -> None:
    drawn = sketched(*pairs)
    rows = order_points(drawn)
    assert sorted(point for row in rows for point in row) == list(range(len(drawn.layers)))
    assert all(drawn.layers[point] == number for number, row in enumerate(rows) for point in row)
