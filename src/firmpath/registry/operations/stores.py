"""The two databases as whole things to copy out and put back, whichever kind they are.

Nothing here looks inside: the SSC's database is copied as it is, and kept apart from the register's.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from glob import glob
from pathlib import Path
from typing import Any, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError

_PAGES_AT_ONCE = 4096
"""SQLite's pages that are copied before others get a turn."""


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


def copy_out(store: Store, file: Path) -> None:
    """Copy a database as it is at one instant into a new file; it may be written to meanwhile.

    :raises FirmpathError: it cannot be copied.
    """
    if store.is_sqlite:
        _copy_sqlite(Path(store.settings["NAME"]), file, store.name)
    else:
        _run(store, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}", _dbname(store))
    os.chmod(file, 0o600)


def put_back(store: Store, file: Path) -> None:
    """Put a copy in the place of what a database has, all of it or nothing; it may be read meanwhile.

    :raises FirmpathError: it cannot be put back.
    """
    if store.is_sqlite:
        _copy_sqlite(file, Path(store.settings["NAME"]), store.name)
        return
    whole = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error")
    _run(store, "pg_restore", *whole, f"--dbname={_dbname(store)}", str(file))


def _copy_sqlite(source: Path, target: Path, name: str) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as read,
            closing(sqlite3.connect(target, timeout=30)) as written,
        ):
            read.backup(written, pages=_PAGES_AT_ONCE)
    except sqlite3.Error as error:
        raise FirmpathError(_failed(name, str(error))) from None


def _dbname(store: Store) -> str:
    """Name the database for PostgreSQL's programs; the password goes by the environment, where no list shows it."""
    parts = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    given = ((key, str(store.settings.get(name) or "")) for key, name in parts.items())
    return " ".join(f"{key}='{_escaped(value)}'" for key, value in given if value)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _run(store: Store, program: str, *arguments: str) -> None:
    environment = dict(os.environ)
    if store.settings.get("PASSWORD"):
        environment["PGPASSWORD"] = str(store.settings["PASSWORD"])
    command = [find_program(program), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it did not say why"]
        raise FirmpathError(_failed(store.name, f"{program}: {said[-1]}"))


def find_program(program: str) -> str:
    """Find a program of PostgreSQL's, on the path or where Debian keeps it, the newest first.

    :raises FirmpathError: it is not installed.
    """
    debian = sorted(glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda path: int(path.split("/")[4]))
    found = debian[-1] if debian else shutil.which(program)
    if found is None:
        right = "install PostgreSQL's client programs, of the server's version or newer"
        raise FirmpathError(Fault("Program", program, "is not installed", right))
    return found


def _failed(name: str, why: str) -> Fault:
    return Fault("Database", name, f"cannot be copied: {why}", "see that it is there and can be reached")
