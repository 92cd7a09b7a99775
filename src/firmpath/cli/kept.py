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
_SETTLED_NS: Final = 2_000_000_000
"""The coarsest clock of a file system in use counts in two seconds."""


def marks_of(file: int) -> str:
    """Give the marks by which an open file is known again, or nothing while it may still be changing."""
    found = os.fstat(file)
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _SETTLED_NS:
        return ""
    marks = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return "-".join(f"{mark:x}" for mark in marks)


def kept_path(marks: str, kind: str) -> str:
    """Give where a thing of this kind made from the file with these marks is kept, whether it is there or not."""
    folder = os.environ.get("FIRMPATH_CACHE")
    if not folder:
        folder = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "firmpath")
    # Another release may find faults that this one does not.
    return os.path.join(folder, f"{marks}-{__version__}.{kind}")


def kept(marks: str, kind: str) -> bytes:
    """Give what is kept; nothing where it is not there, or cannot be read."""
    if not marks:
        return b""
    try:
        with open(kept_path(marks, kind), "rb") as file:
            return file.read()
    except OSError:
        return b""


def keep(marks: str, kind: str, octets: bytes) -> None:
    """Keep something, whole or not at all, and let go of the oldest; a folder that refuses is no fault."""
    if not marks:
        return
    path = kept_path(marks, kind)
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        beside = os.path.join(folder, f".{os.getpid()}.{kind}")
        with open(beside, "wb") as file:
            file.write(octets)
        os.replace(beside, path)
        files = sorted((os.stat(file.path).st_mtime, file.path) for file in os.scandir(folder))
        for _, oldest in files[:-_MOST_FILES]:
            os.unlink(oldest)
    except OSError:
        return
