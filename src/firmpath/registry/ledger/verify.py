"""Read the whole ledger as a stranger would, and say whether anything in it was changed, lost or moved."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.record import faults_of_record
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.chain import BEGINNING, chained
from firmpath.registry.ledger.models import LedgerRow

_MOST_FAULTS = 100
"""After so many the rest says nothing new."""


class Verified(NamedTuple):
    """What was read: how many statements, the chain of the last, and what is wrong with them."""

    statements: int
    chain: str
    faults: tuple[Fault, ...]


def verify() -> Verified:
    """Check the number, the SHA-256, the chain and the words of every row, and that they agree with one another.

    Cost: linear; about that of starting the register.
    """
    faults: list[Fault] = []
    read: list[Statement] = []
    before, number = BEGINNING, 0
    for row in LedgerRow.objects.order_by("number").iterator(chunk_size=5000):
        faults += _faults_of_row(row, number + 1, before)
        try:
            read += read_lines([row.line])
        except FirmpathError as error:
            faults += (fault.at(f"in statement {row.number}") for fault in error.faults)
        before, number = row.chain, row.number
        if len(faults) >= _MOST_FAULTS:
            break
    if not faults:
        faults += faults_of_record(read)
    return Verified(len(read), before, tuple(faults[:_MOST_FAULTS]))


def _faults_of_row(row: LedgerRow, expected: int, before: str) -> Iterator[Fault]:
    place = f"in row {row.number} of the ledger"
    restore = "restore the ledger from a backup"
    if row.number != expected:
        wrong = f"stands where {expected} should: a row is missing"
        yield Fault("Statement", str(row.number), wrong, restore, quoted=False)
    if sha256(row.line.encode()).hexdigest() != row.sha256:
        yield Fault("SHA-256", f"{row.sha256[:16]}…", "is not that of the statement", restore, place)
    if chained(before, row.sha256) != row.chain:
        yield Fault("Chain", f"{row.chain[:16]}…", "does not go on from the row before", restore, place)
