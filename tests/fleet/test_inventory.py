"""Headings of an inventory: found as they are meant, refused where that would be a guess, named in few words."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from firmpath.fleet.inventory import find_inventory
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from tests.fleet.planning_here import device, make
from tests.notation import catalogue

COLUMNS = ("Meter GUID", "CPL ID")


def headed(folder: Path, *headings: str) -> str:
    file = folder / "inventory.csv"
    file.write_text(",".join(headings) + "\n")
    return str(file)


@pytest.mark.parametrize("written", ["Meter GUID", "meter guid", " Meter_GUID ", "METER-GUID"])
def test_a_heading_is_taken_however_it_is_spelt(tmp_path: Path, written: str) -> None:
    found = find_inventory(headed(tmp_path, *COLUMNS), {"device_id": written})
    assert found.used == {"device_id": "Meter GUID", "cpl_entry_id": "CPL ID"}


def test_a_heading_that_is_there_as_it_is_named_is_the_one(tmp_path: Path) -> None:
    file = headed(tmp_path, "meter", "Meter", "cpl_entry_id")
    assert find_inventory(file, {"device_id": "Meter"}).used["device_id"] == "Meter"


@pytest.mark.parametrize(
    ("headings", "named", "said"),
    [
        (
            ("meter", "Meter", "cpl_entry_id"),
            {"device_id": "METER"},
            ["Heading 'METER' could be any of the columns meter, Meter; write it as the inventory does"],
        ),
        (
            COLUMNS,
            {"device_id": "Meter GUDI", "model": "Zap"},
            [
                "Heading 'Meter GUDI' is named for device_id, and the inventory has no such column; did you mean "
                "'Meter GUID'?",
                "Heading 'Zap' is named for model, and the inventory has no such column; it has Meter GUID, CPL ID",
            ],
        ),
        (
            [f"col{at}" for at in range(1_300)],
            {},
            [
                "Inventory '{file}' has no column device_id; it has col0, col1, col2, col3, col4, col5, col6, "
                "col7, col8, col9 and 1,290 more; say which it is: --column device_id=HEADING"
            ],
        ),
        (
            ("device_id", "cpl_entry_id", "", ""),
            {},
            [
                "Inventory '{file}' has 2 columns without a heading; give each a heading, or take out columns with "
                "nothing in them"
            ],
        ),
        (
            ("device_id", "cpl_entry_id", "cpl_entry_id"),
            {},
            ["Heading 'cpl_entry_id' is there twice, in {file}; give each column its own"],
        ),
        (
            ("device_id;cpl_entry_id",),
            {},
            ["Inventory '{file}' has semicolons between its columns; save it with commas between them"],
        ),
        (
            ("device_id\tcpl_entry_id",),
            {},
            ["Inventory '{file}' has tabs between its columns; save it with commas between them"],
        ),
    ],
)
def test_headings_that_cannot_be_meant_are_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    headings: Sequence[str],
    named: Mapping[str, str],
    said: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path is cut where a fault shows it
    headed(Path(), *headings)
    with pytest.raises(FirmpathError) as refused:
        find_inventory("inventory.csv", named)
    assert [str(fault) for fault in refused.value.faults] == [each.format(file="inventory.csv") for each in said]


def test_octets_that_are_no_text_are_named_as_that(tmp_path: Path) -> None:
    octets = pa.array([bytes.fromhex(device(at).replace("-", "FF")[:16]) for at in range(3)], pa.binary(8))
    file = tmp_path / "inventory.parquet"
    pq.write_table(pa.table({"device_id": octets, "cpl_entry_id": [1, 1, 1]}), file)
    with pytest.raises(FirmpathError, match="has a column of octets that are no text in UTF-8; write it as text"):
        make(catalogue("1 <- 2"), file)


def test_a_hash_alone_names_firmware_and_a_heading_that_may_be_one_is_pointed_at(tmp_path: Path) -> None:
    listed = catalogue("1 <- 2 ; 7 type=GSME")
    image = listed[CPLEntryID(1)].manufacturer_image_hash
    file = tmp_path / "inventory.csv"
    file.write_text(f"device_id,Image digest\n{device(1)},{image}\n")
    with pytest.raises(FirmpathError) as refused:
        make(listed, file)
    assert str(refused.value).endswith(
        "has neither cpl_entry_id nor manufacturer_id, model and firmware_version, nor manufacturer_image_hash; it "
        "has device_id, Image digest; if Image digest has the Manufacturer Image hash, that is enough: call it "
        "manufacturer_image_hash; name them with --column OURS=HEADING"
    )
    file.write_text(f"device_id,hash\n{device(1)},{image}\n{device(2)},\n")
    rows = make(listed, file).rows
    assert [(row["installed"], row["status"], row["reason"]) for row in rows] == [
        (1, "pathway", None),
        (None, "malformed", "manufacturer_image_hash"),
    ]
