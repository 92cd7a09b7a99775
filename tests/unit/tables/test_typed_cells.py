"""Number, date and logical cells: what was typed, or why nobody can tell."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.faults import Fault
from firmpath.tables.columns import COLUMN_BY_NAME
from firmpath.tables.typed_cells import other_reading, text_of_cell

AS_TEXT = "; format the column as Text and type the value again"


@pytest.mark.parametrize(
    ("name", "cell", "typed"),
    [
        ("cpl_entry_id", 311.0, "311"),
        ("base_cpl_entry_ids", 12.0, "12"),
        ("firmware_version", 38040404.0, "38040404"),
        ("manufacturer_id", 1063.0, "1063"),
        ("hardware_version", 10.0, "10"),
        ("hardware_version", 2.0, "02"),
        ("hardware_revision", 0.0, "00"),
        ("listed_on", date(2024, 1, 5), "2024-01-05"),
        ("removed_on", datetime(2024, 1, 5), "2024-01-05"),  # noqa: DTZ001
        ("notes", "as it is", "as it is"),
        ("hardware_version", 123.0, "123"),  # for the parser of the column to refuse
    ],
)
def test_a_cell_with_one_reading_is_accepted(name: str, cell: object, typed: str) -> None:
    assert text_of_cell(COLUMN_BY_NAME[name], cell) == typed


@pytest.mark.parametrize(
    ("name", "cell", "said"),
    [
        (
            "firmware_version",
            100000.0,
            "Firmware version '100000' is a number cell: it may have been typed '00100000' or '100000E0'" + AS_TEXT,
        ),
        (
            "firmware_version",
            38040400.0,
            "Firmware version '38040400' is a number cell: it may have been typed '38040400' or '380404E2'"
            + AS_TEXT,
        ),
        (
            "firmware_version",
            2012345.0,
            "Firmware version '2012345' is a number cell, which keeps no leading zeros" + AS_TEXT,
        ),
        (
            "manufacturer_id",
            63.0,
            "Manufacturer identifier '63' is a number cell: it may have been typed '0063' or '63E0'" + AS_TEXT,
        ),
        (
            "manufacturer_image_hash",
            1e62,
            "Manufacturer Image hash '1e+62' is a number cell with more digits than a spreadsheet keeps" + AS_TEXT,
        ),
        (
            "firmware_version",
            1e9,
            "Firmware version '1000000000' is a number cell: it may have been typed '100000E4'" + AS_TEXT,
        ),
        ("hardware_version", 1.5, "Hardware version '1.5' is a number cell, and not a whole number" + AS_TEXT),
        ("model_id", -5.0, "Model identifier '-5' is a number cell, and not a whole number" + AS_TEXT),
        ("cpl_entry_id", 1e15, "CPL Entry ID '1000000000000000.0' is a number cell with more digits than"),
        ("cpl_entry_id", float("nan"), "CPL Entry ID 'nan' is a number cell, and not a whole number" + AS_TEXT),
        ("base_cpl_entry_ids", 12.15, "Base firmware '12.15' is a number cell, and not a whole number" + AS_TEXT),
        (
            "base_cpl_entry_ids",
            1215.0,
            "Base firmware '1215' is a number cell, and may have been the list '1,215'" + AS_TEXT,
        ),
        (
            "gbcs_version",
            4.1,
            "GBCS version '4.1' is a number cell, which keeps no zeros at either end,"
            " so what was typed cannot be known" + AS_TEXT,
        ),
        (
            "listed_on",
            45000.0,
            "Listing date '45000' is a number, not a date; format the column as Date, or type it as 2026-01-31",
        ),
        (
            "gbcs_version",
            date(2026, 2, 4),
            "GBCS version '2026-02-04' is a date: the spreadsheet took what was typed for one" + AS_TEXT,
        ),
        (
            "listed_on",
            datetime(2024, 1, 5, 13),  # noqa: DTZ001
            "Listing date '2024-01-05 13:00:00' has a time of day; leave the day alone, as in 2026-01-31",
        ),
        ("notes", time(12), "Notes '12:00:00' is a time of day or a length of time, not text" + AS_TEXT),
        ("cpl_entry_id", True, "CPL Entry ID 'TRUE' is a logical value, not text" + AS_TEXT),
    ],
)
def test_a_cell_that_lost_what_was_typed_is_refused_with_the_remedy(name: str, cell: object, said: str) -> None:
    fault = text_of_cell(COLUMN_BY_NAME[name], cell)
    assert isinstance(fault, Fault)
    assert str(fault).startswith(said)
    assert fault.rule == "R14"


def as_a_spreadsheet_keeps(typed: str) -> Any:
    """Return the number a spreadsheet keeps of typed text, or the text where it takes it for none."""
    mantissa, e, exponent = typed.partition("E")
    if mantissa.isdigit() and (not e or exponent.isdigit()):
        return float(f"{mantissa}E{exponent or 0}")
    return typed


@given(
    st.sampled_from(["manufacturer_id", "hardware_version", "firmware_version"]),
    st.data(),
)
def test_hex_that_went_through_a_spreadsheet_comes_back_as_typed_or_is_refused(
    name: str, data: st.DataObject
) -> None:
    column = COLUMN_BY_NAME[name]
    width = column.hex_digits
    typed = data.draw(st.text("0123456789E", min_size=width, max_size=width), label="typed")
    read = text_of_cell(column, as_a_spreadsheet_keeps(typed))
    assert read == typed or isinstance(read, Fault)


@given(st.integers(0, 99_999_999))
def test_another_reading_is_one_that_gives_the_same_number(number: int) -> None:
    reading = other_reading(number, 8)
    if reading:
        assert len(reading) == 8
        assert int(float(reading)) == number
    else:
        assert number >= 1_000_000
        assert number % 100
