"""The parts of the report's page: sections, tables that sort and filter, lists of what was asked."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final

from firmpath.pathways.days import day_in_words


class Html(str):
    """Text that is HTML already; every other text is made so where it is put in."""

    __slots__ = ()


MANIFEST: Final = "waves/manifest.json"
"""Where all rows are of a table about what to send."""

MOST_ROWS: Final = 100
"""Rows of a table; where there are more, the page says where the rest is."""

Cell = int | float | date | str
"""A number of things, a share from 0 to 1, a day, text, or HTML."""


def section(heading: str, *inside: str) -> str:
    """Give a part of the page with its heading."""
    return f"<section><h2>{escape(heading)}</h2>{''.join(inside)}</section>"


def paragraph(words: str, kind: str = "") -> str:
    """Give a paragraph of text."""
    return f'<p class="{kind}">{escape(words)}</p>' if kind else f"<p>{escape(words)}</p>"


def table(name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], rest_in: str = "") -> str:
    """Give a table of the first rows; `rest_in` says where all of them are, if these are not all."""
    shown = rows[:MOST_ROWS]
    words = f"The first {len(shown):,} of {len(rows):,} rows; all of them are in {rest_in}."
    more = paragraph(words) if len(rows) > len(shown) else ""
    numeric = [isinstance(each, int | float) for each in (rows[0] if rows else headings)]
    head = "".join(
        f'<th scope="col"{_class(is_number)}>{escape(heading)}</th>'
        for heading, is_number in zip(headings, numeric, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in shown)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def wordy(listed: str) -> str:
    """Give a table of three columns whose second has many words: on a phone it stands below the two others."""
    return f'<div class="wordy">{listed}</div>'


def pairs(given: Iterable[tuple[str, str]]) -> str:
    """Give a list of names and values; the values are HTML."""
    each = (f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in given)
    return f"<dl>{''.join(each)}</dl>"


def in_two(first: str, second: str) -> Html:
    """Give a cell with something below what stands in it."""
    return Html(f"{breakable(first)}<br><span>{breakable(second)}</span>") if second else breakable(first)


def roomy(cell: Html) -> Html:
    """Give a cell that the columns beside it leave room for words on a phone."""
    return Html(f'<div class="roomy">{cell}</div>')


def lines(words: Iterable[str]) -> Html:
    """Give a cell with each on a line of its own, broken within only where a narrow screen has no room."""
    return Html("".join(f'<div class="line">{escape(each)}</div>' for each in words))


def breakable(words: str) -> Html:
    """Give text that may be broken within a reading of firmware or an address, as a narrow screen needs it."""
    return Html(escape(words).replace("/", "/<wbr>").replace("@", "<wbr>@"))


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        bar = f'<span class="bar"><i style="width:{100 * value:.2f}%"></i></span>'
        return f'<td class="number share" data-value="{value:.9f}"><div>{bar}{_share(value)}</div></td>'
    if isinstance(value, int):
        return f'<td class="number" data-value="{value}">{value:,}</td>'
    if isinstance(value, date):
        day = f'<time datetime="{value}">{day_in_words(value)}</time>'
        return f'<td data-value="{value.toordinal()}">{day}</td>'
    return f"<td>{value if isinstance(value, Html) else escape(value)}</td>"


def _share(value: float) -> str:
    """Write a share; what is not nothing, and not all, does not become so by being rounded."""
    rounded = f"{100 * value:.1f}"
    if value and rounded == "0.0":
        return "&lt;\xa00.1\xa0%"
    return "&gt;\xa099.9\xa0%" if value < 1 and rounded == "100.0" else f"{rounded}\xa0%"


def _class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""
