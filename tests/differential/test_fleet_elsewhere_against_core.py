"""The plan that SQL makes in a warehouse against the core's own answers, Device by Device."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
import pytest

from firmpath.fleet.inventing import invent_fleet
from firmpath.pathways.catalogue import Catalogue
from tests.differential.test_fleet_against_core import cpl, plainly
from tests.fleet.planning_here import rows_of
from tests.fleet.warehouses_here import duckdb_here, plan_there

__all__ = ["cpl"]
DEVICES = 5_000


@pytest.mark.parametrize("by", ["cpl_entry_id", "device_type, manufacturer_id, model, firmware_version"])
def test_every_device_has_what_the_core_says(cpl: Catalogue, tmp_path: Path, by: str) -> None:
    whole, inventory = tmp_path / "whole.parquet", tmp_path / "inventory.parquet"
    invent_fleet(cpl, DEVICES, 11, whole, "parquet", True, lambda part: None)
    duckdb.sql(f"COPY (SELECT device_id, {by} FROM '{whole}') TO '{inventory}'")
    with ExitStack() as later:
        rows, _ = plan_there(duckdb_here(inventory, later), cpl, ("device_id", *by.split(", ")), tmp_path)
    inventory_rows = rows_of(f"FROM '{inventory}'")
    times = Counter(each[0] for each in inventory_rows)
    answers: dict[tuple[str, ...], tuple[Any, ...]] = {}
    expected: Counter[tuple[Any, ...]] = Counter()
    for device_id, *reading in inventory_rows:
        key = tuple(map(str, reading))
        answer = answers.setdefault(key, plainly(cpl, key))
        if device_id == "not an ID":
            answer = ("malformed", None, None, 0)
        elif times[device_id] > 1:
            answer = ("duplicate_device_id", None, None, 0)
        expected[(device_id, *answer)] += 1
    assert Counter((row[0], row[6], row[3], row[4], row[5]) for row in rows) == expected
