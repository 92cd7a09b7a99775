"""Coordinates for one component: its boxes in columns of layers, and the lanes between the columns."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.drawing.columns import Lane, find_breaks, lane_of, lanes_into
from firmpath.drawing.ordering import order_points
from firmpath.drawing.placing import place_points
from firmpath.drawing.sketch import Sketch

HEAD_ROOM: Final = 14
"""Straight length above a box, in pixels, in which the arrowhead stands."""

_LEAST_GAP, _MOST_GAP, _LANE, _GUTTER = 40, 84, 12, 26

Row = tuple[int, ...]


class Spot(NamedTuple):
    """Where a point is: its middle, its own top and bottom, and those of its layer; all in pixels."""

    x: int
    top: int
    bottom: int
    layer_top: int
    layer_bottom: int
    column: int


class Crossing(NamedTuple):
    """The way of a lane: along below its column, up the gutter, and along above the next column."""

    below: int
    gutter: int
    above: int


class Arrangement(NamedTuple):
    """A spot for every point of a component, and a crossing for every line that changes column."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    crossings: dict[Lane, Crossing]


def arrange(drawn: Sketch) -> Arrangement:
    """Order and place one component, in as many columns as fit a screen best.

    Cost: that of `order_points` and `place_points`.
    """
    rows = order_points(drawn)
    breaks = find_breaks(drawn, rows)
    bands = [rows[start:end] for start, end in zip((0, *breaks), (*breaks, len(rows)), strict=True)]
    lanes = [lanes_into(drawn, layer) for layer in breaks]
    first_top = max((len(some) * _LANE + _LANE + HEAD_ROOM for some in lanes), default=0)
    spots: dict[int, Spot] = {}
    ways: list[list[Crossing]] = []
    left = right = height = 0
    for number, band in enumerate(bands):
        at = place_points(drawn, band)
        spots |= _stack(drawn, band, {point: left + x for point, x in at.items()}, first_top, number)
        bottom = max(spots[point].layer_bottom for point in band[-1])
        right = max(spots[point].x + drawn.sizes[point].width // 2 for row in band for point in row)
        leaving = len(lanes[number]) if number < len(lanes) else 0
        ways.append(_ways(leaving, bottom, right, first_top))
        height = max(height, bottom + (_LANE * (leaving + 1) if leaving else 0))
        left = right + _LANE * (leaving + 1) + _GUTTER
    ordered = tuple(spots[point] for point in range(len(spots)))
    crossings = {
        lane: way
        for some, free in zip(lanes, ways, strict=False)
        for lane, way in _match(drawn, some, free, ordered)
    }
    return Arrangement(right, height, ordered, crossings)


def _ways(count: int, bottom: int, right: int, first_top: int) -> list[Crossing]:
    """Nest as many ways around the end of a column; the innermost comes first."""
    return [
        Crossing(bottom + _LANE * (n + 1), right + _LANE * (n + 1), first_top - HEAD_ROOM - _LANE * (count - n))
        for n in range(count)
    ]


def _match(
    drawn: Sketch, lanes: tuple[Lane, ...], ways: list[Crossing], spots: tuple[Spot, ...]
) -> list[tuple[Lane, Crossing]]:
    """Hand out the ways so that lines keep their order: the rightmost takes the innermost."""
    ends: dict[Lane, list[tuple[int, int]]] = {lane: [] for lane in lanes}
    for piece in drawn.pieces:
        lane = lane_of(drawn, piece.strand, piece.upper, piece.lower)
        if lane in ends and spots[piece.upper].column != spots[piece.lower].column:
            ends[lane].append((spots[piece.lower].x, spots[piece.upper].x))
    ranked = sorted(lanes, key=lambda lane: max(ends[lane]), reverse=True)
    return list(zip(ranked, ways, strict=True))


def _stack(drawn: Sketch, band: Sequence[Row], at: dict[int, int], top: int, column: int) -> dict[int, Spot]:
    """Put the layers of one column beneath each other, further apart where lines lean far."""
    lean: dict[int, int] = {}
    for piece in drawn.pieces:
        if piece.upper in at and piece.lower in at:
            layer = drawn.layers[piece.lower]
            lean[layer] = max(lean.get(layer, 0), abs(at[piece.upper] - at[piece.lower]))
    spots: dict[int, Spot] = {}
    bottom = top
    for number, row in enumerate(band):
        if number:
            top = bottom + min(_MOST_GAP, _LEAST_GAP + lean.get(drawn.layers[row[0]], 0) // 9)
        height = max(drawn.sizes[point].height for point in row)
        bottom = top + height
        for point in row:
            own_top = top + (height - drawn.sizes[point].height) // 2
            spots[point] = Spot(at[point], own_top, own_top + drawn.sizes[point].height, top, bottom, column)
    return spots
