"""The register in the memory of this process, brought up to the ledger's head when it is asked for.

Source: DESIGN decision 2.
"""

import threading
from collections.abc import Iterator
from typing import Final, NamedTuple

from django.db import connection

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.register_reader import read_lines
from firmpath.registry.ledger.chain import BEGINNING
from firmpath.registry.ledger.models import LedgerRow

_AT_ONCE = 20_000
"""Rows that are fetched at a time."""


class Current(NamedTuple):
    """The register up to the ledger's head; `chain` names that head, and so all of its contents."""

    register: LivingRegister
    chain: str

    @property
    def number(self) -> int:
        """The number of the last statement; 0 where there is none."""
        return self.register.last_number


_EMPTY = Current(LivingRegister.build(()), BEGINNING)
_lock = threading.Lock()
_held = _EMPTY


def current() -> Current:
    """Give the register as the ledger has it now.

    Cost: one small query, and the statements that are new to this process.
    """
    global _held
    held = _held
    if _is_last(held):
        return held
    found = _caught_up(held)
    if found is not held and not connection.in_atomic_block:  # what may yet be taken back is nobody else's to see
        with _lock:
            _held = found
    return found


_HEAD: Final = "SELECT chain FROM ledger_ledgerrow WHERE number >= %s ORDER BY number LIMIT 2"


def _is_last(held: Current) -> bool:
    """Say whether the ledger ends where this does; in SQL, since every request asks it."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [held.number])
        rows = cursor.fetchall()
    return rows == [(held.chain,)] if held.number else not rows


class Head(NamedTuple):
    """Where the ledger stands: the number and the chain of its last statement."""

    number: int
    chain: str


def find_head() -> Head:
    """Say where the ledger stands, without reading it."""
    last = LedgerRow.objects.order_by("-number").values_list("number", "chain").first()
    return Head(*last) if last else Head(0, BEGINNING)


def _caught_up(held: Current) -> Current:
    """Add what the ledger has beyond this; start anew if its head is not in the ledger, as after a restore."""
    rows = _rows_from(held.number)
    if held.number:
        head = next(rows, None)
        if head is None or (head.number, head.chain) != (held.number, held.chain):
            held, rows = _EMPTY, _rows_from(0)
    last: _Row | None = None

    def lines() -> Iterator[str]:
        nonlocal last
        for row in rows:
            last = row
            yield row.line

    with collection_paused():
        statements = read_lines(lines())
        return Current(held.register.grown(statements), last.chain) if last else held


class _Row(NamedTuple):
    number: int
    line: str
    chain: str


def _rows_from(number: int) -> Iterator[_Row]:
    """Give the rows from this number on, in order."""
    rows = LedgerRow.objects.order_by("number").values_list("number", "line", "chain")
    while found := [_Row(*each) for each in rows.filter(number__gte=number)[:_AT_ONCE]]:
        yield from found
        number = found[-1].number + 1
