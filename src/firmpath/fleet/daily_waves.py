"""Waves with a day each, where only so many Devices may take a step on a day. Source: ADR 0025."""

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from firmpath.fleet.days import Cell, Turn
from firmpath.fleet.inventory import REGION
from firmpath.fleet.telling import WORKERS, Told
from firmpath.fleet.waves import LINE, Filling, Key, Wave, WaveFile, count_devices, sorted_devices


def count_cells(parts: Sequence[Path], has_regions: bool) -> dict[Cell, int]:
    """Count the Devices of a plan that have a next step by what their days depend on.

    Cost: one read of three columns of the plan.
    """
    counted = count_devices(parts, _columns(has_regions))
    return {_cell(key): devices for key, devices in sorted(counted.items())}


def write_daily_waves(
    parts: Sequence[Path], folder: Path, size: int, turns: Mapping[Cell, Sequence[Turn]], told: Told
) -> tuple[Wave, ...]:
    """Write the waves of a plan in parts, in a folder for each day; Devices that are alike in the order of rows.

    Cost: one read of the plan; memory for the Device IDs of a few parts.
    """
    folder.mkdir()
    dealing = _Dealing(folder, size, turns)
    columns = _columns(any(cell.region for cell in turns))
    with ThreadPoolExecutor(WORKERS) as pool:
        for found in sorted_devices(pool, parts if turns else (), columns, told):
            for each in found:
                for key in sorted(each.places):
                    dealing.add(_cell(key), each.lines_of(key))
    return dealing.finished()


class _Dealing:
    """Deals Device IDs out to the days: the first of each cell to its first day until that day is full."""

    def __init__(self, folder: Path, size: int, turns: Mapping[Cell, Sequence[Turn]]) -> None:
        self._turns = {cell: deque(each) for cell, each in turns.items()}
        slots = sorted({(day, cell.next_entry) for cell, each in turns.items() for day, _ in each})
        for day in sorted({day for day, _ in slots}):
            (folder / f"day-{day:04}").mkdir()
        self._filling = {(day, step): Filling(folder, step, size, day) for day, step in slots}

    def add(self, cell: Cell, lines: memoryview) -> None:
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


def _columns(has_regions: bool) -> tuple[str, ...]:
    """Give the columns of a plan on which days depend."""
    return ("remaining_steps", "next_entry", *([REGION] if has_regions else ()))


def _cell(key: Key) -> Cell:
    remaining_steps, next_entry, *region = key
    return Cell(region[0] if region else "", int(remaining_steps), int(next_entry))
