"""The files of an inventory: which there are, and that all of them stay as they are while they are read."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from firmpath.fleet.csv_lines import refused
from firmpath.pathways.faults import Fault, FirmpathError, refuse_first, refuse_if_any
from firmpath.tables.files import file_fault, shown_path, unreachable

_HIDDEN: Final = (".", "_")
"""How names begin of what programs keep beside the data; Spark passes it over too."""

_MOST_CHANGES: Final = 20


class _State(NamedTuple):
    """By what a file is known to be the one that it was: another one in its place, another size, another time."""

    device: int
    number: int
    octets: int
    written_ns: int


@contextmanager
def unchanged(inventory: str, found: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the files of an inventory, and refuse it if they are others by the end of what is done inside.

    What goes wrong in between because of a change is told as the change. Whoever found the files before gives them
    as `found`, since one that was added from then on is not read.

    :raises FirmpathError: there is none, one that cannot be opened, or one was changed, removed or added.
    """
    files = found or find_files(inventory)
    before = _states(files)
    try:
        yield files
    except FirmpathError:
        _refuse_changes(inventory, before)
        raise
    _refuse_changes(inventory, before)


def _states(files: tuple[str, ...]) -> dict[str, _State]:
    """Give the state of each file that is there."""
    found = {}
    for file in files:
        try:
            seen = os.stat(file)
        except OSError:
            continue
        found[file] = _State(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)
    return found


def _refuse_changes(inventory: str, before: Mapping[str, _State]) -> None:
    named = _in_folder(inventory)[0] if os.path.isdir(inventory) else (str(Path(inventory)),)
    refuse_first(_check_changes(before, _states(named)), _MOST_CHANGES, "Inventory")


def _check_changes(before: Mapping[str, _State], after: Mapping[str, _State]) -> Iterator[Fault]:
    right = "see that nobody changes the inventory meanwhile, and give the same command again"
    for file in sorted(before.keys() | after.keys()):
        if file not in after:
            yield Fault("Inventory", shown_path(file), "was removed while it was read", right)
        elif file not in before:
            yield Fault("Inventory", shown_path(file), "was added while the others were read", right)
        elif after[file] != before[file]:
            yield Fault("Inventory", shown_path(file), "was changed while it was read", right)


def find_files(inventory: str) -> tuple[str, ...]:
    """Find the files of an inventory, in the order of their names. What is hidden in a folder is none of it.

    :raises FirmpathError: there is none, or one that cannot be opened, or a folder into which nobody may look.
    """
    if not inventory:
        raise FirmpathError(Fault("Inventory", "", "has no name", "name a file, or a folder of files"))
    path = Path(inventory)
    files: tuple[str, ...] = (str(path),)
    if os.path.isdir(path):  # which says of a name that is too long that it is none
        files, faults = _in_folder(inventory)
        refuse_if_any(faults)
        if not files:
            raise refused(path, "is a folder without a file", "check the name")
    refuse_if_any(fault for file in files for fault in _faults_of_opening(file))
    return files


def _in_folder(inventory: str) -> tuple[tuple[str, ...], list[Fault]]:
    """Give the files below a folder, and why there may be more of them."""
    files, faults = list[str](), list[Fault]()

    def take(error: OSError) -> None:
        faults.append(unreachable(error.filename, "cannot be looked into", error))

    for place, folders, names in os.walk(Path(inventory), onerror=take):
        folders[:] = [each for each in folders if not each.startswith(_HIDDEN)]
        for link in (os.path.join(place, each) for each in sorted(folders)):
            if os.path.islink(link):
                wrong = "is a link to a folder, and links are not followed: its files would be missing"
                faults.append(file_fault(link, wrong, "put the folder itself in its place, or remove the link"))
        files += (os.path.join(place, each) for each in names if not each.startswith(_HIDDEN))
    return tuple(sorted(files)), faults


def _faults_of_opening(file: str) -> Iterator[Fault]:
    """Say why a file cannot be opened, better than what reads it does."""
    if os.path.islink(file) and not os.path.exists(file):
        yield file_fault(file, "is a link that leads nowhere", "put right what it points at, or remove it")
        return
    if os.path.exists(file) and not os.path.isfile(file):
        yield file_fault(file, "is no file: it cannot be read twice", "write what comes from it to a file first")
        return
    try:
        with open(file, "rb"):
            return
    except (OSError, ValueError) as error:
        yield unreachable(file, "cannot be read", error)
