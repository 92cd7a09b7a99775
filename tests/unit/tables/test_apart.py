"""A stranger's table is read in a process of its own: what would end this one ends that."""

import io
import zipfile

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.tables.apart import read_apart
from firmpath.tables.headings import CPL_TABLE, Headings
from firmpath.tables.mapping import NO_MAPPING
from firmpath.tables.reading import read_octets_as_table
from tests.unit.tables.invented_tables import BARE_ROW, FULL_ROW, csv_of, grid_of, xlsx_of

MOST = 200_000
SHEET = "xl/worksheets/sheet1.xml"


def packed(sheet: bytes, strings: bytes = b"") -> bytes:
    """Give a workbook whose one sheet and shared strings are these."""
    whole = xlsx_of(grid_of(BARE_ROW))
    octets = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as made:
        for about in source.infolist():
            part = {SHEET: sheet, "xl/sharedStrings.xml": strings or source.read(about)}.get(about.filename)
            made.writestr(about.filename, source.read(about) if part is None else part)
    return octets.getvalue()


def sheet_of(cells: bytes) -> bytes:
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return b"<worksheet " + namespace + b"><sheetData>" + cells + b"</sheetData></worksheet>"


@pytest.mark.parametrize("octets", [xlsx_of(grid_of(FULL_ROW)), csv_of(FULL_ROW).encode()], ids=["xlsx", "csv"])
def test_a_table_is_read_as_it_is_read_here(octets: bytes) -> None:
    here = read_octets_as_table(octets, "table", Headings(NO_MAPPING))
    assert read_apart(octets, "table", CPL_TABLE, MOST) == here


def test_faults_are_those_that_are_found_here() -> None:
    with pytest.raises(FirmpathError, match="File 'table' is not UTF-8"):
        read_apart(b"a,\xff\n", "table", CPL_TABLE, MOST)


@pytest.mark.parametrize(
    "bomb",
    [
        packed(
            sheet_of(b"<row>" + b'<c t="s"><v>0</v></c>' * 20_000 + b"</row>"),
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + b"x" * 2**20
            + b"</t></si></sst>",
        ),
        packed(sheet_of(b"<row>" + b"<c><v>1</v></c>" * 3_000_000 + b"</row>")),
    ],
    ids=["one long text many times", "cells without a place"],
)
def test_what_needs_too_much_is_refused_in_words(bomb: bytes) -> None:
    assert len(bomb) < 200_000
    with pytest.raises(FirmpathError) as refused:
        read_apart(bomb, "table", CPL_TABLE, MOST)
    assert "File 'table' " in str(refused.value)
