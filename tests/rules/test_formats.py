"""R01 to R09: how an identifier, a date, a ZigBee band and base firmware are written."""

from functools import partial

import pytest

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, NOT_PROVIDED, Bases, parse_base_firmware
from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.identifiers import (
    CPLEntryID,
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_instant,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
)
from firmpath.pathways.reference import parse_reference
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand, parse_zigbee_band
from tests.rules.findings import refusals


def test_r01_cpl_entry_id() -> None:
    remedy = "is not a positive whole number; write it as in 311"
    for text in ("0", "-5", "3.0", "", "31l", "9007199254740992", "٣"):
        assert refusals(partial(parse_cpl_entry_id, text)) == [("R01", f"CPL Entry ID '{text}' {remedy}")]
    assert refusals(lambda: parse_cpl_entry_id("00000311")) == [
        ("R01", "CPL Entry ID '00000311' begins with a zero, as firmware versions do; write it as in 311")
    ]
    assert [parse_cpl_entry_id(text) for text in ("311", " 311 ")] == [311, 311]


def test_r02_device_type() -> None:
    in_scope = "in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC"
    assert refusals(lambda: parse_device_type("IHD")) == [
        ("R02", f"Device type 'IHD' is outside the scope of MP231; {in_scope}")
    ]
    assert refusals(lambda: parse_device_type("Toaster")) == [
        ("R02", f"Device type 'Toaster' is not a Device type in scope; {in_scope}")
    ]
    assert [parse_device_type(kind.value.lower()) for kind in DeviceType] == list(DeviceType)


def test_r03_manufacturer_identifier() -> None:
    assert refusals(lambda: parse_manufacturer_id("F01")) == [
        ("R03", "Manufacturer identifier 'F01' is not 4 hex digits (it has 3 characters)")
    ]
    assert refusals(lambda: parse_manufacturer_id("F0O1")) == [
        ("R03", "Manufacturer identifier 'F0O1' is not 4 hex digits ('O' is not one)")
    ]
    assert parse_manufacturer_id(" f001 ") == "F001"


def test_r04_model() -> None:
    assert refusals(lambda: parse_reference("F001/000502@00000001")) == [
        ("R04", "Model '000502' is not 8 hex digits (it has 6 characters)")
    ]
    assert str(parse_reference("F001/00050203@00000001")) == "firmware version 00000001 of F001/00050203"


def test_r05_firmware_version() -> None:
    assert refusals(lambda: parse_firmware_version("4.4.4")) == [
        ("R05", "Firmware version '4.4.4' is not 8 hex digits (it has 5 characters)")
    ]
    assert str(parse_firmware_version("3804040a")) == "3804040A"


def test_r06_manufacturer_image_hash() -> None:
    assert refusals(lambda: parse_manufacturer_image_hash("AB12")) == [
        ("R06", "Manufacturer Image hash 'AB12' is not 64 hex digits (it has 4 characters)")
    ]
    assert parse_manufacturer_image_hash("ab" * 32) == "AB" * 32


def test_r07_dates_and_instants() -> None:
    for text in ("01/02/2026", "2026-02-30", "20260131", "2026-1-31"):
        expected = [("R07", f"Listing date '{text}' is not a date; write it as 2026-01-31")]
        assert refusals(partial(parse_date, text, "Listing date")) == expected
    for text in ("2026-01-31", "2026-01-31T09:30:00", "2026-01-31T09:30:00+01:00", "2026-01-31T24:30:00Z"):
        wrong = f"Instant '{text}' is not an instant in UTC; write it as 2026-01-31T09:30:00Z"
        assert refusals(partial(parse_instant, text)) == [("R07", wrong)]
    assert parse_date("2026-01-31").isoformat() == "2026-01-31"
    assert parse_instant("2026-01-31T09:30:00Z").isoformat() == "2026-01-31T09:30:00+00:00"


def test_r08_zigbee_band() -> None:
    expected = (
        "ZigBee band 'Triple Band' is not a join option; choose one of '2.4 GHz Only', 'Sub-GHz Only', "
        "'Multi MAC Selection – Auto', 'Multi MAC Selection – Manual', 'Multi MAC Selection – Either', 'Dual Band'"
    )
    assert refusals(lambda: parse_zigbee_band("Triple Band")) == [("R08", expected)]
    assert parse_zigbee_band("multi mac selection - auto") is ZigBeeBand.MULTI_MAC_AUTO
    assert parse_zigbee_band("Single Band (2.4GHz)") is LegacyZigBeeBand.SINGLE_2_4_GHZ


def test_r09_base_firmware() -> None:
    assert refusals(lambda: parse_base_firmware("12; none; 15; 12")) == [
        (
            "R09",
            "Base firmware '12; none; 15; 12' has 'none', which is not a CPL Entry ID; "
            "write N/A, or ids as in 12; 15",
        ),
        ("R09", "Base firmware '12; none; 15; 12' names CPL entry 12 twice; name each entry once"),
    ]
    assert parse_base_firmware("n/a") is NO_PREVIOUS_VERSION
    assert parse_base_firmware(" ") is NOT_PROVIDED
    assert parse_base_firmware("15; 12") == Bases((CPLEntryID(12), CPLEntryID(15)))


@pytest.mark.parametrize("text", ["N/A; 12", "12 15", ";", "12;"])
def test_base_firmware_is_one_of_three_things(text: str) -> None:
    assert {rule for rule, _ in refusals(lambda: parse_base_firmware(text))} == {"R09"}
