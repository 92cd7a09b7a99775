"""What a backup says of itself: where the ledger stood, and the SHA-256 of each copy."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final, NamedTuple

from firmpath import __version__
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import write_instant

FORMAT: Final = "firmpath-backup"
VERSION: Final = 1
NAME: Final = "backup.json"


class Manifest(NamedTuple):
    """The number and the chain of the ledger's last statement, and the SHA-256 of each copy by its name."""

    number: int
    chain: str
    sha256: Mapping[str, str]


def write_manifest(folder: Path, manifest: Manifest, at: datetime) -> None:
    """Write what a backup in a folder says of itself."""
    written = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": f"firmpath {__version__}",
        "made_at": write_instant(at),
        "ledger": {"number": manifest.number, "chain": manifest.chain},
        "sha256": manifest.sha256,
    }
    (folder / NAME).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read what a backup says of itself.

    :raises FirmpathError: the folder is no backup, or one of another version.
    """
    written = _written(folder)
    if written.get("format") == FORMAT and written.get("version") != VERSION:
        wrong = f"is of version {written.get('version')}, and only version {VERSION} is known"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "restore it with a newer firmpath"))
    match written:
        case {
            "format": format_,
            "ledger": {"number": int() as number, "chain": str() as chain},
            "sha256": dict() as sha256,
        } if format_ == FORMAT:
            return Manifest(number, chain, sha256)
    wrong = f"is no backup: it has no {NAME} that can be read"
    raise FirmpathError(Fault("Backup", str(folder), wrong, "name a folder that `firmpath backup` made"))


def sha256_of(file: Path) -> str:
    """Give the SHA-256 of a file, as hex digits."""
    with file.open("rb") as octets:
        return file_digest(octets, "sha256").hexdigest()


def _written(folder: Path) -> dict[str, Any]:
    try:
        written = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}
