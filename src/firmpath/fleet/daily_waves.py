"""Waves with a day each, where only so many Devices may take a step on a day. Source: ADR 0025."""

from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from firmpath.fleet.days import Cell, Turn
from firmpath.fleet.engine import text
from firmpath.fleet.inventory import REGION, Inventory
from firmpath.fleet.waves import LINE, Filling, Told, Wave, WaveFile, pieces


def count_cells(connection: DuckDBPyConnection, inventory: Inventory, parts: Sequence[Path]) -> dict[Cell, int]:
    """Count the Devices of a plan that have a next step by what their days depend on.

    Cost: one read of three columns of the plan.
    """
    files = ", ".join(text(str(each)) for each in parts)
    counted = (
        f"SELECT {_columns(inventory.has_regions)}, count(*) FROM read_parquet([{files}]) "
        "WHERE next_entry IS NOT NULL GROUP BY ALL"
    )
    return {Cell(*row[:-1]): row[-1] for row in connection.execute(counted).fetchall()}


def write_daily_waves(
    parts: Sequence[Path],
    folder: Path,
    size: int,
    turns: Mapping[Cell, Sequence[Turn]],
    temporary: Path,
    told: Told,
) -> tuple[Wave, ...]:
    """Write the waves of a plan in parts, in a folder for each day; Devices that are alike in the order of rows.

    Cost: one read of the plan; memory for the Device IDs of a part, a few times over.
    """
    folder.mkdir()
    dealing = _Dealing(folder, size, turns)
    done, devices = 0, sum(count for each in turns.values() for _, count in each)
    has_regions = any(cell.region for cell in turns)
    for piece in pieces(parts, temporary, _columns(has_regions)) if devices else ():
        for *cell, lines in sorted(piece):
            dealing.add(Cell(*cell), lines.encode() + b"\n")
            done += (len(lines) + 1) // LINE
        told("Writing waves", done / devices)
    return dealing.finished()


class _Dealing:
    """Deals Device IDs out to the days: the first of each cell to its first day until that day is full."""

    def __init__(self, folder: Path, size: int, turns: Mapping[Cell, Sequence[Turn]]) -> None:
        self._turns = {cell: deque(each) for cell, each in turns.items()}
        slots = sorted({(day, cell.next_entry) for cell, each in turns.items() for day, _ in each})
        for day in sorted({day for day, _ in slots}):
            (folder / f"day-{day:04}").mkdir()
        self._filling = {(day, step): Filling(folder, step, size, day) for day, step in slots}

    def add(self, cell: Cell, lines: bytes) -> None:
        turns = self._turns[cell]
        while lines:
            day, devices = turns.popleft()
            fitting, lines = lines[: devices * LINE], lines[devices * LINE :]
            self._filling[day, cell.next_entry].add(fitting)
            if left := devices - len(fitting) // LINE:
                turns.appendleft((day, left))

    def finished(self) -> tuple[Wave, ...]:
        files: dict[int, list[WaveFile]] = {}
        for (_, step), filling in self._filling.items():
            files.setdefault(step, []).extend(filling.finished())
        return tuple(
            Wave(step, sum(each.devices for each in files[step]), tuple(files[step])) for step in sorted(files)
        )


def _columns(has_regions: bool) -> str:
    """Give the fields of a cell, as columns of the plan."""
    return f"{REGION if has_regions else repr('')} AS region, remaining_steps, next_entry"
