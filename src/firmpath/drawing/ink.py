"""Colours, and marks on paper as XML.

Every text stands against its ground at 4.5:1 or better, every line at 3:1 or better (WCAG 2.2, level AA). The
hues are told apart by people who do not see red and green, and nothing is said by hue alone. Style sheets are
not used, so that a page with a strict content security policy shows the picture as it is.
"""

from typing import Final, NamedTuple

from firmpath.drawing.lettering import clean
from firmpath.drawing.picture import ArrowKind, BoxKind, Role

PAPER: Final = "#ffffff"
INK: Final = "#1b1f24"
FAINT_INK: Final = "#4a525c"
RULE: Final = "#c5ccd4"
PATHWAY_INK: Final = "#0b4f94"


class BoxInk(NamedTuple):
    """Ground, outline, and thickness of outline in pixels, with its dashes."""

    ground: str
    outline: str
    thickness: int
    dashes: str = ""


class ArrowInk(NamedTuple):
    """Colour and thickness in tenths of a pixel of a line, with its dashes."""

    line: str
    tenths: int
    dashes: str = ""


BOX_INK: Final = {
    BoxKind.PLAIN: BoxInk("#eef3f8", "#5b6b7d", 2),
    BoxKind.STEPPING_STONE: BoxInk("#ffe9a8", "#7a5200", 2),
    BoxKind.DEAD_END: BoxInk("#fbe3dc", "#8f2a0a", 2),
    BoxKind.WITHDRAWN: BoxInk("#ececec", "#5c5c5c", 2, "8 5"),
    BoxKind.SILENT: BoxInk("#ffffff", "#6a3d8f", 3, "0 6"),
}

ARROW_INK: Final = {
    ArrowKind.DECLARED: ArrowInk("#66717e", 16),
    ArrowKind.PATHWAY: ArrowInk(PATHWAY_INK, 40),
    ArrowKind.BARRED: ArrowInk("#a8320c", 20, "9 5"),
    ArrowKind.MISSING: ArrowInk("#6a3d8f", 20, "2 5"),
}

ROLE_INK: Final = {
    Role.ASKED_ABOUT: INK,
    Role.INSTALLED: INK,
    Role.TARGET: PATHWAY_INK,
    Role.NOT_REACHED: ARROW_INK[ArrowKind.BARRED].line,
    Role.ON_PATHWAY: PATHWAY_INK,
}
"""Outline of a box that has a role, and ground of the word for it; only a pathway has its colour."""


def element(name: str, content: str = "", /, **attributes: str | int) -> str:
    """Write an XML element around content that is XML already; `_` in the name of an attribute stands for `-`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def written(text: str, x: int, y: int, size: int, **attributes: str | int) -> str:
    """Write a line of text at a place."""
    return element("text", escaped(clean(text)), x=x, y=y, font_size=size, **attributes)


def escaped(text: str) -> str:
    """Make text safe within XML, in elements and attributes alike."""
    for letter, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(letter, f"&{name};")
    return text


def in_pixels(tenths: int) -> str:
    """Write tenths of a pixel as a decimal number."""
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
