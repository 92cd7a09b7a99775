"""Rows copied out of a table: each is a Device, and what cannot be told apart is refused."""

import pytest

from firmpath.images.answer_reading import read_answer
from firmpath.images.known_devices import Doubt
from firmpath.pathways.reference import parse_reference
from tests.images.refusing import refused

HEADINGS = "Device ID\tDevice type\tManufacturer\tModel\tFirmware version\tDevice status"
ONE = "00-DB-12-34-56-78-90-A0\tESME\tF001\t00050203\t0002012F\tCommissioned"
TWO = "00-DB-12-34-56-78-90-A1\tGSME\tF001\t00050204\t00020130\tSuspended"


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("between", ["\t", ",", ";"])
def test_each_row_is_a_device(between: str, quote: str) -> None:
    rows = (between.join(f"{quote}{cell}{quote}" for cell in row.split("\t")) for row in (HEADINGS, ONE, TWO))
    one, two = read_answer("\n".join(rows)).devices
    assert (one.device_id, one.reference) == ("00-DB-12-34-56-78-90-A0", parse_reference("F001/00050203@0002012F"))
    assert (two.reference, two.doubts) == (parse_reference("F001/00050204@00020130"), (Doubt.SUSPENDED,))


def test_a_box_that_joins_the_row_to_its_headings_gives_the_same() -> None:
    assert read_answer(f"{HEADINGS} {ONE}") == read_answer(f"{HEADINGS}\n{ONE}")


def test_a_row_that_is_not_whole_is_left_out() -> None:
    found = read_answer(f"{HEADINGS}\n{ONE}\nF001\t00050204")
    assert len(found.devices) == 1
    assert list(map(str, found.faults)) == [
        "Answer has 2 cells where its headings are 6, in row 3; copy whole rows"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADINGS} {ONE} {TWO}",  # several rows in one line
        f"Manufacturer\tModel\tFirmware version\tCPL Status {ONE}",  # where the last heading ends is not known
        "Manufacturer\tModel\nF001\t00050203",
        HEADINGS,
    ],
)
def test_what_cannot_be_told_apart_is_refused(text: str) -> None:
    assert refused(text)


def test_two_columns_for_one_thing_are_refused() -> None:
    assert refused(f"Model\t{HEADINGS}\n00050203\t{ONE}") == [
        "Answer has two columns for DeviceModel; take the one that does not say what Devices run now out"
    ]


def test_a_column_for_each_of_several_devices_is_refused() -> None:
    text = "Manufacturer\tF001\tF001\nModel\t00050203\t00050204\nFirmware version\t0002012F\t00020130"
    assert refused(text) == ["Answer has more than one value for Manufacturer; give the column of one Device alone"]
