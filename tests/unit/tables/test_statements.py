"""What a row states, and every fault of every row."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases
from firmpath.pathways.device_model import DeviceModel, DeviceType, HardwareModel
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    EntryWithdrawn,
    Fact,
    ReleaseInformationGiven,
    ZigBeeBandDeclared,
)
from firmpath.pathways.identifiers import (
    CPLEntryID,
    FirmwareVersion,
    ManufacturerID,
    ManufacturerImageHash,
)
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from tests.unit.tables.invented_tables import BARE_ROW, FULL_ROW, HASH, csv_of, read, refusal

ENTRY = CPLEntryID(311)
HARDWARE = HardwareModel(DeviceType.ESME, ManufacturerID("1063"), "0005", "02", "03")
LISTED_ON = date(2024, 1, 5)


def test_a_full_row_makes_its_statements_in_the_documented_order(tmp_path: Path) -> None:
    published = EntryPublished(
        ENTRY,
        DeviceModel(HARDWARE, FirmwareVersion("0002012F")),
        ManufacturerImageHash(HASH),
        "Example Meters",
        "Spring release",
        "V4.2",
        "3.2",
    )
    facts: list[tuple[date, Fact]] = [
        (LISTED_ON, published),
        (LISTED_ON, CertificatesRecorded(ENTRY, "CPA/12", date(2027, 3, 31), "ZIG12")),
        (LISTED_ON, ZigBeeBandDeclared(ENTRY, ZigBeeBand.DUAL_BAND)),
        (LISTED_ON, BaseFirmwareDeclared(ENTRY, Bases((CPLEntryID(12), CPLEntryID(15))))),
        (
            LISTED_ON,
            ReleaseInformationGiven(
                ENTRY, "https://meters.example/notes/311", "+44 (0)20 7946 0000", "Fixes the clock"
            ),
        ),
        (date(2025, 6, 7), EntryWithdrawn(ENTRY)),
    ]
    at = datetime(2024, 1, 5, tzinfo=UTC)
    expected = tuple(
        Statement(number, at, day, "Example Supplier", Channel.IMPORT, fact)
        for number, (day, fact) in enumerate(facts, start=1)
    )
    statements = read(tmp_path, csv_of(FULL_ROW))
    assert statements == expected
    assert repr(statements) == repr(expected)  # of the same types throughout, not only equal as tuples
    assert [type(statement.fact) for statement in statements] == [type(fact) for _, fact in facts]


def test_what_nobody_has_said_is_not_stated(tmp_path: Path) -> None:
    (only,) = read(tmp_path, csv_of(BARE_ROW))
    assert only.fact == EntryPublished(
        ENTRY, DeviceModel(HARDWARE, FirmwareVersion("0002012F")), ManufacturerImageHash(HASH)
    )


@pytest.mark.parametrize("cell", ["N/A", " n/a "])
def test_no_previous_version_is_stated_and_is_not_the_same_as_empty(tmp_path: Path, cell: str) -> None:
    statements = read(tmp_path, csv_of(BARE_ROW | {"base_cpl_entry_ids": cell}))
    assert statements[-1].fact == BaseFirmwareDeclared(ENTRY, NO_PREVIOUS_VERSION)
    assert len(read(tmp_path, csv_of(BARE_ROW | {"base_cpl_entry_ids": ""}))) == 1


def test_entries_come_in_the_order_of_their_ids_and_share_what_is_the_same(tmp_path: Path) -> None:
    rows = [BARE_ROW | {"cpl_entry_id": entry_id, "listed_on": day} for entry_id, day in _IDS_AND_DAYS]
    statements = read(tmp_path, csv_of(*rows))
    assert [statement.fact.cpl_entry_id for statement in statements] == [9, 10, 111]  # type: ignore[union-attr]
    assert [statement.number for statement in statements] == [1, 2, 3]
    assert [str(statement.effective_from) for statement in statements] == ["2021-02-03", "2023-01-01", "2022-01-01"]
    assert {statement.recorded_at for statement in statements} == {datetime(2023, 1, 1, tzinfo=UTC)}
    models = [statement.fact.device_model.hardware_model for statement in statements]  # type: ignore[union-attr]
    assert models[0] is models[1] is models[2]


_IDS_AND_DAYS = [("111", "2022-01-01"), ("9", "2021-02-03"), ("10", "2023-01-01")]


def test_the_instant_of_recording_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "cpl.csv"
    path.write_text(csv_of(BARE_ROW))
    at = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    assert [s.recorded_at for s in statements_from_table(read_table(path), "Example Supplier", at)] == [at]


def test_a_table_without_rows_states_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, ",".join(BARE_ROW) + "\n") == ()


def test_all_faults_of_all_rows_are_reported_in_the_order_of_rows_and_columns(tmp_path: Path) -> None:
    rows = [
        BARE_ROW | {"manufacturer_image_hash": "AB12", "notes": "one"},
        BARE_ROW | {"cpl_entry_id": "", "device_type": "IHD", "notes": "=1+1"},
        BARE_ROW | {"cpl_entry_id": "7", "notes": "fine"},
        BARE_ROW | {"listed_on": "05/01/2024", "notes": "\x07bell"},
    ]
    content = csv_of(*rows).replace("manufacturer_image_hash", "Manufacturer Hash")
    assert refusal(tmp_path, content).splitlines() == [
        "Manufacturer Image hash 'AB12' is not 64 hex digits (it has 4 characters),"
        " in row 2, column 'Manufacturer Hash'",
        "CPL Entry ID is empty, in row 3, column 'cpl_entry_id'; every entry has one",
        "Device type 'IHD' is outside the scope of MP231, in row 3, column 'device_type';"
        " in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC",
        "Notes '=1+1' begins with '=', which a spreadsheet would run as a formula, in row 3, column 'notes';"
        " begin it with a word",
        "CPL Entry ID '311' is in row 2 already, in row 5, column 'cpl_entry_id';"
        " an entry has one row: take one of the two out, or put its CPL Entry ID right",
        "Listing date '05/01/2024' is not a date, in row 5, column 'listed_on'; write it as 2026-01-31",
        "Notes '\\x07bell' has the character U+0007, which cannot be shown, in row 5, column 'notes'; take it out",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"status": "removed", "removed_on": ""},
            "Status 'removed' has no Removal date, in row 2, column 'status';"
            " write the day on which it was removed",
        ),
        (
            {"status": "listed", "removed_on": "2025-01-01"},
            "Removal date '2025-01-01' is given though the Status is listed, in row 2, column 'removed_on';"
            " write removed as the Status, or empty the Removal date",
        ),
        (
            {"status": "Removed", "removed_on": "2024-01-04"},
            "Removal date '2024-01-04' is before the Listing date 2024-01-05, in row 2, column 'removed_on';"
            " put one of the two right",
        ),
        (
            {"status": "gone", "removed_on": ""},
            "Status 'gone' is not known, in row 2, column 'status'; write listed or removed",
        ),
    ],
)
def test_status_and_dates_agree(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    assert refusal(tmp_path, csv_of(BARE_ROW | cells)) == said


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("@SUM(1)", "begins with '@', which a spreadsheet would run as a formula"),
        ("+SUM (1)", "begins with '+', which a spreadsheet would run as a formula"),
        ("-1+cmd|' /C calc'!A0", "begins with '-', which a spreadsheet would run as a formula"),
        ("x" * 10_001, "has 10001 characters, more than 10000"),
        ("right\u202eleft", "has the character U+202E, which cannot be shown"),
        ("\uffff", "has a character that no spreadsheet can hold (U+FFFE or U+FFFF)"),
        ("#N/A", "is the error of a formula"),
        ("a\tb", "has the character U+0009, which cannot be shown"),
    ],
)
def test_text_that_is_unfit_is_refused(tmp_path: Path, cell: str, wrong: str) -> None:
    assert wrong in refusal(tmp_path, csv_of(BARE_ROW | {"contact": cell}))


@pytest.mark.parametrize("cell", ["+44 (0)20 7946 0000", "- mends the clock", "-5 °C and below", "Straße 1 – 3"])
def test_text_that_merely_looks_odd_is_kept(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, csv_of(BARE_ROW | {"contact": cell}))[-1].fact == ReleaseInformationGiven(
        ENTRY, contact=cell
    )


@pytest.mark.parametrize(
    "cell", ["javascript:alert(1)", "meters.example/notes", "https://meters.example/a b", "ftp://meters.example"]
)
def test_release_notes_are_a_web_address(tmp_path: Path, cell: str) -> None:
    said = refusal(tmp_path, csv_of(BARE_ROW | {"release_notes_url": cell}))
    assert said.startswith(f"Release notes '{cell}' is not a web address, in row 2, column 'release_notes_url'")


@pytest.mark.parametrize(("name", "rule"), [("listed_on", "R12"), ("model_id", "R12"), ("status", "R12")])
def test_a_required_cell_is_not_empty(tmp_path: Path, name: str, rule: str) -> None:
    said = refusal(tmp_path, csv_of(BARE_ROW | {name: " "}))
    assert f" is empty, in row 2, column '{name}'; every entry has one" in said
