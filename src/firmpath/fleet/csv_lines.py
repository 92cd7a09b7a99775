"""Lines of CSV files, plain or compressed, half a million at a time, about."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import shown_path

_OCTETS_AT_A_TIME: Final = 16 << 20
_COMPRESSIONS: Final = {".gz": "gzip", ".zst": "zstd"}
_MARK: Final = b"\xef\xbb\xbf"
"""What some programs put before the first heading."""

_MARKS_OF_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_OTHER_MARKS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}


class Lines(NamedTuple):
    """Whole lines of a file, how many octets of it come before them, and which part of it ends with them."""

    file: str
    octets: bytearray
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

    :raises FirmpathError: there is none, or it is no text in UTF-8 with commas between its columns.
    """
    with pa.OSFile(file) as raw:
        begins = _stream(file, raw).read(_OCTETS_AT_A_TIME).removeprefix(_MARK)
    first = begins.split(b"\n", 1)[0]
    if not first.strip():
        wrong = "begins with an empty line" if begins.strip() else "is empty"
        raise refused(file, wrong, "its first line has to name the columns")
    if first.startswith(_MARKS_OF_UTF_16) or b"\0" in first:
        raise refused(file, "is in UTF-16, or is no text", "save it as CSV in UTF-8")
    text = first.decode("utf-8", "replace").rstrip("\r")
    cells = [cell.strip() for cell in cells_of(file, text)]
    if is_open(text):
        wrong = "has a heading that goes over several lines, or whose quotation mark is not closed"
        raise refused(file, wrong, "write all headings in the first line")
    other = next((name for mark, name in _OTHER_MARKS.items() if mark in "".join(cells)), "")
    if len(cells) == 1 and other:  # one column is too few in any case
        raise refused(file, f"has {other} between its columns", "save it with commas between them")
    return cells


def cells_of(file: str, line: str) -> list[str]:
    """Part a line into its cells.

    :raises FirmpathError: it ends within, or has a cell that is too long.
    """
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        wrong = f"has a cell of more than {csv.field_size_limit():,} characters, or lines that end as on old Macs"
        raise refused(file, wrong, "see that each line has its own row, and ends with a line feed") from None


def is_open(line: str) -> bool:
    """Say whether a line ends within a cell, since its quotation mark is not closed."""
    try:
        return len(list(csv.reader([line.rstrip("\r\n") + "\n", "next"]))) < 2
    except csv.Error:  # of a cell that is too long, which `cells_of` tells of
        return False


def lines_after_headings(file: str) -> Iterator[Lines]:
    """Give all lines but the first, in their order.

    Cost: each octet is read to where it stays; only what follows the last whole line is copied.
    """
    size = os.stat(file).st_size
    with pa.OSFile(file) as raw:
        stream, before, rest = _stream(file, raw), 0, b""
        while True:
            octets = bytearray(len(rest) + _OCTETS_AT_A_TIME)
            octets[: len(rest)] = rest
            with memoryview(octets) as view:
                filled = len(rest) + stream.readinto(view[len(rest) :])
                end = octets.rfind(b"\n", 0, filled) + 1
                is_last, rest = filled == len(rest), bytes(view[end:filled])
            if is_last:
                break
            del octets[end:]
            if octets:
                yield from _after_headings(Lines(file, octets, before, raw.tell() / size))
                before += end
        if rest:
            yield from _after_headings(Lines(file, bytearray(rest), before, 1.0))


def _after_headings(lines: Lines) -> Iterator[Lines]:
    first = 0 if lines.before else lines.octets.find(b"\n") + 1 or len(lines.octets)
    if first < len(lines.octets):
        yield lines._replace(octets=lines.octets[first:], before=lines.before + first)


def _stream(file: str, raw: pa.NativeFile) -> pa.NativeFile:
    compression = _COMPRESSIONS.get(os.path.splitext(file.lower())[1])
    return pa.CompressedInputStream(raw, compression) if compression else raw
