"""What the cells of a column mean: each different cell is parsed once."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, Final, NamedTuple

from firmpath.pathways.base_firmware import parse_base_firmware
from firmpath.pathways.device_model import parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import (
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_hex,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
)
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.zigbee_band import parse_zigbee_band
from firmpath.tables.columns import COLUMNS, DATE_COLUMNS, Column
from firmpath.tables.free_text import parse_address, parse_free_name, parse_free_text
from firmpath.tables.plain_columns import read_plain_column
from firmpath.tables.rows import Cell
from firmpath.tables.typed_cells import text_of_cell


class Status(StrEnum):
    """Whether an entry is on the CPL."""

    LISTED = "listed"
    REMOVED = "removed"


class Refused:
    """Takes the place of a value that was refused, so that the rest of its row can still be checked."""

    __slots__ = ()


REFUSED: Final = Refused()


class ColumnValues(NamedTuple):
    """The values of a column, one for each row, and its faults with the row they are in, counted from 0."""

    values: Sequence[Any]
    faults: list[tuple[int, Fault]]


def parse_status(text: str) -> Status:
    """Read a status; case is forgiven.

    :raises FirmpathError: neither listed nor removed.
    """
    try:
        return Status(text.strip().lower())
    except ValueError:
        fault = Fault("Status", text, "is not known", "write listed or removed", rule="R10")
        raise FirmpathError(fault) from None


class _NotTextError(Exception):
    """A cell is a number, a date or a logical value."""


class _Memo(dict[object, Any]):
    """The values of the cells of a column, each parsed when it is first asked for.

    Only text and faults are kept: 1, 1.0 and TRUE would be one key.
    """

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.parse = _PARSERS[column.name]
        self.refused: dict[object, tuple[Fault, ...]] = {}

    def __missing__(self, cell: object) -> Any:
        if not isinstance(cell, str | Fault):
            raise _NotTextError
        self[cell] = value = self._value_of(cell)
        return value

    def _value_of(self, cell: Cell) -> Any:
        if isinstance(cell, Fault):
            self.refused[cell] = (cell._replace(term=self.column.term),)
            return REFUSED
        if not cell.strip():
            if not self.column.required:
                return NOT_KNOWN
            self.refused[cell] = (_empty(self.column),)
            return REFUSED
        try:
            return self.parse(cell)
        except FirmpathError as error:
            self.refused[cell] = error.faults
            return REFUSED


def parse_column(column: Column, cells: Sequence[object]) -> ColumnValues:
    """Parse the cells of a column; an empty cell is NOT_KNOWN, or a fault where the column is required.

    Cost: each different cell is parsed once; the rest is a look-up.
    """
    plain = read_plain_column(column.name, cells)
    return ColumnValues(plain, []) if plain else parse_cell_by_cell(column, cells)


def parse_cell_by_cell(column: Column, cells: Sequence[object]) -> ColumnValues:
    """Do what `parse_column` does, without the short way for plain columns."""
    memo = _Memo(column)
    try:
        values = list(map(memo.__getitem__, cells))
    except _NotTextError:
        cells = [text_of_cell(column, cell) for cell in cells]
        values = list(map(memo.__getitem__, cells))
    if not memo.refused:
        return ColumnValues(values, [])
    faults = [(index, fault) for index, cell in enumerate(cells) for fault in memo.refused.get(cell, ())]
    return ColumnValues(values, faults)


def _empty(column: Column) -> Fault:
    right = "every entry has one"
    return Fault(column.term, "", "is empty", right, rule="R12", quoted=False)


def _parser(column: Column) -> Callable[[str], Any]:
    """Return the function that reads the text of a cell of this column."""
    term = column.term
    own: dict[str, Callable[[str], Any]] = {
        "cpl_entry_id": parse_cpl_entry_id,
        "device_type": parse_device_type,
        "manufacturer_id": parse_manufacturer_id,
        "firmware_version": parse_firmware_version,
        "manufacturer_image_hash": parse_manufacturer_image_hash,
        "zigbee_band": parse_zigbee_band,
        "base_cpl_entry_ids": parse_base_firmware,
        "status": parse_status,
        "notes": partial(parse_free_text, term=term),
        "release_notes_url": partial(parse_address, term=term),
    }
    if column.name in own:
        return own[column.name]
    if column.hex_digits:
        return partial(parse_hex, width=column.hex_digits, term=term, rule="R04")
    if column.name in DATE_COLUMNS:
        return partial(parse_date, term=term)
    return partial(parse_free_name, term=term)


_PARSERS: Final = {column.name: _parser(column) for column in COLUMNS}
