"""The Devices that have a step to take: their numbers, laid aside while a plan is written, to make waves of.

Of each part of the plan, the numbers of those that are alike are put together, in the order of the rows, at the end
of one file: 8 octets for each. The plan need not be read again. Source: ADR 0037.
"""

import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from io import FileIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from firmpath.fleet.days import NO_END, Cell
from firmpath.fleet.device_ids import Numbers
from firmpath.fleet.kinds import Kinds
from firmpath.fleet.number_files import read_numbers
from firmpath.fleet.planned import NO_ENTRY
from firmpath.fleet.rows import Codes, Regions

_AHEAD: Final = 8_192
"""Numbers that are read at once of a part, of which a plan of 150 million Devices has 300."""

_NO_END: Final = NO_END.toordinal()
_NO_REGIONS: Final = Regions([""], np.zeros(0, np.int64))


class _Part(NamedTuple):
    """The cells of a part, and where in the file the numbers of each begin and end."""

    cells: Sequence[Cell]
    bounds: Sequence[int]


class _Runs(NamedTuple):
    """The stretches of a cell's numbers: the part of each, where it begins in the file, how many come before."""

    parts: list[int]
    firsts: list[int]
    before: list[int]


class _Window(NamedTuple):
    """Some numbers of a part, and where in the file they begin."""

    first: int
    numbers: Numbers


class Takers:
    """The numbers of all Devices that have a next step, in a file. Its methods may be called by several threads.

    Devices are alike if they have the same next step; `by_day`: if their days depend on the same besides.
    """

    def __init__(self, file: Path, by_day: bool) -> None:
        self._file, self._by_day, self._size = file, by_day, 0
        self._parts: dict[int, _Part] = {}
        self._lock = threading.Lock()
        self._file.touch()

    def add(self, part: int, numbers: Numbers, rows: Codes, kinds: Kinds, regions: Regions | None = None) -> None:
        """Lay the Devices of a part aside; what was laid aside of the same part before no longer counts.

        `rows` has the kind of what is planned for each.

        Cost: linear, some 15 ns a row; none of it for a text.
        """
        sought = _Sought(kinds, self._by_day, regions if regions and self._by_day else None)
        codes = sought.codes(rows)
        # Small numbers are sorted by counting them, which is many times quicker than by comparing.
        counts, order = np.bincount(codes, minlength=sought.without_step), np.argsort(codes, kind="stable")
        without = int(counts[: sought.without_step].sum())
        counts[: sought.without_step] = 0
        there = np.flatnonzero(counts)
        taken, ends = numbers.take(order[without:]), np.cumsum([0, *counts[there]])
        cells = [sought.cell(code) for code in there.tolist()]
        with self._lock, open(self._file, "ab") as file:
            file.write(taken.data)
            self._parts[part] = _Part(cells, (ends + self._size).tolist())
            self._size += len(taken)

    def laid_aside(self) -> "LaidAside":
        """Give where everybody's number stands, when all parts have been added.

        Cost: the cells of each part.
        """
        found: dict[Cell, _Runs] = {}
        for number, part in sorted(self._parts.items()):
            for cell, first, end in zip(part.cells, part.bounds, part.bounds[1:], strict=False):
                runs = found.setdefault(cell, _Runs([], [], [0]))
                runs.parts.append(number)
                runs.firsts.append(first)
                runs.before.append(runs.before[-1] + end - first)
        return LaidAside(self._file, found, self._size)

    def remove(self) -> None:
        """Remove the file, when everything has been read."""
        self._file.unlink()


class LaidAside(NamedTuple):
    """The file with everybody's number, the stretches of each cell in it, and how many numbers it has."""

    file: Path
    runs: Mapping[Cell, _Runs]
    size: int

    def counted(self) -> dict[Cell, int]:
        """Count the Devices of each cell, in the order of the cells."""
        return {cell: runs.before[-1] for cell, runs in sorted(self.runs.items())}

    @contextmanager
    def reader(self) -> Iterator["Reader"]:
        """Give what reads them, for one thread."""
        with open(self.file, "rb", buffering=0) as file:
            yield Reader(file, self)


class Reader:
    """Reads the numbers of Devices that were laid aside, by their cells.

    It reads ahead in every part, in which the cells of a step stand together and the steps in their order: whoever
    asks for one step after the other has each stretch of the file read once.
    """

    def __init__(self, file: FileIO, laid_aside: LaidAside) -> None:
        self._file, self._runs, self._size = file, laid_aside.runs, laid_aside.size
        self._windows: dict[int, _Window] = {}

    def read(self, cell: Cell, first: int, devices: int) -> Numbers:
        """Give some Devices of a cell, of those from the first on, in the order of the rows.

        :raises OSError: the file does not have them any more.
        """
        parts, firsts, before = self._runs[cell]
        found = np.empty(devices, np.uint64)
        done, at = 0, bisect_right(before, first) - 1
        while done < devices:
            skipped = first + done - before[at]
            many = min(before[at + 1] - before[at] - skipped, devices - done)
            found[done : done + many] = self._numbers(parts[at], firsts[at] + skipped, many)
            done, at = done + many, at + 1
        return found

    def _numbers(self, part: int, first: int, many: int) -> Numbers:
        window = self._windows.get(part)
        if window is None or not window.first <= first <= window.first + len(window.numbers) - many:
            window = _Window(first, np.empty(max(many, min(_AHEAD, self._size - first)), np.uint64))
            read_numbers(self._file, first, window.numbers)
            self._windows[part] = window
        return window.numbers[first - window.first :][:many]


class _Sought:
    """The cells that rows of a part can be in, each with a code; those of rows without a step come first."""

    def __init__(self, kinds: Kinds, by_day: bool, regions: Regions | None) -> None:
        self._regions = regions or _NO_REGIONS
        columns = kinds.columns()
        steps = columns["next_entry"].values
        of_days = (columns["remaining_steps"].values, kinds.ends()) if by_day else ()
        self._alike, self._of_kinds = _alike([steps, *(each[: len(steps)] for each in of_days)])
        several = len(self._regions.names)
        self.without_step = sum(step == NO_ENTRY for step, *_ in self._alike) * several
        self._kind: Any = np.min_scalar_type(len(self._alike) * several)

    def codes(self, rows: Codes) -> Any:
        """Give the code of each row."""
        found = self._of_kinds.astype(self._kind).take(rows)
        several = len(self._regions.names)
        return found if several == 1 else found * self._kind.type(several) + self._regions.codes.astype(self._kind)

    def cell(self, code: int) -> Cell:
        alike, region = divmod(code, len(self._regions.names))
        step, *of_days = self._alike[alike]
        left, end = of_days or (0, _NO_END)
        return Cell(self._regions.names[region], left, step, date.fromordinal(end))


def _alike(columns: Sequence[Codes]) -> tuple[list[tuple[int, ...]], Codes]:
    """Give the different rows of some columns, in order, and for each row the place of its own.

    Columns are ranked one by one: the values of several together would not fit a number.
    """
    first, *others = columns
    values, codes = np.unique(first, return_inverse=True)
    found: list[tuple[int, ...]] = [(each,) for each in values.tolist()]
    for column in others:
        values, ranks = np.unique(column, return_inverse=True)
        both, codes = np.unique(codes * len(values) + ranks, return_inverse=True)
        found = [(*found[each // len(values)], int(values[each % len(values)])) for each in both.tolist()]
    return found, codes
