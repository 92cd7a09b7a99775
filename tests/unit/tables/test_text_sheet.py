"""A sheet written row by row says in every octet what XlsxWriter says cell by cell, but for hints of width."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from firmpath.tables.text_sheet import MOST_IN_A_CELL
from firmpath.tables.writing import workbook_octets

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", " spaced ", "a\nb", "_x0041_", "=1+1", "0002", "x" * 40_000, "🔌" * 16_384]
)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=5))


def cell_by_cell(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    octets = io.BytesIO()
    with Workbook(octets, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("CPL")
        text = workbook.add_format({"num_format": 49})
        bold = workbook.add_format({"num_format": 49, "bold": True})
        for position, name in enumerate(names):
            sheet.set_column(position, position, 8, text)
            sheet.write_string(0, position, name, bold)
        for number, row in enumerate(rows, start=1):
            for position, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, position, cell, text)
    return octets.getvalue()


def parts_of(octets: bytes) -> tuple[str, str, str]:
    """Give the rows without their hints, all texts, and the formats."""
    with zipfile.ZipFile(io.BytesIO(octets)) as package:
        sheet, strings, styles = (
            package.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings", "styles")
        )
    rows = re.sub(r' spans="[^"]*"', "", sheet.partition("<sheetData>")[2].partition("</sheetData>")[0])
    return rows, strings, styles


@given(ROWS)
def test_it_is_what_is_written_cell_by_cell(rows: list[tuple[str, ...]]) -> None:
    names = tuple(f"column {at}" for at in range(len(rows[0]) if rows else 1))
    assert parts_of(workbook_octets(names, rows)) == parts_of(cell_by_cell(names, rows))


@given(ROWS)
def test_it_is_read_back(rows: list[tuple[str, ...]]) -> None:
    names = tuple(f"column {at}" for at in range(len(rows[0]) if rows else 1))
    short = [
        row for row in rows if all(len(cell) < 100 and cell.isprintable() and "_x" not in cell for cell in row)
    ]
    read = load_workbook(io.BytesIO(workbook_octets(names, short))).get_sheet_by_index(0).to_python()
    filled = [row for row in short if any(row)]
    assert [tuple(map(str, row)) for row in read[1:] if any(row)] == filled


@pytest.mark.parametrize("text", ["<r>&</r>", "<r></r>", "<r><t>other</t></r>", "<r>a", "<b>&amp;</b>"])
def test_what_looks_like_xml_is_text(text: str) -> None:
    """Else a Party could make a workbook that nobody can open, or that shows something else."""
    read = load_workbook(io.BytesIO(workbook_octets(("a", "b"), [(text, "1")]))).get_sheet_by_index(0).to_python()
    assert read[1:] == [[text, "1"]]


def test_a_text_that_no_cell_takes_is_cut_where_a_character_ends() -> None:
    (whole,) = re.findall("<si><t>(🔌*)</t>", parts_of(workbook_octets(("a",), [("🔌" * 20_000,)]))[1])
    assert len(whole.encode("utf-16-le")) // 2 == MOST_IN_A_CELL - 1
