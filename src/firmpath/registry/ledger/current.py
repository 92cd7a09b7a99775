"""The register in the memory of this process, brought up to the ledger's head when it is asked for.

Source: DESIGN decision 2.
"""

import threading
from typing import NamedTuple

from django.db import connection

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
    found = _caught_up(_held)
    if found is not _held and not connection.in_atomic_block:  # what may yet be taken back is nobody else's to see
        with _lock:
            _held = found
    return found


def _caught_up(held: Current) -> Current:
    """Add what the ledger has beyond this; start anew if its head is not in the ledger, as after a restore."""
    while True:
        rows = list(LedgerRow.objects.filter(number__gte=held.number).order_by("number")[:_AT_ONCE])
        if held.number:
            if not rows or rows[0].number != held.number or rows[0].chain != held.chain:
                held = _EMPTY
                continue
            del rows[0]
        if not rows:
            return held
        statements = read_lines(row.line for row in rows)
        register = held.register.grown(statements) if held.number else LivingRegister.build(statements)
        held = Current(register, rows[-1].chain)
