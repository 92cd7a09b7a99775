"""Coordinates for a whole picture: each component by itself, then all of them on one sheet."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.drawing.arrangement import Spot, arrange
from firmpath.drawing.box_text import BoxText, label_size
from firmpath.drawing.columns import SCREEN_WIDTH
from firmpath.drawing.picture import Arrow, Box, Picture
from firmpath.drawing.routing import find_routes
from firmpath.drawing.sketch import Size, sketch
from firmpath.drawing.tracks import Head, Route, loop

_BETWEEN: Final = 44
_LOOP, _LOOP_STEP, _LOOP_HEIGHT = 40, 14, 22


class PlacedBox(NamedTuple):
    """A box with its text, its layer from 0 on, its column from 0 on, and its place in pixels."""

    box: Box
    text: BoxText
    component: int
    layer: int
    column: int
    x: int
    y: int
    width: int
    height: int


class Layout(NamedTuple):
    """A picture with coordinates, in pixels from the top left corner."""

    width: int
    height: int
    boxes: tuple[PlacedBox, ...]
    routes: tuple[Route, ...]


def lay_out(picture: Picture, texts: Sequence[BoxText]) -> Layout:
    """Place the boxes, whose texts stand in the same order, and draw the arrows between them.

    Cost: 60 boxes take 0.03 s, the largest allowed about a second, or 15 if all of it is cycles.
    """
    arrows = tuple(dict.fromkeys(picture.arrows))
    text_of = {box.key: text for box, text in zip(picture.boxes, texts, strict=True)}
    parts = [_lay_out_component(boxes, arrows, text_of) for boxes in _components(picture.boxes, arrows)]
    return _on_one_sheet(parts)


def _components(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> list[list[Box]]:
    """Split boxes into groups that no arrow joins, each in the order of the picture."""
    beside: dict[int, list[int]] = {box.key: [] for box in boxes}
    for arrow in arrows:
        beside[arrow.from_key].append(arrow.to_key)
        beside[arrow.to_key].append(arrow.from_key)
    group: dict[int, int] = {}
    for number, box in enumerate(boxes):
        todo = [box.key]
        while todo:
            key = todo.pop()
            if key not in group:
                group[key] = number
                todo.extend(beside[key])
    groups: dict[int, list[Box]] = {}
    for box in boxes:
        groups.setdefault(group[box.key], []).append(box)
    return list(groups.values())


def _lay_out_component(boxes: list[Box], arrows: Sequence[Arrow], text_of: dict[int, BoxText]) -> Layout:
    keys = [box.key for box in boxes]
    known = set(keys)
    own = [arrow for arrow in arrows if arrow.from_key in known]
    loops: dict[int, list[Arrow]] = {}
    for arrow in own:
        if arrow.from_key == arrow.to_key:
            loops.setdefault(arrow.from_key, []).append(arrow)
    sizes = [
        Size(text_of[key].size.width + 2 * _loop_room(loops.get(key, [])), text_of[key].size.height) for key in keys
    ]
    between = [arrow for arrow in own if arrow.from_key != arrow.to_key]
    drawn = sketch(keys, sizes, between, {arrow.label: label_size(arrow.label) for arrow in between if arrow.label})
    arranged = arrange(drawn)
    placed = tuple(
        _placed(box, text_of[box.key], layer, spot)
        for box, layer, spot in zip(boxes, drawn.layers, arranged.spots, strict=False)
    )
    around = tuple(
        _loop_route(box, place, arrow) for box in placed for place, arrow in enumerate(loops.get(box.box.key, []))
    )
    return Layout(arranged.width, arranged.height, placed, find_routes(drawn, arranged) + around)


def _placed(box: Box, text: BoxText, layer: int, spot: Spot) -> PlacedBox:
    left = spot.x - text.size.width // 2
    return PlacedBox(box, text, 0, layer, spot.column, left, spot.top, text.size.width, text.size.height)


def _loop_room(loops: Sequence[Arrow]) -> int:
    return sum(_LOOP + (label_size(arrow.label).width if arrow.label else _LOOP_STEP) for arrow in loops)


def _loop_route(box: PlacedBox, place: int, arrow: Arrow) -> Route:
    """Draw an arrow from a box to itself, beside the box."""
    x, y = box.x + box.width, box.y + (box.height - _LOOP_HEIGHT) // 2
    reach = _LOOP + _LOOP_STEP * place
    path = loop(x, y - 4 * place, reach, _LOOP_HEIGHT + 8 * place)
    wide = label_size(arrow.label).width // 2 if arrow.label else 0
    mark = (x + reach * 3 // 4 + wide, y + _LOOP_HEIGHT // 2)
    head = Head(x, path[-1][-1], -1, 0)
    return Route(arrow.kind, arrow.label, (arrow,), (tuple(path),), (head,), mark, False)


def _on_one_sheet(parts: list[Layout]) -> Layout:
    """Set components beside each other, largest first, low ones beneath each other in one column of the sheet."""
    ranked = sorted(parts, key=lambda part: -len(part.boxes))
    widest = max((part.width for part in parts), default=0)
    sheet = max(widest, SCREEN_WIDTH)
    left = top = down = column = shelf = 0
    boxes: list[PlacedBox] = []
    routes: list[Route] = []
    for number, part in enumerate(ranked):
        if down and top + down + part.height > top + shelf:
            left, down, column = left + column + _BETWEEN, 0, 0
        if left and left + part.width > sheet:
            left, top, down, column, shelf = 0, top + shelf + _BETWEEN, 0, 0, 0
        boxes += [b._replace(component=number, x=b.x + left, y=b.y + top + down) for b in part.boxes]
        routes += [route.shifted(left, top + down) for route in part.routes]
        shelf = max(shelf, down + part.height)
        column = max(column, part.width)
        down += part.height + _BETWEEN
    width = max((b.x + b.width for b in boxes), default=0)
    return Layout(max(width, _rightmost(routes)), top + shelf, tuple(boxes), tuple(routes))


def _rightmost(routes: list[Route]) -> int:
    return max((max(stroke[::2]) for route in routes for path in route.paths for stroke in path), default=0)
