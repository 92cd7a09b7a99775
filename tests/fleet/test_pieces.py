"""Inventories that are read piece by piece: a plan is the same however the rows are cut."""

import gzip
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from firmpath.fleet import csv_lines, parquet_rows
from firmpath.fleet.inventory import find_inventory
from firmpath.fleet.inventory_files import find_files
from firmpath.fleet.parquet_rows import parquet_pieces
from firmpath.fleet.rows import find_different
from firmpath.pathways.faults import FirmpathError
from tests.fleet.planning_here import as_parquet, device, make, write_inventory
from tests.notation import catalogue

CPL = catalogue("1 <- 2 <- 3")
HEAD = "device_id,cpl_entry_id\n"


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have pieces of few rows, of which a plan then has many."""

    def of(rows: int) -> None:
        monkeypatch.setattr(parquet_rows, "ROWS_AT_A_TIME", rows)
        monkeypatch.setattr(parquet_rows, "_MOST_PIECES_OF_A_GROUP", 2)
        monkeypatch.setattr(csv_lines, "_OCTETS_AT_A_TIME", rows * len(f"{device(1)},1\n"))

    return of


def inventory_of(folder: Path, count: int = 400) -> Path:
    """Write an inventory with Device IDs twice in one piece, in two, and none."""
    early = count // 4
    rows: list[tuple[Any, ...]] = [
        (device(at % (early - 3) if at < early else at), 1 + at % 3) for at in range(count)
    ]
    rows[5], rows[-1] = ("no id", 1), (device(count // 2).lower(), 2)
    return write_inventory(folder / "inventory.csv", ("device_id", "cpl_entry_id"), rows)


@pytest.mark.parametrize(("rows", "count"), [(1, 40), (7, 200), (100, 400)])
def test_a_plan_in_many_parts_has_the_rows_of_a_plan_in_one(
    tmp_path: Path, small_pieces: Callable[[int], None], rows: int, count: int
) -> None:
    """Each piece has its cost, so the smallest are of a small inventory."""
    inventory = inventory_of(tmp_path, count)
    for each in (inventory, as_parquet(inventory)):
        whole = make(CPL, each)
        assert len(list(whole.folder.glob("plan.parquet/*"))) == 1
        small_pieces(rows)
        cut = make(CPL, each)
        small_pieces(10_000)
        assert len(list(cut.folder.glob("plan.parquet/*"))) > 2
        assert cut.rows == whole.rows
        assert cut.plan.groups == whole.plan.groups
        assert cut.manifest == whole.manifest
        assert sum(status == "duplicate_device_id" for status, _ in cut.statuses) == 8


@pytest.mark.parametrize("rows_of_a_group", [1, 7, 40, 120, 400])
def test_a_plan_is_the_same_however_large_row_groups_are(
    tmp_path: Path, small_pieces: Callable[[int], None], rows_of_a_group: int
) -> None:
    """Small groups are read several at a time, large ones bit by bit."""
    inventory = inventory_of(tmp_path)
    whole = make(CPL, inventory)
    grouped = tmp_path / "grouped.parquet"
    pq.write_table(pq.read_table(as_parquet(inventory)), grouped, row_group_size=rows_of_a_group)
    small_pieces(40)
    cut = make(CPL, grouped)
    parts = sorted(cut.folder.glob("plan.parquet/*"))
    assert {pq.read_metadata(part).num_rows for part in parts[:-1]} <= {40, 42}
    assert (cut.rows, cut.manifest) == (whole.rows, whole.manifest)


def test_the_groups_are_the_rows_of_the_plan(tmp_path: Path, small_pieces: Callable[[int], None]) -> None:
    small_pieces(50)
    made = make(CPL, inventory_of(tmp_path))
    counted = duckdb.execute(
        f"SELECT status, coalesce(reason, ''), count(*) FROM '{made.folder}/plan.parquet/*.parquet' GROUP BY ALL"
    ).fetchall()
    found: dict[tuple[str, str], int] = {}
    for group in made.plan.groups:
        found[group.status, group.reason] = found.get((group.status, group.reason), 0) + group.rows
    assert {(status, reason): rows for status, reason, rows in counted} == found


@pytest.mark.parametrize("rows", [3, 100])
def test_odd_rows_keep_their_places(tmp_path: Path, small_pieces: Callable[[int], None], rows: int) -> None:
    small_pieces(rows)
    lines = [
        f"{device(1)},1",
        f"{device(2)}",
        "",
        f"{device(3)},1,stray",
        f'"{device(4)}",2',
        "x",
        f"{device(5)},3",
    ]
    inventory = tmp_path / "inventory.csv.gz"
    inventory.write_bytes(gzip.compress(("\ufeff" + HEAD + "\r\n".join(lines)).encode()))
    made = make(CPL, inventory)
    assert [(row["device_id"], row["status"]) for row in made.rows] == [
        (device(1), "pathway"),
        (device(2), "malformed"),
        (device(3), "malformed"),
        (device(4), "pathway"),
        ("x", "malformed"),
        (device(5), "already_there"),
    ]


@pytest.mark.parametrize("octets", [27, 1_000_000])
def test_a_quotation_mark_that_is_not_closed_swallows_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, octets: int
) -> None:
    monkeypatch.setattr(csv_lines, "_OCTETS_AT_A_TIME", octets)
    inventory = tmp_path / "inventory.csv"
    inventory.write_text(f'{HEAD}{device(1)},1\n{device(2)},"1\n{device(3)},1\n')
    with pytest.raises(FirmpathError, match="has a cell with a line break in line 3, and other rows may be lost"):
        make(CPL, inventory)


def test_readings_are_told_apart_by_all_columns(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.parquet"
    duckdb.execute(
        "COPY (SELECT 'x' AS device_id, (range % 3)::VARCHAR AS manufacturer_id, nullif(range % 5, 0)::VARCHAR AS "
        f"model, (range * 7 % 11)::VARCHAR AS firmware_version FROM range(1000)) TO '{inventory}'"
    )
    (piece,) = parquet_pieces(find_inventory(str(inventory), {}))
    found = find_different(piece.read().readings)
    expected = [(str(at % 3), str(at % 5 or ""), str(at * 7 % 11)) for at in range(1000)]
    assert [found.readings[place] for place in found.places.tolist()] == expected
    assert dict(zip(found.readings, found.rows.tolist(), strict=True)) == Counter(expected)


def test_nothing_and_an_empty_text_are_one_reading(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.parquet"
    rows = ", ".join(f"('{device(at)}', '{at % 2}', '1', {('NULL', chr(39) * 2)[at // 2 % 2]})" for at in range(8))
    columns = "device_id, manufacturer_id, model, firmware_version"
    duckdb.execute(f"COPY (FROM (VALUES {rows}) AS rows ({columns})) TO '{inventory}'")
    (piece,) = parquet_pieces(find_inventory(str(inventory), {}))
    found = find_different(piece.read().readings)
    assert dict(zip(found.readings, found.rows.tolist(), strict=True)) == {("0", "1", ""): 4, ("1", "1", ""): 4}
    assert [found.readings[place][0] for place in found.places.tolist()] == ["0", "1"] * 4


@pytest.mark.parametrize(
    "text", [f"device_id,cpl_entry_id\r{device(1)},1", f"{HEAD}{device(1)},1,{'x' * 140_000}\n{device(2)},1\n"]
)
def test_what_cannot_be_parted_into_cells_is_refused_in_words(
    tmp_path: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    inventory = tmp_path / "inventory.csv"
    inventory.write_bytes(text.encode())
    with pytest.raises(FirmpathError, match="or lines that end as on old Macs; see that each line has its own row"):
        make(CPL, inventory)
    assert capfd.readouterr().err == ""


def test_a_pipe_is_no_inventory(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "inventory.csv")
    with pytest.raises(FirmpathError, match="is no file: it cannot be read twice"):
        find_files(str(tmp_path / "inventory.csv"))


@pytest.mark.parametrize("odd", ["[1]", "{'part': 1}"])
def test_lists_and_parts_are_refused_in_words(tmp_path: Path, odd: str) -> None:
    inventory = tmp_path / "inventory.parquet"
    duckdb.execute(f"COPY (SELECT '{device(1)}' AS device_id, {odd} AS cpl_entry_id) TO '{inventory}'")
    with pytest.raises(FirmpathError, match="has lists or parts in the column cpl_entry_id; give each Device one"):
        make(CPL, inventory)
