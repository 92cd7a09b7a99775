"""The values of a whole table, and every fault of every row."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.tables.cell_values import parse_column
from firmpath.tables.columns import COLUMN_BY_NAME, COLUMN_NAMES
from firmpath.tables.row_checks import check_rows
from firmpath.tables.rows import TableRows

Values = dict[str, Sequence[Any]]

_ORDER: Final = {name: order for order, name in enumerate(COLUMN_NAMES)}


def parse_values(rows: TableRows, place: Callable[[int, str], str]) -> Values:
    """Parse every column; `place` names the place of a cell from its row, counted from 0, and its column.

    :raises FirmpathError: any fault in any row; all of them, in the order of the rows and then of our columns.
    """
    faults: list[tuple[int, int, Fault]] = [(number, -1, fault) for number, fault in rows.misfits]
    values: Values = {}
    for name, cells in rows.columns.items():
        values[name], refused = parse_column(COLUMN_BY_NAME[name], cells)
        for index, fault in refused:
            faults.append((rows.row_numbers[index], _ORDER[name], fault.at(place(index, name))))
    for index, name, fault in check_rows(values, rows.row_numbers):
        faults.append((rows.row_numbers[index], _ORDER[name], fault.at(place(index, name))))
    refuse_if_any(fault for _, _, fault in sorted(faults, key=lambda found: found[:2]))
    return values
