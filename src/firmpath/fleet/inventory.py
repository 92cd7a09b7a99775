"""Where an inventory is, in which form, and under which names it has the columns that are needed."""

import csv
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import name, refusal, text
from firmpath.fleet.readings import COLUMNS
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.tables.files import file_fault, shown_path, unreachable

ENDINGS: Final = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".csv.zst": "csv",
}
"""What the ending of a file's name says about its form."""

DEVICE_ID: Final = "device_id"
REGION: Final = "region"
_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    DEVICE_ID: ("device id", "deviceid", "guid", "eui64", "eui-64"),
    "cpl_entry_id": ("cpl entry id", "cplentryid", "cpl id"),
    "device_type": ("device type", "devicetype"),
    "manufacturer_id": ("manufacturer", "manufacturer identifier", "devicemanufacturer", "manufacturer id"),
    "model": ("device model", "devicemodel", "model id"),
    "firmware_version": ("firmware version", "firmwareversion", "devicefirmwareversion"),
    "manufacturer_image_hash": ("manufacturer image hash", "firmware hash", "firmwarehash", "hash"),
}
"""Headings that are understood besides a column's own name; case, `_` and spaces are forgiven."""


ROWS_OF_A_SLICE: Final = 2_000_000
"""Rows that are planned at a time: enough to keep an engine busy, few enough to hold twice in memory."""


class Inventory(NamedTuple):
    """An inventory to read: the files, in order; their form; and the heading of each column that is used.

    `is_text` and `is_whole_number` have the headings whose values are so in the files; all of CSV is text.
    """

    files: tuple[str, ...]
    form: str
    headings: tuple[str, ...]
    used: Mapping[str, str]
    is_text: frozenset[str] = frozenset()
    is_whole_number: frozenset[str] = frozenset()

    @property
    def reading_columns(self) -> tuple[str, ...]:
        """The columns that say what a Device runs, in their order."""
        return tuple(each for each in COLUMNS if each in self.used)

    @property
    def named(self) -> str:
        """How a fault names it: by its one file, or by the folder that has all of them."""
        return shown_path(self.files[0] if len(self.files) == 1 else os.path.commonpath(self.files))

    @property
    def octets(self) -> int:
        """The size of all files."""
        return sum(os.stat(file).st_size for file in self.files)

    def source(self) -> str:
        """Give what stands after FROM to read all of it: every column as it is in the files, in any order."""
        return self._read(f"[{', '.join(map(text, self.files))}]")

    def slices(self, connection: DuckDBPyConnection) -> list[str]:
        """Give what stands after FROM to read it bit by bit, each small enough for one thread to keep in order."""
        if self.form == "csv":
            return [self._read(text(each)) for each in self.files]
        return [each for file in self.files for each in self._row_ranges(connection, file)]

    def _row_ranges(self, connection: DuckDBPyConnection, file: str) -> Iterator[str]:
        counted = connection.execute(f"SELECT count(*) FROM {self._read(text(file))}").fetchone()
        for first in range(0, max(1, counted[0] if counted else 0), ROWS_OF_A_SLICE):
            within = f"file_row_number >= {first} AND file_row_number < {first + ROWS_OF_A_SLICE}"
            yield f"(FROM read_parquet({text(file)}, file_row_number = true) WHERE {within})"

    def _read(self, files: str) -> str:
        if self.form == "parquet":
            return f"read_parquet({files})"
        columns = ", ".join(f"{text(each)}: 'VARCHAR'" for each in (*self.headings, MORE_CELLS))
        how = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
        return f"read_csv({files}, columns = {{{columns}}}, {how}, null_padding = true, strict_mode = false)"

    def columns(self) -> str:
        """Give what stands after SELECT: the Device ID and the reading by our names, as text or whole numbers.

        Where there are regions, that of the row besides; null where nothing stands there.
        """
        values = {each: self._value(each) for each in (DEVICE_ID, *self.reading_columns)}
        if self.has_regions:
            values[REGION] = f"nullif(trim({self._value(REGION)}), '')"
        return ", ".join(f"{value} AS {name(each)}" for each, value in values.items())

    @property
    def has_regions(self) -> bool:
        """Whether a column of the inventory was named as that of regions."""
        return REGION in self.used

    def _value(self, ours: str) -> str:
        column = name(self.used[ours])
        if self.form == "csv" or self.used[ours] in self.is_text or self.is_number(ours):
            return column
        return f"CAST({column} AS VARCHAR)"

    def is_number(self, ours: str) -> bool:
        """Say whether the values of a column of ours are whole numbers, which only CPL Entry IDs may be."""
        return ours == "cpl_entry_id" and self.used[ours] in self.is_whole_number


MORE_CELLS: Final = "firmpath more cells"
"""A column that no file has: a row with something in it has more cells than there are headings."""


def find_inventory(
    connection: DuckDBPyConnection, path: str, mapping: Mapping[str, str], region: str = ""
) -> Inventory:
    """Find the files of an inventory, and their columns. `mapping` names columns: ours → the heading.

    `region` is the heading of the column that names regions, which may be a column of ours as well; '' for none.

    :raises FirmpathError: there is none, of a form that is not known, or a column is missing or there twice.
    """
    files = _files(Path(path))
    forms = {form_of(file) for file in files}
    if len(forms) > 1:
        wrong = f"has files of several forms: {', '.join(sorted(forms))}"
        raise _refused(path, wrong, "put those of each form in a folder of its own")
    form = forms.pop()
    types = _types(connection, files, form)
    headings = tuple(types)
    whole = frozenset(each for each, kind in types.items() if kind in _WHOLE_NUMBERS)
    texts = frozenset(each for each, kind in types.items() if kind == "VARCHAR")
    used = _used(headings, mapping, path) | _region(headings, region)
    return Inventory(files, form, headings, used, texts, whole)


def form_of(file: str) -> str:
    """Give the form that a file's name says, `csv` or `parquet`.

    :raises FirmpathError: it is neither.
    """
    found = next((form for ending, form in ENDINGS.items() if file.lower().endswith(ending)), "")
    if not found:
        right = f"name a file that ends in {', '.join(ENDINGS)}"
        raise FirmpathError(file_fault(file, "is of no form that is known", right))
    return found


def _refused(path: str | Path, wrong: str, right: str) -> FirmpathError:
    return FirmpathError(Fault("Inventory", shown_path(path), wrong, right))


def _files(path: Path) -> tuple[str, ...]:
    files: tuple[str, ...] = (str(path),)
    if path.is_dir():
        names = sorted(os.path.join(place, each) for place, _, found in os.walk(path) for each in found)
        files = tuple(each for each in names if not os.path.basename(each).startswith((".", "_")))
        if not files:
            raise _refused(path, "is a folder without a file", "check the name")
    refuse_if_any(fault for file in files for fault in _faults_of_opening(file))
    return files


def _faults_of_opening(file: str) -> Iterator[Fault]:
    """Say why a file cannot be opened, better than the engine does."""
    try:
        with open(file, "rb"):
            return
    except (OSError, ValueError) as error:
        yield unreachable(file, "cannot be read", error)


_WHOLE_NUMBERS: Final = frozenset(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"))
"""The types whose values are read as numbers; all of them fit into 64 bits with a sign."""


def _types(connection: DuckDBPyConnection, files: tuple[str, ...], form: str) -> dict[str, str]:
    """Give the headings, which all files have alike, each with its type."""
    first = _types_of(connection, files[0], form)
    for other in files[1:]:
        if _types_of(connection, other, form) != first:
            wrong = f"has other columns than {files[0]}, or of other types"
            raise FirmpathError(file_fault(other, wrong, "give files with the same columns in the same order"))
    return first


def _types_of(connection: DuckDBPyConnection, file: str, form: str) -> dict[str, str]:
    try:
        if form == "parquet":
            rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({text(file)})").fetchall()
            return {row[0]: row[1] for row in rows}
        headings = [cell.strip() for cell in next(csv.reader([_first_line(connection, file)]))]
    except EngineError as error:
        raise refusal("Inventory", shown_path(file), error) from None
    twice = sorted({each for each in headings if headings.count(each) > 1})
    refuse_if_any(
        Fault("Heading", each, "is there twice", "give each column its own", where=file) for each in twice
    )
    return dict.fromkeys(headings, "VARCHAR")


def _first_line(connection: DuckDBPyConnection, file: str) -> str:
    read = f"SELECT column0 FROM read_csv({text(file)}, {_WHOLE_LINES}) LIMIT 1"
    row = connection.execute(read).fetchone()
    if row is None or not (row[0] or "").strip():
        raise _refused(file, "is empty", "its first line has to name the columns")
    return str(row[0]).lstrip("\ufeff")


_WHOLE_LINES: Final = (
    "columns = {column0: 'VARCHAR'}, header = false, auto_detect = false, delim = '\x1f', quote = '', escape = ''"
)


def _used(headings: tuple[str, ...], mapping: Mapping[str, str], path: str) -> dict[str, str]:
    """Say which heading is which column: as the mapping says, by its own name, or by a name that is understood."""
    refuse_if_any(
        Fault("Heading", heading, f"is named for {ours}, and the inventory has no such column", "check the mapping")
        for ours, heading in mapping.items()
        if heading not in headings
    )
    used = dict(mapping)
    for ours in (DEVICE_ID, *COLUMNS):
        if ours not in used:
            meant = [each for each in headings if _spelt(each) in _spellings(ours) and each not in used.values()]
            if len(meant) > 1:
                wrong = f"could be any of the columns {', '.join(meant)}"
                raise FirmpathError(Fault(ours, "", wrong, f"say which: --column {ours}=HEADING", quoted=False))
            if meant:
                used[ours] = meant[0]
    _require_columns(used, headings, path)
    return used


def _region(headings: tuple[str, ...], region: str) -> dict[str, str]:
    if region and region not in headings:
        wrong = "is to name regions, and the inventory has no such column"
        raise FirmpathError(Fault("Heading", region, wrong, f"it has {', '.join(headings)}"))
    return {REGION: region} if region else {}


def _require_columns(used: Mapping[str, str], headings: tuple[str, ...], path: str) -> None:
    has = f"it has {', '.join(headings)}"
    if DEVICE_ID not in used:
        right = f"{has}; say which it is: --column device_id=HEADING"
        raise _refused(path, "has no column device_id", right)
    by_model = {"manufacturer_id", "model", "firmware_version"} <= used.keys()
    if not by_model and not {"cpl_entry_id", "manufacturer_image_hash"} & used.keys():
        wrong = "has neither cpl_entry_id nor manufacturer_id, model and firmware_version"
        raise _refused(path, wrong, f"{has}; name them with --column OURS=HEADING")


def _spellings(ours: str) -> set[str]:
    return {_spelt(ours), *map(_spelt, _SYNONYMS[ours])}


def _spelt(heading: str) -> str:
    return heading.casefold().replace("_", "").replace(" ", "").replace("-", "")
