"""XLSX: which sheet has the table, and its cells as the text that was typed."""

import io
from itertools import islice
from typing import Any

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import file_fault
from firmpath.tables.headings import ROWS_SEARCHED, Headings
from firmpath.tables.rows import TableRows, table_rows
from firmpath.tables.xlsx_checks import MOST_CELLS, CheckedWorkbook, check_workbook

Columns = list[list[object]]
"""The cells of a sheet by position and row, both from 0."""

_ROWS_AT_ONCE = 500  # few enough to be turned into columns while they are in the processor's cache


def read_xlsx(
    octets: bytes, path: str, headings: Headings, sheet: str = "", most_cells: int = MOST_CELLS
) -> TableRows:
    """Read the table of a workbook: the named sheet, or the one sheet that has a heading row.

    Cost: little more than the reading library needs; all sheets are read where no sheet is named.

    :raises FirmpathError: not a workbook, no such sheet, several that fit, or headings not understood.
    """
    checked = check_workbook(octets, path, most_cells)
    workbook = _open(checked, path)
    names = _worksheets(workbook)
    if sheet and sheet not in names:
        listed = ", ".join(f"'{name}'" for name in names)
        raise FirmpathError(file_fault(path, f"has no sheet '{sheet}'", f"its sheets are {listed}"))
    wanted = [sheet] if sheet else names
    columns = _choose({name: _columns(workbook, checked, name, path) for name in wanted}, headings, path)
    heading_row = headings.read_row(_first_rows(columns), path)
    numbers = list(range(heading_row.row_number + 1, len(columns[0]) + 1))
    for column in columns:
        del column[: heading_row.row_number]
    return table_rows(path, heading_row, numbers, columns, [])


def _open(checked: CheckedWorkbook, path: str) -> Any:
    from python_calamine import CalamineWorkbook  # 5 ms that CSV need not pay

    return _guarded(path, lambda: CalamineWorkbook.from_filelike(io.BytesIO(checked.octets)))


def _worksheets(workbook: Any) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]


def _columns(workbook: Any, checked: CheckedWorkbook, name: str, path: str) -> Columns:
    """Read a sheet from its row 1 and column A on, so that positions are those a person sees."""
    columns: Columns = _guarded(path, lambda: _by_position(workbook.get_sheet_by_name(name)))
    lost: dict[tuple[int, int], Fault] = _guarded(path, lambda: checked.lost_cells(name))
    for (row, position), fault in lost.items():
        _put(columns, row, position, fault)
    return columns


def _by_position(sheet: Any) -> Columns:
    columns: Columns = []
    rows = sheet.iter_rows()
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        columns = columns or [[] for _ in some[0]]
        for column, cells in zip(columns, zip(*some, strict=True), strict=True):
            column += cells
    if columns:  # the library may leave out what is empty above and to the left of the first cell
        above = sheet.end[0] + 1 - len(columns[0])
        columns = [[""] * above + column for column in columns] if above else columns
        columns[:0] = [[""] * len(columns[0]) for _ in range(sheet.end[1] + 1 - len(columns))]
    return columns


def _put(columns: Columns, row: int, position: int, fault: Fault) -> None:
    """Put in what the reading library leaves out; the last rows and columns may be missing with it."""
    height = max(len(columns[0]) if columns else 0, row + 1)
    columns += [[] for _ in range(position + 1 - len(columns))]
    for column in columns:
        column += [""] * (height - len(column))
    columns[position][row] = fault


def _first_rows(columns: Columns) -> list[tuple[object, ...]]:
    return list(zip(*(column[:ROWS_SEARCHED] for column in columns), strict=True))


def _choose(sheets: dict[str, Columns], headings: Headings, path: str) -> Columns:
    """Return the one sheet that fits, or where none does the one that comes nearest."""
    fitting = [name for name, columns in sheets.items() if headings.find_row(_first_rows(columns))[1]]
    if len(fitting) > 1:
        listed = " and ".join(f"'{name}'" for name in fitting)
        raise FirmpathError(file_fault(path, f"has the table on several sheets, {listed}", "name the one to read"))
    if fitting:
        return sheets[fitting[0]]

    def known(columns: Columns) -> int:
        return max((len(headings.known_in(row)) for row in _first_rows(columns)), default=0)

    return max(sheets.values(), key=known, default=[])


def _guarded(path: str, read: Any) -> Any:
    """Call the reading library; on damaged files it raises errors of its own, or panics."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # its panics are not Exceptions
        wrong = f"cannot be read as an XLSX workbook ({error})"
        right = "open it in a spreadsheet program and save it again as XLSX"
        raise FirmpathError(file_fault(path, wrong, right)) from None
