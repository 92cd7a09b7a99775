"""Waves: for each next step, files with the IDs of the Devices to take it, ready for a service request.

Source: FEATURES F41; DOMAIN section 5.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple

from duckdb import DuckDBPyConnection

from firmpath.fleet.engine import connect, text

Told = Callable[[str, float], object]

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_READERS: Final = 2
LINE: Final = len("00-DB-12-34-56-78-90-A0\n")
"""The octets of a Device ID in a file."""


class WaveFile(NamedTuple):
    """A file of a wave: its name, the number of its Device IDs, its SHA-256 as hex digits, its day; 0: any day."""

    name: str
    devices: int
    sha256: str
    day: int = 0


class Wave(NamedTuple):
    """The Devices whose next step is an entry, in files."""

    next_entry: int
    devices: int
    files: tuple[WaveFile, ...]


def write_waves(
    parts: Sequence[Path], folder: Path, size: int, counts: Mapping[int, int], temporary: Path, told: Told
) -> tuple[Wave, ...]:
    """Write the waves of a plan in parts, each in the order of its rows; `counts` has the Devices of each step.

    Cost: one read of the plan; memory for the Device IDs of a part, a few times over.
    """
    folder.mkdir()
    steps = {next_entry: Filling(folder, next_entry, size) for next_entry in counts}
    done, devices = 0, sum(counts.values())
    for piece in pieces(parts, temporary, "next_entry") if devices else ():
        for next_entry, lines in sorted(piece):
            steps[next_entry].add(lines.encode() + b"\n")
            done += (len(lines) + 1) // LINE
        told("Writing waves", done / devices)
    found = ((next_entry, step.finished()) for next_entry, step in steps.items())
    return tuple(Wave(next_entry, sum(each.devices for each in files), files) for next_entry, files in found)


class Filling:
    """The files of one next step, perhaps of one day, each filled before the next is begun."""

    def __init__(self, folder: Path, next_entry: int, size: int, day: int = 0) -> None:
        self._folder, self._size, self._day = folder, size, day
        self._named = f"day-{day:04}/to-{next_entry}" if day else f"to-{next_entry}"
        self._files: list[WaveFile] = []
        self._devices, self._sha256 = 0, hashlib.sha256()

    def add(self, lines: bytes) -> None:
        """Add Device IDs, a line for each."""
        while lines:
            room = (self._size - self._devices) * LINE
            fitting, lines = lines[:room], lines[room:]
            with open(self._folder / self._name, "ab") as file:
                file.write(fitting)
            self._sha256.update(fitting)
            self._devices += len(fitting) // LINE
            if self._devices == self._size:
                self._end_file()

    def finished(self) -> tuple[WaveFile, ...]:
        """End the last file, and give all of them."""
        if self._devices:
            self._end_file()
        return tuple(self._files)

    @property
    def _name(self) -> str:
        return f"{self._named}-{len(self._files) + 1:04}.txt"

    def _end_file(self) -> None:
        self._files.append(WaveFile(self._name, self._devices, self._sha256.hexdigest(), self._day))
        self._devices, self._sha256 = 0, hashlib.sha256()


def pieces(parts: Sequence[Path], temporary: Path, by: str) -> Iterator[list[tuple[Any, ...]]]:
    """Give the Device IDs of one part at a time, a line for each, by their next step or other columns besides.

    An engine of one thread joins the lines in the order of the rows, so two such engines take turns.
    """
    with ExitStack() as stack:
        engines = [stack.enter_context(connect(temporary / f"reader-{at}", 1)) for at in range(_READERS)]
        pool = stack.enter_context(ThreadPoolExecutor(_READERS))
        waiting: deque[Future[list[tuple[Any, ...]]]] = deque()
        for at, part in enumerate(parts):
            waiting.append(pool.submit(_read, engines[at % _READERS], part, by))
            if len(waiting) == _READERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read(engine: DuckDBPyConnection, part: Path, by: str) -> list[tuple[Any, ...]]:
    return engine.execute(
        f"SELECT {by}, string_agg(device_id, chr(10)) FROM read_parquet({text(str(part))}) "
        "WHERE next_entry IS NOT NULL GROUP BY ALL"
    ).fetchall()
