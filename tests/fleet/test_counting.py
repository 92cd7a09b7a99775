"""Devices counted by the entries that they can run: the same whatever the form of the inventory."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from firmpath.fleet.counting import DeviceCounts, count_inventory
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from tests.notation import catalogue

LISTED = catalogue("1 <- 2 ; 2 version=0002012F ; 3 version=0002012F")
RUN = ("1", "2", "2", "7", "999", "x", "", "1")
ONE, TWO, THREE = map(CPLEntryID, (1, 2, 3))
COUNTED = DeviceCounts({(ONE,): 2, (TWO,): 2}, 2, 2)
"""7 and 999 are on no list; x and nothing at all name nothing."""


def inventory(path: Path, **columns: Any) -> str:
    """Write an inventory, whatever its columns are, as the ending of its name says."""
    rows = len(next(iter(columns.values())))
    ids = [f"00-DB-12-34-56-78-90-{at:02X}" for at in range(rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    write = pq.write_table if path.suffix == ".parquet" else pcsv.write_csv
    write(pa.table({"device_id": ids, **columns}), str(path))
    return str(path)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_by_id_as_text(name: str, tmp_path: Path) -> None:
    assert count_inventory(LISTED, inventory(tmp_path / name, cpl_entry_id=RUN)) == COUNTED


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint16()])
def test_by_id_as_a_number(kind: pa.DataType, tmp_path: Path) -> None:
    numbers = pa.array([1, 2, 2, 7, 99, None, None, 1]).cast(kind)
    assert count_inventory(LISTED, inventory(tmp_path / "a.parquet", cpl_entry_id=numbers)) == COUNTED


def test_a_number_that_is_not_whole_names_no_entry(tmp_path: Path) -> None:
    counted = count_inventory(LISTED, inventory(tmp_path / "a.parquet", cpl_entry_id=[1.0, 1.5, 2.5]))
    assert counted == DeviceCounts({(CPLEntryID(1),): 1}, 0, 2)


def test_entries_that_are_not_told_apart_are_counted_together(tmp_path: Path) -> None:
    model = {"manufacturer_id": ["F001"] * 3, "model": ["00050203"] * 3}
    version = ["0002012F", "0002012f", "00000001"]
    for name in ("a.csv", "a.parquet"):
        counted = count_inventory(LISTED, inventory(tmp_path / name, **model, firmware_version=version))
        assert counted == DeviceCounts({(ONE,): 1, (TWO, THREE): 2}, 0, 0)


@pytest.mark.parametrize("name", ["a[1].parquet", "a*.parquet", "[a]?.parquet", "it's {1,2}.parquet"])
def test_no_sign_in_the_name_of_a_file_is_taken_for_a_pattern(name: str, tmp_path: Path) -> None:
    for other in ("a1.parquet", "ab.parquet"):
        inventory(tmp_path / other, cpl_entry_id=[2, 2])
    assert count_inventory(LISTED, inventory(tmp_path / name, cpl_entry_id=[1])).by_entries == {(1,): 1}


def test_no_column_is_read_out_of_the_name_of_a_folder(tmp_path: Path) -> None:
    for number in (1, 2):
        inventory(tmp_path / "cpl_entry_id=3" / f"{number}.parquet", cpl_entry_id=[number, 2])
    assert count_inventory(LISTED, str(tmp_path)).by_entries == Counter({(1,): 1, (2,): 3})


def test_a_file_that_has_been_changed_on_the_way_is_refused(tmp_path: Path) -> None:
    path = Path(inventory(tmp_path / "a.parquet", cpl_entry_id=list(range(5000))))
    octets = bytearray(path.read_bytes())
    begins = pq.read_metadata(path).row_group(0).column(1).data_page_offset
    octets[begins : begins + 99] = bytes(99)
    path.write_bytes(octets)
    with pytest.raises(FirmpathError, match=r"Inventory '.*a\.parquet' cannot be read: .*; see that it is whole"):
        count_inventory(LISTED, str(path))
