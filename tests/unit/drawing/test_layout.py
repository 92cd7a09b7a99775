from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given

from firmpath.drawing.box_text import label_size, set_boxes
from firmpath.drawing.layout import Layout, PlacedBox, lay_out
from firmpath.drawing.picture import Arrow, ArrowKind, Picture
from firmpath.drawing.tracks import Route
from tests.unit.drawing.pictures import EVERYTHING, M, P, X, chain, picture, pictures


def laid(drawn: Picture) -> Layout:
    return lay_out(drawn, set_boxes(drawn.boxes))


def sampled(route: Route) -> Iterator[tuple[float, float]]:
    """Yield places along all the lines of a route, close to each other."""
    for path in route.paths:
        for start, end in pairwise(path):
            curve = (*start[-2:], *end) if len(end) == 6 else (*start[-2:], *start[-2:], *end, *end)
            for step in range(17):
                t, u = step / 16, 1 - step / 16
                weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                x, y = (sum(w * v for w, v in zip(weights, curve[axis::2], strict=True)) for axis in (0, 1))
                yield x, y


def inside(box: PlacedBox, x: float, y: float) -> bool:
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1


def assert_tidy(drawn: Picture) -> None:
    sheet = laid(drawn)
    for a, b in combinations(sheet.boxes, 2):
        beside = a.x + a.width + 12 <= b.x or b.x + b.width + 12 <= a.x
        assert beside or a.y + a.height + 12 <= b.y or b.y + b.height + 12 <= a.y
    for route in sheet.routes:
        for x, y in sampled(route):
            assert not any(inside(box, x, y) for box in sheet.boxes), route
            assert -1 <= x <= sheet.width + 1
            assert -1 <= y <= sheet.height + 1


def assert_forward(drawn: Picture) -> None:
    sheet = laid(drawn)
    layer = {box.box.key: (box.component, box.layer) for box in sheet.boxes}
    for route in sheet.routes:
        for arrow in route.arrows:
            start, end = layer[arrow.from_key], layer[arrow.to_key]
            assert start > end if route.turned else start < end or arrow.from_key == arrow.to_key


@given(pictures())
def test_no_box_overlaps_another_and_no_line_runs_through_a_box(drawn: Picture) -> None:
    assert_tidy(drawn)


@given(pictures())
def test_arrows_lead_down_unless_they_are_turned(drawn: Picture) -> None:
    assert_forward(drawn)


@given(pictures(cycles=False))
def test_without_a_cycle_nothing_is_turned(drawn: Picture) -> None:
    assert not any(route.turned for route in laid(drawn).routes)


@given(pictures())
def test_every_arrow_is_drawn_once_with_a_head_at_the_box_it_leads_to(drawn: Picture) -> None:
    sheet = laid(drawn)
    assert sorted(a for route in sheet.routes for a in route.arrows) == sorted(set(drawn.arrows))
    place = {box.box.key: box for box in sheet.boxes}
    for route in sheet.routes:
        for key in {arrow.to_key for arrow in route.arrows}:
            end = place[key]
            assert any(
                end.x <= head.x <= end.x + end.width and end.y <= head.y <= end.y + end.height
                for head in route.heads
            )


@given(pictures())
def test_labels_stand_clear_of_boxes(drawn: Picture) -> None:
    sheet = laid(drawn)
    for route in sheet.routes:
        if not route.label or route.arrows[0].from_key == route.arrows[0].to_key:
            continue
        size, (x, y) = label_size(route.label), route.mark_at
        for box in sheet.boxes:
            beside = x + size.width // 2 <= box.x or x - size.width // 2 >= box.x + box.width
            assert beside or y + size.height // 2 <= box.y or y - size.height // 2 >= box.y + box.height


@pytest.mark.parametrize("length", [30, 60, 200])
def test_a_long_chain_goes_on_in_further_columns(length: int) -> None:
    sheet = laid(chain(length))
    assert max(box.column for box in sheet.boxes) >= 2
    assert sheet.height < 3 * sheet.width
    assert_tidy(chain(length))
    order = [(box.column, box.y) for box in sheet.boxes]
    assert order == sorted(order)


def test_long_branched_pictures_are_tidy_across_columns() -> None:
    arrows = [Arrow(key, key + 1) for key in range(1, 60)] + [Arrow(key, key + 7) for key in range(1, 53, 3)]
    arrows += [Arrow(50, 20), Arrow(10, 40, X), Arrow(5, 45, X, "notice N-17")]
    drawn = picture(*arrows)
    assert max(box.column for box in laid(drawn).boxes) >= 1
    assert_tidy(drawn)
    assert_forward(drawn)


def test_a_short_picture_stays_in_one_column() -> None:
    assert {box.column for box in laid(EVERYTHING).boxes} == {0}
    assert_tidy(EVERYTHING)


def test_the_pathway_is_one_straight_line() -> None:
    sheet = laid(EVERYTHING)
    places = [x for route in sheet.routes if route.kind is P for path in route.paths for x, *_ in path]
    assert len(places) > 6
    assert len(set(places)) == 1


@pytest.mark.parametrize("kind", [X, M])
def test_a_mark_has_room_between_two_boxes(kind: ArrowKind) -> None:
    sheet = laid(picture(Arrow(1, 2, kind)))
    above, below = sheet.boxes
    mark = sheet.routes[0].mark_at[1]
    assert above.y + above.height + 20 <= mark <= below.y - 20


@pytest.mark.parametrize("kind", [X, M])
def test_a_line_by_itself_is_straight_and_others_stand_beside_it(kind: ArrowKind) -> None:
    alone = laid(picture(Arrow(1, 2, kind))).routes[0]
    assert len({x for path in alone.paths for *_, x, _ in path}) == 1
    beside = laid(picture(Arrow(1, 2, kind), Arrow(1, 3)))
    assert len({route.paths[0][0][0] for route in beside.routes}) == 2


def test_arrows_into_one_box_share_a_line() -> None:
    sheet = laid(picture(Arrow(1, 2), Arrow(2, 3), Arrow(3, 4), Arrow(1, 4), Arrow(2, 4)))
    shared = next(route for route in sheet.routes if len(route.arrows) == 3)
    assert [arrow.from_key for arrow in shared.arrows] == [3, 1, 2] or len(shared.heads) == 1
    assert len(shared.heads) == 1


def test_components_stand_apart_with_the_largest_first() -> None:
    sheet = laid(picture(Arrow(1, 2), Arrow(3, 4), Arrow(4, 5), boxes=6))
    members = {box.box.key: box.component for box in sheet.boxes}
    assert members == {3: 0, 4: 0, 5: 0, 1: 1, 2: 1, 6: 2}


def test_a_wide_fan_is_broken_into_rows() -> None:
    sheet = laid(picture(*(Arrow(1, key) for key in range(2, 42))))
    assert sheet.width < 1400
    assert {box.layer for box in sheet.boxes} == set(range(7))
