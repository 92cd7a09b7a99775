"""The shapes of boxes and arrows: each kind has one that can be told in black and white."""

from collections.abc import Sequence
from typing import Final

from firmpath.drawing.ink import ARROW_INK, BOX_INK, PAPER, ROLE_INK, element, in_pixels
from firmpath.drawing.picture import ArrowKind, BoxKind, Role
from firmpath.drawing.tracks import Head, Stroke

DEAD_END_OVERHANG: Final = 6
"""How far, in pixels, the bar under a dead end stands out on either side."""

_BAR, _CUT, _ROUND, _RING = 7, 12, 7, 5
_HEAD = {
    ArrowKind.DECLARED: (10, 4),
    ArrowKind.PATHWAY: (12, 7),
    ArrowKind.BARRED: (10, 5),
    ArrowKind.MISSING: (10, 5),
}


def box_shape(kind: BoxKind, role: Role, x: int, y: int, width: int, height: int) -> str:
    """Draw a box without its text, from its top left corner."""
    ink = BOX_INK[kind]
    colour = ROLE_INK.get(role, ink.outline)
    thickness = {Role.NONE: ink.thickness, Role.ASKED_ABOUT: 5}.get(role, 4)
    dashes = {"stroke_dasharray": ink.dashes} if ink.dashes else {}
    if kind is BoxKind.SILENT:
        dashes["stroke_linecap"] = "round"
        if role is not Role.NONE:
            dashes["stroke_dasharray"] = "0 7"
    drawn = _outline(kind, x, y, width, height, fill=ink.ground, stroke=colour, stroke_width=thickness, **dashes)
    if role in (Role.TARGET, Role.NOT_REACHED):
        inner = (x + _RING, y + _RING, width - 2 * _RING, height - 2 * _RING)
        drawn += _outline(kind, *inner, fill="none", stroke=colour, stroke_width=1)
    if kind is BoxKind.DEAD_END:
        bar = (x - DEAD_END_OVERHANG, y + height - _BAR)
        drawn += element(
            "rect", x=bar[0], y=bar[1], width=width + 2 * DEAD_END_OVERHANG, height=_BAR, fill=ink.outline
        )
    return drawn


def line(kind: ArrowKind, path: Sequence[Stroke]) -> str:
    """Draw the line of an arrow, without its head."""
    ink = ARROW_INK[kind]
    dashes = {"stroke_dasharray": ink.dashes} if ink.dashes else {}
    said = " ".join(
        ("M" if not at else "L" if len(stroke) == 2 else "C") + " ".join(map(str, stroke))
        for at, stroke in enumerate(path)
    )
    return element("path", d=said, fill="none", stroke=ink.line, stroke_width=in_pixels(ink.tenths), **dashes)


def arrowhead(kind: ArrowKind, head: Head) -> str:
    """Draw an arrowhead with its tip at a place; hollow where nobody has declared the upgrade."""
    length, half = _HEAD[kind]
    back_x, back_y = head.x - head.right * length, head.y - head.down * length
    left = f"{back_x - head.down * half},{back_y + head.right * half}"
    right = f"{back_x + head.down * half},{back_y - head.right * half}"
    colour = ARROW_INK[kind].line
    fill = PAPER if kind is ArrowKind.MISSING else colour
    return element("polygon", points=f"{head.x},{head.y} {left} {right}", fill=fill, stroke=colour)


def mark(kind: ArrowKind, x: int, y: int) -> str:
    """Draw a cross on a barred arrow and a question mark on a missing one; nothing on others."""
    colour = ARROW_INK[kind].line
    disc = element("circle", cx=x, cy=y, r=8, fill=PAPER, stroke=colour, stroke_width=2)
    if kind is ArrowKind.BARRED:
        cross = f"M{x - 4} {y - 4}L{x + 4} {y + 4}M{x - 4} {y + 4}L{x + 4} {y - 4}"
        return disc + element("path", d=cross, stroke=colour, stroke_width=2)
    if kind is ArrowKind.MISSING:
        said: dict[str, str | int] = {
            "font_size": 12,
            "font_weight": "bold",
            "text_anchor": "middle",
            "fill": colour,
        }
        return disc + element("text", "?", x=x, y=y + 4, **said)
    return ""


def _outline(kind: BoxKind, x: int, y: int, width: int, height: int, **ink: str | int) -> str:
    if kind is BoxKind.STEPPING_STONE:
        right, bottom, cut = x + width, y + height, min(_CUT, height // 3)
        corners = (
            f"{x + cut},{y} {right - cut},{y} {right},{y + cut} {right},{bottom - cut} "
            f"{right - cut},{bottom} {x + cut},{bottom} {x},{bottom - cut} {x},{y + cut}"
        )
        return element("polygon", points=corners, **ink)
    corner = {BoxKind.PLAIN: _ROUND, BoxKind.SILENT: _ROUND}.get(kind, 0)
    return element("rect", x=x, y=y, width=width, height=height, rx=corner, **ink)
