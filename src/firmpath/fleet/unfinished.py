"""A folder that has its name only once all of it is there, whatever happens while it is filled."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import beside, shown_path, unreachable

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows, where a folder in use cannot be removed anyway
    flock = None  # type: ignore[assignment]


_RIGHT: Final = {
    0: "name a folder where there is room",  # what wrote it did not say why, and that is why most often
    errno.ENOSPC: "name a folder where there is room",
    errno.EDQUOT: "name a folder where there is room",
    errno.EFBIG: "raise the limit on the size of files (ulimit -f), or name a folder where files may be so large",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EEXIST: "it is to be in what is a file and no folder; name another folder",
    errno.ENOTDIR: "it is to be in what is a file and no folder; name another folder",
}
"""What to do about what the system says."""

Check = Callable[[Path], None]
"""Refuses a folder that may not be replaced, by raising a FirmpathError."""


@contextmanager
def complete_or_nothing(folder: Path, term: str = "Plan", may_replace: Check | None = None) -> Iterator[Path]:
    """Give a folder to fill, which gets its name if that succeeds; what an earlier run left behind is removed.

    `term` is what the folder is called where it is refused. One that is there already stays as it is until the new
    one is complete, and is then removed if `may_replace` still allows it.

    :raises FirmpathError: it is there already, another run is filling it, or it cannot be written.
    """
    _require_free(term, folder, may_replace)
    unfinished = beside(folder, "unfinished")
    try:
        _require_name(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(term, folder, unfinished):
            try:
                _put_back(folder)
                _require_free(term, folder, may_replace)
                for left in unfinished.iterdir():
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
                yield unfinished
                _require_free(term, folder, may_replace)
                _give_name(unfinished, folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise FirmpathError(_fault_of(error, term, folder, unfinished)) from None


def _fault_of(error: OSError, term: str, folder: Path, unfinished: Path) -> Fault:
    """Say what is wrong with the folder, or with a file that is read for it and is not there any more."""
    if isinstance(error.filename, str | os.PathLike) and not error.filename2:
        file = Path(os.fsdecode(error.filename))
        ours = (folder, unfinished, _aside(folder))
        if not any(each.is_relative_to(file) or file.is_relative_to(each) for each in ours):
            return unreachable(file, "cannot be read", error)
    said = os.strerror(error.errno) if error.errno else error.strerror or str(error)
    right = _RIGHT.get(error.errno or 0, "name another folder, where you may write")
    return Fault(term, shown_path(folder), f"cannot be written: {said.lower()}", right)


def _require_free(term: str, folder: Path, may_replace: Check | None) -> None:
    if os.path.lexists(folder):
        if may_replace is None:
            raise _refused(term, folder, "is there already", "name a new folder, or remove it")
        may_replace(folder)


def _require_name(folder: Path) -> None:
    """Have the system say whether a folder can have a name, before the work and not after it."""
    with suppress(FileNotFoundError, NotADirectoryError):
        os.lstat(folder)


def _aside(folder: Path) -> Path:
    return beside(folder, "replaced")


def _put_back(folder: Path) -> None:
    """Put the old folder back if a run was killed just when it had moved it aside."""
    if _aside(folder).exists() and not os.path.lexists(folder):
        os.rename(_aside(folder), folder)


def _give_name(unfinished: Path, folder: Path) -> None:
    """Give the new folder its name; the old one gets that of the unfinished one, which is removed in the end."""
    if not folder.exists():
        os.rename(unfinished, folder)
        return
    os.rename(folder, _aside(folder))
    try:
        os.rename(unfinished, folder)
    except OSError:
        os.rename(_aside(folder), folder)
        raise
    os.rename(_aside(folder), unfinished)


@contextmanager
def _alone(term: str, folder: Path, unfinished: Path) -> Iterator[None]:
    """Make the unfinished folder, and hold it against other runs until this one ends, however it does."""
    unfinished.mkdir(exist_ok=True)
    if flock is None:
        yield
        return
    held = os.open(unfinished, os.O_RDONLY)
    try:
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            wrong, right = "is being made by another run", "wait for it, or name another folder"
            raise _refused(term, folder, wrong, right) from None
        yield
    finally:
        os.close(held)


def _refused(term: str, folder: Path, wrong: str, right: str) -> FirmpathError:
    return FirmpathError(Fault(term, shown_path(folder), wrong, right))
