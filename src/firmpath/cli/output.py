"""How answers are printed: wrapped and marked for a terminal, plain for a pipe, JSON for a machine."""

import os
import sys
from collections.abc import Iterable
from typing import Any

from firmpath.pathways.explain.explanation import Explanation

_WIDEST = 110
"""Longer lines are hard to read, however wide the terminal is."""


def print_explanation(explanation: Explanation) -> None:
    """Print an explanation: the headline first, the reasons indented, the next step last."""
    print_wrapped(bold(explanation.headline))
    if explanation.lines:
        print()
        for line in explanation.lines:
            print_wrapped(line, indent=2)
    if explanation.next_step:
        print()
        print_wrapped(explanation.next_step)


def print_wrapped(text: str, indent: int = 0) -> None:
    """Print a paragraph; on a terminal its lines end between words, and go on under the first."""
    if not sys.stdout.isatty():
        print(" " * indent + text)
        return
    from shutil import get_terminal_size  # a pipe needs none of this
    from textwrap import fill

    width = min(get_terminal_size().columns, _WIDEST)
    hanging = indent + (3 if text[:1].isdigit() and text[1:3] == ". " else 0)
    wrapped = fill(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    print(wrapped)


def print_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table with columns as wide as what stands in them."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for at, line in enumerate(lines):
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        print(bold(text) if at == 0 else text)


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object, indented, with keys in the order they are documented."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))


def bold(text: str) -> str:
    """Make text stand out on a terminal, unless NO_COLOR asks for plain text."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return f"\x1b[1m{text}\x1b[0m"
    return text


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the answer."""
    print(text, file=sys.stderr)
