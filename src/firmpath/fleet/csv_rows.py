"""Inventories of CSV, read a bit at a time, and strictly: no row is lost, and no cell is taken for another's.

A row is a line. Rows with too few cells have empty ones at their end; those with too many are marked; and a file in
which a cell goes over several lines is refused, since whole rows may be lost in it.
"""

import csv
import io
import os
import re
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from firmpath.fleet.csv_lines import Lines, cells_of, is_open, lines_after_headings, refused
from firmpath.fleet.headings import DEVICE_ID
from firmpath.fleet.inventory import Inventory, readable
from firmpath.fleet.rows import Piece, Rows, as_one, rows_of
from firmpath.pathways.faults import FirmpathError

_LONE_RETURN: Final = re.compile(rb"\r(?!\n|\Z)")


def csv_pieces(inventory: Inventory) -> Iterator[Piece]:
    """Give the rows of an inventory, piece by piece; none has rows of two files.

    :raises FirmpathError: a file cannot be read.
    """
    sizes = [_octets(file) for file in inventory.files]
    for at, file in enumerate(inventory.files):
        with readable(file):
            for lines in lines_after_headings(file):
                done = (sum(sizes[:at]) + lines.done * sizes[at]) / sum(sizes)
                yield Piece(partial(_rows, inventory, lines), done)


def _octets(file: str) -> int:
    with readable(file):
        return os.stat(file).st_size


class _OddRow(NamedTuple):
    """A row with another number of cells than there are headings, and its place among the rows."""

    place: int
    cells: list[str]


def _rows(inventory: Inventory, lines: Lines) -> Rows:
    table, odd = _parsed(inventory, lines)
    _require_each_line(lines, len(table) + len(odd))
    columns = [inventory.used[DEVICE_ID], *inventory.coded_headings]
    too_wide = None
    if odd:
        both = pa.concat_tables([table.select(columns), _table_of(inventory, columns, odd)])
        table = both.unify_dictionaries().take(_places(len(table), odd))
        too_wide = np.zeros(len(table), np.bool_)
        too_wide[[each.place for each in odd if len(each.cells) > len(inventory.headings)]] = True
    return rows_of(inventory, {each: as_one(table[each]) for each in columns}, too_wide)


def _parsed(inventory: Inventory, lines: Lines) -> tuple[pa.Table, list[_OddRow]]:
    """Parse lines; what has another number of cells than there are headings is put among the odd rows."""
    odd: list[tuple[int, str]] = []

    def take(row: pc.InvalidRow) -> str:
        odd.append((row.number - 1, row.text))  # parted later: what fails in here is lost
        return "skip"

    try:
        table = pc.read_csv(
            pa.BufferReader(lines.octets),
            pc.ReadOptions(use_threads=False, block_size=len(lines.octets), column_names=inventory.headings),
            pc.ParseOptions(invalid_row_handler=take),
            _conversion(inventory, check_utf8=not lines.octets.isascii()),
        )
    except pa.ArrowInvalid as error:
        raise _refusal(lines, error) from None
    return table, [_OddRow(place, cells_of(lines.file, text)) for place, text in odd]


def _conversion(inventory: Inventory, check_utf8: bool) -> pc.ConvertOptions:
    """Say how cells are read. ASCII throughout is UTF-8, and quickly seen to be: no cell need be checked then."""
    as_codes = pa.dictionary(pa.int32(), pa.string())
    kinds = dict.fromkeys(inventory.coded_headings, as_codes)
    kinds[inventory.used[DEVICE_ID]] = pa.string()
    return pc.ConvertOptions(
        column_types=kinds,
        include_columns=list(kinds),
        strings_can_be_null=True,
        null_values=[""],
        check_utf8=check_utf8,
    )


def _table_of(inventory: Inventory, columns: list[str], odd: list[_OddRow]) -> pa.Table:
    """Give odd rows as a table; a cell that is not there is empty."""
    found = {}
    for name in columns:
        at = inventory.headings.index(name)
        texts = [each.cells[at] or None if at < len(each.cells) else None for each in odd]
        found[name] = pa.array(texts, pa.string())
        if name != inventory.used[DEVICE_ID]:
            found[name] = found[name].dictionary_encode()
    return pa.table(found)


def _places(even: int, odd: list[_OddRow]) -> pa.Array:
    """Say where each row is, in their order, when the odd ones come after all others."""
    is_odd = np.zeros(even + len(odd), np.bool_)
    is_odd[[each.place for each in odd]] = True
    places = np.empty(len(is_odd), np.int64)
    places[~is_odd] = np.arange(even)
    places[is_odd] = np.arange(even, len(is_odd))
    return pa.array(places)


def _require_each_line(lines: Lines, rows: int) -> None:
    """Make sure that every line is a row, but for those with nothing in them.

    :raises FirmpathError: a cell goes over several lines.
    """
    expected = int(np.count_nonzero(np.frombuffer(lines.octets, np.uint8) == ord("\n")))
    expected += not lines.octets.endswith(b"\n")
    if rows != expected:
        expected = sum(bool(line.strip(b"\r")) for line in lines.octets.split(b"\n"))
    last = lines.octets[lines.octets.rfind(b"\n", 0, len(lines.octets) - 1) + 1 :]
    text = last.decode("utf-8", "replace")
    if rows != expected or _has_line_break(cells_of(lines.file, text)) or is_open(text):
        raise _refusal_of_break(lines)


def _refusal_of_break(lines: Lines) -> FirmpathError:
    """Say where a row does not end with its line, or a line not as it has to."""
    if line := _line_with_break(lines):
        wrong = f"has a cell with a line break in line {line:,}, and other rows may be lost in it"
        return refused(lines.file, wrong, "see that every quotation mark is closed")
    if lone := _LONE_RETURN.search(lines.octets):
        line = lines.count_before() + lines.octets.count(b"\n", 0, lone.start()) + 1
        wrong = f"has a line that ends as on old Macs, line {line:,}, and rows may be lost in it"
        return refused(lines.file, wrong, "see that each line ends with a line feed")
    line = lines.count_before() + lines.octets.rstrip(b"\n").count(b"\n") + 1
    wrong = f"has a quotation mark that is not closed in line {line:,}, its last"
    return refused(lines.file, wrong, "see that it is whole, and that every quotation mark is closed")


def _has_line_break(cells: list[str]) -> bool:
    return any("\n" in cell or "\r" in cell for cell in cells)


def _line_with_break(lines: Lines) -> int:
    """Give the line in which a cell begins that has a line break; 0 where none has."""
    reader, begins = csv.reader(io.StringIO(lines.octets.decode("utf-8", "replace"), newline="")), 1
    try:
        for cells in reader:
            if _has_line_break(cells):
                return lines.count_before() + begins
            begins = reader.line_num + 1
    except csv.Error:  # of a cell that is too long, which stands where the line break does
        return lines.count_before() + begins
    return 0


def _refusal(lines: Lines, error: pa.ArrowInvalid) -> FirmpathError:
    for at, line in enumerate(lines.octets.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            wrong = f"cannot be read: line {lines.count_before() + at:,} is not in UTF-8"
            return refused(lines.file, wrong, "save it in UTF-8")
    return refused(lines.file, f"cannot be read: {error}", "see that it is whole")
