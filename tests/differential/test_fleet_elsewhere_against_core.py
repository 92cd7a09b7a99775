"""The plan that SQL makes in a warehouse against the core's own answers, Device by Device."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from firmpath.fleet.inventing import invent_fleet
from firmpath.fleet.planned import Question
from firmpath.pathways.catalogue import Catalogue
from tests.differential.test_fleet_against_core import cpl, expect
from tests.fleet.planning_here import rows_of
from tests.fleet.warehouses_here import duckdb_here, plan_there

__all__ = ["cpl"]
DEVICES = 5_000


@pytest.mark.parametrize("by", ["cpl_entry_id", "device_type, manufacturer_id, model, firmware_version"])
def test_every_device_has_what_the_core_says(cpl: Catalogue, tmp_path: Path, by: str) -> None:
    whole, inventory = tmp_path / "whole.parquet", tmp_path / "inventory.parquet"
    invent_fleet(cpl, DEVICES, 11, whole, "parquet", True, lambda part: None)
    with duckdb.connect() as engine:
        engine.execute(f"COPY (SELECT device_id, {by} FROM '{whole}') TO '{inventory}'")
    with ExitStack() as later:
        rows, _ = plan_there(duckdb_here(inventory, later), cpl, ("device_id", *by.split(", ")), tmp_path)
    inventory_rows = rows_of(f"FROM '{inventory}'")
    expected = Counter(
        (row[0], each.status, each.target, each.next_entry, each.remaining_steps)
        for row, each in zip(inventory_rows, expect(cpl, by.split(", "), inventory_rows, Question()), strict=True)
    )
    assert Counter((row[0], row[6], row[3], row[4], row[5]) for row in rows) == expected
