"""Whoever gets round the triggers is found out."""

from collections.abc import Callable

import pytest
from django.db import connection

from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.models import LedgerRow
from firmpath.registry.ledger.verify import verify

Record = Callable[[str], object]


def without_triggers() -> None:
    """Do what only somebody with the database in their hands can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_ledgerrow DISABLE TRIGGER USER")
            return
        for name in ("ledger_no_update", "ledger_no_delete", "ledger_no_gap"):
            cursor.execute(f"DROP TRIGGER {name}")


def test_a_sound_ledger_is_said_to_be_sound(recorded: Record) -> None:
    recorded("1 <- 2 <- 3 ; 4 ?")
    found = verify()
    assert found.faults == ()
    assert (found.statements, found.chain) == (current().number, current().chain)


def test_an_empty_ledger_is_sound() -> None:
    assert verify().statements == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda: LedgerRow.objects.filter(number=3).delete(),
            "Statement 4 stands where 3 should: a row is missing",
        ),
        (
            lambda: LedgerRow.objects.filter(number=1).update(line=LedgerRow.objects.get(number=2).line),
            "is not that of the statement, in row 1 of the ledger; restore the ledger from a backup",
        ),
        (
            lambda: LedgerRow.objects.filter(number=2).update(chain="f" * 64),
            "does not go on from the row before, in row 2 of the ledger",
        ),
        (lambda: LedgerRow.objects.filter(number=2).update(line="{}"), "in statement 2"),
    ],
)
def test_what_was_changed_is_named(recorded: Record, change: Callable[[], object], said: str) -> None:
    recorded("1 <- 2 <- 3 ; 4 ?")
    without_triggers()
    change()
    assert said in "\n".join(map(str, verify().faults))
