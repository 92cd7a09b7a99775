"""Make a register fit to be served: its tables, its files for browsers, and whatever CPL it begins with."""

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.loading import load
from firmpath.registry.operations.secret_key import data_folder_fault
from firmpath.registry.operations.two_databases import refuse_one_database, unprepared
from firmpath.registry.parties.invitations import invite_first_administrator


def prepare() -> None:
    """Make or renew the tables of both databases, and lay out the files that browsers ask for.

    :raises FirmpathError: the data folder cannot be written to, a database not be reached, or both are one.
    """
    folder: Path = settings.CONFIGURATION.data_dir
    try:
        (folder / "static").mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FirmpathError(data_folder_fault(folder, error)) from None
    with _alone(folder):
        refuse_one_database(*map(connections.__getitem__, settings.DATABASES))
        for database in settings.DATABASES:
            _make_tables(database)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for others on this machine who prepare the same register."""
    with (folder / "preparing.lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_tables(database: str) -> None:
    try:
        _refuse_newer(database)
        call_command("migrate", database=database, interactive=False, verbosity=0)
    except Error as error:
        raise FirmpathError(unprepared(database, error)) from None


def _refuse_newer(database: str) -> None:
    """Refuse tables that a newer release has changed: nobody knows what this one would make of them."""
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("firmpath.")}
    loader = MigrationLoader(connections[database])
    newer = sorted(each for each in loader.applied_migrations.keys() - loader.disk_migrations if each[0] in ours)
    if newer:
        wrong = f"was changed by a newer Firmpath, which made {'.'.join(newer[0])}"
        raise FirmpathError(Fault("Database", database, wrong, "serve it with that release, or restore a backup"))


def begin_with(statements: Sequence[Statement], at: datetime) -> int:
    """Load a CPL into a register that has none, and give the statements loaded; 0 where it has one already."""
    return 0 if current().number else load(statements, at)


def first_link(at: datetime) -> str:
    """Give the link by which the first person joins; '' once anybody has joined."""
    path = invite_first_administrator(at)
    return f"{settings.CONFIGURATION.public_url}{path}" if path else ""
