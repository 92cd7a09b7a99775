"""Lines of CSV files, plain or compressed, some million at a time."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import shown_path

_OCTETS_AT_A_TIME: Final = 32 << 20
_COMPRESSIONS: Final = {".gz": "gzip", ".zst": "zstd"}
_NO_COMMAS: Final = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_MARK: Final = b"\xef\xbb\xbf"
"""What some programs put before the first heading."""


class Lines(NamedTuple):
    """Whole lines of a file, how many octets of it come before them, and which part of it ends with them."""

    file: str
    octets: bytes
    before: int
    done: float

    def count_before(self) -> int:
        """Count the lines that come before these, by reading the file anew."""
        with pa.OSFile(self.file) as raw:
            return int(_stream(self.file, raw).read(self.before).count(b"\n"))


def refused(file: str | Path, wrong: str, right: str) -> FirmpathError:
    """Give the refusal of a file of an inventory, or of a folder of such files."""
    return FirmpathError(Fault("Inventory", shown_path(file), wrong, right))


def read_headings(file: str) -> list[str]:
    """Read the first line of a file.

    :raises FirmpathError: there is none, or its cells are not parted by commas, or it is not in UTF-8.
    """
    with pa.OSFile(file) as raw:
        first = _stream(file, raw).read(_OCTETS_AT_A_TIME).removeprefix(_MARK).split(b"\n", 1)[0]
    if not first.strip():
        raise FirmpathError(
            Fault("Inventory", shown_path(file), "is empty", "its first line has to name the columns")
        )
    if b"\0" in first:
        raise refused(file, "cannot be read: its first line is not in UTF-8", "save it in UTF-8")
    headings = [cell.strip() for cell in cells_of(file, first.decode("utf-8", "replace").rstrip("\r"))]
    for sign, name in _NO_COMMAS.items():
        if len(headings) == 1 and sign in headings[0]:
            raise refused(file, f"has {name} between its cells, not commas", "save it with commas")
    return headings


def cells_of(file: str, line: str) -> list[str]:
    """Part a line into its cells.

    :raises FirmpathError: it ends within, or has a cell that is too long.
    """
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        wrong = f"has a cell of more than {csv.field_size_limit():,} characters, or lines that end as on old Macs"
        raise refused(file, wrong, "see that each line has its own row, and ends with a line feed") from None


def lines_after_headings(file: str) -> Iterator[Lines]:
    """Give all lines but the first, in their order."""
    size = os.stat(file).st_size
    with pa.OSFile(file) as raw:
        stream, before, rest = _stream(file, raw), 0, b""
        while more := stream.read(_OCTETS_AT_A_TIME):
            whole, newline, rest = (rest + more).rpartition(b"\n")
            if newline:
                yield from _after_headings(Lines(file, whole + newline, before, raw.tell() / size))
                before += len(whole) + len(newline)
        if rest:
            yield from _after_headings(Lines(file, rest, before, 1.0))


def _after_headings(lines: Lines) -> Iterator[Lines]:
    first = 0 if lines.before else lines.octets.find(b"\n") + 1 or len(lines.octets)
    if first < len(lines.octets):
        yield lines._replace(octets=lines.octets[first:], before=lines.before + first)


def _stream(file: str, raw: pa.NativeFile) -> pa.NativeFile:
    compression = _COMPRESSIONS.get(os.path.splitext(file.lower())[1])
    return pa.CompressedInputStream(raw, compression) if compression else raw
