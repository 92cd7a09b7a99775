"""The invented table: its size, its order, its bytes, and that every cell of it can be read."""

from datetime import date
from hashlib import sha256
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.invented.cpl import Row, invented_rows
from firmpath.invented.makers import MAKERS
from firmpath.pathways import identifiers
from firmpath.pathways.base_firmware import Bases, parse_base_firmware
from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.plain_text import parse_text, parse_web_address
from firmpath.pathways.zigbee_band import ZigBeeBand, parse_zigbee_band
from firmpath.tables.columns import COLUMN_NAMES

EXAMPLE_SEED = 24

HEX_WIDTHS = {
    "manufacturer_id": 4,
    "model_id": 4,
    "hardware_version": 2,
    "hardware_revision": 2,
    "firmware_version": 8,
    "manufacturer_image_hash": 64,
}
OPTIONAL_TEXTS = ("firmware_name", "cpa_certificate", "zigbee_certificate", "contact", "notes")

lists = st.builds(invented_rows, st.integers(1, 150), st.integers(0, 2**64)).map(list)


def hash_of(rows: list[Row]) -> str:
    return sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def bases_of(row: Row) -> tuple[int, ...]:
    base_firmware = parse_base_firmware(row.base_cpl_entry_ids)
    return base_firmware.ids if isinstance(base_firmware, Bases) else ()


def test_the_same_seed_gives_the_same_bytes_everywhere() -> None:
    # The committed example is one of these lists: change the pin only together with the example.
    rows = list(invented_rows(60, EXAMPLE_SEED))
    assert hash_of(rows) == "ed9a09af31356ebf8fa31040c3a4ddefd173b9aff37e07f29e74aaa1d210dd9c"
    assert hash_of(list(invented_rows(60, EXAMPLE_SEED))) == hash_of(rows)


def test_the_columns_are_those_that_tables_are_read_in() -> None:
    assert Row._fields == COLUMN_NAMES


def test_different_seeds_give_different_lists() -> None:
    hashes = {hash_of(list(invented_rows(60, seed))) for seed in range(20)}
    assert len(hashes) == 20


@pytest.mark.parametrize("entries", [1, 2, 13, 14, 46, 47, 48, 60, 200, 5_000])
def test_there_are_exactly_as_many_rows_as_asked_for(entries: int) -> None:
    assert sum(1 for _ in invented_rows(entries, 7)) == entries


@settings(max_examples=40, deadline=None)
@given(lists)
def test_ids_ascend_in_order_of_listing(rows: list[Row]) -> None:
    for row, following in pairwise(rows):
        assert int(row.cpl_entry_id) < int(following.cpl_entry_id)
        assert row.listed_on <= following.listed_on


@settings(max_examples=40, deadline=None)
@given(lists)
def test_bases_exist_on_the_list_and_are_of_the_same_family(rows: list[Row]) -> None:
    by_id = {int(row.cpl_entry_id): row for row in rows}
    for row in rows:
        ids = bases_of(row)
        assert row.base_cpl_entry_ids in ("", "N/A", "; ".join(map(str, sorted(set(ids)))))
        for base in ids:
            assert base != int(row.cpl_entry_id)
            assert family_of(by_id[base]) == family_of(row)


def family_of(row: Row) -> tuple[str, ...]:
    return row.device_type, row.manufacturer_id, row.model_id, row.hardware_version


@settings(max_examples=40, deadline=None)
@given(lists)
def test_every_cell_can_be_read_and_is_in_canonical_form(rows: list[Row]) -> None:
    for row in rows:
        assert str(identifiers.parse_cpl_entry_id(row.cpl_entry_id)) == row.cpl_entry_id
        assert parse_device_type(row.device_type).value == row.device_type
        for column, width in HEX_WIDTHS.items():
            cell = getattr(row, column)
            assert identifiers.parse_hex(cell, width, column, "") == cell
        if row.zigbee_band:
            assert parse_zigbee_band(row.zigbee_band).value == row.zigbee_band
        if row.release_notes_url:
            parse_web_address(row.release_notes_url, "Release notes")
        for column in ("manufacturer_name", "smets_chts_version", "gbcs_version"):
            parse_text(getattr(row, column), column)
        for column in OPTIONAL_TEXTS:
            if getattr(row, column):
                parse_text(getattr(row, column), column)


@settings(max_examples=40, deadline=None)
@given(lists)
def test_dates_agree_with_the_status_and_with_one_another(rows: list[Row]) -> None:
    for row in rows:
        listed_on = identifiers.parse_date(row.listed_on)
        assert date(2016, 1, 1) <= listed_on <= date(2025, 12, 31)
        assert row.status in ("listed", "removed")
        assert (row.status == "removed") == bool(row.removed_on)
        if row.removed_on:
            assert listed_on <= identifiers.parse_date(row.removed_on) <= date(2025, 12, 31)
        assert bool(row.cpa_certificate) == bool(row.cpa_valid_until)
        if row.cpa_valid_until:
            assert 2024 <= identifiers.parse_date(row.cpa_valid_until).year <= 2035


def test_a_certificate_has_one_last_day() -> None:
    last_days: dict[str, set[str]] = {}
    for row in invented_rows(5_000, 2):
        if row.cpa_certificate:
            last_days.setdefault(row.cpa_certificate, set()).add(row.cpa_valid_until)
    assert all(len(days) == 1 for days in last_days.values())


def test_dual_band_in_its_new_meaning_is_for_hubs_alone() -> None:
    for row in invented_rows(5_000, 3):
        if row.zigbee_band == ZigBeeBand.DUAL_BAND and row.device_type != DeviceType.COMMUNICATIONS_HUB:
            assert row.listed_on < "2019", row.cpl_entry_id


def test_manufacturers_are_nobody_real() -> None:
    # Codes that have been given out begin with 0 or 1; names under .example can be nobody's (RFC 2606).
    assert len({maker.manufacturer_id for maker in MAKERS}) == len({maker.name for maker in MAKERS}) == 12
    for row in invented_rows(2_000, 4):
        assert row.manufacturer_id.startswith("F0")
        assert row.contact.endswith(".example") or not row.contact
        assert ".example/" in row.release_notes_url or not row.release_notes_url


def test_models_do_not_come_twice() -> None:
    histories: dict[tuple[str, ...], set[str]] = {}
    for row in invented_rows(20_000, 5):
        # A ZigBee certificate is for one history, so its number tells histories apart.
        histories.setdefault(family_of(row), set()).add(row.zigbee_certificate)
    assert all(len(certificates - {""}) <= 1 for certificates in histories.values())


def test_most_entries_are_meters_and_every_type_is_there() -> None:
    rows = list(invented_rows(5_000, 6))
    counted = {kind: sum(row.device_type == kind for row in rows) for kind in DeviceType}
    assert counted[DeviceType.ESME] + counted[DeviceType.GSME] > 0.5 * len(rows)
    assert min(counted.values()) > 50


def test_ids_of_models_are_interleaved_and_some_were_never_used() -> None:
    rows = list(invented_rows(200, 8))
    changes = sum(family_of(row) != family_of(following) for row, following in pairwise(rows))
    assert changes > 100
    assert int(rows[-1].cpl_entry_id) - int(rows[0].cpl_entry_id) > len(rows)


def test_rows_come_before_the_list_is_complete() -> None:
    rows = invented_rows(50, 9)
    assert len(list(islice(rows, 3))) == 3
    assert len(list(rows)) == 47


def test_an_impossible_size_and_seed_are_refused_together_and_at_once() -> None:
    with pytest.raises(FirmpathError) as refused:
        invented_rows(0, -1)
    assert str(refused.value) == (
        "Number of entries 0 is not from 1 to 1,000,000; choose one that is\nSeed -1 is below 0; choose 0 or more"
    )
    with pytest.raises(FirmpathError, match="Number of entries 1000001 is not from 1 to 1,000,000"):
        invented_rows(1_000_001, 1)
