from itertools import pairwise

import pytest

from firmpath.drawing.box_text import set_boxes
from firmpath.drawing.columns import find_breaks, lanes_into
from firmpath.drawing.layout import lay_out
from firmpath.drawing.ordering import order_points
from firmpath.drawing.picture import Arrow, Picture
from firmpath.drawing.sketch import Size, Sketch, sketch
from tests.unit.drawing.pictures import picture

Place = tuple[float, float]


def ladder(rungs: int) -> Picture:
    """Two chains side by side that begin and end in one box each."""
    arrows = [Arrow(1, 2), Arrow(1, 3), *(Arrow(key, key + 2) for key in range(2, 2 * rungs))]
    return picture(*arrows, Arrow(2 * rungs, 2 * rungs + 2), Arrow(2 * rungs + 1, 2 * rungs + 2))


def stones(apart: int, count: int) -> Picture:
    """A stone, then three chains of boxes side by side, then the next stone, and so on."""
    arrows = []
    for stone in range(count):
        first = 1 + stone * (3 * apart + 1)
        following = first + 3 * apart + 1
        for track in range(3):
            keys = [first, *range(first + 1 + track * apart, first + 1 + (track + 1) * apart), following]
            arrows += [Arrow(*pair) for pair in pairwise(keys)]
    return picture(*arrows)


def sketched(drawn: Picture) -> Sketch:
    return sketch([box.key for box in drawn.boxes], [Size(120, 56)] * len(drawn.boxes), drawn.arrows, {})


def places(drawn: Picture) -> list[list[Place]]:
    """The lines of arrows that change column, as the corners they run by."""
    sheet = lay_out(drawn, set_boxes(drawn.boxes))
    column = {box.box.key: box.column for box in sheet.boxes}
    return [
        [(x, y) for *_, x, y in path]
        for route in sheet.routes
        for path in route.paths
        if len({column[key] for arrow in route.arrows for key in arrow[:2]}) > 1
    ]


def cross(first: tuple[Place, Place], second: tuple[Place, Place]) -> bool:
    def side(a: Place, b: Place, c: Place) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize(("apart", "count"), [(3, 7), (5, 6), (7, 4)])
def test_a_break_is_put_at_a_stepping_stone(apart: int, count: int) -> None:
    drawn = sketched(stones(apart, count))
    breaks = find_breaks(drawn, order_points(drawn))
    assert len(breaks) >= 1
    assert [len(lanes_into(drawn, layer)) for layer in breaks] == [1] * len(breaks)


def test_lines_that_change_column_do_not_cross() -> None:
    lines = places(ladder(25))
    assert len(lines) >= 4
    for number, one in enumerate(lines):
        for other in lines[:number]:
            assert not any(cross(a, b) for a in pairwise(one) for b in pairwise(other))


def test_a_picture_that_fits_a_screen_has_no_break() -> None:
    drawn = sketched(ladder(4))
    assert find_breaks(drawn, order_points(drawn)) == ()
