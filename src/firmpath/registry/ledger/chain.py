"""How rows of the ledger are chained, so that none can be changed, lost or moved unnoticed."""

from hashlib import sha256
from typing import Final

BEGINNING: Final = "0" * 64
"""The chain before the first row."""


def chained(before: str, statement_sha256: str) -> str:
    """Give the chain up to a row, from the chain before it and the SHA-256 of its statement; hex digits all."""
    return sha256((before + statement_sha256).encode()).hexdigest()
