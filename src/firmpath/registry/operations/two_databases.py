"""That the register's database and the SSC's are two, whatever their addresses say.

One database has many addresses: `localhost` and `127.0.0.1`, a socket, a name in the DNS, a pooler, or a link.
So the addresses are not compared; the databases themselves are asked. Source: ADR 0012.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from firmpath.pathways.faults import Fault, FirmpathError

_BITS_OF_A_LOCK = 63


def refuse_one_database(ours: BaseDatabaseWrapper, other: BaseDatabaseWrapper) -> None:
    """Refuse to begin where both are the same database.

    :raises FirmpathError: they are; or one of PostgreSQL cannot be asked.
    """
    if ours.vendor != other.vendor:
        return
    are_one = _are_one_file if ours.vendor == "sqlite" else _are_one_database
    if are_one(ours, other):
        wrong, right = "is the register's database too, by another address", "give the SSC a database of its own"
        raise FirmpathError(Fault("SSC_DATABASE_URL", "", wrong, right, quoted=False))


def _are_one_file(ours: BaseDatabaseWrapper, other: BaseDatabaseWrapper) -> bool:
    files = [str(each.settings_dict["NAME"]) for each in (ours, other)]
    if all(map(os.path.exists, files)):
        return os.path.samefile(*files)
    first, second = map(os.path.realpath, files)
    return first == second


def _are_one_database(ours: BaseDatabaseWrapper, other: BaseDatabaseWrapper) -> bool:
    """Take a lock of a random number in one; it can be had in the other unless that is the same database.

    Such locks are those of one database, need no right to anything, and are let go of with the transaction. Who the
    server is would say less: a copy of it has the same `system_identifier`, and not everybody may ask for that.
    """
    number = secrets.randbits(_BITS_OF_A_LOCK)
    with _asking(ours) as first, _asking(other) as second:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        could_be_had = second.execute("SELECT pg_try_advisory_xact_lock(%s)", [number]).fetchone()
    return could_be_had != (True,)


@contextmanager
def _asking(database: BaseDatabaseWrapper) -> Iterator[psycopg.Connection]:
    """Open a connection as Django would; the wall around the SSC's database is not asked, as no table is."""
    try:
        with psycopg.connect(**database.get_connection_params()) as connection:
            yield connection
    except psycopg.Error as error:
        raise FirmpathError(unprepared(database.alias, error)) from None


def unprepared(name: str, error: Exception) -> Fault:
    """Give the fault of a database that cannot be made fit; its text may name hosts and users, which is needed."""
    said = str(error).strip().splitlines() or [type(error).__name__]
    right = "see that it is there, can be reached and written to, and that its address is right"
    return Fault("Database", name, f"cannot be prepared: {said[0]}", right)
