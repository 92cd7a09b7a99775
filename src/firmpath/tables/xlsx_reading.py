"""XLSX: which sheet has the table, and its cells as the text that was typed."""

import io
from typing import Any, cast

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import file_fault
from firmpath.tables.headings import HeadingRow, Headings
from firmpath.tables.rows import TableRows, table_rows
from firmpath.tables.xlsx_checks import CheckedWorkbook, check_workbook

Rows = list[list[object]]


def read_xlsx(octets: bytes, path: str, headings: Headings, sheet: str = "") -> TableRows:
    """Read the table of a workbook: the named sheet, or the one sheet that has a heading row.

    Cost: little more than the reading library needs; all sheets are read where no sheet is named.

    :raises FirmpathError: not a workbook, no such sheet, several that fit, or headings not understood.
    """
    checked = check_workbook(octets, path)
    workbook = _open(checked, path)
    names = _worksheets(workbook)
    if sheet and sheet not in names:
        listed = ", ".join(f"'{name}'" for name in names)
        raise FirmpathError(file_fault(path, f"has no sheet '{sheet}'", f"its sheets are {listed}"))
    wanted = [sheet] if sheet else names
    rows = _choose({name: _rows(workbook, checked, name, path) for name in wanted}, headings, path)
    heading_row = headings.read_row(rows, path)
    return _table(rows, heading_row, path)


def _open(checked: CheckedWorkbook, path: str) -> Any:
    from python_calamine import CalamineWorkbook  # 5 ms that CSV need not pay

    return _guarded(path, lambda: CalamineWorkbook.from_filelike(io.BytesIO(checked.octets)))


def _worksheets(workbook: Any) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]


def _rows(workbook: Any, checked: CheckedWorkbook, name: str, path: str) -> Rows:
    """Read a sheet from its row 1 and column A on, so that positions are those a person sees."""
    read = _guarded(path, lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    rows = cast(Rows, read)
    lost: dict[tuple[int, int], Fault] = _guarded(path, lambda: checked.lost_cells(name))
    for (row, position), fault in lost.items():
        _put(rows, row, position, fault)
    return rows


def _put(rows: Rows, row: int, position: int, fault: Fault) -> None:
    """Put in what the reading library leaves out; the last rows and columns may be missing with it."""
    width = max(len(rows[0]) if rows else 0, position + 1)
    while len(rows) <= row:
        rows.append([])
    if len(rows[0]) < width or len(rows[-1]) < width:
        for cells in rows:
            cells.extend([""] * (width - len(cells)))
    rows[row][position] = fault


def _choose(sheets: dict[str, Rows], headings: Headings, path: str) -> Rows:
    fitting = [name for name, rows in sheets.items() if headings.find_row(rows)[1]]
    if len(fitting) > 1:
        listed = " and ".join(f"'{name}'" for name in fitting)
        raise FirmpathError(file_fault(path, f"has the table on several sheets, {listed}", "name the one to read"))
    if fitting:
        return sheets[fitting[0]]
    return max(sheets.values(), key=lambda rows: max(map(len, map(headings.known_in, rows[:20])), default=0))


def _table(rows: Rows, heading_row: HeadingRow, path: str) -> TableRows:
    numbers = list(range(heading_row.row_number + 1, len(rows) + 1))
    return table_rows(path, heading_row, (numbers, rows[heading_row.row_number :]), [])


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
