"""Tables for the tests of this folder: a row that is right, and files made of rows."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.mapping import NO_MAPPING, Mapping
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table

HASH = "0123456789ABCDEF" * 4
FULL_ROW = {
    "cpl_entry_id": "311",
    "device_type": "ESME",
    "manufacturer_id": "1063",
    "manufacturer_name": "Example Meters",
    "model_id": "0005",
    "hardware_version": "02",
    "hardware_revision": "03",
    "firmware_version": "0002012F",
    "firmware_name": "Spring release",
    "smets_chts_version": "V4.2",
    "gbcs_version": "3.2",
    "manufacturer_image_hash": HASH,
    "cpa_certificate": "CPA/12",
    "cpa_valid_until": "2027-03-31",
    "zigbee_certificate": "ZIG12",
    "zigbee_band": "Dual Band",
    "base_cpl_entry_ids": "12; 15",
    "status": "removed",
    "listed_on": "2024-01-05",
    "removed_on": "2025-06-07",
    "release_notes_url": "https://meters.example/notes/311",
    "contact": "+44 (0)20 7946 0000",
    "notes": "Fixes the clock",
}
BARE_ROW = {
    name: FULL_ROW[name]
    for name in COLUMN_NAMES
    if name in "cpl_entry_id device_type manufacturer_id model_id hardware_version hardware_revision"
    " firmware_version manufacturer_image_hash listed_on"
} | {"status": "listed"}


def csv_of(*rows: dict[str, str], delimiter: str = ",") -> str:
    """Return the CSV of rows with the headings of the first; no cell may need quotation marks."""
    lines = [delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def xlsx_of(*sheets: list[list[Any]], dates: str = "yyyy-mm-dd") -> bytes:
    """Return a workbook; text stays text, numbers, dates and logical values are cells of that kind."""
    octets = io.BytesIO()
    with Workbook(octets, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        as_date = workbook.add_format({"num_format": dates})
        for rows in sheets:
            sheet = workbook.add_worksheet()
            for at, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(at, position, cell, as_date)
                    elif isinstance(cell, str) and cell.startswith("{"):
                        sheet.write_formula(at, position, "=" + cell[1:].split("}")[0], None, cell.split("}")[1])
                    elif cell != "":
                        sheet.write(at, position, cell)
    return octets.getvalue()


def grid_of(*rows: dict[str, Any]) -> list[list[Any]]:
    """Return the headings of the first row, and the cells of all rows."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def read(
    folder: Path, content: str | bytes, mapping: Mapping = NO_MAPPING, sheet: str = ""
) -> tuple[Statement, ...]:
    """Put the content in a file, and return the statements it makes."""
    path = folder / "table"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return statements_from_table(read_table(path, mapping, sheet), "Example Supplier")


def refusal(folder: Path, content: str | bytes, mapping: Mapping = NO_MAPPING, sheet: str = "") -> str:
    """Return what is said where the content is refused."""
    try:
        read(folder, content, mapping, sheet)
    except FirmpathError as error:
        return str(error).replace(str(folder), "…")
    raise AssertionError("it was accepted")
