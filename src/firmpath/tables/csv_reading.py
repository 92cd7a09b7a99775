"""CSV: which encoding, which delimiter, which row is the heading row, and which rows do not fit it."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import file_fault
from firmpath.tables.headings import ROWS_SEARCHED, Headings
from firmpath.tables.rows import TableRows, is_blank, table_rows

DELIMITERS: Final = (",", ";", "\t")

_SAVE_AS_UTF_8 = "save it again as 'CSV UTF-8', or as XLSX"


def read_csv(octets: bytes, path: str, headings: Headings) -> TableRows:
    """Read a CSV table: UTF-8, or UTF-16 with a byte order mark; comma, semicolon or tab.

    Cost: memory of about ten times the file.

    :raises FirmpathError: another encoding, no table, or headings that are not understood.
    """
    text = decode(octets, path)
    records = _records(text, _delimiter(text, headings), path)
    heading_row = headings.read_row(records, path)
    numbers = list(range(heading_row.row_number + 1, len(records) + 1))
    body = records[heading_row.row_number :]
    width = len(records[heading_row.row_number - 1])
    misfits: list[tuple[int, Fault]] = []
    if set(map(len, body)) - {width}:
        misfits = _misfits(numbers, body, width)
        fitting = [(number, row) for number, row in zip(numbers, body, strict=True) if len(row) == width]
        numbers, body = [number for number, _ in fitting], [row for _, row in fitting]
    return table_rows(path, heading_row, numbers, list(zip(*body, strict=True)), misfits)


def decode(octets: bytes, path: str, right: str = _SAVE_AS_UTF_8) -> str:
    """Give the text of a file: UTF-8, or UTF-16 with a byte order mark. `right` says what to do where it is none.

    :raises FirmpathError: it is neither.
    """
    utf_16 = octets.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = octets.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = octets.count(b"\n", 0, error.start) + 1
        wrong = f"is not {'UTF-16' if utf_16 else 'UTF-8'} text (octet 0x{octets[error.start]:02X})"
        raise FirmpathError(file_fault(path, wrong, right, f"in line {row}")) from None
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise FirmpathError(file_fault(path, "holds a NUL, so it is not text", right, f"in line {row}"))
    return text


def _delimiter(text: str, headings: Headings) -> str:
    """Choose the delimiter under which one of the first rows has the most headings that are understood."""

    def most_known(delimiter: str) -> int:
        return max((len(headings.known_in(row)) for row in _first_records(text, delimiter)), default=0)

    return max(DELIMITERS, key=most_known)


def _first_records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(_reader(text, delimiter), ROWS_SEARCHED)
    except csv.Error:
        return  # under the right delimiter it is reported when the whole is read


def _records(text: str, delimiter: str, path: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        records.extend(_reader(text, delimiter))
    except csv.Error as error:
        wrong = f"cannot be split into cells ({error})"
        right = "look for a quotation mark that is not closed, or stands inside a cell without being doubled"
        raise FirmpathError(file_fault(path, wrong, right, f"in row {len(records) + 1}")) from None
    return records


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _misfits(numbers: list[int], body: list[list[str]], width: int) -> list[tuple[int, Fault]]:
    """Find rows with more or fewer cells than the heading row: which cell is which cannot be known."""
    right = "spreadsheets leave out empty cells at the end of a row when they save CSV; save as XLSX instead"
    misfits = []
    for number, row in zip(numbers, body, strict=True):
        if len(row) != width and not is_blank(row):
            cells = f"{len(row)} cell{'' if len(row) == 1 else 's'}"
            wrong = f"has {cells} where the heading row has {width}"
            remedy = right if len(row) < width else "put quotation marks around a cell that has the delimiter in it"
            misfits.append((number, Fault("Row", str(number), wrong, remedy, rule="R14", quoted=False)))
    return misfits
