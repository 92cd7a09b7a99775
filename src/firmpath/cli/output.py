"""How answers are printed: wrapped and marked for a terminal, plain for a pipe, JSON for a machine."""

import os
import sys
from typing import Any, Final, TextIO

from firmpath.pathways.explain.explanation import Explanation

_WIDEST: Final = 110
"""Longer lines are hard to read, however wide the terminal is."""

_TOGETHER: Final = r"(?<=\d) (?=\([0-9A-F]{8}\))|(?<=\(firmware) (?=[0-9A-F]{8})"
"""Where a line is not to end: between an entry's id and its version, or just before a version."""

_NO_BREAK: Final = "\xa0"


def print_explanation(explanation: Explanation, hanging: int = 0) -> None:
    """Print an explanation: the headline first, the reasons indented, the next step last.

    `hanging` is as for `print_wrapped`, for reasons that are paragraphs of their own.
    """
    print_wrapped(explanation.headline, strong=True)
    if explanation.lines:
        print()
        for line in explanation.lines:
            print_wrapped(line, indent=2, hanging=hanging)
    if explanation.next_step:
        print()
        print_wrapped(explanation.next_step)


def print_wrapped(
    text: str, indent: int = 0, hanging: int = 0, strong: bool = False, to: TextIO | None = None
) -> None:
    """Print a paragraph; on a terminal its lines end between words, and go on under the first.

    `hanging` is by how many characters further in the lines after the first begin; `strong` text stands out.
    """
    text = _harmless(" ".join(text.splitlines()))  # a name with a line feed in it must not pass for a line of ours
    to = to or sys.stdout
    if not to.isatty():
        print(" " * indent + text, file=to)
        return
    import re  # a pipe needs none of this
    from shutil import get_terminal_size
    from textwrap import fill

    wrapped = fill(
        re.sub(_TOGETHER, _NO_BREAK, text),
        min(get_terminal_size().columns, _WIDEST),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + (hanging or _width_of_number(text))),
        break_long_words=False,
        break_on_hyphens=False,
    )
    wrapped = wrapped.replace(_NO_BREAK, " ")
    print(bold(wrapped) if strong else wrapped, file=to)


def print_field(label: str, value: str, width: int, indent: int = 2) -> None:
    """Print a label and a value beside it, or under it where the terminal is too narrow for a word of it."""
    if sys.stdout.isatty():
        from shutil import get_terminal_size  # a pipe needs none of this

        longest = max(map(len, value.split()), default=0)
        if indent + width + longest > min(get_terminal_size().columns, _WIDEST):
            print_wrapped(label, indent)
            print_wrapped(value, indent + 2)
            return
    print_wrapped(f"{label:<{width}}{value}", indent, hanging=width)


def print_command(command: str) -> None:
    """Print a command in one line, however long it is: who copies it has to get all of it."""
    print(f"  {_harmless(command)}")


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object, indented, with keys in the order they are documented.

    Characters that the output cannot have, or that would steer a terminal, are written as escapes of JSON.
    """
    from firmpath.cli.json_text import json_pieces

    pieces = json_pieces(value)
    text = "".join(set(pieces))  # each character that is written is in it
    try:
        text.encode(sys.stdout.encoding or "utf-8")
        is_harmless = text.replace("\n", "").isprintable()
    except UnicodeEncodeError:
        is_harmless = False
    sys.stdout.writelines(pieces if is_harmless else json_pieces(value, escaped=True))
    print()


def bold(text: str) -> str:
    """Make text stand out on a terminal, unless NO_COLOR or the terminal asks for plain text."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        return f"\x1b[1m{text}\x1b[0m"
    return text


def printable(text: str, most: int = 200) -> str:
    """Show what somebody typed, such as the name of a file, so that it cannot steer a terminal or fill it."""
    return _harmless(text if len(text) <= most else f"{text[:most]}…")


def _harmless(text: str) -> str:
    """Write out what would steer a terminal, or not be seen on it: data must not repaint an answer."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\n" else f"\\x{ord(each):02x}" for each in text)


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the answer."""
    print(text, file=sys.stderr)


def _width_of_number(text: str) -> int:
    number, point, _ = text.partition(". ")
    return len(number + point) if point and number.isdecimal() else 0
