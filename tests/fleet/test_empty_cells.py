"""A row that names no firmware: the reason names columns that the inventory has, and that are empty there."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fleet.planning_here import as_parquet, device, make, write_inventory
from tests.fleet.warehouses_here import duckdb_here, plan_there
from tests.notation import catalogue

CPL = catalogue("1 <- 2")
BY_MODEL = ("manufacturer_id", "model", "firmware_version")
NAMED_BY = [
    (("cpl_entry_id",), "cpl_entry_id"),
    (("cpl_entry_id", "device_type"), "cpl_entry_id"),
    (("cpl_entry_id", "manufacturer_id", "model"), "cpl_entry_id"),
    (("manufacturer_image_hash",), "manufacturer_image_hash"),
    (("cpl_entry_id", "manufacturer_image_hash"), "cpl_entry_id"),
    (BY_MODEL, ", ".join(BY_MODEL)),
    (("cpl_entry_id", *BY_MODEL), ", ".join(BY_MODEL)),
]


@pytest.mark.parametrize(("columns", "empty"), NAMED_BY)
def test_a_plan_names_the_empty_column_that_is_there(tmp_path: Path, columns: Sequence[str], empty: str) -> None:
    rows = [(device(1), *[""] * len(columns))]
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", *columns), rows)
    for each in (inventory, as_parquet(inventory)):
        assert make(CPL, each).statuses == [("malformed", empty)]


@pytest.mark.parametrize(("columns", "empty"), NAMED_BY)
def test_a_warehouse_names_the_same(tmp_path: Path, columns: Sequence[str], empty: str) -> None:
    rows = [(device(1), *[""] * len(columns))]
    inventory = as_parquet(write_inventory(tmp_path / "inventory.csv", ("device_id", *columns), rows))
    with ExitStack() as later:
        ((_, *planned),) = plan_there(duckdb_here(inventory, later), CPL, ("device_id", *columns), tmp_path)[0]
    assert planned[-2:] == ["malformed", empty]


def test_what_programs_write_for_nothing_names_no_entry(tmp_path: Path) -> None:
    rows = [(device(at), nothing) for at, nothing in enumerate(("NaN", "", " nan "))]
    made = make(CPL, write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), rows))
    (line,) = (made.folder / "stuck.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert line.startswith('3,malformed,cpl_entry_id,nothing that the inventory says,"cpl_entry_id is empty; give')
