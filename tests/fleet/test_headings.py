"""Headings of an inventory that cannot be read, or are not those that are needed: what people are told to do."""

import codecs
from contextlib import chdir
from pathlib import Path

import pytest

from firmpath.fleet.inventory import find_inventory
from firmpath.pathways.faults import FirmpathError

HEAD = "device_id,cpl_entry_id"


def refused(folder: Path, octets: bytes, region: str = "") -> str:
    (folder / "inventory.csv").write_bytes(octets)
    # A fault shows the end alone of a path that is long.
    with chdir(folder), pytest.raises(FirmpathError) as refusal:
        find_inventory("inventory.csv", {}, region)
    (fault,) = refusal.value.faults
    return str(fault)


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_other_marks_between_columns_are_named(tmp_path: Path, mark: str, name: str) -> None:
    said = f"Inventory 'inventory.csv' has {name} between its columns; save it with commas between them"
    assert refused(tmp_path, HEAD.replace(",", mark).encode()) == said


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, b""])
def test_utf_16_is_told_from_headings_that_are_missing(tmp_path: Path, mark: bytes) -> None:
    octets = mark + f"{HEAD}\n".encode("utf-16-le")
    said = "Inventory 'inventory.csv' is in UTF-16, or is no text; save it as CSV in UTF-8"
    assert refused(tmp_path, octets) == said


def test_a_mark_within_a_heading_is_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "inventory.csv"
    file.write_text(f"{HEAD},a;b")
    assert find_inventory(str(file), {}).headings == ("device_id", "cpl_entry_id", "a;b")


@pytest.mark.parametrize(
    ("number", "region", "said"),
    [
        (10, "", "it has h0, h1, h2, h3, h4, h5, h6, h7, h8, h9; say which it is: --column device_id=HEADING"),
        (11, "", "it has h0, h1, h2, h3, h4, h5, h6, h7, h8, h9 and 1 more; say which"),
        (5_000, "", "it has h0, h1, h2, h3, h4, h5, h6, h7, h8, h9 and 4,990 more; say which"),
        (5_000, "Area", "device_id, cpl_entry_id, h0, h1, h2, h3, h4, h5, h6, h7 and 4,992 more"),
    ],
)
def test_of_many_headings_the_first_ten_are_named(tmp_path: Path, number: int, region: str, said: str) -> None:
    own = f"{HEAD}," if region else ""
    assert said in refused(tmp_path, f"{own}{','.join(f'h{at}' for at in range(number))}\n".encode(), region)


def test_a_heading_without_end_is_shortened(tmp_path: Path) -> None:
    assert f"it has {'x' * 80}…, b; say which" in refused(tmp_path, f"{'x' * 5_000},b".encode())
