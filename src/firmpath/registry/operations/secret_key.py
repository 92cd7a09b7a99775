"""The key that sessions are signed with: made once, readable by its owner alone, never in the repository."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from firmpath.pathways.faults import Fault, FirmpathError


def keep_secret_key(given: str, data_dir: Path) -> str:
    """Give the key from the environment, or the one in the data folder, which is made if it is not there yet.

    :raises FirmpathError: the data folder cannot be written to, or the key cannot be read.
    """
    if given:
        return given
    path = data_dir / "secret-key"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        found = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise FirmpathError(data_folder_fault(data_dir, error)) from None
    except UnicodeDecodeError:
        found = ""
    if not found:
        right = "remove it, and another is made; people then have to sign in again"
        raise FirmpathError(Fault("Secret key", str(path), "is not one that firmpath made", right))
    return found


def data_folder_fault(data_dir: Path, error: OSError) -> Fault:
    """Say why nothing can be kept in the data folder."""
    wrong = f"cannot be written to: {(error.strerror or str(error)).lower()}"
    return Fault("Data folder", str(data_dir), wrong, "set FIRMPATH_DATA_DIR")


def _make(path: Path) -> None:
    """Write a key beside, and give it its name in one step: of two who start at once, the first one's counts."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".secret-key-")  # mode 0600
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        os.unlink(beside)
