from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import (
    FirmwareVersion,
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_hex,
    parse_instant,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    write_instant,
)

FIFTY = "12345678901234567890123456789012345678901234567890"


@pytest.mark.parametrize(
    ("parse", "text", "expected"),
    [
        (parse_cpl_entry_id, "AB", "CPL Entry ID 'AB' is not a positive whole number; write it as in 311"),
        (parse_cpl_entry_id, "", "CPL Entry ID '' is not a positive whole number; write it as in 311"),
        (parse_cpl_entry_id, "0", "CPL Entry ID '0' is not a positive whole number; write it as in 311"),
        (
            parse_cpl_entry_id,
            "07",
            "CPL Entry ID '07' begins with a zero, as firmware versions do; write it as in 311",
        ),
        (parse_cpl_entry_id, "-3", "CPL Entry ID '-3' is not a positive whole number; write it as in 311"),
        (parse_cpl_entry_id, "12.0", "CPL Entry ID '12.0' is not a positive whole number; write it as in 311"),
        (parse_cpl_entry_id, "1 2", "CPL Entry ID '1 2' is not a positive whole number; write it as in 311"),
        (parse_manufacturer_id, "F01", "Manufacturer identifier 'F01' is not 4 hex digits (it has 3 characters)"),
        (parse_manufacturer_id, "1", "Manufacturer identifier '1' is not 4 hex digits (it has 1 character)"),
        (parse_manufacturer_id, "F0G1", "Manufacturer identifier 'F0G1' is not 4 hex digits ('G' is not one)"),
        (parse_firmware_version, "3804040", "Firmware version '3804040' is not 8 hex digits (it has 7 characters)"),
        (parse_firmware_version, "3804.404", "Firmware version '3804.404' is not 8 hex digits ('.' is not one)"),
        (
            parse_manufacturer_id,
            "F0\x001",
            "Manufacturer identifier 'F0\\x001' is not 4 hex digits (it has a character that cannot be printed)",
        ),
        (
            parse_manufacturer_image_hash,
            "AB12",
            "Manufacturer Image hash 'AB12' is not 64 hex digits (it has 4 characters)",
        ),
        (
            parse_manufacturer_image_hash,
            FIFTY * 2,
            f"Manufacturer Image hash '{(FIFTY * 2)[:80]}…' is not 64 hex digits (it has 100 characters)",
        ),
        (parse_date, "2026-02-30", "Date '2026-02-30' is not a date; write it as 2026-01-31"),
        (parse_date, "30/01/2026", "Date '30/01/2026' is not a date; write it as 2026-01-31"),
        (parse_date, "20260131", "Date '20260131' is not a date; write it as 2026-01-31"),
        (
            parse_instant,
            "2026-01-31 09:30:00Z",
            "Instant '2026-01-31 09:30:00Z' is not an instant in UTC; write it as 2026-01-31T09:30:00Z",
        ),
        (
            parse_instant,
            "2026-01-31T09:60:00Z",
            "Instant '2026-01-31T09:60:00Z' is not an instant in UTC; write it as 2026-01-31T09:30:00Z",
        ),
    ],
)
def test_what_is_refused_and_in_which_words(parse: Callable[[str], object], text: str, expected: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse(text)
    assert str(refused.value) == expected


def test_canonical_forms() -> None:
    assert parse_cpl_entry_id(" 311 ") == 311
    assert parse_manufacturer_id("f00a") == "F00A"
    assert str(parse_firmware_version("\t0002012f ")) == "0002012F"
    assert parse_manufacturer_image_hash("ab" * 32) == "AB" * 32
    assert parse_date("2024-02-29") == date(2024, 2, 29)
    assert parse_instant("2026-01-31T09:30:00Z") == datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def test_the_largest_cpl_entry_id() -> None:
    assert parse_cpl_entry_id("9007199254740991") == 2**53 - 1
    with pytest.raises(FirmpathError, match="is not a positive whole number"):
        parse_cpl_entry_id("9007199254740992")


def test_firmware_versions_have_no_order() -> None:
    one, other = FirmwareVersion("00000001"), FirmwareVersion("00000002")
    for compare in (
        lambda: one < other,  # type: ignore[operator]
        lambda: one >= other,  # type: ignore[operator]
        lambda: max(one, other),  # type: ignore[call-overload]
        lambda: sorted([one, other]),  # type: ignore[type-var]
    ):
        with pytest.raises(TypeError, match="not supported between instances of 'FirmwareVersion'"):
            compare()


def test_a_firmware_version_is_a_value() -> None:
    one = FirmwareVersion("0002012F")
    assert one == FirmwareVersion("0002012F")
    assert one != FirmwareVersion("0002012E")
    assert one != "0002012F"
    assert {one: 1}[FirmwareVersion("0002012F")] == 1
    assert repr(one) == "FirmwareVersion('0002012F')"
    with pytest.raises(AttributeError, match="does not change"):
        one.text = "0002012E"


def test_rules_are_cited() -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_hex("0", 8, "Model", "R04")
    assert refused.value.faults[0].rule == "R04"


def test_instants_are_written_in_utc_to_the_second() -> None:
    summer = timezone(timedelta(hours=1))
    assert write_instant(datetime(2026, 7, 1, 0, 30, 5, 999_999, summer)) == "2026-06-30T23:30:05Z"
