"""Make sure that a register is there, for commands that work on what it keeps and must not begin another."""

import os
from pathlib import Path

from firmpath.pathways.faults import Fault, FirmpathError


def require_register() -> None:
    """Refuse where the settings name a folder that has no register; nothing is made there.

    On PostgreSQL the database itself says so.

    :raises FirmpathError: there is none, or a setting cannot be meant.
    """
    from firmpath.registry.configuration import read_configuration

    configuration = read_configuration(os.environ)
    kept = configuration.database
    is_there = configuration.data_dir.exists() or Path(kept["NAME"]).exists()
    if "sqlite" in kept["ENGINE"] and not is_there:
        right = "start this in the folder where it is served, or with the same FIRMPATH_DATA_DIR and DATABASE_URL"
        raise FirmpathError(Fault("Data folder", str(configuration.data_dir), "has no register", right))
