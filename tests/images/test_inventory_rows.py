"""What is read of an inventory for the Devices of a request: their rows alone, whatever the form."""

import gzip
from datetime import date
from pathlib import Path

import duckdb
import pytest

from firmpath.fleet.readings import Reading
from firmpath.images.inventory_rows import read_known_devices
from firmpath.images.known_devices import Doubt, Inventoried, KnownDevice, find_doubts
from firmpath.pathways.faults import FirmpathError
from tests.images.making import device

ROWS = f"""GUID,CPL Entry ID,Device Status,read_on
{device(1)},7,Commissioned,2026-05-01
{device(2).replace("-", ":").lower()},8,Suspended,
{device(3).replace("-", "")},9,,2026-05-02T10:00:00Z
{device(4)},7,,
{device(4)},8,,
{device(5)},7,Commissioned,2026-05-01,more
{device(6)},7,,
"""
WANTED = [device(at) for at in range(1, 6)] + ["nonsense", device(99)]


def read(tmp_path: Path) -> Inventoried:
    (tmp_path / "inventory.csv").write_text(ROWS)
    return read_known_devices(str(tmp_path / "inventory.csv"), {}, WANTED)


def known(cpl_entry_id: int, status: str, read_on: str, rows: int = 1, is_too_wide: bool = False) -> KnownDevice:
    return KnownDevice(Reading(str(cpl_entry_id)), status, read_on, rows, is_too_wide)


def test_rows_of_the_devices_asked_about_are_read(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.has_status, found.has_read_on) == (True, True)
    assert found.devices[device(4)].rows == 2
    assert {each: found.devices[each] for each in found.devices if each != device(4)} == {
        device(1): known(7, "Commissioned", "2026-05-01"),
        device(2): known(8, "Suspended", ""),
        device(3): known(9, "", "2026-05-02T10:00:00Z"),
        device(5): known(7, "Commissioned", "2026-05-01", is_too_wide=True),
    }


def test_what_only_looks_like_a_device_id_is_no_row_of_it(tmp_path: Path) -> None:
    ids = (device(1), device(2).replace("-", ".", 1))
    rows = "".join(f"{each},7\n" for each in ids)
    (tmp_path / "a.csv").write_text(f"device_id,cpl_entry_id\n{rows}")
    found = read_known_devices(str(tmp_path / "a.csv"), {}, [device(1), device(2)])
    assert found.devices == {device(1): known(7, "", "")}


def test_an_inventory_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv.gz"
    rows = "".join(f"{device(at)},7\n" for at in range(30_000))
    octets = gzip.compress(f"device_id,cpl_entry_id\n{rows}".encode())
    for cut in (len(octets) // 2, len(octets) - 1):
        file.write_bytes(octets[:cut])
        with pytest.raises(FirmpathError, match=r"is no whole gzip file: .*fetch it again"):
            read_known_devices(str(file), {}, [device(1)])


def test_what_is_alike_is_one_object(tmp_path: Path) -> None:
    rows = "".join(f"{device(at)},7\n" for at in range(1, 4))
    (tmp_path / "a.csv").write_text(f"device_id,cpl_entry_id\n{rows}")
    found = read_known_devices(str(tmp_path / "a.csv"), {}, [device(at) for at in range(1, 4)])
    assert len({id(each) for each in found.devices.values()}) == 1


@pytest.mark.parametrize(
    ("written", "read_on"),
    [
        ("DATE '2026-05-01'", "2026-05-01"),
        ("TIMESTAMP '2026-05-01 10:00:00.5'", "2026-05-01 10:00:00.500000"),
        ("TIMESTAMP_NS '2026-05-01 10:00:00.123456789'", "2026-05-01 10:00:00.123456789"),
    ],
)
def test_parquet_with_types_of_its_own_is_read_alike(tmp_path: Path, written: str, read_on: str) -> None:
    file = tmp_path / "inventory.parquet"
    row = f"SELECT '{device(1)}' AS device_id, 7::INTEGER AS cpl_entry_id, {written} AS read_on"
    duckdb.execute(f"COPY ({row}) TO '{file}'")
    found = read_known_devices(str(file), {}, [device(1)])
    assert found == Inventoried({device(1): known(7, "", read_on)}, False, True, columns=("cpl_entry_id",))
    assert list(find_doubts(found.devices[device(1)], date(2026, 5, 2), 1)) == [Doubt.STATUS_NOT_KNOWN]


def test_headings_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"Meter,Entry,State,When\n{device(1)},7,Suspended,2026-05-01\n")
    named = {"device_id": "Meter", "cpl_entry_id": "Entry", "device_status": "State", "read_on": "When"}
    found = read_known_devices(str(tmp_path / "a.csv"), named, [device(1)])
    assert found == Inventoried({device(1): known(7, "Suspended", "2026-05-01")}, True, True, 0, ("cpl_entry_id",))


def test_the_date_of_an_export_is_not_when_a_device_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"device_id,cpl_entry_id,inventory_date\n{device(1)},7,2026-05-31\n")
    assert not read_known_devices(str(tmp_path / "a.csv"), {}, [device(1)]).has_read_on
    found = read_known_devices(str(tmp_path / "a.csv"), {"read_on": "inventory_date"}, [device(1)])
    assert found == Inventoried({device(1): known(7, "", "2026-05-31")}, False, True, 0, ("cpl_entry_id",))


@pytest.mark.parametrize(
    ("text", "headings", "said"),
    [
        (
            "device_id,cpl_entry_id,Status,DeviceStatus\n",
            {},
            "device_status could be any of the columns Status, Dev",
        ),
        (
            "device_id,cpl_entry_id\n",
            {"read_on": "When"},
            "Heading 'When' is named for read_on, and the inventory has",
        ),
        ("device_id\n", {}, "has neither cpl_entry_id nor manufacturer_id, model and firmware_version"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused(
    tmp_path: Path, text: str, headings: dict[str, str], said: str
) -> None:
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(FirmpathError) as refusal:
        read_known_devices(str(tmp_path / "a.csv"), headings, [device(1)])
    assert said in str(refusal.value)


@pytest.mark.parametrize("spelling", ["0x{}", "'{}'", "{}\u200b", "{}\t", "{}.", "<{}>"])
@pytest.mark.parametrize("between", ["", "-", " ", "--"])
def test_a_row_whose_device_id_cannot_be_read_is_a_row_of_the_device_that_it_likely_means(
    tmp_path: Path, spelling: str, between: str
) -> None:
    meant = spelling.format(device(1).replace("-", between))
    rows = (f"{meant},8", f"{device(1)},7", f"{device(2)},7", "nonsense,9", ",9")
    (tmp_path / "a.csv").write_text("\n".join(("device_id,cpl_entry_id", *rows, "")))
    found = read_known_devices(str(tmp_path / "a.csv"), {}, [device(1), device(2)])
    assert {each: known.rows for each, known in found.devices.items()} == {device(1): 2, device(2): 1}
    assert found.unread_rows == 3


def test_a_device_is_not_known_by_a_row_whose_device_id_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"device_id,cpl_entry_id\n0x{device(1)},7\n")
    found = read_known_devices(str(tmp_path / "a.csv"), {}, [device(1)])
    assert not found.devices
