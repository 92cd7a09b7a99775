"""Lines as they are drawn: straight parts, bends in the gap between two layers, and ways around a column."""

from itertools import pairwise
from typing import NamedTuple

from firmpath.drawing.picture import Arrow, ArrowKind

Stroke = tuple[int, int] | tuple[int, int, int, int, int, int]
"""A straight line to a point, or a cubic curve by its two controls and its end; pixels."""

Path = list[Stroke]
"""Where a line begins, then its strokes."""

_CORNER, _LONG = 8, 48


class Head(NamedTuple):
    """The tip of an arrow; it points down (`right` 0, `down` 1), up (0, -1) or left (-1, 0)."""

    x: int
    y: int
    right: int
    down: int


class Route(NamedTuple):
    """The lines and heads of one strand. `mark_at` is free for its mark and the middle of its label."""

    kind: ArrowKind
    label: str
    arrows: tuple[Arrow, ...]
    paths: tuple[tuple[Stroke, ...], ...]
    heads: tuple[Head, ...]
    mark_at: tuple[int, int]
    turned: bool

    def shifted(self, right: int, down: int) -> "Route":
        """Return the route moved by so many pixels."""
        return self._replace(
            paths=tuple(tuple(_shifted(stroke, right, down) for stroke in path) for path in self.paths),
            heads=tuple(head._replace(x=head.x + right, y=head.y + down) for head in self.heads),
            mark_at=(self.mark_at[0] + right, self.mark_at[1] + down),
        )


def bend(x: int, y: int, to_x: int, to_y: int) -> Path:
    """Go down from one place to another, upright at both ends."""
    if x == to_x:
        return [(to_x, to_y)]
    middle = (y + to_y) // 2
    return [(x, middle, to_x, middle, to_x, to_y)]


def around(x: int, to_x: int, to_y: int, below: int, gutter: int, above: int) -> Path:
    """Go down, along below a column, up the gutter beside it, along above the next column, and down."""
    r = _CORNER
    side, onward = (1 if gutter >= x else -1), (1 if to_x >= gutter else -1)
    return [
        (x, below - r),
        (x, below, x, below, x + side * r, below),
        (gutter - side * r, below),
        (gutter, below, gutter, below, gutter, below - r),
        (gutter, above + r),
        (gutter, above, gutter, above, gutter + onward * r, above),
        (to_x - onward * r, above),
        (to_x, above, to_x, above, to_x, above + r),
        (to_x, to_y),
    ]


def loop(x: int, y: int, reach: int, height: int) -> Path:
    """Leave the right side of a box and come back to it further down; room for the head is left free."""
    return [(x, y), (x + reach, y, x + reach, y + height, x + 8, y + height)]


def middle_of(path: Path) -> tuple[int, int]:
    """Find a place on a line far from both ends: half way along its longest upright part, or its first bend."""
    places = list(pairwise(path))
    upright = [
        (abs(end[-1] - start[-1]), -at)
        for at, (start, end) in enumerate(places)
        if len(end) == 2 and start[-2] == end[-2]
    ]
    bends = [at for at, (_, end) in enumerate(places) if len(end) == 6]
    longest = max(upright, default=(0, 0))
    at = bends[0] if bends and longest[0] < _LONG else -longest[1]
    start, end = places[at]
    return (start[-2] + end[-2]) // 2, (start[-1] + end[-1]) // 2


def _shifted(stroke: Stroke, right: int, down: int) -> Stroke:
    if len(stroke) == 2:
        return stroke[0] + right, stroke[1] + down
    x1, y1, x2, y2, x, y = stroke
    return x1 + right, y1 + down, x2 + right, y2 + down, x + right, y + down
