"""The key that sessions are signed with: made once, readable by its owner alone, never in the repository."""

import os
import secrets
from pathlib import Path


def keep_secret_key(given: str, data_dir: Path) -> str:
    """Give the key from the environment, or the one in the data folder, which is made if it is not there yet."""
    if given:
        return given
    path = data_dir / "secret-key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return keep_secret_key(given, data_dir)
