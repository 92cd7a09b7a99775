"""A small inventory as text: what it means is what a file of it means."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.images.inventory_rows import read_known_devices
from firmpath.images.inventory_text import decode_inventory, read_inventory_text
from firmpath.pathways.faults import FirmpathError
from tests.images.making import device

HEADINGS = ("device_id", "cpl_entry_id", "model", "device_status", "read_on", "colour")
WANTED = [device(at) for at in range(1, 5)]
device_ids = st.sampled_from(
    [*WANTED, device(9), device(1).lower(), device(2).replace("-", ""), f"'{device(3)}", "", "nonsense"]
)
cells = st.sampled_from(["", "7", "Commissioned", "Suspended", "2026-05-01", " a b ", "ß", "x;y"])
rows = st.lists(st.tuples(device_ids, st.lists(cells, max_size=7)), max_size=8)


@given(st.permutations(HEADINGS[1:]), rows, st.sampled_from(["\n", "\r\n"]), st.sampled_from(",\t"))
def test_it_means_what_a_file_of_it_means(
    order: list[str], given_rows: list[tuple[str, list[str]]], end: str, mark: str
) -> None:
    lines = [["device_id", *order], *([each, *rest] for each, rest in given_rows)]
    text = "".join(f"{mark.join(line)}{end}" for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_bytes("".join(f"{','.join(line)}{end}" for line in lines).encode())
        expected = read_known_devices(str(file), {}, WANTED)
    assert read_inventory_text(text, WANTED, 100) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Inventory has no first line with headings; give headings such as device_id and cpl_entry_id"),
        ("\n\n", "Inventory has no first line with headings; give headings such as device_id and cpl_entry_id"),
        ("a|b\n", "Inventory has bars between its columns; give it with commas or tabs between them"),
        (
            "cpl_entry_id,b\n",
            "Inventory has no column device_id; it has cpl_entry_id, b; call the right one device_id",
        ),
        (
            "device_id,model\n",
            "Inventory has neither cpl_entry_id nor manufacturer_id, model and firmware_version, nor "
            "manufacturer_image_hash; it has device_id, model; call the right ones so",
        ),
        (
            "device_id,Digest\n",
            "Inventory has neither cpl_entry_id nor manufacturer_id, model and firmware_version, nor "
            "manufacturer_image_hash; it has device_id, Digest; if Digest has the Manufacturer Image hash, that is "
            "enough: call it manufacturer_image_hash",
        ),
        ("device_id,a,a\n", "Inventory has the heading 'a' more than once; give each column its own"),
        ("device_id,,\n", "Inventory has several columns without a heading; give each column its own"),
        (
            "guid,device id,cpl_entry_id\n",
            "Inventory has several columns for device_id: it could be any of the columns guid, device id; name the "
            "right one as here, and the others otherwise",
        ),
        (
            'device_id,cpl_entry_id\nx,"7\ny,8"\n',
            "Inventory has a cell with a line break in line 2, and other rows may be lost in it; see that every "
            "quotation mark is closed",
        ),
        (
            "device_id,cpl_entry_id\nx,1\nx,1\nx,1\n",
            "Inventory has more than 2 rows; give the rows of the Devices alone",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, said: str) -> None:
    with pytest.raises(FirmpathError) as refusal:
        read_inventory_text(text, WANTED, 2)
    assert str(refusal.value) == said


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(FirmpathError, match="Inventory has a cell of more than 131,072 characters"):
        read_inventory_text(f"device_id,cpl_entry_id\n{'x' * 200_000},1\n", WANTED, 2)


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        ("device_id".encode("utf-16"), "Inventory is in UTF-16, or is no text; save it as CSV in UTF-8"),
        (b"a\nb\xe9\n", "Inventory is not in UTF-8 in line 2; save it as CSV in UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_refused(octets: bytes, said: str) -> None:
    with pytest.raises(FirmpathError) as refusal:
        decode_inventory(octets)
    assert str(refusal.value) == said


def test_as_many_rows_as_there_may_be_are_read_and_not_one_more() -> None:
    text = "device_id,cpl_entry_id\n" + "".join(f"{device(at)},7\n" for at in range(1, 4))
    assert len(read_inventory_text(text, WANTED, 3).devices) == 3
    with pytest.raises(FirmpathError, match="has more than 2 rows; give the rows of the Devices alone"):
        read_inventory_text(text, WANTED, 2)
