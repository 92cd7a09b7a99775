"""Numbers put in order: sorted whole, or few bits at a time; on one processor this is quicker, on another that.

NumPy sorts numbers of 64 bits with AVX-512, of which one instruction is many times slower on some processors than
on others. Small numbers it sorts by counting them, which is quick on all. Both ways find the same.
Source: ADR 0044.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from firmpath.fleet.device_ids import Numbers

Counts = np.ndarray[Any, np.dtype[np.int64]]

STRETCHES: Final = 256
"""All numbers are parted into so many stretches, by their first 8 bits."""

_OF_THE_STRETCH: Final = 56
_COMPARED_FIRST: Final = (24, 40)
"""Where the bits begin, 16 and 16, by which the numbers of a stretch are sorted, the lower ones first."""

SCATTERING: Final = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that different numbers stay different; times it, those of one maker are in all stretches."""

_TRIED: Final = 1 << 16


class Sorting(NamedTuple):
    """A way of sorting.

    `in_stretches` gives numbers in the order of their stretches, and where each of these begins and the last ends.
    `repeated` gives in order those numbers of a stretch that stand several times, each as often as it does, and
    perhaps some more.
    """

    in_stretches: Callable[[Numbers], tuple[Numbers, Counts]]
    repeated: Callable[[Numbers], Numbers]


def _whole_in_stretches(numbers: Numbers) -> tuple[Numbers, Counts]:
    """Cost: some 10 ns for each, or 50."""
    ordered = np.sort(numbers)
    firsts = np.arange(STRETCHES, dtype=np.uint64) << np.uint64(_OF_THE_STRETCH)
    return ordered, np.append(np.searchsorted(ordered, firsts), len(ordered))


def _whole_repeated(numbers: Numbers) -> Numbers:
    """Cost: some 8 ns for each, or 50."""
    ordered = np.sort(numbers)
    return _alike(ordered, ordered)


def _few_bits_in_stretches(numbers: Numbers) -> tuple[Numbers, Counts]:
    """Cost: some 10 to 20 ns for each."""
    stretches = (numbers >> np.uint64(_OF_THE_STRETCH)).astype(np.uint8)
    ends = np.cumsum([0, *np.bincount(stretches, minlength=STRETCHES)])
    return numbers.take(np.argsort(stretches, kind="stable")), ends


def _few_bits_repeated(numbers: Numbers) -> Numbers:
    """Give those whose first bits another has too: hardly any but those that stand twice.

    Cost: some 10 to 25 ns for each.
    """
    for bit in _COMPARED_FIRST:
        numbers = numbers.take(np.argsort((numbers >> np.uint64(bit)).astype(np.uint16), kind="stable"))
    return np.sort(_alike(numbers, numbers >> np.uint64(min(_COMPARED_FIRST))))


def _alike(numbers: Numbers, keys: Numbers) -> Numbers:
    """Give the numbers whose keys, which are in order, another has too."""
    alike = keys[1:] == keys[:-1]
    return numbers[np.append(alike, False) | np.append(False, alike)] if alike.any() else numbers[:0]


WHOLE: Final = Sorting(_whole_in_stretches, _whole_repeated)
FEW_BITS: Final = Sorting(_few_bits_in_stretches, _few_bits_repeated)


@cache
def quickest_sorting() -> Sorting:
    """Give the way that is quicker on this processor.

    Cost: some 10 ms, the first time.
    """
    some = np.arange(_TRIED, dtype=np.uint64) * SCATTERING
    return min((WHOLE, FEW_BITS), key=lambda sorting: min(_seconds(sorting, some) for _ in range(3)))


def _seconds(sorting: Sorting, numbers: Numbers) -> float:
    began = time.perf_counter()
    sorting.repeated(numbers)
    return time.perf_counter() - began
