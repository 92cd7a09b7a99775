"""Make a register fit to be served: its tables, its files for browsers, and whatever CPL it begins with."""

import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.ledger.loading import load
from firmpath.registry.parties.invitations import invite_first_administrator


def prepare() -> None:
    """Make or renew the tables of both databases, and lay out the files that browsers ask for.

    :raises FirmpathError: the data folder cannot be written to.
    """
    folder: Path = settings.CONFIGURATION.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
    except OSError as error:
        wrong = f"cannot be written to: {(error.strerror or str(error)).lower()}"
        raise FirmpathError(Fault("Data folder", str(folder), wrong, "set FIRMPATH_DATA_DIR")) from None
    for database in settings.DATABASES:
        call_command("migrate", database=database, interactive=False, verbosity=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call_command("collectstatic", interactive=False, verbosity=0)


def begin_with(statements: Sequence[Statement], at: datetime) -> int:
    """Load a CPL into a register that has none, and give the statements loaded; 0 where it has one already."""
    return 0 if current().number else load(statements, at)


def first_link(at: datetime) -> str:
    """Give the link by which the first person joins; '' once anybody has joined."""
    path = invite_first_administrator(at)
    return f"{settings.CONFIGURATION.public_url}{path}" if path else ""
