"""Tables to files: CSV and XLSX with all columns, every cell as text, and the same bytes for the same rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from firmpath.pathways.faults import FirmpathError
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import Row
from firmpath.tables.files import file_fault, write_octets
from firmpath.tables.rows import TableRows
from firmpath.tables.table_values import parse_values

MOST_XLSX_ROWS: Final = 399_999
"""As many as are read back."""

_WIDEST, _NARROWEST, _ROWS_MEASURED = 48, 8, 200  # characters, characters, rows
_TEXT_FORMAT = 49  # the number that spreadsheets have for "Text"
_NO_DATE = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook has to have one; the day it is written is no part of it


def write_csv(path: str | Path, rows: Iterable[Row]) -> None:
    """Write rows as CSV: UTF-8 without a byte order mark, commas, each row ended by a line feed.

    :raises FirmpathError: a row that could not be read back, or a file that cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMN_NAMES)
    writer.writerows(_fit_to_write(rows, path))
    write_octets(path, text.getvalue().encode("utf-8"))


def write_xlsx(path: str | Path, rows: Iterable[Row]) -> None:
    """Write rows as an XLSX workbook with one sheet, its headings bold, frozen and with filters.

    Every cell is text, and so formatted: what is typed over it keeps its leading zeros.
    Cost: 50,000 rows take seconds.

    :raises FirmpathError: a row that could not be read back, or a file that cannot be written.
    """
    fit = _fit_to_write(rows, path)
    if len(fit) > MOST_XLSX_ROWS:
        wrong = f"would have {len(fit)} rows, more than {MOST_XLSX_ROWS}"
        raise FirmpathError(file_fault(path, wrong, "write it as CSV"))
    write_octets(path, workbook_octets(COLUMN_NAMES, fit))


def workbook_octets(names: Sequence[str], rows: Sequence[Row], sheet: str = "CPL") -> bytes:
    """Give an XLSX workbook of rows that have these columns, as `write_xlsx` writes it; `sheet` names its sheet."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # 40 ms that CSV need not pay

    from firmpath.tables.text_sheet import TextSheet

    octets = io.BytesIO()
    with Workbook(octets, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Central Products List", "created": _NO_DATE})
        _fill(workbook.add_worksheet(sheet, worksheet_class=TextSheet), rows, names, workbook)
    return octets.getvalue()


def _fill(sheet: Any, rows: Sequence[Row], names: Sequence[str], workbook: Any) -> None:
    text = workbook.add_format({"num_format": _TEXT_FORMAT})
    bold = workbook.add_format({"num_format": _TEXT_FORMAT, "bold": True})
    for position, name in enumerate(names):
        longest = max(
            [len(name) + 3, *(len(row[position]) for row in rows[:_ROWS_MEASURED])]
        )  # 3: the filter's arrow
        sheet.set_column(position, position, min(max(longest + 1, _NARROWEST), _WIDEST), text)
        sheet.write_string(0, position, name, bold)
    sheet.fill_with(rows, 1, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(names) - 1)


def _fit_to_write(rows: Iterable[Row], path: str | Path) -> list[Row]:
    """Refuse what an import would refuse: a file is either whole and can be read back, or not written."""
    kept = list(rows)
    columns: dict[str, Sequence[object]] = (
        dict(zip(COLUMN_NAMES, zip(*kept, strict=True), strict=True)) if kept else {}
    )

    def place(index: int, name: str) -> str:
        return f"in CPL entry {kept[index][0]}, column '{name}'"

    if kept:
        numbers = list(range(2, len(kept) + 2))
        parse_values(TableRows(str(path), numbers, columns, {}, []), place)
    return kept
