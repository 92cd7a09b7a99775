"""CSV as people and spreadsheets write it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.facts import ReleaseInformationGiven
from firmpath.pathways.faults import FirmpathError
from firmpath.tables.mapping import NO_MAPPING
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from tests.unit.tables.invented_tables import BARE_ROW, FULL_ROW, csv_of, read, refusal


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiter_and_encoding_are_found_out(tmp_path: Path, delimiter: str, encoding: str, ending: str) -> None:
    row = FULL_ROW | {"base_cpl_entry_ids": "12", "notes": "Straße"}
    content = csv_of(row, delimiter=delimiter).replace("\n", ending).encode(encoding)
    assert read(tmp_path, content) == read(tmp_path, csv_of(row))


def test_cells_with_line_breaks_and_delimiters_count_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    content = csv_of(BARE_ROW | {"notes": '"one\r\ntwo, ""three"""'}, BARE_ROW | {"cpl_entry_id": "x", "notes": ""})
    assert "in row 3, column 'cpl_entry_id'" in refusal(tmp_path, content)
    fact = read(tmp_path, content.replace("\nx,", "\n12,"))[-1].fact
    assert fact == ReleaseInformationGiven(fact.cpl_entry_id, notes='one\ntwo, "three"')  # type: ignore[union-attr]


def test_rows_of_title_and_empty_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    lines = csv_of(BARE_ROW, BARE_ROW | {"cpl_entry_id": "x"}).splitlines()
    content = "\n".join(
        ["sep=,", "Central Products List,,", "", lines[0], lines[1], "", " ," + "," * 8, "," * 2, lines[2]]
    )
    (only,) = refusal(tmp_path, content).splitlines()
    assert "in row 9, column 'cpl_entry_id'" in only


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            "311,ESME",
            "Row 2 has 2 cells where the heading row has 10;"
            " spreadsheets leave out empty cells at the end of a row when they save CSV; save as XLSX instead",
        ),
        (
            "1,2,3,4,5,6,7,8,9,10,11",
            "Row 2 has 11 cells where the heading row has 10;"
            " put quotation marks around a cell that has the delimiter in it",
        ),
    ],
)
def test_rows_of_another_length_are_reported_with_all_other_faults(tmp_path: Path, cells: str, said: str) -> None:
    heading = ",".join(BARE_ROW)
    wrong = ",".join((BARE_ROW | {"status": "gone"}).values())
    lines = refusal(tmp_path, f"{heading}\n{cells}\n{wrong}\n").splitlines()
    assert lines[0] == said
    assert lines[1].startswith("Status 'gone' is not known, in row 3")


def test_a_cell_under_no_heading_is_reported(tmp_path: Path) -> None:
    content = csv_of(BARE_ROW | {"": ""}, BARE_ROW | {"cpl_entry_id": "12", "": "stray"})
    assert refusal(tmp_path, content) == (
        "Cell 'stray' stands under no heading, in row 3, column K; give column K a heading, or empty it"
    )
    assert len(read(tmp_path, csv_of(BARE_ROW | {"": " "}))) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"caf\xe9,b\n", "is not UTF-8 text (octet 0xE9), in line 1; save it again as 'CSV UTF-8', or as XLSX"),
        (b"\xff\xfea\x00,", "is not UTF-16 text (octet 0x2C), in line 1; save it again as 'CSV UTF-8', or as XLSX"),
        (b"a\n\x00", "holds a NUL, so it is not text, in line 2; save it again as 'CSV UTF-8', or as XLSX"),
        (
            b"\xd0\xcf\x11\xe0rest",
            "is an older Excel workbook, or one locked with a password; save it as XLSX without",
        ),
    ],
)
def test_what_is_not_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    assert f"File '…/table' {said}" in refusal(tmp_path, content)


def test_a_quotation_mark_that_is_not_closed_is_found(tmp_path: Path) -> None:
    content = csv_of(BARE_ROW, BARE_ROW).replace("311,ESME", '311,"ESME', 1)
    said = refusal(tmp_path, content)
    assert said.startswith("File '…/table' cannot be split into cells (unexpected end of data), in row 2; look for")


def test_a_sheet_cannot_be_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, csv_of(BARE_ROW), NO_MAPPING, "CPL")
    assert said == "File '…/table' is not a workbook, so it has no sheet 'CPL'; name no sheet"


def test_files_that_cannot_be_read_are_named_with_the_remedy(tmp_path: Path) -> None:
    for path, said in [
        (tmp_path, "cannot be read: it is a folder; give the name of a file"),
        (tmp_path / "none.csv", "cannot be read: there is no such file or folder; check the name"),
        (Path("a\x00b"), "cannot be read: embedded null byte; check the name, and try again"),
    ]:
        with pytest.raises(FirmpathError) as refused:
            read_table(path)
        assert str(refused.value).endswith(said)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_content_makes_anything_but_a_firmpath_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    for octets in (content, csv_of(BARE_ROW).encode() + content, csv_of(FULL_ROW).encode()[:-40] + content):
        path.write_bytes(octets)
        with suppress(FirmpathError):  # refused with an explanation, as it should be
            statements_from_table(read_table(path), "Example Supplier")
