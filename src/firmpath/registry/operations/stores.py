"""The two databases as whole things to copy out and put back, whichever kind they are.

Nothing here looks inside: the SSC's database is copied as it is, and kept apart from the register's.
"""

import signal
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.operations.programs import Ended, run_program

_WAIT_S: Final = 30
_TRIES: Final = 3
"""A restore that got in the way of somebody who reads begins again."""


class Store(NamedTuple):
    """A database, and the name of its copy."""

    name: str
    settings: Mapping[str, Any]

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite's; else it is a database of PostgreSQL."""
        return str(self.settings["ENGINE"]).endswith("sqlite3")

    @property
    def copy_name(self) -> str:
        """The name of the file that a copy is kept in."""
        return f"{self.name}.{'sqlite3' if self.is_sqlite else 'pgdump'}"


class Instant(Protocol):
    """A database as it was at one instant."""

    def copy_out(self, file: Path) -> None:
        """Copy it into a new file."""


@contextmanager
def held(store: Store) -> Iterator[Instant]:
    """Hold on to a database as it is now, so that it can be copied while others go on writing to it.

    :raises FirmpathError: it cannot be reached.
    """
    if store.is_sqlite:
        with closing(_open_sqlite(store.name, Path(store.settings["NAME"]), "mode=rw")) as read:
            yield _SQLiteInstant(store, read)
        return
    try:
        connection = psycopg.connect(_conninfo(store), password=store.settings.get("PASSWORD") or None)
    except psycopg.Error as error:
        raise FirmpathError(_failed(store.name, str(error).strip())) from None
    with closing(connection):
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert found
        yield _PostgreSQLInstant(store, found[0])


def put_back(store: Store, file: Path) -> None:
    """Put a copy in the place of what a database has, all of it or nothing; it may be read meanwhile.

    :raises FirmpathError: it cannot be put back.
    """
    if store.is_sqlite:
        with (
            closing(_open_sqlite(store.name, file, "mode=ro&immutable=1")) as read,
            closing(_open_sqlite(store.name, Path(store.settings["NAME"]), "mode=rw")) as written,
        ):
            written.rollback()
            _copy_pages(read, written, store.name)
        return
    whole = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error")
    command = ("pg_restore", *whole, f"--dbname={_conninfo(store)}", str(file))
    ended = _run(store, *command)
    for _ in range(_TRIES - 1):
        if not ended.code or "deadlock" not in ended.said:
            break
        ended = _run(store, *command)
    _require_good(store, ended)


class _SQLiteInstant(NamedTuple):
    store: Store
    connection: sqlite3.Connection

    def copy_out(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as written:
            _copy_pages(self.connection, written, self.store.name)


class _PostgreSQLInstant(NamedTuple):
    store: Store
    snapshot: str

    def copy_out(self, file: Path) -> None:
        kind = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={self.snapshot}")
        ended = _run(self.store, "pg_dump", *kind, f"--file={file}", f"--dbname={_conninfo(self.store)}")
        _require_good(self.store, ended)


def _open_sqlite(name: str, file: Path, how: str) -> sqlite3.Connection:
    """Open a file that is there, in a transaction that reads it as it is now."""
    try:
        opened = sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True, timeout=_WAIT_S, isolation_level=None)
        opened.execute("BEGIN")
        opened.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        raise FirmpathError(_failed(name, str(error))) from None
    return opened


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> None:
    try:
        source.backup(target)
    except sqlite3.Error as error:
        raise FirmpathError(_failed(name, str(error))) from None


def _conninfo(store: Store) -> str:
    """Name the database for PostgreSQL's programs; the password goes by the environment, where no list shows it."""
    parts = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    given = {key: str(store.settings[name]) for key, name in parts.items() if store.settings.get(name)}
    options = {key: value for key, value in store.settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return make_conninfo(**{**options, **given})


def _run(store: Store, program: str, *arguments: str) -> Ended:
    password = store.settings.get("PASSWORD")
    return run_program(program, arguments, {"PGPASSWORD": str(password)} if password else {})


def _require_good(store: Store, ended: Ended) -> None:
    if ended.code < 0:
        raise FirmpathError(_failed(store.name, f"{ended.program} was ended by {signal.Signals(-ended.code).name}"))
    if ended.code:
        lines = ended.said.strip().splitlines() or ["it did not say why"]
        raise FirmpathError(_failed(store.name, f"{ended.program}: {lines[-1]}"))


def _failed(name: str, why: str) -> Fault:
    right = "see that it is there, can be reached, and that there is room"
    return Fault("Database", name, f"cannot be copied: {why}", right)
