"""Device IDs that stand twice: found exactly, in memory that does not grow, by sorting their numbers bit by bit.

The numbers of each part of a plan are sorted and laid aside in a file. In the end, stretch by stretch of all
numbers that there can be, what the parts have is put together and sorted, and equal ones are neighbours.
Source: ADR 0020.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from firmpath.fleet.device_ids import Numbers
from firmpath.fleet.number_files import read_numbers
from firmpath.fleet.telling import WORKERS, Told

Counts = np.ndarray[Any, np.dtype[np.int64]]

_SCATTERING: Final = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that different numbers stay different; it scatters those of one maker over all stretches."""
_STRETCHES: Final = 256
_ENDS: Final = np.arange(1, _STRETCHES, dtype=np.uint64) << np.uint64(56)


class Duplicates(NamedTuple):
    """Numbers that stand in several rows, scattered and sorted; in how many each does; the parts that have any."""

    numbers: Numbers
    times: Counts
    parts: tuple[int, ...]

    def times_of(self, numbers: Numbers) -> Counts:
        """Give for each number in how many rows it stands, 0 where it does in one alone."""
        scattered = numbers * _SCATTERING
        places = np.minimum(np.searchsorted(self.numbers, scattered), len(self.numbers) - 1)
        return np.where(self.numbers[places] == scattered, self.times[places], 0)


class _Part(NamedTuple):
    """The sorted numbers of a part: where they begin in the file, and how many come before each stretch."""

    first: int
    ends: Counts


class Sightings:
    """The numbers of all Device IDs that were seen, in a file. Its methods may be called by several threads."""

    def __init__(self, temporary: Path) -> None:
        self._temporary, self._size = temporary, 0
        self._parts: dict[int, _Part] = {}
        self._lock = threading.Lock()
        self._seen.touch()

    @property
    def _seen(self) -> Path:
        return self._temporary / "device-ids"

    def add(self, part: int, numbers: Numbers) -> None:
        """Lay the numbers of a part aside."""
        scattered = numbers * _SCATTERING
        scattered.sort()
        ends = np.concatenate(([0], np.searchsorted(scattered, _ENDS), [len(scattered)]))
        with self._lock, open(self._seen, "ab") as file:
            file.write(scattered.data)
            self._parts[part] = _Part(self._size, ends)
            self._size += len(scattered)

    def find_duplicates(self, told: Told) -> Duplicates:
        """Find what stands in several rows, when all parts have been added.

        Cost: one read of the file, and one sort of each stretch, 1/256 of all.
        :raises OSError: the file does not have them any more.
        """
        numbers, times, parts = self._temporary / "twice", self._temporary / "times", set[int]()
        with ThreadPoolExecutor(WORKERS) as pool, open(numbers, "wb") as twice, open(times, "wb") as counts:
            for at, found in enumerate(pool.map(self._of_stretch, range(_STRETCHES)), 1):
                twice.write(found.numbers.data)
                counts.write(found.times.data)
                parts.update(found.parts)
                told("Comparing Device IDs", at / _STRETCHES)
        return Duplicates(_mapped(numbers, np.uint64), _mapped(times, np.int64), tuple(sorted(parts)))

    def _of_stretch(self, stretch: int) -> Duplicates:
        seen = self._read(stretch)
        together = np.concatenate([np.empty(0, np.uint64), *seen.values()])
        together.sort()
        again = together[1:][together[1:] == together[:-1]]
        numbers, more = np.unique(again, return_counts=True)
        parts = tuple(part for part, each in seen.items() if _shares(each, numbers)) if len(again) else ()
        return Duplicates(numbers, more + 1, parts)

    def _read(self, stretch: int) -> dict[int, Numbers]:
        """Read the numbers that each part has in a stretch."""
        seen = {}
        with open(self._seen, "rb", buffering=0) as file:
            for part, each in self._parts.items():
                first, end = int(each.ends[stretch]), int(each.ends[stretch + 1])
                seen[part] = np.empty(end - first, np.uint64)
                read_numbers(file, each.first + first, seen[part])
        return seen


def _shares(ordered: Numbers, numbers: Numbers) -> bool:
    """Say whether a sorted array has one of some numbers."""
    if not len(ordered) or not len(numbers):
        return False
    places = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    return bool((ordered[places] == numbers).any())


def _mapped(file: Path, kind: type[np.generic]) -> Any:
    """Give the numbers in a file, of which the system keeps as many in memory as there is room for."""
    return np.memmap(file, kind, "r") if file.stat().st_size else np.empty(0, kind)
