"""What is planned, each different thing once, with a number. A row is such a number until it is written."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from firmpath.fleet.days import NO_END
from firmpath.fleet.inventory import REGION
from firmpath.fleet.planned import Planned
from firmpath.fleet.rows import Codes

TYPES: Final = {
    "installed": pa.int64(),
    "candidates": pa.string(),
    "target": pa.int64(),
    "next_entry": pa.int64(),
    "remaining_steps": pa.int32(),
    "status": pa.string(),
    "reason": pa.string(),
    REGION: pa.string(),
}
"""What each column of a plan holds, the Device ID aside, which is text."""

TEXTS: Final = [name for name, kind in TYPES.items() if kind == pa.string()]
NUMBERS: Final = [name for name, kind in TYPES.items() if kind != pa.string()]


class OfKinds(NamedTuple):
    """What stands in a column of a plan, by the number of each kind: a number, or the place of one of `texts`."""

    values: Any
    texts: dict[str, int] | None

    def extended(self, more: Sequence[Any], kind: pa.DataType) -> "OfKinds":
        """Give the same for some kinds more."""
        if self.texts is None:
            return OfKinds(np.append(self.values, np.array(more, kind.to_pandas_dtype())), None)
        texts = dict(self.texts)
        places = [texts.setdefault(text, len(texts)) for text in more]
        return OfKinds(np.append(self.values, np.array(places, np.int64)), texts)


class Kinds:
    """All kinds of what is planned, numbered from 0. Its methods may be called by several threads.

    `last_days` has the last day on which the pathway of a kind can be used, where there is one; whoever has it may
    add to it before the kind is numbered.
    """

    def __init__(self, last_days: Mapping[Planned, date] | None = None) -> None:
        self._last_days: Mapping[Planned, date] = {} if last_days is None else last_days
        self._every: list[Planned] = []
        self._numbers: dict[Planned, int] = {}
        self._columns = {
            name: OfKinds(np.empty(0, TYPES[name].to_pandas_dtype()), None)
            if name in NUMBERS
            else OfKinds(np.empty(0, np.int64), {})
            for name in Planned._fields
        }
        self._ends = np.empty(0, np.int64)
        self._lock = threading.Lock()

    def __getitem__(self, number: int) -> Planned:
        return self._every[number]

    def numbers(self, planned: Sequence[Planned]) -> Codes:
        """Give the number of each, a new one to each that is new."""
        with self._lock:
            for each in planned:
                if each not in self._numbers:
                    self._numbers[each] = len(self._every)
                    self._every.append(each)
            return np.fromiter(map(self._numbers.__getitem__, planned), np.int64, len(planned))

    def changed(self, rows: Codes, change: Callable[[Planned], Planned]) -> Codes:
        """Give the kinds of rows when what is planned for each is changed so."""
        found, places = np.unique(rows, return_inverse=True)
        return self.numbers([change(self[each]) for each in found.tolist()])[places]

    def columns(self) -> dict[str, OfKinds]:
        """Give what stands in each column of a plan for every kind that has a number by now."""
        with self._lock:
            known = len(self._columns["status"].values)
            if known < len(self._every):
                more = zip(*self._every[known:], strict=True)
                each = zip(self._columns.items(), more, strict=True)
                self._columns = {name: of.extended(values, TYPES[name]) for (name, of), values in each}
            return self._columns

    def ends(self) -> Codes:
        """Give for every kind the last day on which its pathway can be used, as an ordinal."""
        with self._lock:
            more = [self._last_days.get(each, NO_END).toordinal() for each in self._every[len(self._ends) :]]
            self._ends = np.append(self._ends, np.array(more, np.int64))
            return self._ends


def added(counts: Codes, more: Codes) -> Codes:
    """Add up two counts, each by the numbers from 0 on as far as they were known."""
    total = np.zeros(max(len(counts), len(more)), np.int64)
    total[: len(counts)] = counts
    total[: len(more)] += more
    return total
