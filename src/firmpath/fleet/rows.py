"""Rows of an inventory as they are worked on, some million at a time: their Device IDs and what they run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from firmpath.fleet.device_ids import Mask
from firmpath.fleet.inventory import DEVICE_ID, REGION, Inventory

ROWS_AT_A_TIME: Final = 1_000_000
"""Rows of a piece, about: enough that what is done once for each costs nothing, few enough to hold several."""

Codes = np.ndarray[Any, np.dtype[np.int64]]
Values = tuple[str, ...]
"""What stands in the columns that say what a Device runs; '' where nothing does."""

_MOST_CODES_FOR_A_TABLE: Final = 8
"""Codes are counted in a table with a place for each, as long as that has at most so many places for each row."""


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


def find_regions(column: pa.Array) -> Regions:
    """Give the regions of rows as they are compared: without spaces around them."""
    codes, found = find_different([as_codes(column)])
    return Regions([name.strip() for (name,) in found], codes)


def as_codes(column: pa.Array) -> pa.DictionaryArray:
    """Give a column as codes of its different values."""
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


class Piece(NamedTuple):
    """Some rows, still to be read, and which part of the inventory's octets ends with them."""

    read: Callable[[], Rows]
    done: float


def find_different(columns: Sequence[pa.DictionaryArray]) -> tuple[Codes, list[Values]]:
    """Give the different readings among rows, and for each row which of them it has.

    Cost: linear, some 5 ns for each row and column; no text of a row is looked at.
    """
    codes = np.zeros(len(columns[0]), np.int64)
    found: list[Codes] = []
    for column in columns:
        width = len(column.dictionary) + 1
        indices = column.indices.fill_null(width - 1).to_numpy()
        codes, kept = _dense(codes * width + indices)
        found = [*(each[kept // width] for each in found), kept % width]
    texts = [[*map(text_of, column.dictionary.to_pylist()), ""] for column in columns]
    named = ([of[at] for at in each] for of, each in zip(texts, found, strict=True))
    return codes, list(zip(*named, strict=True))


def _dense(codes: Codes) -> tuple[Codes, Codes]:
    """Number codes anew, from 0 without a gap; give these, and which code each of them was, in order."""
    most = int(codes.max(initial=0)) + 1
    if most > _MOST_CODES_FOR_A_TABLE * max(len(codes), 1000):
        kept, dense = np.unique(codes, return_inverse=True)
        return dense, kept
    is_there = np.zeros(most, np.bool_)
    is_there[codes] = True
    kept = np.flatnonzero(is_there)
    places = np.empty(most, np.int64)
    places[kept] = np.arange(len(kept))
    return places[codes], kept


def text_of(value: object) -> str:
    """Write a value as a person would who looks at the file."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
