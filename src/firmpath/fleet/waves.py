"""Waves: for each next step, files with the IDs of the Devices to take it, ready for a service request.

Source: FEATURES F41; DOMAIN section 5.
"""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from firmpath.fleet.device_ids import LENGTH, as_octets
from firmpath.fleet.telling import WORKERS, Told

DEVICES_IN_A_WAVE: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

_PARTS_AT_A_TIME: Final = 4
"""Parts of a plan whose Devices are sorted by their steps together: files are then opened less often."""


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


class _Sorted(NamedTuple):
    """The lines of a part's Devices, and for each next step the places of those that take it, in their order."""

    lines: np.ndarray[Any, np.dtype[np.void]]
    places: dict[int, np.ndarray[Any, np.dtype[np.int64]]]


def write_waves(
    parts: Sequence[Path], folder: Path, size: int, counts: Mapping[int, int], told: Told
) -> tuple[Wave, ...]:
    """Write the waves of a plan in parts, each in the order of its rows; `counts` has the Devices of each step.

    Cost: one read of the plan; memory for the Device IDs of a few parts.
    """
    folder.mkdir()
    steps = {next_entry: _Step(folder, next_entry, size) for next_entry in counts}
    shares = [list(steps.values())[at::WORKERS] for at in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for first in range(0, len(parts) if counts else 0, _PARTS_AT_A_TIME):
            some = parts[first : first + _PARTS_AT_A_TIME]
            found = list(pool.map(_sort, some))
            list(pool.map(partial(_fill, found=found), shares))
            told("Writing waves", (first + len(some)) / len(parts))
    return tuple(step.finished() for step in steps.values())


def _sort(part: Path) -> _Sorted:
    table = pq.read_table(part, columns=["device_id", "next_entry"], use_threads=False)
    going = table.filter(pc.is_valid(table["next_entry"])).combine_chunks()
    steps = _one(going["next_entry"]).dictionary_encode()
    # Small codes are sorted by counting them, which is many times quicker than by comparing.
    codes = steps.indices.to_numpy().astype(np.min_scalar_type(len(steps.dictionary)))
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(steps.dictionary)))[:-1]
    places = dict(zip(steps.dictionary.to_pylist(), np.split(order, ends), strict=False))
    return _Sorted(_lines(_one(going["device_id"])), places)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _lines(device_ids: pa.StringArray) -> np.ndarray[Any, np.dtype[np.void]]:
    """Give a line for each Device ID; only what is fit has a next step, so all are of the same length."""
    lines = np.full((len(device_ids), LENGTH + 1), ord("\n"), np.uint8)
    octets = as_octets(device_ids)
    assert octets is not None
    lines[:, :LENGTH] = octets
    return lines.view(f"V{LENGTH + 1}")[:, 0]


def _fill(steps: Sequence["_Step"], found: Sequence[_Sorted]) -> None:
    for step in steps:
        step.add(found)


class _Step:
    """The files of one next step, each filled before the next is begun."""

    def __init__(self, folder: Path, next_entry: int, size: int) -> None:
        self._folder, self._next_entry, self._size = folder, next_entry, size
        self._files: list[WaveFile] = []
        self._devices, self._sha256 = 0, hashlib.sha256()

    def add(self, found: Sequence[_Sorted]) -> None:
        """Add the Devices of some parts."""
        step = self._next_entry
        lines = b"".join(each.lines[each.places[step]].tobytes() for each in found if step in each.places)
        while lines:
            room = (self._size - self._devices) * (LENGTH + 1)
            fitting, lines = lines[:room], lines[room:]
            with open(self._folder / self._name, "ab") as file:
                file.write(fitting)
            self._sha256.update(fitting)
            self._devices += len(fitting) // (LENGTH + 1)
            if self._devices == self._size:
                self._end_file()

    def finished(self) -> Wave:
        """End the last file, and give all of them."""
        if self._devices:
            self._end_file()
        return Wave(self._next_entry, sum(each.devices for each in self._files), tuple(self._files))

    @property
    def _name(self) -> str:
        return f"to-{self._next_entry}-{len(self._files) + 1:04}.txt"

    def _end_file(self) -> None:
        self._files.append(WaveFile(self._name, self._devices, self._sha256.hexdigest()))
        self._devices, self._sha256 = 0, hashlib.sha256()
