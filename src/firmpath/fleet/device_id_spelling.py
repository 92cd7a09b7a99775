"""The ways of writing a Device ID that are understood, for one at a time; `device_ids` has them for millions."""

import re
from typing import Final

AS_IN_DUIS: Final = re.compile(r"[0-9A-F]{2}(?:-[0-9A-F]{2}){7}")
"""An EUI-64 as the DUIS writes it, `00-DB-12-34-56-78-90-A0`."""

SPACES: Final = "".join(map(chr, (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
"""The spaces that are forgiven around a Device ID: all of Unicode, by name, as engines differ in what they trim."""

DIGITS: Final = 16
"""Hex digits of a Device ID; each two of them have a dash, or a colon, between them, or none have."""


def spelt_as_in_duis(text: str) -> str:
    """Write a Device ID that is in small letters, with colons or without dashes as the DUIS does.

    What is no Device ID stays as it is, but for its letters and the spaces around it.
    """
    bare = text.strip(SPACES)
    upper = bare.upper() if bare.isascii() else bare
    if len(upper) == DIGITS:
        return "-".join(upper[at : at + 2] for at in range(0, DIGITS, 2))
    return upper.replace(":", "-")
