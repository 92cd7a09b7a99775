"""The one status of which a source says that a Device is in use, and how it may be written. Source: ADR 0033."""

from string import ascii_lowercase, ascii_uppercase
from typing import Final

IN_USE: Final = "commissioned"
"""As `plain_status` has it: the Device works, and was not suspended since."""

_SMALL: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


def plain_status(written: str) -> str:
    """Give a status without what people write differently: capitals of ASCII, spaces and underscores.

    Other letters stay as they are: to Unicode `commißioned` is `commissioned` in other letters, to no source it is.
    """
    return "".join(written.translate(_SMALL).replace("_", " ").split())
