"""Whether compressed files are whole: what was cut off or changed on the way would else be rows lost in silence.

The engine notices neither a zstd file that ends early nor a gzip file whose checksum is wrong. Source: RFC 1952,
RFC 8878.
"""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from firmpath.fleet.telling import ToldPart
from firmpath.pathways.faults import FirmpathError
from firmpath.tables.files import file_fault

_OCTETS_AT_ONCE: Final = 2**20
_RIGHT: Final = "fetch it again, from where it is whole"

_FRAME: Final = 0xFD2FB528
_SKIPPABLE: Final = range(0x184D2A50, 0x184D2A60)
_REPEATED, _RESERVED = 1, 3


def refuse_broken_files(files: Sequence[str], told: ToldPart) -> None:
    """Refuse compressed files that are not whole.

    Cost: gzip, one time to expand each file; zstd, a look at the head of each block, without expanding it.
    :raises FirmpathError: the first file that is not.
    """
    compressed = [file for file in files if file.lower().endswith((".gz", ".zst"))]
    for at, file in enumerate(compressed):
        octets = Path(file).stat().st_size
        walk = _gzip if file.lower().endswith(".gz") else _zstd
        for reached in walk(file):
            told((at + min(1.0, reached / max(1, octets))) / len(compressed))


def _gzip(file: str) -> Iterator[int]:
    """Expand a file, and give how many octets of it were read so far."""
    try:
        with open(file, "rb") as packed, gzip.GzipFile(fileobj=packed) as expanded:
            while expanded.read(_OCTETS_AT_ONCE):
                yield packed.tell()
    except (OSError, EOFError, zlib.error) as error:
        said = str(error).lower().partition(" (b")[0]  # the octets where none should be say nothing to a person
        raise FirmpathError(file_fault(file, f"is no whole gzip file: {said}", _RIGHT)) from None


def _zstd(file: str) -> Iterator[int]:
    """Go from frame to frame, and give how many octets were passed so far."""
    with open(file, "rb") as packed:
        size = Path(file).stat().st_size
        while packed.tell() < size:
            try:
                _pass_frame(packed)
            except ValueError as error:
                wrong = f"is no whole zstd file: {error} at octet {packed.tell():,}"
                raise FirmpathError(file_fault(file, wrong, _RIGHT)) from None
            if packed.tell() > size:
                raise FirmpathError(file_fault(file, "is no whole zstd file: it ends too early", _RIGHT))
            yield packed.tell()


def _pass_frame(packed: BinaryIO) -> None:
    """Go past one frame: its head, its blocks up to the last, its checksum."""
    magic = _number(packed, 4)
    if magic in _SKIPPABLE:
        packed.seek(_number(packed, 4), 1)
        return
    if magic != _FRAME:
        raise ValueError("no frame begins")
    described = _number(packed, 1)
    is_single = described >> 5 & 1
    window, dictionary = 1 - is_single, (0, 1, 2, 4)[described & 3]
    content = (is_single, 2, 4, 8)[described >> 6]
    packed.seek(window + dictionary + content, 1)
    is_last = 0
    while not is_last:
        head = _number(packed, 3)
        is_last, kind, octets = head & 1, head >> 1 & 3, head >> 3
        if kind == _RESERVED:
            raise ValueError("no block begins")
        packed.seek(1 if kind == _REPEATED else octets, 1)
    packed.seek(4 * (described >> 2 & 1), 1)


def _number(packed: BinaryIO, octets: int) -> int:
    read = packed.read(octets)
    if len(read) < octets:
        raise ValueError("it ends too early")
    return int.from_bytes(read, "little")
