"""What an inventory says of a Device: which of it is relied on, and how it names firmware."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmpath.fleet.device_id_spelling import SPACES
from firmpath.fleet.device_ids import read_device_ids
from firmpath.fleet.readings import Reading
from firmpath.images.known_devices import (
    STALE_AFTER_DAYS,
    KnownDevice,
    find_doubts,
    parse_plain_device_id,
    references_of,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import (
    CPLEntryID,
    FirmwareVersion,
    ManufacturerID,
    ManufacturerImageHash,
)
from firmpath.pathways.reference import ByHash, ByID, ByModelAndVersion
from tests.fleet.test_device_ids import dashed, written

TODAY = date(2026, 6, 1)


def doubts(device: KnownDevice) -> list[str]:
    return [each.value for each in find_doubts(device, TODAY, STALE_AFTER_DAYS)]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("Commissioned", []),
        (" COMMISSIONED ", []),
        ("SUSPENDED", ["suspended"]),
        ("Decommissioned", ["not_in_use"]),
        ("With_drawn", ["not_in_use"]),
        ("", ["status_not_known"]),
        (" ", ["status_not_known"]),
        ("InstalledNotCommissioned", ["status_not_understood"]),
        ("Pending", ["status_not_understood"]),
        ("Recovered", ["status_not_understood"]),
        ("Recovery", ["status_not_understood"]),
        ("Whitelisted", ["status_not_understood"]),
        ("NotApplicable", ["status_not_understood"]),
        ("commissioned?", ["status_not_understood"]),
        ("commi\u00dfioned", ["status_not_understood"]),  # which is `commissioned` to Unicode's casefold
        ("commi\u017f\u017fioned", ["status_not_understood"]),
        ("Comm\u0130ssioned", ["status_not_understood"]),
    ],
)
def test_every_status_is_understood_or_a_doubt(status: str, said: list[str]) -> None:
    assert doubts(KnownDevice(Reading("1"), status, "2026-06-01")) == said


@pytest.mark.parametrize(
    ("read_on", "said"),
    [
        ("2026-05-02", []),
        ("2026-05-01", ["stale"]),
        ("2026-05-01T22:59:59Z", ["stale"]),
        ("2026-05-01T23:00:00Z", []),  # in Britain 2 May
        ("2026-05-02T00:30:00+02:00", ["stale"]),
        ("2026-05-01T23:30:00", ["stale"]),  # what does not say how far it is from UTC is taken as it is
        ("2026-06-02", []),
        ("2026-06-03", ["read_on_not_understood"]),
        ("2026-06-03T00:30:00+02:00", []),
        ("2026-05-30x", ["read_on_not_understood"]),
        ("2026-05-30Tnoon", ["read_on_not_understood"]),
        ("2026-05-30 to 2020-01-01", ["read_on_not_understood"]),
        ("2026-05-30 23:59:59.123+00", []),
        ("0001-01-01T00:00:00+01:00", ["read_on_not_understood"]),
        ("last week", ["read_on_not_understood"]),
        ("", ["not_known_when_read"]),
        ("  ", ["not_known_when_read"]),
    ],
)
def test_a_reading_is_stale_after_30_days(read_on: str, said: list[str]) -> None:
    assert doubts(KnownDevice(Reading("1"), "Commissioned", read_on)) == said


def test_what_an_inventory_does_not_say_is_a_doubt() -> None:
    assert doubts(KnownDevice(Reading("1"))) == ["status_not_known", "not_known_when_read"]


def test_every_doubt_is_given() -> None:
    assert doubts(KnownDevice(Reading("1"), "Suspended", "2020-01-01", rows=2, is_too_wide=True)) == [
        "several_rows",
        "row_not_understood",
        "suspended",
        "stale",
    ]


@pytest.mark.parametrize("text", ["00-db-12-34-56-78-90-a0", "00DB1234567890A0", " 00:DB:12:34:56:78:90:A0 "])
def test_a_device_id_is_written_as_the_duis_does(text: str) -> None:
    assert parse_plain_device_id(text) == "00-DB-12-34-56-78-90-A0"


@pytest.mark.parametrize("text", ["zz", "00DB1234567890A", "00-DB-12-34-56-78-90-AG", ""])
def test_what_is_no_device_id_is_refused_as_it_is_written(text: str) -> None:
    with pytest.raises(FirmpathError) as refusal:
        parse_plain_device_id(text)
    assert str(refusal.value) == f"Device ID '{text}' is not an EUI-64; write it as in 00-DB-12-34-56-78-90-A0"


@given(st.one_of(written, st.sampled_from(SPACES).flatmap(lambda space: dashed.map(lambda text: space + text))))
@example("00DB-1234-5678-90A0")
@example("\t00-DB-12-34-56-78-90-A0")
def test_a_preflight_reads_the_device_ids_that_a_plan_does(text: str | None) -> None:
    planned = read_device_ids(pa.array([text or ""], pa.string()))
    try:
        assert parse_plain_device_id(text or "") == planned.written[0].as_py()
    except FirmpathError:
        assert not planned.fit[0]
    else:
        assert planned.fit[0]


def test_a_reading_names_firmware_in_every_way_that_parses() -> None:
    reading = Reading("7", "", "f001", "00050203", "0002012f", "ab" * 32)
    by_version = ByModelAndVersion(ManufacturerID("F001"), "00050203", FirmwareVersion("0002012F"))
    by_hash = ByHash(ManufacturerImageHash("AB" * 32))
    assert list(references_of(reading)) == [ByID(CPLEntryID(7)), by_hash, by_version]
    assert list(references_of(reading._replace(cpl_entry_id="x", model="y"))) == [by_hash]
    assert list(references_of(Reading())) == []
