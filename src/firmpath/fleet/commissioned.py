"""The one status of which a source says that a Device is in use, and how it may be written. Source: ADR 0033."""

from typing import Final

IN_USE: Final = "commissioned"
"""As `plain_status` has it: the Device works, and was not suspended since."""


def plain_status(written: str) -> str:
    """Give a status without what people write differently: capitals, spaces and underscores."""
    return "".join(written.casefold().replace("_", " ").split())
