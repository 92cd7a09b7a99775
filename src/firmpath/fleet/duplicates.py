"""Device IDs that stand twice: found exactly, in memory that does not grow, by sorting their numbers in stretches.

The numbers of each part of a plan are laid aside in a file, those of each stretch of all numbers together. Then,
stretch by stretch, what the parts have is put together and sorted. Source: ADRs 0020 and 0044.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from firmpath.fleet.device_ids import Numbers
from firmpath.fleet.number_files import read_numbers
from firmpath.fleet.sorting import SCATTERING, STRETCHES, Counts, Sorting, quickest_sorting
from firmpath.fleet.telling import WORKERS, Told


class Duplicates(NamedTuple):
    """Numbers that stand in several rows, scattered and sorted; in how many each does; the parts that have any."""

    numbers: Numbers
    times: Counts
    parts: tuple[int, ...]

    def times_of(self, numbers: Numbers) -> Counts:
        """Give for each number in how many rows it stands, 0 where it does in one alone."""
        scattered = numbers * SCATTERING
        places = np.minimum(np.searchsorted(self.numbers, scattered), len(self.numbers) - 1)
        return np.where(self.numbers[places] == scattered, self.times[places], 0)


class _Part(NamedTuple):
    """The numbers of a part, in stretches: where they begin in the file, and how many come before each stretch."""

    first: int
    ends: Counts


class Sightings:
    """The numbers of all Device IDs that were seen, in a file. Its methods may be called by several threads."""

    def __init__(self, temporary: Path, sorting: Sorting | None = None) -> None:
        self._temporary, self._size = temporary, 0
        self._sorting = sorting or quickest_sorting()
        self._parts: dict[int, _Part] = {}
        self._lock = threading.Lock()
        self._seen.touch()

    @property
    def _seen(self) -> Path:
        return self._temporary / "device-ids"

    def add(self, part: int, numbers: Numbers) -> None:
        """Lay the numbers of a part aside.

        Cost: linear, some 10 ns for each.
        """
        laid_aside, ends = self._sorting.in_stretches(numbers * SCATTERING)
        with self._lock, open(self._seen, "ab") as file:
            file.write(laid_aside.data)
            self._parts[part] = _Part(self._size, ends)
            self._size += len(laid_aside)

    def find_duplicates(self, told: Told) -> Duplicates:
        """Find what stands in several rows, when all parts have been added.

        Cost: one read of the file, and of each number, some 10 to 25 ns; memory for two stretches, 1/256 of all.
        :raises OSError: the file does not have them any more.
        """
        numbers, times, parts = self._temporary / "twice", self._temporary / "times", set[int]()
        with ThreadPoolExecutor(WORKERS) as pool, open(numbers, "wb") as twice, open(times, "wb") as counts:
            for at, found in enumerate(pool.map(self._of_stretch, range(STRETCHES)), 1):
                twice.write(found.numbers.data)
                counts.write(found.times.data)
                parts.update(found.parts)
                told("Comparing Device IDs", at / STRETCHES)
        return Duplicates(_mapped(numbers, np.uint64), _mapped(times, np.int64), tuple(sorted(parts)))

    def _of_stretch(self, stretch: int) -> Duplicates:
        together, ends = self._read(stretch)
        numbers, times = np.unique(self._sorting.repeated(together), return_counts=True)
        several = times > 1
        numbers, times = numbers[several], times[several]
        of_parts = zip(self._parts, np.split(together, ends), strict=False) if len(numbers) else ()
        return Duplicates(numbers, times, tuple(part for part, each in of_parts if _shares(each, numbers)))

    def _read(self, stretch: int) -> tuple[Numbers, Counts]:
        """Read the numbers of a stretch, one part after the other, and where those of each part end."""
        bounds = [each.first + each.ends[stretch : stretch + 2] for each in self._parts.values()]
        ends = np.cumsum([end - first for first, end in bounds], dtype=np.int64)
        together = np.empty(int(ends[-1]) if bounds else 0, np.uint64)
        with open(self._seen, "rb", buffering=0) as file:
            for (first, _), into in zip(bounds, np.split(together, ends), strict=False):
                read_numbers(file, int(first), into)
        return together, ends


def _shares(some: Numbers, ordered: Numbers) -> bool:
    """Say whether any of some numbers is in a sorted array, which is not empty."""
    places = np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)
    return bool((ordered[places] == some).any())


def _mapped(file: Path, kind: type[np.generic]) -> Any:
    """Give the numbers in a file, of which the system keeps as many in memory as there is room for."""
    return np.memmap(file, kind, "r") if file.stat().st_size else np.empty(0, kind)
