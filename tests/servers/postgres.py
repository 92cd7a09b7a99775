"""A PostgreSQL server of the tests' own: in a temporary folder, reached by a socket in it, gone with the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import psycopg
from psycopg import sql

from tests.servers.kept import ServerError, User, keeping
from tests.servers.wanted import NotInstalledError
from tests.waiting import LONGEST_WAIT_S

DEBIAN: Final = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu keep servers, a folder a version, none of them on PATH."""

_LONGEST_SOCKET: Final = 107
_ADMINISTRATOR: Final = "postgres"

# What is lost when the machine loses power is no loss here, and that is what makes it quick.
_SETTINGS: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # tests provoke errors on purpose
}


class Postgres(NamedTuple):
    """A running server: the folder of its socket."""

    folder: Path

    def url(self, name: str, role: str = "firmpath") -> str:
        """Give the address of a database, as a role that owns only what it was given."""
        return f"postgresql://{role}@/{name}?host={self.folder}"

    def create_database(self, name: str, role: str = "firmpath") -> str:
        """Create an empty database that only its role, created if need be, can connect to; give its address."""
        database, owner = sql.Identifier(name), sql.Identifier(role)
        with psycopg.connect(self.url("postgres", _ADMINISTRATOR), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")  # two test processes may want the same role
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not known:
                # Django creates a database for its tests as the role that it connects with.
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(owner))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        return self.url(name, role)


@cache
def find_programs() -> Path:
    """Find the folder of the newest PostgreSQL server on this machine.

    :raises NotInstalledError: there is none.
    """
    on_path = shutil.which("postgres")
    folders = [*DEBIAN.glob("*/bin"), *([Path(on_path).resolve().parent] if on_path else [])]
    found = [folder for folder in folders if all(os.access(folder / each, os.X_OK) for each in _PROGRAMS)]
    if not found:
        raise NotInstalledError("PostgreSQL's server is not installed here. On Debian: apt-get install postgresql")
    return max(found, key=_version)


_PROGRAMS: Final = ("initdb", "postgres")


def _version(folder: Path) -> tuple[int, ...]:
    printed = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in printed.split()[2].split(".") if part.isdigit())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server until the `with` is left, or this process dies.

    :raises NotInstalledError: PostgreSQL is not on this machine.
    :raises ServerError: it does not start.
    """
    programs = find_programs()
    user = _other_user()
    with tempfile.TemporaryDirectory(prefix="firmpath-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _check_socket_fits(folder)
        if user:
            os.chown(folder, user.user, user.group)
        _make_cluster(programs, folder, user)
        settings = {**_SETTINGS, "unix_socket_directories": name}
        command = [str(programs / "postgres"), "-D", str(folder / "data")]
        command += [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        output = folder / "printed.txt"
        with keeping("PostgreSQL", command, output, stop_signal=signal.SIGINT, user=user, remove=[folder]) as kept:
            postgres = Postgres(folder)
            kept.wait_until(lambda: _answers(postgres), LONGEST_WAIT_S)
            yield postgres


def _other_user() -> User | None:
    """PostgreSQL refuses to run as root; then it is run as somebody who may do less."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(found.pw_uid, found.pw_gid)
    raise ServerError("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody")


def _check_socket_fits(folder: Path) -> None:
    length = len(os.fsencode(folder / ".s.PGSQL.5432"))
    if length > _LONGEST_SOCKET:
        raise ServerError(
            f"The path of a socket may have {_LONGEST_SOCKET} bytes, and one in {folder} has {length}; "
            "set TMPDIR to a folder with a shorter path"
        )


def _make_cluster(programs: Path, folder: Path, user: User | None) -> None:
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", _ADMINISTRATOR, "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    ids = {"user": user.user, "group": user.group, "extra_groups": []} if user else {}
    made = subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, text=True, cwd=folder, stdin=subprocess.DEVNULL, check=False, **ids
    )
    if made.returncode:
        raise ServerError(f"PostgreSQL's initdb failed in {folder}:\n{made.stderr}")


def _answers(postgres: Postgres) -> bool:
    try:
        psycopg.connect(postgres.url("postgres", _ADMINISTRATOR), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
