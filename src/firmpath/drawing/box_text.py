"""What is printed in a box, shortened to fit, and how large the box must be for it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from firmpath.drawing.lettering import clean, in_rows, shortened, text_width
from firmpath.drawing.picture import Box, BoxKind, Role
from firmpath.drawing.sketch import LABEL_SIZE, MARK_SIZE, Size

LEAD_SIZE: Final = 14
"""Font size of the first line in a box, in pixels; it is bold."""

LINE_SIZE: Final = 12
"""Font size of the lines after it."""

TAG_SIZE: Final = 11
"""Font size of a tag; it is bold."""

TAG_HEIGHT: Final = 18
LINE_HEIGHT: Final = 16
PAD: Final = 12
"""Room between the outline of a box and its text, in pixels."""

_LEAD_HEIGHT, _TAG_ROW, _TAG_PAD, _TAG_GAP, _BAR = 18, 22, 7, 5, 8
_NARROWEST, _WIDEST, _LABEL_WIDEST = 84, 196, 180


class Tag(NamedTuple):
    """A status word in a box; `left` counts from the middle of the box, in pixels."""

    word: str
    left: int
    width: int
    of_role: bool


class BoxText(NamedTuple):
    """The lines and the rows of tags of one box as printed, its full text, and its size."""

    lines: tuple[str, ...]
    tag_rows: tuple[tuple[Tag, ...], ...]
    full: str
    size: Size


def set_boxes(boxes: Iterable[Box]) -> tuple[BoxText, ...]:
    """Set the text of the boxes of a picture; all boxes get one width, so that columns look like columns."""
    texts = [_set(box) for box in boxes]
    widest = max((text.size.width for text in texts), default=0)
    return tuple(text._replace(size=Size(widest, text.size.height)) for text in texts)


def label_size(label: str) -> Size:
    """Measure the label of an arrow, with room for its mark."""
    return Size(text_width(label_text(label), LABEL_SIZE) + MARK_SIZE + 10, MARK_SIZE + 4)


def label_text(label: str) -> str:
    """Shorten the label of an arrow to what fits."""
    return shortened(clean(label), _LABEL_WIDEST, LABEL_SIZE)


def status_words(box: Box) -> tuple[str, ...]:
    """List the words printed in a box: of its role, of its kind, then those it was given, each once."""
    role = "" if box.role is Role.ON_PATHWAY else box.role.value
    words = (role, box.kind.value, *(clean(word) for word in box.words))
    return tuple({word.casefold(): word for word in reversed(words) if word}.values())[::-1]


def _set(box: Box) -> BoxText:
    lines = [clean(line) for line in box.lines] or [str(box.key)]
    shown = [
        shortened(lines[0], _WIDEST, LEAD_SIZE, True),
        *(shortened(ln, _WIDEST, LINE_SIZE) for ln in lines[1:]),
    ]
    words = status_words(box)
    rows = _tag_rows(words, box.role)
    widths = [text_width(shown[0], LEAD_SIZE, True), *(text_width(line, LINE_SIZE) for line in shown[1:])]
    widths += [row[-1].left + row[-1].width - row[0].left for row in rows]
    bar = _BAR if box.kind is BoxKind.DEAD_END else 0
    height = 2 * PAD + _LEAD_HEIGHT + LINE_HEIGHT * (len(shown) - 1) + _TAG_ROW * len(rows) + bar - 2
    full = ", ".join(("; ".join(lines), *words))
    return BoxText(tuple(shown), rows, full, Size(max(_NARROWEST, *widths) + 2 * PAD, height))


def _tag_rows(words: tuple[str, ...], role: Role) -> tuple[tuple[Tag, ...], ...]:
    shown = [shortened(word, _WIDEST - 2 * _TAG_PAD, TAG_SIZE, True) for word in words]
    widths = [text_width(word, TAG_SIZE, True) + 2 * _TAG_PAD for word in shown]
    rows = []
    for row in in_rows(widths, _WIDEST, _TAG_GAP):
        left = -(sum(widths[at] for at in row) + _TAG_GAP * (len(row) - 1)) // 2
        tags = []
        for at in row:
            tags.append(Tag(shown[at], left, widths[at], bool(role) and words[at] == role.value))
            left += widths[at] + _TAG_GAP
        rows.append(tuple(tags))
    return tuple(rows)
