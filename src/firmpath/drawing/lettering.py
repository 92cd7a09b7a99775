"""How wide text will be, and how it is made to fit, without asking any font.

The widths are those of a wide sans-serif face, rounded up, so that text set in a narrower one fits too.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

FONT_FAMILY: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_WIDTHS = {
    letter: width
    for width, letters in (
        (300, "'ijlIJ"),
        (330, " ,."),
        (400, "/:;\\|f-()[]t!"),
        (465, 'r"'),
        (530, "*_`sz?"),
        (600, "cLFkvxy"),
        (645, "PTYoaehnuESbdgpq$0123456789{}"),
        (700, "KAVXZBRC"),
        (790, "UNHDG&OQ"),
        (870, "w#+<=>^~M"),
        (1000, "%mW@"),
    )
    for letter in letters
}
_ACCENTED, _FOREIGN, _BOLDER, _SPARE_MARKS = 900, 1200, 90, 2


def clean(text: str) -> str:
    """Make text safe to print: characters without a shape, and heaps of accents, become the sign for that.

    Controls would break the XML, and marks of direction would let a name pass for another one.
    """
    shown: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if letter.isspace():
            shown.append(" ")
        else:
            shown.append(letter if letter.isprintable() and marks <= _SPARE_MARKS else "\ufffd")
    return " ".join("".join(shown).split())


def text_width(text: str, size: int, bold: bool = False) -> int:
    """Estimate from above the width of text, in pixels, at a font size in pixels."""
    more = _BOLDER if bold else 0
    return -(-sum(_letter_width(letter) + more for letter in text) * size // 1000)


def is_estimate_sure(text: str) -> bool:
    """Say whether the width of every character is known, rather than taken to be a broad one."""
    return all(letter in _WIDTHS or letter == "…" for letter in text)


def shortened(text: str, most: int, size: int, bold: bool = False) -> str:
    """Cut text off with an ellipsis so that it is at most `most` pixels wide."""
    if text_width(text, size, bold) <= most:
        return text
    kept, room = 0, most - text_width("…", size, bold)
    while kept < len(text) and text_width(text[: kept + 1], size, bold) <= room:
        kept += 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, most: int, size: int, bold: bool = False, most_lines: int = 3) -> tuple[str, ...]:
    """Break text between words into lines at most `most` pixels wide; what is over is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= most:
            lines[-1] += f" {word}"
        elif len(lines) < most_lines:
            lines.append(word)
        else:
            lines[-1] += f" {word}…"
            break
    return tuple(shortened(line, most, size, bold) for line in lines)


def in_rows(widths: Iterable[int], most: int, gap: int) -> list[list[int]]:
    """Share things out in rows at most `most` pixels wide; give the places of the things in each row."""
    rows: list[list[int]] = []
    used = 0
    for place, width in enumerate(widths):
        if rows and used + gap + width <= most:
            rows[-1].append(place)
            used += gap + width
        else:
            rows.append([place])
            used = width
    return rows


def _letter_width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    return _ACCENTED if "\u00a0" <= letter <= "\u017f" else _FOREIGN
