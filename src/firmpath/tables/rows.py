"""The rows of a table as text, column by column, with what was lost on the way."""

from collections.abc import Sequence
from typing import NamedTuple

from firmpath.pathways.faults import Fault
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.headings import HeadingRow, name_of_position

Cell = str | Fault
"""The text that was typed into a cell, or why it cannot be known any more."""


class TableRows(NamedTuple):
    """The rows below the heading row, without those that are wholly empty.

    `row_numbers` are those a spreadsheet shows. `columns` holds, for each of our columns that the table
    has, one cell for each row, as the file has it: text, or what a spreadsheet made of it (a number, a
    date), or the fault that says why it is lost. `headings` are those the columns came from. `misfits` are
    rows that could not be split into cells, and cells without a heading: row number and fault.
    """

    path: str
    row_numbers: list[int]
    columns: dict[str, Sequence[object]]
    headings: dict[str, str]
    misfits: list[tuple[int, Fault]]

    def place(self, index: int, name: str) -> str:
        """Name the place of a cell as a person would look it up, `index` counting rows from 0."""
        return f"in row {self.row_numbers[index]}, column '{self.headings.get(name, name)}'"


def is_blank(row: Sequence[object]) -> bool:
    """Say whether all cells of a row are empty or space."""
    return all(isinstance(cell, str) and not cell.strip() for cell in row)


def table_rows(
    path: str,
    heading_row: HeadingRow,
    numbers: list[int],
    by_position: Sequence[Sequence[object]],
    misfits: list[tuple[int, Fault]],
) -> TableRows:
    """Name the columns below a heading row, and leave out the rows that are wholly empty."""
    positions = heading_row.positions
    telling = positions.get("cpl_entry_id", min(positions.values()))
    kept = _rows_with_anything(by_position, telling) if numbers else []
    if len(kept) < len(numbers):
        numbers = [numbers[at] for at in kept]
        by_position = [[column[at] for at in kept] for column in by_position]
    for position in heading_row.unnamed if numbers else ():
        misfits = misfits + _unheaded(by_position[position], numbers, position)
    columns: dict[str, Sequence[object]] = {
        name: by_position[positions[name]] if numbers else () for name in _in_order(positions)
    }
    return TableRows(path, numbers, columns, heading_row.headings, misfits)


def _in_order(positions: dict[str, int]) -> list[str]:
    """Put our columns into their order, and after them those of a kind of table that has further ones."""
    ours = [name for name in COLUMN_NAMES if name in positions]
    return ours + [name for name in positions if name not in COLUMN_NAMES]


def _rows_with_anything(by_position: Sequence[Sequence[object]], telling: int) -> Sequence[int]:
    """Return the rows, from 0, that are not wholly empty; only those without a cell in one column can be.

    `telling` is the position of that column, the CPL Entry ID if there is one.
    """
    cells = by_position[telling]
    doubtful = [at for at, cell in enumerate(cells) if not cell or (isinstance(cell, str) and cell.isspace())]
    empty = {at for at in doubtful if is_blank([column[at] for column in by_position])}
    return [at for at in range(len(cells)) if at not in empty] if empty else range(len(cells))


def _unheaded(cells: Sequence[object], numbers: list[int], position: int) -> list[tuple[int, Fault]]:
    letters = name_of_position(position)
    right = f"give column {letters} a heading, or empty it"
    return [
        (number, Fault("Cell", str(cell), "stands under no heading", right, f"in row {number}, column {letters}"))
        for number, cell in zip(numbers, cells, strict=True)
        if cell and not is_blank((cell,))
    ][:1]
