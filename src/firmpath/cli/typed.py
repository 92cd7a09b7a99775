"""Commands that are printed to be copied: whatever a file is called, a shell takes its name for what it is."""

import os
import shlex
from collections.abc import Iterable


def as_typed(words: Iterable[str]) -> str:
    """Write words as a shell takes them; one with what cannot be seen as in $'a\\011b', which shells read alike."""
    return " ".join(shlex.quote(each) if each.isprintable() else _in_octets(each) for each in words)


def as_file(path: str) -> str:
    """Give the name of a file so that no command takes it for one of its options."""
    return f"./{path}" if path.startswith("-") else path


def _in_octets(word: str) -> str:
    return "$'" + "".join(map(_octet, os.fsencode(word))) + "'"


def _octet(octet: int) -> str:
    """Write an octet that can be seen, and means nothing to a shell, as it is; any other by its number."""
    shown = chr(octet)
    return shown if shown.isascii() and (shown.isalnum() or shown in "/._- ") else f"\\{octet:03o}"
