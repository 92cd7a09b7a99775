"""XLSX: sheets, heading rows, cells that are not text, and files that mean harm."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.faults import FirmpathError
from firmpath.tables import xlsx_checks
from firmpath.tables.headings import Headings
from firmpath.tables.mapping import NO_MAPPING
from firmpath.tables.reading import read_octets_as_table, read_table
from firmpath.tables.statements import statements_from_table
from tests.unit.tables.invented_tables import BARE_ROW, FULL_ROW, csv_of, grid_of, read, refusal, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"


def edited(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with a change in one of its parts."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as archive,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            out.writestr(name, content)
    return packed.getvalue()


def test_a_workbook_says_the_same_as_csv(tmp_path: Path) -> None:
    assert read(tmp_path, xlsx_of(grid_of(FULL_ROW))) == read(tmp_path, csv_of(FULL_ROW))


def test_number_and_date_cells_with_one_reading_are_accepted(tmp_path: Path) -> None:
    typed: dict[str, Any] = FULL_ROW | {"base_cpl_entry_ids": "12", "firmware_version": "38040404"}
    cells = typed | {
        "cpl_entry_id": 311,
        "base_cpl_entry_ids": 12,
        "firmware_version": 38040404,
        "hardware_version": 2,
        "listed_on": date(2024, 1, 5),
        "removed_on": date(2025, 6, 7),
    }
    assert read(tmp_path, xlsx_of(grid_of(cells))) == read(tmp_path, csv_of(typed))


def test_cells_that_lost_what_was_typed_are_reported_beside_all_other_faults(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        BARE_ROW | {"firmware_version": 2012},
        BARE_ROW | {"cpl_entry_id": True, "manufacturer_image_hash": "AB12"},
    ]
    title = [["Central Products List"], [], ["", "as of today"]]
    assert refusal(tmp_path, xlsx_of(title + grid_of(*rows))).splitlines() == [
        "Firmware version '2012' is a number cell: it may have been typed '00002012' or '002012E0',"
        " in row 5, column 'firmware_version'; format the column as Text and type the value again",
        "CPL Entry ID 'TRUE' is a logical value, not text, in row 6, column 'cpl_entry_id';"
        " format the column as Text and type the value again",
        "Manufacturer Image hash 'AB12' is not 64 hex digits (it has 4 characters),"
        " in row 6, column 'manufacturer_image_hash'",
    ]


def test_a_logical_value_is_not_taken_for_the_number_one(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [BARE_ROW | {"cpl_entry_id": 1}, BARE_ROW | {"cpl_entry_id": True}]
    assert refusal(tmp_path, xlsx_of(grid_of(*rows))).startswith("CPL Entry ID 'TRUE' is a logical value")


def test_error_cells_and_formulas_without_a_value_are_not_taken_for_empty_cells(tmp_path: Path) -> None:
    rows = [
        BARE_ROW | {"base_cpl_entry_ids": "{NA()}#N/A"},
        BARE_ROW | {"cpl_entry_id": "312", "base_cpl_entry_ids": "{1+1}0"},
        BARE_ROW | {"cpl_entry_id": "313", "base_cpl_entry_ids": "{6*2}12"},
    ]
    workbook = edited(xlsx_of(grid_of(*rows)), SHEET, b' t="str"><f>1+1</f><v>0</v>', b"><f>1+1</f><v></v>")
    assert refusal(tmp_path, workbook).splitlines() == [
        "Base firmware '#N/A' is the error of a formula, in row 2, column 'base_cpl_entry_ids';"
        " put the formula right, or type the value",
        "Base firmware '=1+1' is a formula whose value the file does not have, in row 3,"
        " column 'base_cpl_entry_ids'; open it in a spreadsheet program, which works it out, and save it again",
    ]


def test_a_row_or_column_of_lost_cells_alone_is_not_passed_over(tmp_path: Path) -> None:
    rows = [*grid_of(BARE_ROW | {"base_cpl_entry_ids": ""}), [""] * 10 + ["{1+1}0"], [""] * 12 + ["{1+1}0"]]
    workbook = edited(xlsx_of(rows), SHEET, b' t="str"><f>1+1</f><v>0</v>', b"><f>1+1</f>")
    said = refusal(tmp_path, workbook)
    assert "Base firmware '=1+1' is a formula whose value the file does not have, in row 3, column" in said
    assert "CPL Entry ID is empty, in row 3" in said
    assert "CPL Entry ID is empty, in row 4" in said


def test_an_error_is_found_in_a_sheet_without_formulas(tmp_path: Path) -> None:
    old, new = b' t="str"><f>NA()</f>', b' t="e">'
    workbook = edited(xlsx_of(grid_of(BARE_ROW | {"notes": "{NA()}0"})), SHEET, old, new)
    workbook = edited(workbook, SHEET, b"<v>0</v></c></row></sheetData>", b"<v>#REF!</v></c></row></sheetData>")
    assert "Notes '#REF!' is the error of a formula, in row 2, column 'notes'" in refusal(tmp_path, workbook)


def moved(workbook: bytes, target: str, part: str) -> bytes:
    """Return the workbook with its sheet kept under another name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive, zipfile.ZipFile(packed, "w") as out:
        for name in archive.namelist():
            content = archive.read(name).replace(b"worksheets/sheet1.xml", target.encode())
            out.writestr(part if name == SHEET else name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("target", "part"),
    [("sheets/cpl.xml", "xl/sheets/cpl.xml"), ("worksheets/Sheet1.xml", SHEET), ("odd.xml", "xl/odd.xml")],
)
def test_an_error_is_found_wherever_the_workbook_keeps_its_sheet(tmp_path: Path, target: str, part: str) -> None:
    old, new = b' t="str"><f>NA()</f>', b' t="e">'
    workbook = edited(xlsx_of(grid_of(BARE_ROW | {"notes": "{NA()}0"})), SHEET, old, new)
    workbook = edited(workbook, SHEET, b"<v>0</v></c></row></sheetData>", b"<v>#REF!</v></c></row></sheetData>")
    assert "Notes '#REF!' is the error of a formula" in refusal(tmp_path, moved(workbook, target, part))


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    workbook = xlsx_of(grid_of(BARE_ROW | {"notes": '{""}no'}))
    assert len(read(tmp_path, edited(workbook, SHEET, b"<v>no</v>", b"<v></v>"))) == 1


def test_rows_and_columns_are_those_a_person_sees(tmp_path: Path) -> None:
    table = [["", "", *row] for row in grid_of(BARE_ROW, BARE_ROW | {"cpl_entry_id": "x"})]
    assert ", in row 6, column 'cpl_entry_id'" in refusal(tmp_path, xlsx_of([[], [], [], *table]))
    stray = [[], [], [], *table[:2], ["", "stray"]]
    assert "Cell 'stray' stands under no heading, in row 6, column B" in refusal(tmp_path, xlsx_of(stray))


def test_a_workbook_without_a_worksheet_is_refused(tmp_path: Path) -> None:
    workbook = edited(xlsx_of([]), "xl/workbook.xml", b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/>', b"")
    assert "has no heading row" in refusal(tmp_path, workbook)


def test_the_sheet_with_the_table_is_found_and_several_are_asked_about(tmp_path: Path) -> None:
    table, other = grid_of(BARE_ROW), [["Read me"], ["Status", "meaning"]]
    assert len(read(tmp_path, xlsx_of(other, table, []))) == 1
    several = xlsx_of(table, other, grid_of(FULL_ROW))
    said = "File '…/table' has the table on several sheets, 'Sheet1' and 'Sheet3'; name the one to read"
    assert refusal(tmp_path, several) == said
    assert len(read(tmp_path, several, NO_MAPPING, "Sheet3")) == 6
    said = "File '…/table' has no sheet 'CPL'; its sheets are 'Sheet1', 'Sheet2', 'Sheet3'"
    assert refusal(tmp_path, several, NO_MAPPING, "CPL") == said


def test_where_no_sheet_fits_the_nearest_says_what_is_missing(tmp_path: Path) -> None:
    nearly = {name: cell for name, cell in BARE_ROW.items() if name != "status"}
    said = refusal(tmp_path, xlsx_of([["Read me"]], grid_of(nearly)))
    assert said.startswith("Column 'status' is missing, in row 1; every table has it;")
    assert "has no heading row: none of its first 20 rows names a column of the CPL" in refusal(
        tmp_path, xlsx_of([])
    )


@pytest.mark.parametrize("place", [b"XFD1048576", b"A500000", b"xfd2", b"AAA2"])
def test_a_cell_far_outside_any_table_is_refused_before_memory_is_set_aside(tmp_path: Path, place: bytes) -> None:
    workbook = edited(xlsx_of(grid_of(BARE_ROW)), SHEET, b'r="J2"', b"r = '" + place + b"'")
    assert refusal(tmp_path, workbook) == (
        f"File '…/table' has a cell at {place.decode()}, far outside any table of the CPL;"
        " delete the columns and rows beyond the table"
    )


def test_cells_with_too_many_between_them_are_refused_before_memory_is_set_aside(tmp_path: Path) -> None:
    far_down = edited(xlsx_of(grid_of(BARE_ROW)), SHEET, b'r="J2"', b'r="A399999"')
    far_right = edited(far_down, SHEET, b'r="I2"', b'r="ZZ2"')
    assert refusal(tmp_path, far_right) == (
        "File '…/table' has 399999 rows of 702 columns, far more than such a table has;"
        " delete the columns and rows beyond the table"
    )


def test_fewer_cells_can_be_allowed(tmp_path: Path) -> None:
    far_down = edited(xlsx_of(grid_of(BARE_ROW)), SHEET, b'r="J2"', b'r="A5000"')
    with pytest.raises(FirmpathError, match="has 5000 rows of 10 columns, far more than such a table has"):
        read_octets_as_table(far_down, "table", Headings(NO_MAPPING), most_cells=40_000)


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_checks, "LARGEST_UNPACKED_OCTETS", 2**20)
    workbook = edited(xlsx_of(grid_of(BARE_ROW)), SHEET, b"</worksheet>", b" " * 2**20 + b"</worksheet>")
    said = refusal(tmp_path, workbook)
    assert said.startswith("File '…/table' unpacks to more than 1 MiB or 2000 parts; a table of the whole CPL")


def test_a_part_that_is_longer_than_it_says_is_refused(tmp_path: Path) -> None:
    workbook = xlsx_of(grid_of(BARE_ROW))
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    said = refusal(tmp_path, workbook.replace(size, (100).to_bytes(4, "little")))
    assert f"is not a whole XLSX workbook ({SHEET} is longer or shorter than it says)" in said


def test_other_files_that_begin_like_a_workbook_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refusal(tmp_path, packed.getvalue()) == (
        "File '…/table' is a zip file, and not an XLSX workbook; save the table as XLSX, or as CSV in UTF-8"
    )
    said = refusal(tmp_path, xlsx_of(grid_of(BARE_ROW))[:2000])
    assert said.startswith("File '…/table' is not a whole XLSX workbook (File is not a zip file); fetch it again")


def test_damage_that_the_reading_library_finds_is_refused(tmp_path: Path) -> None:
    workbook = edited(xlsx_of(grid_of(BARE_ROW)), SHEET, b'r="J2"', b'r=""')
    assert refusal(tmp_path, workbook).startswith("File '…/table' cannot be read as an XLSX workbook (")


@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=40))
def test_no_damage_makes_anything_but_a_firmpath_error(
    tmp_path_factory: pytest.TempPathFactory, at: int, octets: bytes
) -> None:
    workbook = xlsx_of(grid_of(FULL_ROW))
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(workbook[:at] + octets + workbook[at + len(octets) :])
    with suppress(FirmpathError):  # refused with an explanation, as it should be
        statements_from_table(read_table(path), "Example Supplier")


@given(st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]), st.data())
def test_no_damage_inside_a_part_makes_anything_but_a_firmpath_error(
    tmp_path_factory: pytest.TempPathFactory, part: str, data: st.DataObject
) -> None:
    workbook = xlsx_of(grid_of(FULL_ROW | {"base_cpl_entry_ids": "{NA()}#N/A"}))
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        content = archive.read(part)
    at = data.draw(st.integers(0, len(content) - 1))
    octets = data.draw(st.sampled_from([b"", b"<", b'"', b"<c", b"9999", b"\x00", b"&x;", b"</row>"]))
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(edited(workbook, part, content, content[:at] + octets + content[at + 3 :]))
    with suppress(FirmpathError):  # refused with an explanation, as it should be
        statements_from_table(read_table(path), "Example Supplier")
