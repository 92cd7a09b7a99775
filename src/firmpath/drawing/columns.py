"""Where a tall picture goes on in the next column, as a newspaper does."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.drawing.sketch import Shape, Sketch

SCREEN_WIDTH: Final = 1320
SCREEN_HEIGHT: Final = 860
"""The part of a usual screen, in pixels, that a picture should fill without scrolling."""

TALLEST_COLUMN: Final = 1150
"""A picture no taller than this, in pixels, stays in one column: a little scrolling is easier to follow."""

_MOST_COLUMNS, _TYPICAL_GAP, _GUTTER = 12, 48, 70


class Lane(NamedTuple):
    """A line on its way from the foot of one column to the head of the next: its strand and a point of it."""

    strand: int
    point: int


def find_breaks(drawn: Sketch, rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Choose the layers that begin a new column; none where the picture fits a screen.

    A break is looked for near where it makes columns of one height, where the fewest lines run across it:
    at stepping stones, for the most part. Cost: layers × 12.
    """
    heights = [max(drawn.sizes[point].height for point in row) + _TYPICAL_GAP for row in rows]
    widths = [sum(drawn.sizes[point].width + 20 for point in row) for row in rows]
    lanes = [len(lanes_into(drawn, layer)) for layer in range(len(rows))] if sum(heights) > TALLEST_COLUMN else []
    most = min(_MOST_COLUMNS, len(rows) // 2) if lanes else 1
    choices = [_breaks(heights, lanes, columns) for columns in range(1, most + 1)] or [()]
    return min(choices, key=lambda breaks: (_unfitness(heights, widths, lanes, breaks), len(breaks)))


def lanes_into(drawn: Sketch, layer: int) -> tuple[Lane, ...]:
    """List the lines that would run across a break before a layer."""
    return tuple(
        dict.fromkeys(
            lane_of(drawn, piece.strand, piece.upper, piece.lower)
            for piece in drawn.pieces
            if drawn.layers[piece.lower] == layer
        )
    )


def lane_of(drawn: Sketch, strand: int, upper: int, lower: int) -> Lane:
    """Name the lane of a piece; pieces that meet share one."""
    return Lane(strand, upper if drawn.strands[strand].shape is Shape.FANNED else lower)


def _breaks(heights: list[int], lanes: list[int], columns: int) -> tuple[int, ...]:
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    ideal = tops[-1] // columns
    breaks: list[int] = []
    for number in range(1, columns):
        first = breaks[-1] + 1 if breaks else 1
        near = [at for at in range(first, len(heights)) if abs(tops[at] - number * ideal) * 5 <= 2 * ideal]
        if near:
            breaks.append(
                min(near, key=lambda at: (_lane_cost(lanes[at]) * 8 + abs(tops[at] - number * ideal), at))
            )
    return tuple(breaks)


def _unfitness(heights: list[int], widths: list[int], lanes: list[int], breaks: tuple[int, ...]) -> int:
    """Say, in thousandths, how far the picture must shrink to fit the screen; lines that change column add."""
    starts, ends = (0, *breaks), (*breaks, len(heights))
    tallest = max(sum(heights[start:end]) for start, end in zip(starts, ends, strict=True))
    width = sum(max(widths[start:end]) + _GUTTER for start, end in zip(starts, ends, strict=True))
    carried = sum(_lane_cost(lanes[at]) for at in breaks)
    fit = max(1000 * width // SCREEN_WIDTH, 1000 * tallest // SCREEN_HEIGHT, 1000)
    return fit * (100 + carried) // 100


def _lane_cost(lanes: int) -> int:
    """Say in hundredths how much harder to read a picture gets by so many lines around the end of a column."""
    return 1 + lanes * lanes
