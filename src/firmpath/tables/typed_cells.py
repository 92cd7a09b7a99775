"""Cells that a spreadsheet keeps as numbers, dates or logical values: what was typed, or why nobody can tell.

Excel drops leading zeros, reads `00001E05` as 100000 and `4.2` or `1DEC` as a date. A cell is accepted only
where one single text could have been typed; everything else is refused, with the remedy.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from firmpath.pathways.faults import Fault
from firmpath.tables.columns import DATE_COLUMNS, Column
from firmpath.tables.rows import Cell

LARGEST_EXACT_NUMBER: Final = 10**15 - 1
"""Spreadsheets keep 15 digits of a number and write zeros for the rest."""

LARGEST_SINGLE_BASE: Final = 999
"""From 1,000 on, a number may have been a list such as `1,215` whose comma was taken for a thousands separator."""

_AS_TEXT = "format the column as Text and type the value again"


def text_of_cell(column: Column, cell: object) -> Cell:
    """Return the text that was typed into a cell, or the fault (R14) that says why it cannot be known."""
    if isinstance(cell, str | Fault):
        return cell
    if isinstance(cell, bool):
        return _lost(column, str(cell).upper(), "is a logical value, not text")
    if isinstance(cell, int | float):
        return _text_of_number(column, float(cell))
    if isinstance(cell, date):
        return _text_of_date(column, cell)
    if isinstance(cell, time | timedelta):
        return _lost(column, str(cell), "is a time of day or a length of time, not text")
    return _lost(column, str(cell), f"is a {type(cell).__name__}, not text")


def other_reading(number: int, width: int) -> str:
    """Return the hex text of `width` digits with an E in it that a spreadsheet reads as `number`, or ''.

    `00001E05` is one for 100000 and 8 digits. Spreadsheets take such text for a power of ten.
    """
    for exponent_digits in range(1, width - 1):
        mantissa_digits = width - 1 - exponent_digits
        for exponent in range(min(10**exponent_digits, 16)):
            mantissa, rest = divmod(number, 10**exponent)
            if not rest and mantissa < 10**mantissa_digits:
                return f"{mantissa:0{mantissa_digits}}E{exponent:0{exponent_digits}}"
    return ""


def _text_of_number(column: Column, number: float) -> Cell:
    shown = str(int(number)) if number.is_integer() and abs(number) <= LARGEST_EXACT_NUMBER else repr(number)
    if column.name in DATE_COLUMNS:
        return _lost(
            column, shown, "is a number, not a date", "format the column as Date, or type it as 2026-01-31"
        )
    if column.name not in ("cpl_entry_id", "base_cpl_entry_ids") and not column.hex_digits:
        wrong = "is a number cell, which keeps no zeros at either end, so what was typed cannot be known"
        return _lost(column, shown, wrong)
    if not number.is_integer() or number < 0:
        return _lost(column, shown, "is a number cell, and not a whole number")
    if number > LARGEST_EXACT_NUMBER:
        return _lost(column, shown, "is a number cell with more digits than a spreadsheet keeps")
    if column.hex_digits:
        return _hex_of_number(column, int(number), column.hex_digits)
    if column.name == "base_cpl_entry_ids" and number > LARGEST_SINGLE_BASE:
        grouped = f"{int(number):,}"
        return _lost(column, shown, f"is a number cell, and may have been the list '{grouped}'")
    return shown


def _hex_of_number(column: Column, number: int, width: int) -> Cell:
    digits = str(number)
    padded = digits.zfill(width)
    other = other_reading(number, width)
    if other:
        readings = f"'{padded}' or '{other}'" if len(padded) == width else f"'{other}'"
        return _lost(column, digits, f"is a number cell: it may have been typed {readings}")
    if len(digits) < width and width > 2:
        return _lost(column, digits, "is a number cell, which keeps no leading zeros")
    return padded


def _text_of_date(column: Column, cell: date) -> Cell:
    if column.name not in DATE_COLUMNS:
        return _lost(column, str(cell), "is a date: the spreadsheet took what was typed for one")
    if isinstance(cell, datetime):
        if cell.time() != time():
            return _lost(column, str(cell), "has a time of day", "leave the day alone, as in 2026-01-31")
        cell = cell.date()
    return cell.isoformat()


def _lost(column: Column, value: str, wrong: str, right: str = _AS_TEXT) -> Fault:
    return Fault(column.term, value, wrong, right, rule="R14")
