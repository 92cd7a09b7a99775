"""What is kept between runs so that the next one is quick: indexes of registers, and tables already imported.

Everything kept is named by the SHA-256 of what it was made from, so it can be stale in no way; losing it costs
time and nothing else. It lies in `$FIRMPATH_CACHE`, or the user's own cache folder. Source: ADR 0008.
"""

import os
from hashlib import sha256
from typing import Final

_MOST_FILES: Final = 40


def key_of(octets: bytes, *how: str) -> str:
    """Give the name under which something made from these octets, in this way, is kept."""
    return sha256("\0".join((sha256(octets).hexdigest(), *how)).encode()).hexdigest()


def kept(name: str) -> bytes:
    """Give what is kept under a name; nothing where it is not there, or cannot be read."""
    try:
        with open(os.path.join(_folder(), name), "rb") as file:
            return file.read()
    except OSError:
        return b""


def keep(name: str, octets: bytes) -> None:
    """Keep something, whole or not at all, and let go of the oldest; a folder that refuses is no fault."""
    folder = _folder()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        beside = os.path.join(folder, f".{name}.{os.getpid()}")
        with open(beside, "wb") as file:
            file.write(octets)
        os.replace(beside, os.path.join(folder, name))
        files = sorted((os.stat(file.path).st_mtime, file.path) for file in os.scandir(folder))
        for _, path in files[:-_MOST_FILES]:
            os.unlink(path)
    except OSError:
        return


def _folder() -> str:
    chosen = os.environ.get("FIRMPATH_CACHE")
    if chosen:
        return chosen
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "firmpath")
