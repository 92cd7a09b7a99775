"""One measured run over an inventory, in a process of its own, so that its memory is its own too.

`python -m benchmarks.fleet_run KIND INVENTORY CPL OUT` prints the seconds that it took by the clock and
of the processor, and the most memory, in MiB.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from benchmarks.material import ON
from firmpath.cli.reading import read_statements
from firmpath.fleet.answering import Answers
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.plan import Order
from firmpath.fleet.planned import Question
from firmpath.fleet.planning import plan_fleet, write_plan
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.fold import fold

Run = Callable[[str, Catalogue, Path], object]


def copy_by_duckdb(inventory: str, catalogue: Catalogue, out: Path) -> None:
    """Read what a plan reads, and write as many columns of the same types, with no join and no check."""
    out.mkdir()
    found = find_inventory(inventory, {})
    written = ", ".join(f"{like.sql} AS {name}" for name, like in _plainly(found).items())
    texts = ", header = true, all_varchar = true" if found.form == "csv" else ""
    source = f"read_{found.form}('{inventory}'{texts})"
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {written} FROM {source}) TO '{out / 'copy'}' ({options})")


def copy_by_polars(inventory: str, catalogue: Catalogue, out: Path) -> None:
    """Do the same by Polars, where it is installed."""
    import polars

    out.mkdir()
    found = find_inventory(inventory, {})
    types = {"BIGINT": polars.Int64, "INTEGER": polars.Int32, "VARCHAR": polars.String}
    is_parquet = found.form == "parquet"
    read: Any = polars.scan_parquet(inventory) if is_parquet else polars.scan_csv(inventory, infer_schema=False)
    columns = []
    for name, like in _plainly(found).items():
        column = polars.col(like.column) if like.column else polars.lit(like.value)
        column = column.cast(types[like.kind], strict=False)
        columns.append((column + like.value if like.column and like.value else column).alias(name))
    read.select(columns).sink_parquet(out / "copy", compression="zstd", compression_level=1)


class _Like(NamedTuple):
    """A column of a copy: one that is read, with a number added, or a value that stands in every row."""

    kind: str
    column: str = ""
    value: Any = 0

    @property
    def sql(self) -> str:
        """The same in SQL."""
        if not self.column:
            return f"CAST('{self.value}' AS {self.kind})"
        return f"CAST({self.column} AS {self.kind})" + (f" + {self.value}" if self.value else "")


def _plainly(found: Inventory) -> dict[str, _Like]:
    """Give the columns of a plan, filled with what is at hand: a copy then reads and writes as much as a plan."""
    by_id = found.reading_columns == ("cpl_entry_id",)
    words = [_Like("VARCHAR", "", each) for each in ("x", "pathway", "y")]
    read = [_Like("VARCHAR", each) for each in ("model", "manufacturer_id", "firmware_version")]
    candidates, status, reason = words if by_id else read
    entry = "cpl_entry_id" if by_id else ""
    return {
        "device_id": _Like("VARCHAR", "device_id"),
        "installed": _Like("BIGINT", entry, 0),
        "candidates": candidates,
        "target": _Like("BIGINT", entry, 100),
        "next_entry": _Like("BIGINT", entry, 1),
        "remaining_steps": _Like("INTEGER", "", 2),
        "status": status,
        "reason": reason,
    }


def plan_alone(inventory: str, catalogue: Catalogue, out: Path) -> None:
    """Make the plan without waves and report: answer, join, find duplicates, count."""
    out.mkdir()
    found = find_inventory(inventory, {})
    write_plan(found, Answers(catalogue, Question(), found), out, _silent, lambda rows: None)


def plan_whole(inventory: str, catalogue: Catalogue, out: Path) -> None:
    """Make the plan with its waves and its report, as the command does."""
    plan_fleet(catalogue, Order(inventory, {}, Question()), out, _silent)


def _silent(what: str, part: float) -> None:
    """Tell nobody."""


KINDS: Final[dict[str, Run]] = {
    "copy-duckdb": copy_by_duckdb,
    "copy-polars": copy_by_polars,
    "plan": plan_alone,
    "whole": plan_whole,
}


def main(kind: str, inventory: str, cpl: str, out: str) -> None:
    """Run one of these."""
    catalogue = fold(read_statements(cpl), ON) if not kind.startswith("copy") else Catalogue(ON, {})
    began, processor_began = time.perf_counter(), time.process_time()
    KINDS[kind](inventory, catalogue, Path(out))
    took = time.perf_counter() - began
    print(took, time.process_time() - processor_began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
