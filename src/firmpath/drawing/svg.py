"""A picture as a self-contained SVG: readable on a screen, in black and white, and by a screen reader.

There are no scripts, style sheets, fonts or links in it. Firmware names are shortened where they do not fit,
and stand in full in the title of their box.
"""

from typing import Final
from zlib import crc32

from firmpath.drawing.box_text import (
    LEAD_SIZE,
    LINE_HEIGHT,
    LINE_SIZE,
    PAD,
    TAG_HEIGHT,
    TAG_SIZE,
    Tag,
    label_text,
    set_boxes,
)
from firmpath.drawing.ink import (
    ARROW_INK,
    BOX_INK,
    FAINT_INK,
    INK,
    PAPER,
    ROLE_INK,
    RULE,
    element,
    escaped,
    written,
)
from firmpath.drawing.layout import Layout, PlacedBox, lay_out
from firmpath.drawing.legend import legend_widest, write_legend
from firmpath.drawing.lettering import FONT_FAMILY, clean, is_estimate_sure, text_width, wrapped
from firmpath.drawing.picture import Arrow, ArrowKind, Box, BoxKind, Picture, require_drawable
from firmpath.drawing.shapes import arrowhead, box_shape, line, mark
from firmpath.drawing.sketch import LABEL_SIZE, MARK_SIZE
from firmpath.drawing.tracks import Route

NOTHING_TO_DRAW: Final = "There is nothing to draw: no CPL entry answers the question."

_MARGIN, _TITLE_SIZE, _TITLE_LINE, _NOTE_SIZE = 20, 18, 24, 12
_LINE_SIZE, _LINE_HEIGHT, _MOST_LINES = 14, 20, 30
_WORDS_WIDTH: Final = 300
"""How wide the words above a picture are set: a phone shows them whole, however wide the picture is."""
_DRAWING_ORDER = (ArrowKind.DECLARED, ArrowKind.MISSING, ArrowKind.BARRED, ArrowKind.PATHWAY)


def write_svg(picture: Picture) -> str:
    """Draw a picture; the same picture gives the same text.

    Cost: 60 boxes take 0.03 s; the largest allowed about a second, or 15 if all of it is cycles.

    :raises FirmpathError: more than 400 boxes or 4,000 arrows, which nobody could read; two boxes with one
        key; an arrow to or from no box.
    """
    require_drawable(picture)
    laid = lay_out(picture, set_boxes(picture.boxes))
    inner = max(laid.width, _WORDS_WIDTH, legend_widest(picture))
    heading, y = _heading(picture, laid, _WORDS_WIDTH)
    names = {box.key: clean(box.lines[0]) if box.lines else str(box.key) for box in picture.boxes}
    left = _MARGIN + (inner - laid.width) // 2
    drawing = element("g", _drawing(laid, names), transform=f"translate({left} {y})")
    y += laid.height + 24
    rule = element("path", d=f"M{_MARGIN} {y}h{inner}", stroke=RULE) if picture.boxes else ""
    legend, legend_height = write_legend(picture, _MARGIN, y + 10, inner)
    body = heading + (drawing + rule + legend if picture.boxes else "")
    return _document(picture, body, inner + 2 * _MARGIN, y + 10 + legend_height + _MARGIN // 2)


def _document(picture: Picture, body: str, width: int, height: int) -> str:
    mark_of_picture = f"{crc32((picture.title + picture.description + body).encode('utf-8', 'replace')):08x}"
    title, described = f"firmpath-title-{mark_of_picture}", f"firmpath-desc-{mark_of_picture}"
    paper = element("rect", width=width, height=height, fill=PAPER)
    content = (
        element("title", escaped(clean(picture.title)) or "Firmware upgrades", id=title)
        + element("desc", escaped(_description(picture)), id=described)
        + element("g", paper + body, font_family=FONT_FAMILY)
    )
    svg = element(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{title} {described}",
    )
    return svg.replace("><", ">\n<") + "\n"


def _description(picture: Picture) -> str:
    if not picture.boxes:
        return NOTHING_TO_DRAW
    boxes, arrows = len(picture.boxes), len(set(picture.arrows))
    counted = f"{boxes} box{'' if boxes == 1 else 'es'}, {arrows} arrow{'' if arrows == 1 else 's'}"
    return clean(picture.description) or counted


def _heading(picture: Picture, laid: Layout, width: int) -> tuple[str, int]:
    """Write the title, the lines and how to read the picture; give the place beneath them as well."""
    y = _MARGIN + _TITLE_SIZE - 4
    drawn = []
    for text in wrapped(clean(picture.title), width, _TITLE_SIZE, True, _MOST_LINES):
        drawn.append(written(text, _MARGIN, y, _TITLE_SIZE, font_weight="bold", fill=INK))
        y += _TITLE_LINE
    y += 2
    for number, line_of_text in enumerate(picture.lines):
        weight: dict[str, str | int] = {} if number else {"font_weight": "bold"}
        for text in wrapped(clean(line_of_text), width, _LINE_SIZE, not number, _MOST_LINES):
            drawn.append(written(text, _MARGIN, y, _LINE_SIZE, fill=INK, **weight))
            y += _LINE_HEIGHT
    note = _how_to_read(picture, laid)
    for text in wrapped(note, width, _NOTE_SIZE):
        drawn.append(written(text, _MARGIN, y, _NOTE_SIZE, fill=FAINT_INK))
        y += LINE_HEIGHT
    return "".join(drawn), y + (14 if note else 0)


def _how_to_read(picture: Picture, laid: Layout) -> str:
    if not picture.boxes:
        return NOTHING_TO_DRAW
    if not picture.arrows:
        return "No upgrade is drawn between these CPL entries."
    said = "Upgrades go the way the arrows point: down the page"
    if any(box.column for box in laid.boxes):
        said += ", then on at the top of the next column"
    if any(route.turned for route in laid.routes):
        said += "; an arrow that points up closes a cycle"
    return said + "."


def _drawing(laid: Layout, names: dict[int, str]) -> str:
    routes = [route for kind in _DRAWING_ORDER for route in laid.routes if route.kind is kind]
    return "".join(
        [
            *(_route(route, names) for route in routes),
            *(_box(box) for box in laid.boxes),
            *(_sign(r) for r in routes),
        ]
    )


def _route(route: Route, names: dict[int, str]) -> str:
    title = element("title", escaped("; ".join(_arrow_title(arrow, names) for arrow in route.arrows)))
    lines = "".join(line(route.kind, path) for path in route.paths)
    return element("g", title + lines + "".join(arrowhead(route.kind, head) for head in route.heads))


def _arrow_title(arrow: Arrow, names: dict[int, str]) -> str:
    said = f"{names[arrow.from_key]} to {names[arrow.to_key]}: {_KIND_WORDS[arrow.kind]}"
    return f"{said}, {clean(arrow.label)}" if arrow.label else said


_KIND_WORDS = {
    ArrowKind.DECLARED: "declared",
    ArrowKind.PATHWAY: "step of the pathway",
    ArrowKind.BARRED: "declared, but must not be used",
    ArrowKind.MISSING: "nobody has declared it",
}


def _sign(route: Route) -> str:
    """Draw the mark and the label of an arrow, on a ground of their own."""
    x, y = route.mark_at
    if not route.label:
        return mark(route.kind, x, y)
    text = label_text(route.label)
    wide = text_width(text, LABEL_SIZE)
    marked = mark(route.kind, 0, 0) != ""
    across = wide + (MARK_SIZE + 6 if marked else 0)
    left = x - across // 2
    ground = element("rect", x=left - 4, y=y - 10, width=across + 8, height=20, rx=4, fill=PAPER)
    said = _fitted(text, left + across - wide // 2, y + 4, LABEL_SIZE, wide, fill=ARROW_INK[route.kind].line)
    return ground + (mark(route.kind, left + MARK_SIZE // 2, y) if marked else "") + said


def _box(placed: PlacedBox) -> str:
    box, text = placed.box, placed.text
    middle, y = placed.x + placed.width // 2, placed.y + PAD + LEAD_SIZE - 2
    drawn = [
        element("title", escaped(text.full)),
        box_shape(box.kind, box.role, placed.x, placed.y, placed.width, placed.height),
    ]
    for number, shown in enumerate(text.lines):
        size, bold = (LINE_SIZE, False) if number else (LEAD_SIZE, True)
        wide = text_width(shown, size, bold)
        weight = {"font_weight": "bold"} if bold else {}
        drawn.append(_fitted(shown, middle, y, size, wide, fill=INK, **weight))
        if box.kind is BoxKind.WITHDRAWN and not number:
            strike = f"M{middle - wide // 2 - 3} {y - 5}h{wide + 6}"
            drawn.append(element("path", d=strike, stroke=BOX_INK[box.kind].outline, stroke_width=2))
        y += LINE_HEIGHT + (2 if not number else 0)
    y += 5 - LINE_SIZE
    for row in text.tag_rows:
        drawn += [_tag(tag, middle, y, box) for tag in row]
        y += TAG_HEIGHT + 4
    role: dict[str, str | int] = {"data_role": box.role.value} if box.role else {}
    return element("g", "".join(drawn), **role)


def _tag(tag: Tag, middle: int, y: int, box: Box) -> str:
    ground, outline, ink = PAPER, BOX_INK[box.kind].outline, INK
    if tag.of_role:
        ground, outline, ink = ROLE_INK[box.role], ROLE_INK[box.role], PAPER
    x = middle + tag.left
    plate = element(
        "rect", x=x, y=y, width=tag.width, height=TAG_HEIGHT, rx=TAG_HEIGHT // 2, fill=ground, stroke=outline
    )
    wide = text_width(tag.word, TAG_SIZE, True)
    return plate + _fitted(tag.word, x + tag.width // 2, y + 13, TAG_SIZE, wide, fill=ink, font_weight="bold")


def _fitted(text: str, middle: int, y: int, size: int, wide: int, **ink: str | int) -> str:
    """Write text around a middle; where its width is not sure, make it keep to the width estimated."""
    held: dict[str, str | int] = (
        {} if is_estimate_sure(text) else {"textLength": wide, "lengthAdjust": "spacingAndGlyphs"}
    )
    return written(text, middle, y, size, text_anchor="middle", **held, **ink)
