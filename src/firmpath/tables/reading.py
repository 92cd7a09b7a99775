"""A table from a file: CSV or XLSX, told apart by what is in it and not by its name."""

from pathlib import Path

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.faults import FirmpathError
from firmpath.tables.csv_reading import read_csv
from firmpath.tables.files import file_fault, read_octets
from firmpath.tables.headings import Headings
from firmpath.tables.mapping import NO_MAPPING, Mapping
from firmpath.tables.rows import TableRows

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read_table(path: str | Path, mapping: Mapping = NO_MAPPING, sheet: str = "") -> TableRows:
    """Read the rows of a CSV or XLSX table as text; `sheet` names the sheet of a workbook that has several.

    Promises that every cell is the text that was typed, or the fault that says why it is not known, and
    that every column is understood. What the text means is checked by `statements_from_table`.
    Cost: proportional to the cells.

    :raises FirmpathError: the file cannot be read, is no such table, or has headings that are not understood.
    """
    return read_octets_as_table(read_octets(path), str(path), Headings(mapping), sheet)


def read_octets_as_table(
    octets: bytes, path: str, headings: Headings, sheet: str = "", most_cells: int = 0
) -> TableRows:
    """Do what `read_table` does for a file that is in memory; `path` names it in faults.

    `most_cells` is how many cells a workbook may have, empty ones included; 0 for as many as a whole CPL may.

    :raises FirmpathError: as `read_table`.
    """
    if octets.startswith(_ZIP):
        from firmpath.tables.xlsx_checks import MOST_CELLS  # CSV needs none of it
        from firmpath.tables.xlsx_reading import read_xlsx

        with collection_paused():
            return read_xlsx(octets, path, headings, sheet, most_cells or MOST_CELLS)
    if octets.startswith(_OLE):
        wrong = "is an older Excel workbook, or one locked with a password"
        raise FirmpathError(file_fault(path, wrong, "save it as XLSX without a password"))
    if sheet:
        raise FirmpathError(file_fault(path, f"is not a workbook, so it has no sheet '{sheet}'", "name no sheet"))
    with collection_paused():
        return read_csv(octets, path, headings)
