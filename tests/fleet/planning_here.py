"""Make a plan of a few rows, and read it back."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from firmpath.fleet.inventory import REGION
from firmpath.fleet.joining import COLUMNS
from firmpath.fleet.plan import Order, Plan
from firmpath.fleet.planned import Question
from firmpath.fleet.planning import plan_fleet
from firmpath.pathways.catalogue import Catalogue

HEADINGS = ("device_id", "cpl_entry_id", "device_type", "manufacturer_id", "model", "firmware_version", "hash")


class Made(NamedTuple):
    """A plan, its rows as they were written, and its folder."""

    plan: Plan
    rows: list[dict[str, Any]]
    folder: Path

    @property
    def manifest(self) -> Any:
        return json.loads((self.folder / "waves" / "manifest.json").read_text())

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(row["status"], row["reason"] or "") for row in self.rows]


def device(number: int) -> str:
    """Name a Device."""
    digits = f"02{number:014X}"
    return "-".join(digits[at : at + 2] for at in range(0, 16, 2))


def write_inventory(file: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """Write an inventory as CSV."""
    with file.open("w", newline="") as written:
        csv.writer(written).writerows([headings, *rows])
    return file


def as_parquet(file: Path) -> Path:
    """Turn an inventory of CSV into one of Parquet, all of it text."""
    target = file.with_suffix(".parquet")
    with duckdb.connect() as engine:
        engine.execute(f"COPY (FROM read_csv('{file}', all_varchar = true)) TO '{target}'")
    return target


def make(
    catalogue: Catalogue,
    inventory: Path,
    question: Question = Question(),  # noqa: B008  # a value
    **more: Any,
) -> Made:
    """Make a plan in a new folder beside the inventory."""
    folder = inventory.parent / f"plan-{len(list(inventory.parent.iterdir()))}"
    plan = plan_fleet(catalogue, Order(str(inventory), {}, question, **more), folder, lambda what, part: None)
    return Made(plan, read_plan(folder), folder)


def read_plan(folder: Path) -> list[dict[str, Any]]:
    """Read the rows of a plan, in their order."""
    parts = sorted(folder.glob("plan.parquet/*.parquet")) or [folder / "plan.csv"]
    rows = [row for part in parts for row in rows_of(f"FROM '{part}'")]
    return [dict(zip((*COLUMNS, REGION), row, strict=False)) for row in rows]


def rows_of(query: str) -> list[tuple[Any, ...]]:
    """Give the rows of a query."""
    with duckdb.connect() as engine:
        return engine.execute(query).fetchall()
