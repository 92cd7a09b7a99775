"""Waves: for each next step, files with the IDs of the Devices to take it, ready for a service request.

Source: FEATURES F41; DOMAIN section 5.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

from duckdb import DuckDBPyConnection

from firmpath.fleet.engine import connect, text

Told = Callable[[str, float], object]

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_READERS: Final = 2
_LINE: Final = len("00-DB-12-34-56-78-90-A0\n")


class WaveFile(NamedTuple):
    """A file of a wave: its name, how many Device IDs it has, and its SHA-256 as hex digits."""

    name: str
    devices: int
    sha256: str


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
    steps = {next_entry: _Step(folder, next_entry, size) for next_entry in counts}
    done, devices = 0, sum(counts.values())
    for piece in _pieces(parts, temporary) if devices else ():
        for next_entry, lines in sorted(piece):
            steps[next_entry].add(lines.encode() + b"\n")
            done += (len(lines) + 1) // _LINE
        told("Writing waves", done / devices)
    return tuple(step.finished() for step in steps.values())


class _Step:
    """The files of one next step, each filled before the next is begun."""

    def __init__(self, folder: Path, next_entry: int, size: int) -> None:
        self._folder, self._next_entry, self._size = folder, next_entry, size
        self._files: list[WaveFile] = []
        self._devices, self._sha256 = 0, hashlib.sha256()

    def add(self, lines: bytes) -> None:
        while lines:
            room = (self._size - self._devices) * _LINE
            fitting, lines = lines[:room], lines[room:]
            with open(self._folder / self._name, "ab") as file:
                file.write(fitting)
            self._sha256.update(fitting)
            self._devices += len(fitting) // _LINE
            if self._devices == self._size:
                self._end_file()

    def finished(self) -> Wave:
        if self._devices:
            self._end_file()
        return Wave(self._next_entry, sum(each.devices for each in self._files), tuple(self._files))

    @property
    def _name(self) -> str:
        return f"to-{self._next_entry}-{len(self._files) + 1:04}.txt"

    def _end_file(self) -> None:
        self._files.append(WaveFile(self._name, self._devices, self._sha256.hexdigest()))
        self._devices, self._sha256 = 0, hashlib.sha256()


def _pieces(parts: Sequence[Path], temporary: Path) -> Iterator[list[tuple[int, str]]]:
    """Give the Device IDs of one part at a time, a line for each, by their next step.

    An engine of one thread joins the lines in the order of the rows, so two such engines take turns.
    """
    with ExitStack() as stack:
        engines = [stack.enter_context(connect(temporary / f"reader-{at}", 1)) for at in range(_READERS)]
        pool = stack.enter_context(ThreadPoolExecutor(_READERS))
        waiting: deque[Future[list[tuple[int, str]]]] = deque()
        for at, part in enumerate(parts):
            waiting.append(pool.submit(_read, engines[at % _READERS], part))
            if len(waiting) == _READERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read(engine: DuckDBPyConnection, part: Path) -> list[tuple[int, str]]:
    return engine.execute(
        f"SELECT next_entry, string_agg(device_id, chr(10)) FROM read_parquet({text(str(part))}) "
        "WHERE next_entry IS NOT NULL GROUP BY next_entry"
    ).fetchall()
