"""Backups: both databases as they were at one instant, with the SHA-256 of each copy."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import Error, connections

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import Head, current, find_head
from firmpath.registry.ledger.issued import largest_issued, note_issued
from firmpath.registry.operations.manifest import Manifest, read_manifest, sha256_of, write_manifest
from firmpath.registry.operations.preparing import prepare
from firmpath.registry.operations.stores import Instant, Store, held, put_back

_TRIES: Final = 200


class BackedUp(NamedTuple):
    """What a backup holds: the names of the copies, and where the ledger stood."""

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
    with _complete_or_nothing(folder) as unfinished, _held_together() as (head, instants):
        for name, instant in instants.items():
            instant.copy_out(unfinished / name)
        sha256 = {name: sha256_of(unfinished / name) for name in instants}
        write_manifest(unfinished, Manifest(*head, sha256), at)
    return BackedUp(tuple(instants), *head)


def restore(folder: Path, issued: int) -> BackedUp:
    """Put a backup in the place of what the register has; each database changes whole or not at all.

    `issued` is the largest CPL Entry ID that was ever issued, which the backup may be too old to know.

    :raises FirmpathError: it is no backup, was changed since, or is one of the other kind of database.
    """
    manifest = read_manifest(folder)
    for store in stores():
        _check_copy(folder, store, manifest)
    connections.close_all()
    for store in stores():
        put_back(store, folder / store.copy_name)
    prepare()  # the tables of an older backup
    head = current()
    if largest_issued(head.register) < issued:
        note_issued(issued)
    if (head.number, head.chain) != (manifest.number, manifest.chain):
        wrong = f"was restored, and its ledger is not the one of {manifest.number} statements that it says"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "run firmpath ledger verify"))
    return BackedUp(tuple(manifest.sha256), head.number, head.chain)


@contextmanager
def _held_together() -> Iterator[tuple[Head, Mapping[str, Instant]]]:
    """Hold on to all databases as they are at a time when nothing is published; give where the ledger stands.

    Whoever publishes is not kept waiting, and may be a hundred: so it is tried until nobody was quicker.

    :raises FirmpathError: a database cannot be reached, or somebody always was.
    """
    with ExitStack() as stack:
        for _ in range(_TRIES):
            before = _head()
            instants = {each.copy_name: stack.enter_context(held(each)) for each in stores()}
            if _head() == before:
                yield before, instants
                return
            stack.close()
        wrong, right = "is being added to without a pause", "try again in a minute"
        raise FirmpathError(Fault("Ledger", "", wrong, right, quoted=False))


def _head() -> Head:
    try:
        return find_head()
    except Error as error:
        wrong = f"has no ledger that can be read: {str(error).strip() or type(error).__name__}"
        raise FirmpathError(
            Fault("Database", "register", wrong, "see that it is there and can be reached")
        ) from None


@contextmanager
def _complete_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which gets its name if that succeeds and else is removed."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".firmpath-backup-"))  # mode 0700
        try:
            yield unfinished
            for file in unfinished.iterdir():
                file.chmod(0o600)
            os.rename(unfinished, folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        wrong = f"cannot be written: {(error.strerror or str(error)).lower()}"
        is_full = error.errno == errno.ENOSPC
        right = "name a folder where there is room" if is_full else "name another folder, where you may write"
        raise FirmpathError(Fault("Backup", str(folder), wrong, right)) from None


def _check_copy(folder: Path, store: Store, manifest: Manifest) -> None:
    file, name = folder / store.copy_name, store.copy_name
    if name not in manifest.sha256 or not file.is_file():
        wrong = f"has no {name}, and this register keeps its data so"
        raise FirmpathError(Fault("Backup", str(folder), wrong, "restore it to the kind of database it came from"))
    if sha256_of(file) != manifest.sha256[name]:
        wrong = "was changed since the backup was made"
        raise FirmpathError(Fault("Copy", str(file), wrong, "take another backup"))
