"""Rows of an inventory as they are worked on, half a million at a time: their Device IDs and what they run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from firmpath.fleet.device_ids import Mask
from firmpath.fleet.headings import DEVICE_ID
from firmpath.fleet.inventory import REGION, Inventory

ROWS_AT_A_TIME: Final = 500_000
"""Rows of a piece, about: enough that what is done once for each costs nothing, few enough to hold several."""

Codes = np.ndarray[Any, np.dtype[np.int64]]
Values = tuple[str, ...]
"""What stands in the columns that say what a Device runs; '' where nothing does."""

_MOST_CODES_FOR_A_TABLE: Final = 8
"""Codes are counted in a table with a place for each, as long as that has at most so many places for each row."""


_MOST_NUMBERS_AS_CODES: Final = 1 << 14
"""Numbers below are the codes of themselves: few enough to write all of them out for each piece."""


class Regions(NamedTuple):
    """The regions of rows: the different ones, '' for none, and for each row the code of its own."""

    names: list[str]
    codes: Codes


class Rows(NamedTuple):
    """Rows in their order. `readings` has a column for each that says what a Device runs; `others` has the others.

    `regions` is None where no column names regions. `too_wide` says which rows have more cells than there are
    headings; None: not one.
    """

    device_ids: pa.StringArray
    readings: tuple[pa.DictionaryArray, ...]
    regions: Regions | None = None
    too_wide: Mask | None = None
    others: tuple[pa.DictionaryArray, ...] = ()


def rows_of(inventory: Inventory, columns: Mapping[str, pa.Array], too_wide: Mask | None = None) -> Rows:
    """Give rows whose columns were read, by their headings."""
    readings = tuple(as_codes(columns[inventory.used[each]]) for each in inventory.reading_columns)
    regions = find_regions(columns[inventory.used[REGION]]) if inventory.has_regions else None
    others = tuple(as_codes(columns[each]) for each in inventory.others)
    return Rows(columns[inventory.used[DEVICE_ID]].cast(pa.string()), readings, regions, too_wide, others)


def as_one(column: pa.ChunkedArray) -> pa.Array:
    """Give a column as one array; Arrow would copy it even where it is one already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def find_regions(column: pa.Array) -> Regions:
    """Give the regions of rows as they are compared: without spaces around them."""
    found = find_different([as_codes(column)])
    return Regions([name.strip() for (name,) in found.readings], found.places)


def as_codes(column: pa.Array) -> pa.DictionaryArray:
    """Give a column as codes of its different values; days and instants are text already."""
    if pa.types.is_integer(column.type):
        return _numbers_as_codes(column)
    codes = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    codes.dictionary.validate(full=True)  # a file can say of any octets that they are text
    if not pa.types.is_temporal(codes.type.value_type):
        return codes
    # Python has no nanoseconds, and no years past 9999: what it cannot hold would be refused by it.
    return pa.DictionaryArray.from_arrays(codes.indices, codes.dictionary.cast(pa.string()))


def _numbers_as_codes(column: pa.Array) -> pa.DictionaryArray:
    """Give small numbers, as CPL Entry IDs are, as the codes of themselves: 0.4 ns a row, to look them up 10 ns."""
    bounds = pc.min_max(column)
    least, most = bounds["min"].as_py(), bounds["max"].as_py()
    if least is None or least < 0 or most >= _MOST_NUMBERS_AS_CODES:
        return column.dictionary_encode()
    every = pa.array(np.arange(most + 1), pa.int64())
    return pa.DictionaryArray.from_arrays(column.cast(pa.int64()), every, safe=False)  # each is among them


class Piece(NamedTuple):
    """Some rows, still to be read, and which part of the inventory's octets ends with them."""

    read: Callable[[], Rows]
    done: float


class Different(NamedTuple):
    """The different readings among rows, how many rows have each, and for each row the code of its own.

    Codes have gaps: that of a reading stands at the reading's place in `kept`, which ascends.
    """

    readings: list[Values]
    rows: Codes
    codes: Codes
    kept: Codes

    def numbered(self, numbers: Codes) -> Codes:
        """Give for each row the number that its reading is given here.

        Cost: linear, some 0.5 ns a row.
        """
        return _numbered(self.codes, self.kept, numbers)

    def counted(self, numbers: Codes) -> Codes:
        """Give in how many rows each number stands, from 0 on, when readings are given these, all different."""
        rows = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
        rows[numbers] = self.rows
        return rows

    @property
    def places(self) -> Codes:
        """For each row the place of its reading."""
        return self.numbered(np.arange(len(self.kept)))


def find_different(columns: Sequence[pa.DictionaryArray]) -> Different:
    """Give the different readings among rows, which have one column at least.

    Cost: linear, some 3 ns for each row and column; no text of a row is looked at.
    """
    first, *others = columns
    alike = _alike(_codes(first).astype(np.int64))
    found = [alike.was]
    for column in others:
        width = len(column.dictionary) + 1
        alike = _alike(_numbered(alike.codes, alike.kept, np.arange(len(alike.kept))) * width + _codes(column))
        found = [*(each[alike.was // width] for each in found), alike.was % width]
    texts = [[*_texts_of(column.dictionary), ""] for column in columns]
    named = (map(of.__getitem__, each.tolist()) for of, each in zip(texts, found, strict=True))
    return _merged(Different(list(zip(*named, strict=True)), alike.rows, alike.codes, alike.kept))


def _merged(found: Different) -> Different:
    """Put readings together that are written alike: to a file, nothing and '' are two."""
    if len(set(found.readings)) == len(found.readings):
        return found
    places: dict[Values, int] = {}
    numbers = np.array([places.setdefault(each, len(places)) for each in found.readings], np.int64)
    rows = np.zeros(len(places), np.int64)
    np.add.at(rows, numbers, found.rows)
    return Different(list(places), rows, found.numbered(numbers), np.arange(len(places)))


def _codes(column: pa.DictionaryArray) -> Any:
    """Give the code of each row in a column's dictionary; where nothing stands, one more than there are."""
    return column.indices.fill_null(len(column.dictionary)).to_numpy()


class _Alike(NamedTuple):
    """Codes of rows; which are kept, ascending; which code each of these was, and in how many rows."""

    codes: Codes
    kept: Codes
    was: Codes
    rows: Codes


def _alike(codes: Codes) -> _Alike:
    most = int(codes.max(initial=0)) + 1
    if most > _MOST_CODES_FOR_A_TABLE * max(len(codes), 1000):
        was, dense, rows = np.unique(codes, return_inverse=True, return_counts=True)
        return _Alike(dense, np.arange(len(was)), was, rows)
    rows = np.bincount(codes, minlength=most)
    kept = np.flatnonzero(rows)
    return _Alike(codes, kept, kept, rows[kept])


def _numbered(codes: Codes, kept: Codes, numbers: Codes) -> Codes:
    table = np.zeros(int(kept[-1]) + 1 if len(kept) else 0, np.int64)
    table[kept] = numbers
    return table.take(codes)


def _texts_of(values: pa.Array) -> Iterable[str]:
    """Write values as `text_of` does; of those that most inventories have, NumPy makes Python's own sooner."""
    if values.null_count == 0 and (pa.types.is_integer(values.type) or pa.types.is_string(values.type)):
        return map(str, values.to_numpy(zero_copy_only=False).tolist())
    return map(text_of, values.to_pylist())


def text_of(value: object) -> str:
    """Write a value as a person would who looks at the file."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None or value != value else str(value)  # what differs from itself is no number
