"""The wall around the SSC's database: outside `with ssc_open():` no query of it is made, whoever asks.

A program that got hold of a model of the SSC without importing this package, by name or by a mistake, is refused
where the query would have been sent. What Django does by itself passes: beginning and ending transactions, and the
record of its own migrations. Source: DESIGN decision 6; F64.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from firmpath.registry.routing import SSC

_OPEN: Final = ContextVar("the wall around the SSC's database is open", default=False)

_HARMLESS: Final = re.compile(
    r"\s*((BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET)\b|SELECT 1\s*$"
    r"|(SELECT|CREATE TABLE|INSERT|DELETE)\b.*(django_migrations|sqlite_master|pg_catalog)\b)",
    re.IGNORECASE | re.DOTALL,
)
_OURS: Final = re.compile(rf"\b{SSC}_", re.IGNORECASE)
"""The beginning of the name of every table of the SSC."""


class BehindTheWallError(PermissionDenied):
    """Somebody outside asked the SSC's database; what they asked is not repeated."""


@contextmanager
def ssc_open() -> Iterator[None]:
    """Let the code within ask the SSC's database; for this package alone, as a decorator or a `with`."""
    before = _OPEN.set(True)
    try:
        yield
    finally:
        _OPEN.reset(before)


def build() -> None:
    """Put the wall before every connection that is made from now on."""
    connection_created.connect(_guard_connection, dispatch_uid="ssc wall")
    pre_migrate.connect(_begin_migrating, dispatch_uid="ssc wall")
    post_migrate.connect(_end_migrating, dispatch_uid="ssc wall")


def refuse_outside(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Send a query on, or refuse it.

    :raises BehindTheWallError: it comes from outside.
    """
    if _OPEN.get() or getattr(context["connection"], "is_migrating", False) or _is_harmless(sql):
        return execute(sql, params, many, context)
    raise BehindTheWallError("Only the pages of the SSC may ask its database.")


def _is_harmless(sql: str) -> bool:
    return bool(_HARMLESS.match(sql)) and not _OURS.search(sql)


def _guard_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.alias == SSC and refuse_outside not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, refuse_outside)


def _begin_migrating(using: str, **_: Any) -> None:
    _mark(using, is_migrating=True)


def _end_migrating(using: str, **_: Any) -> None:
    _mark(using, is_migrating=False)


def _mark(using: str, *, is_migrating: bool) -> None:
    from django.db import connections

    if using == SSC:
        connections[SSC].is_migrating = is_migrating  # type: ignore[attr-defined]  # read by `refuse_outside`
