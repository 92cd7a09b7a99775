"""The key to a picture: what each shape and each line in it means, and nothing that is not in it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from firmpath.drawing.ink import INK, element, written
from firmpath.drawing.lettering import in_rows, text_width
from firmpath.drawing.picture import ArrowKind, BoxKind, Picture, Role
from firmpath.drawing.shapes import arrowhead, box_shape, line, mark
from firmpath.drawing.tracks import Head

BOX_MEANINGS: Final = {
    BoxKind.PLAIN: "CPL entry",
    BoxKind.STEPPING_STONE: "stepping stone: must not be skipped",
    BoxKind.DEAD_END: "dead end: no upgrade leads out of it",
    BoxKind.WITHDRAWN: "withdrawn: upgrade from it, never to it",
    BoxKind.SILENT: "nobody has said its base firmware",
}
ROLE_MEANINGS: Final = {
    Role.ASKED_ABOUT: "the entry asked about",
    Role.INSTALLED: "installed: the Device is here",
    Role.TARGET: "target: where it is to go",
    Role.NOT_REACHED: "target, but there is no pathway to it today",
    Role.ON_PATHWAY: "on the pathway",
}
ARROW_MEANINGS: Final = {
    ArrowKind.DECLARED: "declared upgrade",
    ArrowKind.PATHWAY: "step of the pathway",
    ArrowKind.BARRED: "declared, but must not be used",
    ArrowKind.MISSING: "nobody has declared it; it would open a way",
}

_SIZE, _SWATCH, _ROW, _GAP = 12, 34, 28, 26


class _Item(NamedTuple):
    """A sample, drawn from its left side and its middle, and what it means."""

    sample: Callable[[int, int], str]
    meaning: str


def write_legend(picture: Picture, x: int, y: int, width: int) -> tuple[str, int]:
    """Draw the key from its top left corner, in rows no wider than `width` pixels; give its height as well."""
    items = _items(picture)
    widths = [_SWATCH + 10 + text_width(item.meaning, _SIZE) for item in items]
    rows = in_rows(widths, width, _GAP)
    drawn = []
    for number, row in enumerate(rows):
        left, middle = x, y + number * _ROW + _ROW // 2
        for at in row:
            drawn.append(items[at].sample(left, middle))
            drawn.append(written(items[at].meaning, left + _SWATCH + 10, middle + 4, _SIZE, fill=INK))
            left += widths[at] + _GAP
    return element("g", "".join(drawn)), len(rows) * _ROW


def legend_widest(picture: Picture) -> int:
    """Give the width of the longest item, in pixels, below which the key would not fit."""
    return max((_SWATCH + 10 + text_width(item.meaning, _SIZE) for item in _items(picture)), default=0)


def _items(picture: Picture) -> list[_Item]:
    kinds = {box.kind for box in picture.boxes}
    roles = {box.role for box in picture.boxes}
    arrows = {arrow.kind for arrow in picture.arrows}
    return [
        *(_Item(_box_sample(kind, Role.NONE), said) for kind, said in BOX_MEANINGS.items() if kind in kinds),
        *(_Item(_box_sample(BoxKind.PLAIN, role), said) for role, said in ROLE_MEANINGS.items() if role in roles),
        *(_Item(_arrow_sample(kind), said) for kind, said in ARROW_MEANINGS.items() if kind in arrows),
    ]


def _box_sample(kind: BoxKind, role: Role) -> Callable[[int, int], str]:
    return lambda x, y: box_shape(kind, role, x + 2, y - 9, _SWATCH - 4, 18)


def _arrow_sample(kind: ArrowKind) -> Callable[[int, int], str]:
    def draw(x: int, y: int) -> str:
        end = x + _SWATCH
        shown = line(kind, [(x, y), (end - 8, y)]) + arrowhead(kind, Head(end, y, 1, 0))
        return shown + mark(kind, x + 12, y)

    return draw
