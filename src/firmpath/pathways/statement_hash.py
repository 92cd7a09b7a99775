"""The SHA-256 of a statement, by which it can be named and proved. Source: DESIGN decision 1."""

from hashlib import sha256

from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Statement


def statement_sha256(statement: Statement) -> str:
    """Give the SHA-256 of the statement's canonical bytes, as 64 lower-case hex digits."""
    return sha256(write_line(statement).encode()).hexdigest()
