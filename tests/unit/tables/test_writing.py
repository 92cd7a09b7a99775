"""Tables out: readable again, the same bytes each time, and never half a file."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    EntryWithdrawn,
    ReleaseInformationGiven,
    ZigBeeBandDeclared,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.statement import Statement
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import Row, row_of
from firmpath.tables.free_text import parse_free_text
from firmpath.tables.reading import read_table
from firmpath.tables.rows import TableRows
from firmpath.tables.statements import statements_from_table
from firmpath.tables.writing import write_csv, write_xlsx
from tests.unit.tables.invented_tables import FULL_ROW

Write = Callable[[Path, Iterable[Row]], None]
FULL = tuple(FULL_ROW[name] for name in COLUMN_NAMES)


def is_fit(text: str) -> bool:
    try:
        return parse_free_text(text, "Text") == text
    except FirmpathError:
        return False


def hex_digits(width: int) -> st.SearchStrategy[str]:
    return st.text("0123456789ABCDEF", min_size=width, max_size=width)


TEXTS = st.one_of(
    st.just(""),
    st.text(max_size=20).map(str.strip).map(lambda text: text if is_fit(text) else ""),
    st.just('_x0041_\na;b,"c"'),
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str)
BASES = st.one_of(
    st.sampled_from(["", "N/A"]),
    st.sets(st.integers(1, 2**53 - 1), min_size=1, max_size=3).map(lambda ids: "; ".join(map(str, sorted(ids)))),
)


@st.composite
def generated_rows(draw: st.DrawFn) -> list[Row]:
    ids = draw(st.sets(st.integers(1, 2**53 - 1), min_size=1, max_size=4))
    rows = []
    for entry_id in sorted(ids):
        days = sorted([draw(DAYS), draw(DAYS)])
        removed = draw(st.booleans())
        cells = {name: draw(TEXTS) for name in COLUMN_NAMES} | {
            "cpl_entry_id": str(entry_id),
            "device_type": draw(st.sampled_from(["ESME", "Communications Hub"])),
            "manufacturer_id": draw(hex_digits(4)),
            "model_id": draw(hex_digits(4)),
            "hardware_version": draw(hex_digits(2)),
            "hardware_revision": draw(hex_digits(2)),
            "firmware_version": draw(hex_digits(8)),
            "manufacturer_image_hash": draw(hex_digits(64)),
            "cpa_valid_until": draw(st.one_of(st.just(""), DAYS)),
            "zigbee_band": draw(st.sampled_from(["", *ZigBeeBand, *LegacyZigBeeBand])),
            "base_cpl_entry_ids": draw(BASES),
            "status": "removed" if removed else "listed",
            "listed_on": days[0],
            "removed_on": days[1] if removed else "",
            "release_notes_url": draw(st.sampled_from(["", "https://meters.example/ü?a=1"])),
        }
        rows.append(tuple(str(cells[name]) for name in COLUMN_NAMES))
    return rows


def statements_of(rows: list[Row]) -> tuple[Statement, ...]:
    columns = {name: [row[at] for row in rows] for at, name in enumerate(COLUMN_NAMES)}
    table = TableRows("none", list(range(2, len(rows) + 2)), dict(columns), {}, [])
    return statements_from_table(table, "Example Supplier")


def entries_of(statements: Iterable[Statement]) -> list[CPLEntry]:
    """Gather the statements of each entry, plainly."""
    entries: dict[int, CPLEntry] = {}
    for _, _, day, party, _, fact, *_ in statements:
        if isinstance(fact, EntryPublished):
            entries[fact.cpl_entry_id] = CPLEntry(fact, day, party)
            continue
        entry = entries[fact.cpl_entry_id]  # type: ignore[union-attr]
        changes: dict[type, dict[str, object]] = {
            CertificatesRecorded: {"certificates": fact},
            ReleaseInformationGiven: {"release_information": fact},
            ZigBeeBandDeclared: {"zigbee_band": getattr(fact, "zigbee_band", None)},
            BaseFirmwareDeclared: {"base_firmware": getattr(fact, "base_firmware", None)},
            EntryWithdrawn: {"withdrawn_on": day},
        }
        entries[entry.cpl_entry_id] = entry._replace(**changes[type(fact)])  # type: ignore[arg-type]
    return list(entries.values())


@given(generated_rows())
def test_rows_statements_entries_and_rows_again_are_the_same(rows: list[Row]) -> None:
    assert [row_of(entry) for entry in entries_of(statements_of(rows))] == rows


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@given(rows=generated_rows())
def test_what_is_exported_imports_to_the_same_statements(
    tmp_path_factory: pytest.TempPathFactory, write: Write, rows: list[Row]
) -> None:
    path = tmp_path_factory.getbasetemp() / "exported"
    write(path, rows)
    statements = statements_from_table(read_table(path), "Example Supplier")
    assert statements == statements_of(rows)
    assert [row_of(entry) for entry in entries_of(statements)] == rows


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, write: Write) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, [FULL])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]  # nothing is left beside them


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_table_without_rows_can_be_written_and_read(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "empty", [])
    assert statements_from_table(read_table(tmp_path / "empty"), "Example Supplier") == ()


def test_csv_is_utf_8_with_commas_and_line_feeds(tmp_path: Path) -> None:
    write_csv(tmp_path / "cpl.csv", [FULL])
    assert (tmp_path / "cpl.csv").read_text(encoding="utf-8") == ",".join(COLUMN_NAMES) + "\n" + ",".join(
        FULL
    ) + "\n"


def test_a_workbook_has_text_cells_only_and_a_frozen_bold_heading_row(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "cpl.xlsx", [FULL])
    with zipfile.ZipFile(tmp_path / "cpl.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
        about = archive.read("docProps/core.xml").decode()
    assert sheet.count("<c ") == sheet.count('t="s"') == 46
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:W2"/>' in sheet
    assert "<b/>" in styles
    assert 'numFmtId="49"' in styles  # Text
    assert "2000-01-01T00:00:00Z" in about


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_rows_that_could_not_be_read_back_are_not_written(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "cpl"
    path.write_text("as it was")
    with pytest.raises(FirmpathError) as refused:
        write(path, [FULL, ("312", *FULL[1:-1], "=1+1")])
    assert str(refused.value) == (
        "Notes '=1+1' begins with '=', which a spreadsheet would run as a formula,"
        " in CPL entry 312, column 'notes';"
        " begin it with a word"
    )
    assert path.read_text() == "as it was"


def test_files_that_cannot_be_written_are_named_with_the_remedy(tmp_path: Path) -> None:
    for path, said in [
        (tmp_path, "is not a file that could be replaced; give the name of a file"),
        (tmp_path / "none" / "a.csv", "cannot be written: there is no such file or folder; check the name"),
    ]:
        with pytest.raises(FirmpathError) as refused:
            write_csv(path, [FULL])
        assert str(refused.value).endswith(f"{path.name}' {said}")


def test_a_file_that_is_replaced_stays_whole_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cpl.csv"
    path.write_text("as it was")
    path.chmod(0o640)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(FirmpathError, match="cannot be written: no space left on device; check the name"):
            write_csv(path, [FULL])
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("cpl.csv", "as it was")]
    write_csv(path, [FULL])
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_csv(tmp_path / "link.csv", [FULL])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").is_file()


def test_csv_in_and_out_loads_no_spreadsheet_library(tmp_path: Path) -> None:
    code = (
        "import sys; from firmpath.tables import reading, statements, writing\n"
        f"writing.write_csv({str(tmp_path / 'a.csv')!r}, [{FULL!r}])\n"
        f"statements.statements_from_table(reading.read_table({str(tmp_path / 'a.csv')!r}), 'P')\n"
        "print([m for m in ('python_calamine', 'xlsxwriter', 'zipfile', 'tomllib', 'difflib') if m in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout == "[]\n"
