"""What is kept between runs so that the next one is quick: indexes of registers, and tables already imported.

Losing it costs time and nothing else. It lies in `$FIRMPATH_CACHE`, or the user's own cache folder. A file is
known again by its device, number, size, and the instants of its last change of contents and of status, which no
program can set back; a file changed so lately that it could change once more within the same instant is not
trusted yet. Source: ADR 0008.
"""

import os
import time
from typing import Final

from firmpath import __version__

_MOST_FILES: Final = 60
_MOST_OCTETS: Final = 256 * 2**20

_FORMAT: Final = 2
"""Raised whenever a mended importer, or another form of the index, is to leave what was kept before behind."""

_SETTLED_NS: Final = 2_000_000_000
"""The coarsest clock of a file system in use counts in two seconds."""

_OURS: Final = "firmpath-kept-"
"""How the names of our files begin, so that nothing else in the folder is ever let go of."""

_LARGEST_PRIME: Final = 1_073_741_789
"""Below 2 to the power of 30, where Python divides quickly."""


def marks_of(file: int, settled: bool = True) -> str:
    """Give the marks by which an open file is known again; nothing while it may still be changing.

    With `settled` off the marks are given all the same, for files that nobody but us writes.
    """
    found = os.fstat(file)
    if settled and time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _SETTLED_NS:
        return ""
    marks = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return "-".join(f"{mark:x}" for mark in marks)


def kept_path(marks: str, kind: str) -> str:
    """Give where a thing of this kind made from the file with these marks is kept, whether it is there or not."""
    folder = os.environ.get("FIRMPATH_CACHE")
    if not folder:
        folder = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "firmpath")
    # Another release, or another importer, may find faults that this one does not.
    return os.path.join(folder, f"{_OURS}{marks}-{__version__}-{_FORMAT}.{kind}")


def kept(marks: str, kind: str) -> bytes:
    """Give what is kept; nothing where it is not there, cannot be read, or is no longer what was written."""
    if not marks:
        return b""
    try:
        with open(kept_path(marks, kind), "rb") as file:
            written = file.read()
    except OSError:
        return b""
    mark, _, octets = written.partition(b"\n")
    return octets if mark == _mark_of(octets) else b""


def keep_marked(marks: str, kind: str, octets: bytes) -> None:
    """Keep something together with a mark that tells `kept` whether it is still whole."""
    keep(marks, kind, _mark_of(octets) + b"\n" + octets)


def keep(marks: str, kind: str, octets: bytes) -> str:
    """Keep something, whole or not at all, and let go of the oldest; a folder that refuses is no fault.

    Gives the marks of the file that it is kept in; nothing where it is not kept.
    """
    if not marks or len(octets) > _MOST_OCTETS:
        return ""
    path = kept_path(marks, kind)
    folder = os.path.dirname(path)
    if folder.startswith("~"):  # nobody's home is known
        return ""
    beside = os.path.join(folder, f"{_OURS}{os.getpid()}.{kind}")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(octets)
            file.flush()
            os.replace(beside, path)
            own_marks = marks_of(file.fileno(), settled=False)
        _let_go_of_the_oldest(folder)
    except OSError:
        return ""
    return own_marks


def _let_go_of_the_oldest(folder: str) -> None:
    ours = [(file.stat(), file.path) for file in os.scandir(folder) if file.name.startswith(_OURS)]
    octets = 0
    for at, (found, path) in enumerate(sorted(ours, key=lambda each: each[0].st_mtime_ns, reverse=True), 1):
        octets += found.st_size
        if at > _MOST_FILES or octets > _MOST_OCTETS:
            os.unlink(path)


def _mark_of(octets: bytes) -> bytes:
    """Give a mark that changes with any octet; nothing has to be imported for it."""
    return b"%x" % (int.from_bytes(b"\x01" + octets) % _LARGEST_PRIME)
