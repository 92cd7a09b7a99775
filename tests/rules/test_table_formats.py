"""R10 to R14: what a table of CPL entries has to be, so that nothing in it is lost or guessed."""

from functools import partial
from pathlib import Path

import pytest

from firmpath.pathways.faults import Fault
from firmpath.tables.columns import COLUMN_BY_NAME
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from firmpath.tables.typed_cells import text_of_cell
from tests.rules.findings import refusals

_ROW = {
    "cpl_entry_id": "1",
    "device_type": "ESME",
    "manufacturer_id": "F001",
    "model_id": "0005",
    "hardware_version": "02",
    "hardware_revision": "03",
    "firmware_version": "00000001",
    "manufacturer_image_hash": "AB" * 32,
    "status": "listed",
    "listed_on": "2020-01-02",
    "removed_on": "",
    "release_notes_url": "",
    "notes": "",
}


def _read(folder: Path, *rows: dict[str, str], end: str = "") -> object:
    """Read a CSV table whose rows differ from a sound one in some cells; `end` is put after the last cell."""
    cells = [list(_ROW), *([*(_ROW | row).values()] for row in rows)]
    table = folder / "cpl.csv"
    table.write_text("\n".join(",".join(row) for row in cells) + end + "\n", encoding="utf-8")
    return statements_from_table(read_table(table), "Brackenfell Metering")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            {"status": "removed"},
            "Status 'removed' has no Removal date, in row 2, column 'status'; "
            "write the day on which it was removed",
        ),
        (
            {"removed_on": "2024-05-01"},
            "Removal date '2024-05-01' is given though the Status is listed, in row 2, column 'removed_on'; "
            "write removed as the Status, or empty the Removal date",
        ),
        (
            {"status": "removed", "removed_on": "2019-05-01"},
            "Removal date '2019-05-01' is before the Listing date 2020-01-02, in row 2, column 'removed_on'; "
            "put one of the two right",
        ),
        (
            {"status": "gone"},
            "Status 'gone' is not known, in row 2, column 'status'; write listed or removed",
        ),
    ],
)
def test_r10_removal_has_its_date(tmp_path: Path, row: dict[str, str], text: str) -> None:
    assert refusals(lambda: _read(tmp_path, row)) == [("R10", text)]
    _read(tmp_path, {"status": "removed", "removed_on": "2020-01-02"})


def test_r11_entry_has_one_row(tmp_path: Path) -> None:
    assert refusals(lambda: _read(tmp_path, {}, {"cpl_entry_id": "2"}, {})) == [
        (
            "R11",
            "CPL Entry ID '1' is in row 2 already, in row 4, column 'cpl_entry_id'; "
            "an entry has one row: take one of the two out, or put its CPL Entry ID right",
        )
    ]
    _read(tmp_path, {}, {"cpl_entry_id": "2"})


def test_r12_what_identifies_an_entry_is_given(tmp_path: Path) -> None:
    for name in _ROW.keys() - {"removed_on", "release_notes_url", "notes", "cpl_entry_id"}:
        said = f"{COLUMN_BY_NAME[name].term} is empty, in row 2, column '{name}'; every entry has one"
        assert refusals(partial(_read, tmp_path, {name: ""})) == [("R12", said)]
    _read(tmp_path, {"notes": "", "release_notes_url": ""})


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            {"notes": "bell\x07"},
            "Notes 'bell\\x07' has the character U+0007, which cannot be shown, in row 2, column 'notes'; "
            "take it out",
        ),
        (
            {"notes": "=SUM(A1)"},
            "Notes '=SUM(A1)' begins with '=', which a spreadsheet would run as a formula, "
            "in row 2, column 'notes'; begin it with a word",
        ),
        (
            {"release_notes_url": "https" + "://brackenfell\u2060.example"},
            "Release notes 'https" + "://brackenfell\\x2060.example' has as character 20 U+2060 (WORD JOINER), "
            "which cannot be seen, in row 2, column 'release_notes_url'; take it out",
        ),
        (
            {"release_notes_url": "see the box"},
            "Release notes 'see the box' is not a web address, in row 2, column 'release_notes_url'; "
            "write it as https" + "://, the name of a host, and the place there",
        ),
    ],
)
def test_r13_text_can_be_shown(tmp_path: Path, row: dict[str, str], text: str) -> None:
    assert refusals(lambda: _read(tmp_path, row)) == [("R13", text)]
    _read(
        tmp_path, {"notes": "Fixes\u200b the clock\ufeff", "release_notes_url": "https://brackenfell.example/notes"}
    )


def test_r14_cell_is_as_it_was_typed(tmp_path: Path) -> None:
    assert refusals(lambda: _read(tmp_path, {}, end=",stray")) == [
        (
            "R14",
            "Row 2 has 14 cells where the heading row has 13; "
            "put quotation marks around a cell that has the delimiter in it",
        )
    ]
    fault = text_of_cell(COLUMN_BY_NAME["manufacturer_id"], 123.0)
    assert isinstance(fault, Fault)
    assert fault.rule == "R14"
    assert str(fault) == (
        "Manufacturer identifier '123' is a number cell, which keeps no leading zeros; "
        "format the column as Text and type the value again"
    )
    assert text_of_cell(COLUMN_BY_NAME["cpl_entry_id"], 311.0) == "311"
