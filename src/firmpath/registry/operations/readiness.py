"""Whether the register can answer: each part says what it needs, and is asked."""

from collections.abc import Callable

from django.db import DatabaseError, connection

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.ledger.current import current

Check = Callable[[], None]


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ledger_is_read() -> None:
    current()


CHECKS: dict[str, Check] = {"database": _database_answers, "ledger": _ledger_is_read}
"""What is looked at, by name; a part with a database of its own adds to it when it starts."""


def what_is_not_ready() -> tuple[str, ...]:
    """Name the parts that cannot answer, in order."""
    return tuple(name for name, check in CHECKS.items() if not _passes(check))


def _passes(check: Check) -> bool:
    try:
        check()
    except (DatabaseError, FirmpathError, OSError):
        return False
    return True
