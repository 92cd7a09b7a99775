"""A folder that has its name only once all of it is there, whatever happens while it is filled."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import shown_path

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows, where a folder in use cannot be removed anyway
    flock = None  # type: ignore[assignment]


@contextmanager
def complete_or_nothing(folder: Path, term: str = "Plan") -> Iterator[Path]:
    """Give a folder to fill, which gets its name if that succeeds; what an earlier run left behind is removed.

    `term` is what the folder is called where it is refused.

    :raises FirmpathError: it is there already, another run is filling it, or it cannot be written.
    """
    if folder.exists():
        raise _refused(term, folder, "is there already", "name a new folder, or remove it")
    unfinished = folder.parent / f".{folder.name}.unfinished"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(term, folder, unfinished):
            try:
                for left in unfinished.iterdir():
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
                yield unfinished
                os.rename(unfinished, folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else error.strerror or str(error)
        wrong = f"cannot be written: {said.lower()}"
        raise _refused(term, folder, wrong, "name a folder where there is room") from None


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
