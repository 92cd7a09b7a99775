"""Files, whole: read with a limit, written under another name first and then put in place."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError

LARGEST_FILE_OCTETS: Final = 256 * 2**20
"""Ten times a CPL of 50,000 entries as CSV."""

LARGEST_SENT_OCTETS: Final = 5 * 2**20
"""What a register takes as one file of the SSC, from a page, a call or the command line."""

_LONGEST_NAME_OCTETS: Final = 255
"""Of what most systems have."""

_KEPT_OCTETS: Final = 160
_RIGHT: Final = "a table of the whole CPL is far smaller; is it the right file?"

_LONGEST_SHOWN = 80  # characters, as many as a fault shows of a value


def file_fault(path: str | Path, wrong: str, right: str = "", where: str = "") -> Fault:
    """Return the fault of a file as a whole."""
    return Fault("File", shown_path(path), wrong, right, where)


def shown_path(path: str | Path) -> str:
    """Give the name of a file as a fault shows it; of a long one the end, which tells files apart."""
    name = str(path)
    return name if len(name) <= _LONGEST_SHOWN else f"…{name[1 - _LONGEST_SHOWN :]}"


def beside(path: Path, what: str) -> Path:
    """Give a hidden name beside a file or folder, for what it is not yet or not any more; the same each time.

    A name that would be too long by it is cut off, and told from others by what it was.
    """
    name = f".{path.name}.{what}"
    if len(os.fsencode(name)) > _LONGEST_NAME_OCTETS:
        cut = os.fsdecode(os.fsencode(path.name)[:_KEPT_OCTETS])
        name = f".{cut}.{sha256(os.fsencode(path.name)).hexdigest()[:16]}.{what}"
    return path.with_name(name)


def read_octets(path: str | Path, most: int = LARGEST_FILE_OCTETS, right: str = _RIGHT) -> bytes:
    """Read a file into memory.

    :raises FirmpathError: it cannot be read, or has more than `most` octets, which is a number of MiB.
    """
    try:
        with open(path, "rb") as file:
            octets = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FirmpathError(unreachable(path, "cannot be read", error)) from None
    if len(octets) > most:
        raise FirmpathError(file_fault(path, f"is larger than {most // 2**20} MiB", right))
    return octets


def write_octets(path: str | Path, octets: bytes) -> None:
    """Put a whole file in place at once: whoever reads it sees the old file or the new one, never a part.

    :raises FirmpathError: it cannot be written; an older file is still there as it was.
    """
    target = os.path.realpath(path)  # a link stays one, and what it points at is replaced
    beside = os.path.join(os.path.dirname(target), f".{os.path.basename(target)[:200]}.{os.urandom(4).hex()}")
    try:
        _refuse_all_but_files(path, target)
        _write_and_replace(beside, target, octets)
    except (OSError, ValueError) as error:
        raise FirmpathError(unreachable(path, "cannot be written", error)) from None


def _refuse_all_but_files(path: str | Path, target: str) -> None:
    if os.path.exists(target) and not os.path.isfile(target):
        raise FirmpathError(file_fault(path, "is not a file that could be replaced", "give the name of a file"))


def _write_and_replace(beside: str, target: str, octets: bytes) -> None:
    try:
        with open(beside, "xb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(target):
            os.chmod(beside, os.stat(target).st_mode & 0o777)
        os.replace(beside, target)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def unreachable(path: str | Path, wrong: str, error: OSError | ValueError) -> Fault:
    """Return the fault of a file that the system does not let us have, with what to do about it."""
    if isinstance(error, FileNotFoundError):
        return file_fault(path, f"{wrong}: there is no such file or folder", "check the name")
    if isinstance(error, IsADirectoryError):
        return file_fault(path, f"{wrong}: it is a folder", "give the name of a file")
    if isinstance(error, PermissionError):
        return file_fault(path, f"{wrong}: permission denied", "ask whoever owns it, or copy it elsewhere")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return file_fault(path, f"{wrong}: {reason[:1].lower()}{reason[1:]}", "check the name, and try again")
