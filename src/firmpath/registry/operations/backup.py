"""Backups: both databases as they are at an instant, with the SHA-256 of each copy."""

import json
import os
import tempfile
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connections

from firmpath import __version__
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import write_instant
from firmpath.registry.ledger.current import current
from firmpath.registry.operations.stores import Store, copy_out, put_back

FORMAT: Final = "firmpath-backup"
VERSION: Final = 1
_MANIFEST: Final = "backup.json"


class BackedUp(NamedTuple):
    """What a backup holds: the names of the copies, and where the ledger stood at the latest."""

    files: tuple[str, ...]
    number: int
    chain: str


def stores() -> tuple[Store, ...]:
    """Give the databases of this register: its own first, then the other that is kept apart from it."""
    return tuple(
        Store("register" if name == "default" else name, each) for name, each in settings.DATABASES.items()
    )


def back_up(folder: Path, at: datetime) -> BackedUp:
    """Copy both databases into a new folder, which has its name only once it is complete.

    Cost: that of copying the databases; others read and write meanwhile.
    :raises FirmpathError: the folder is there already, or something cannot be copied.
    """
    if folder.exists():
        raise FirmpathError(Fault("Backup", str(folder), "is there already", "name a new folder"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".firmpath-backup-") as unfinished:
        copies = {store.copy_name: Path(unfinished) / store.copy_name for store in stores()}
        for store in stores():
            copy_out(store, copies[store.copy_name])
        head = current()
        found = BackedUp(tuple(copies), head.number, head.chain)
        _write_manifest(Path(unfinished), found, at)
        os.mkdir(folder, 0o700)
        for file in sorted(Path(unfinished).iterdir()):
            os.replace(file, folder / file.name)
    return found


def restore(folder: Path) -> BackedUp:
    """Put a backup in the place of what the register has; each database changes whole or not at all.

    :raises FirmpathError: it is no backup, was changed since, or is one of the other kind of database.
    """
    manifest = _read_manifest(folder)
    for store in stores():
        _check_copy(folder, store, manifest)
    connections.close_all()
    for store in stores():
        put_back(store, folder / store.copy_name)
    head = current()
    return BackedUp(tuple(manifest["sha256"]), head.number, head.chain)


def _write_manifest(folder: Path, found: BackedUp, at: datetime) -> None:
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": f"firmpath {__version__}",
        "made_at": write_instant(at),
        "ledger": {"number": found.number, "chain": found.chain},
        "sha256": {name: _sha256(folder / name) for name in found.files},
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _read_manifest(folder: Path) -> dict[str, Any]:
    manifest = _written_manifest(folder)
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("sha256"), dict):
        wrong = f"is no backup: it has no {_MANIFEST} that can be read"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "name a folder that `firmpath backup` made"))
    if manifest.get("version") != VERSION:
        wrong = f"is of version {manifest.get('version')}, and only version {VERSION} is known"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "restore it with a newer firmpath"))
    return manifest


def _written_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _check_copy(folder: Path, store: Store, manifest: dict[str, Any]) -> None:
    file, name = folder / store.copy_name, store.copy_name
    if name not in manifest["sha256"] or not file.is_file():
        wrong = f"has no {name}, and this register keeps its data so"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "restore it to the kind of database it came from"))
    if _sha256(file) != manifest["sha256"][name]:
        wrong = "was changed since the backup was made"
        raise FirmpathError(Fault("Copy", str(file), wrong, "take another backup"))


def _sha256(file: Path) -> str:
    with file.open("rb") as octets:
        return file_digest(octets, "sha256").hexdigest()
