"""Whether the register can answer: each part says what it needs, and is asked."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.conf import settings
from django.db import Error, connections

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.ledger.current import current

Check = Callable[[], object]


def _answers(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")


def checks() -> Mapping[str, Check]:
    """Give what is looked at, by name: each database by itself, and that the ledger can be read."""
    databases = {_NAMES.get(alias, f"database {alias}"): partial(_answers, alias) for alias in settings.DATABASES}
    return {**databases, "ledger": current}


_NAMES: Final = {"default": "database of the register", "ssc": "database of the SSC"}


def what_is_not_ready() -> tuple[str, ...]:
    """Name the parts that cannot answer, in order."""
    return tuple(name for name, check in checks().items() if not _passes(check))


def _passes(check: Check) -> bool:
    try:
        check()
    except (Error, FirmpathError, OSError):
        return False
    return True
