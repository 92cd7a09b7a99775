"""Waves: for each next step, files with the IDs of the Devices to take it, ready for a service request.

Source: FEATURES F41; DOMAIN section 5.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from firmpath.fleet.device_ids import LENGTH, as_octets
from firmpath.fleet.rows import find_different
from firmpath.fleet.telling import WORKERS, Told

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_PARTS_AT_A_TIME: Final = 4
"""Parts of a plan whose Devices are sorted by their steps together: files are then opened less often."""


LINE: Final = LENGTH + 1
"""The octets of a Device ID in a file."""

Key = tuple[str, ...]
"""What Devices of a plan have alike: the texts of some columns."""


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


class Sorted(NamedTuple):
    """The lines of a part's Devices that have a next step, and the places of those that are alike, in order."""

    lines: np.ndarray[Any, np.dtype[np.void]]
    places: dict[Key, np.ndarray[Any, np.dtype[np.int64]]]

    def lines_of(self, key: Key) -> bytes:
        """Give a line for each of the Devices that are alike."""
        return self.lines[self.places[key]].tobytes() if key in self.places else b""


def write_waves(
    parts: Sequence[Path], folder: Path, size: int, counts: Mapping[int, int], told: Told
) -> tuple[Wave, ...]:
    """Write the waves of a plan in parts, each in the order of its rows; `counts` has the Devices of each step.

    Cost: one read of the plan; memory for the Device IDs of a few parts.
    """
    folder.mkdir()
    steps = {next_entry: Filling(folder, next_entry, size) for next_entry in counts}
    shares = [list(steps.items())[at::WORKERS] for at in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for found in sorted_devices(pool, parts if counts else (), ("next_entry",), told):
            list(pool.map(partial(_fill, found=found), shares))
    found_files = ((next_entry, step.finished()) for next_entry, step in steps.items())
    return tuple(Wave(step, sum(each.devices for each in files), files) for step, files in found_files)


def sorted_devices(
    pool: ThreadPoolExecutor, parts: Sequence[Path], columns: Sequence[str], told: Told
) -> Iterator[list[Sorted]]:
    """Give the Devices of some parts at a time, by what they have alike in columns of the plan."""
    for first in range(0, len(parts), _PARTS_AT_A_TIME):
        some = parts[first : first + _PARTS_AT_A_TIME]
        yield list(pool.map(partial(_sort, columns=columns), some))
        told("Writing waves", (first + len(some)) / len(parts))


def count_devices(parts: Sequence[Path], columns: Sequence[str]) -> Counter[Key]:
    """Count the Devices that have a next step by what they have alike in columns of the plan.

    Cost: one read of these columns.
    """
    found: Counter[Key] = Counter()
    for part in parts:
        keys = find_different(_coded(_going(part, columns), columns))
        found.update(dict(zip(keys.readings, keys.rows.tolist(), strict=True)))
    return found


def _going(part: Path, columns: Sequence[str]) -> pa.Table:
    wanted = list(dict.fromkeys((*columns, "next_entry")))
    table = pq.read_table(part, columns=wanted, use_threads=False)
    return table.filter(pc.is_valid(table["next_entry"])).combine_chunks()


def _coded(table: pa.Table, columns: Sequence[str]) -> list[pa.DictionaryArray]:
    return [_one(table[each]).dictionary_encode() for each in columns]


def _sort(part: Path, columns: Sequence[str]) -> Sorted:
    going = _going(part, ("device_id", *columns))
    keys = find_different(_coded(going, columns))
    # Small numbers are sorted by counting them, which is many times quicker than by comparing.
    small = keys.places.astype(np.min_scalar_type(len(keys.readings)))
    ends = np.cumsum(keys.rows)[:-1]
    places = dict(zip(keys.readings, np.split(np.argsort(small, kind="stable"), ends), strict=False))
    return Sorted(_lines(_one(going["device_id"])), places)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _lines(device_ids: pa.StringArray) -> np.ndarray[Any, np.dtype[np.void]]:
    """Give a line for each Device ID; only what is fit has a next step, so all are of the same length."""
    lines = np.full((len(device_ids), LINE), ord("\n"), np.uint8)
    octets = as_octets(device_ids)
    assert octets is not None
    lines[:, :LENGTH] = octets
    return lines.view(f"V{LINE}")[:, 0]


def _fill(steps: Sequence[tuple[int, "Filling"]], found: Sequence[Sorted]) -> None:
    for next_entry, step in steps:
        step.add(b"".join(each.lines_of((str(next_entry),)) for each in found))


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
