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
from firmpath.fleet.rows import as_codes, find_different
from firmpath.fleet.telling import WORKERS, Told

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_PARTS_AT_A_TIME: Final = 4
"""Parts of a plan whose Devices are sorted by their steps together: files are then opened less often."""


LINE: Final = LENGTH + 1
"""The octets of a Device ID in a file."""
_WORD: Final = 8

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
    """A line for each Device of a part, those that are alike together in their order, and where these are."""

    lines: np.ndarray[Any, np.dtype[np.uint64]]
    places: dict[Key, slice]

    def lines_of(self, key: Key) -> memoryview:
        """Give a line for each of the Devices that are alike."""
        return self.lines[self.places[key]].data.cast("B") if key in self.places else memoryview(b"")


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
        alike = find_different(_coded(pq.read_table(part, columns=list(columns), use_threads=False), columns))
        rows = zip(alike.readings, alike.rows.tolist(), strict=True)
        found.update({key: many for key, many in rows if _has_step(key, columns)})
    return found


def _has_step(key: Key, columns: Sequence[str]) -> bool:
    return bool(key[columns.index("next_entry")])


def _coded(table: pa.Table, columns: Sequence[str]) -> list[pa.DictionaryArray]:
    return [as_codes(table[each].combine_chunks()) for each in columns]


def _sort(part: Path, columns: Sequence[str]) -> Sorted:
    table = pq.read_table(part, columns=["device_id", *columns], use_threads=False)
    alike = find_different(_coded(table, columns))
    # Small numbers are sorted by counting them, which is many times quicker than by comparing.
    order = np.argsort(alike.places.astype(np.min_scalar_type(len(alike.readings))), kind="stable")
    ends = np.cumsum([0, *alike.rows]).tolist()
    each = zip(alike.readings, map(slice, ends, ends[1:]), strict=False)
    places = {key: rows for key, rows in each if _has_step(key, columns)}
    return Sorted(_lines(table["device_id"].combine_chunks()).take(order, axis=0), places)


def _lines(device_ids: pa.StringArray) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """Give a line of three words for each Device ID; only what is fit has a step, so others may be anything."""
    octets = as_octets(device_ids)
    if octets is None:
        is_long = pc.fill_null(pc.equal(pc.binary_length(device_ids), LENGTH), False)
        octets = as_octets(pc.if_else(is_long, device_ids, " " * LENGTH))
        assert octets is not None
    lines = np.empty((len(octets), LINE // _WORD), "<u8")
    for at in range(LINE // _WORD):
        first = min(at * _WORD, LENGTH - _WORD)
        lines[:, at] = np.ndarray(len(octets), "<u8", octets, first, (LENGTH,))
    lines[:, -1] >>= np.uint64(8)  # its first octet is the last of the word before
    lines[:, -1] |= np.uint64(ord("\n") << 56)
    return lines


def _fill(steps: Sequence[tuple[int, "Filling"]], found: Sequence[Sorted]) -> None:
    for next_entry, step in steps:
        step.add(memoryview(b"".join(each.lines_of((str(next_entry),)) for each in found)))


class Filling:
    """The files of one next step, perhaps of one day, each filled before the next is begun."""

    def __init__(self, folder: Path, next_entry: int, size: int, day: int = 0) -> None:
        self._folder, self._size, self._day = folder, size, day
        self._named = f"day-{day:04}/to-{next_entry}" if day else f"to-{next_entry}"
        self._files: list[WaveFile] = []
        self._devices, self._sha256 = 0, hashlib.sha256()

    def add(self, lines: memoryview) -> None:
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
