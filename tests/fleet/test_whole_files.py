"""Compressed files that are not whole are refused: rows that are cut off must not be lost in silence."""

import gzip
import struct
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.whole_files import refuse_broken_files
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import device, make
from tests.notation import catalogue

_SKIPPABLE = struct.pack("<II", 0x184D2A5A, 5) + b"notes"


def check(file: Path) -> None:
    refuse_broken_files([str(file)], lambda part: None)


def packed(folder: Path, ending: str, rows: int = 30_000) -> Path:
    """Write an inventory that is large enough for several blocks."""
    file = folder / f"fleet.csv.{ending}"
    option = {"gz": "gzip", "zst": "zstd"}[ending]
    row = "printf('02-00-00-00-%02X-%02X-%02X-%02X', (r >> 24) % 256, (r >> 16) % 256, (r >> 8) % 256, r % 256)"
    query = f"SELECT {row} AS device_id, 1 AS cpl_entry_id FROM range({rows}) AS t(r)"
    duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER true, COMPRESSION {option})")
    return file


@pytest.fixture(scope="module")
def octets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("packed")
    return {ending: packed(folder, ending).read_bytes() for ending in ("gz", "zst")}


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_whole_files_are_read_in_one_piece_or_several(
    tmp_path: Path, octets: dict[str, bytes], ending: str
) -> None:
    file = tmp_path / f"fleet.csv.{ending}"
    for whole in (octets[ending], octets[ending] * 2, (_SKIPPABLE if ending == "zst" else b"") + octets[ending]):
        file.write_bytes(whole)
        check(file)
    assert len(make(catalogue("1 <- 2"), file).rows) == 30_000


@pytest.mark.parametrize("ending", ["gz", "zst"])
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_file_that_ends_early_is_refused(
    tmp_path_factory: pytest.TempPathFactory, octets: dict[str, bytes], ending: str, part: float
) -> None:
    file = tmp_path_factory.mktemp("cut") / f"fleet.csv.{ending}"
    file.write_bytes(octets[ending][: max(1, int(part * len(octets[ending])))])
    with pytest.raises(FirmpathError, match=r"is no whole (gzip|zstd) file: .*fetch it again"):
        check(file)


@given(part=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_gzip_file_of_which_a_bit_has_changed_is_refused(
    tmp_path_factory: pytest.TempPathFactory, octets: dict[str, bytes], part: float, bit: int
) -> None:
    changed, head = bytearray(octets["gz"]), 10
    changed[head + int(part * (len(changed) - head))] ^= 1 << bit
    file = tmp_path_factory.mktemp("changed") / "fleet.csv.gz"
    file.write_bytes(changed)
    with pytest.raises(FirmpathError, match="is no whole gzip file"):
        check(file)


@pytest.mark.parametrize("text", [b"device_id,cpl_entry_id\n", b"\x28\xb5\x2f\xfd\x00\x58\x06\x00\x00", b"\x28"])
def test_what_is_no_zstd_file_is_refused(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "fleet.csv.zst"
    file.write_bytes(text)
    with pytest.raises(FirmpathError, match=r"is no whole zstd file: .* at octet"):
        check(file)


def test_how_far_it_is_never_goes_back(tmp_path: Path) -> None:
    files = [packed(tmp_path, "gz"), packed(tmp_path, "zst")]
    heard: list[float] = []
    refuse_broken_files([str(file) for file in files], heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_a_plan_of_a_broken_file_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    file = tmp_path / "fleet.csv.gz"
    whole = gzip.compress(f"device_id,cpl_entry_id\n{device(1)},1\n".encode())
    file.write_bytes(whole[:-8] + b"\0" * 8)
    with pytest.raises(FirmpathError, match=r"fleet\.csv\.gz' is no whole gzip file: crc check failed"):
        make(catalogue("1 <- 2"), file)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("page", ["1.0", "2.0"])
def test_an_octet_that_changed_in_parquet_with_checksums_is_refused(tmp_path: Path, page: str) -> None:
    file, devices = tmp_path / "fleet.parquet", [device(at) for at in range(1000)]
    table = pa.table({"device_id": devices, "cpl_entry_id": [1] * 1000})
    pq.write_table(table, file, compression="none", write_page_checksum=True, data_page_version=page)
    assert len(make(catalogue("1 <- 2"), file).rows) == 1000
    changed = file.read_bytes().replace(b"-00-03-E7", b"-00-03-E8", 1)
    assert changed != file.read_bytes()
    file.write_bytes(changed)
    with pytest.raises(FirmpathError, match=r"fleet\.parquet' cannot be read: .*CRC.*; see that it is whole"):
        make(catalogue("1 <- 2"), file)
