"""In which order to publish upgrades that rescue some of the same entries: then always what adds most.

An entry that one upgrade rescues needs no other. Source: FEATURES F63.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.ways_out.fixes import Fix
from firmpath.registry.ssc.ways_out.weighing import Weights, weigh


class Placed(NamedTuple):
    """An upgrade in its place: `adds` are entries it rescues and none before it does, `only` no other does.

    A Device that runs one of several entries is added by whichever upgrade rescues the last of them.
    """

    fix: Fix
    adds: Steps
    adds_devices: int
    only: Steps
    only_devices: int


def put_in_order(fixes: Sequence[Fix], weights: Weights) -> list[Placed]:
    """Put first the upgrade that rescues most Devices, and then always the one that adds most to those before it.

    Of several that add as many Devices, most entries decide, then the place in `fixes`.
    Cost: linear in the entries that each rescues, but for what several rescue, which is counted anew each time.
    """
    order = _Order(fixes, weights)
    return list(order.placed())


class _Order:
    """What is left of each upgrade while others are put before it."""

    def __init__(self, fixes: Sequence[Fix], weights: Weights) -> None:
        self._fixes, self._weights = fixes, weights
        self._left = [set(fix.rescued) for fix in fixes]
        self._by_entry: dict[CPLEntryID, list[int]] = {}
        for at, fix in enumerate(fixes):
            for each in fix.rescued:
                self._by_entry.setdefault(each, []).append(at)
        self._together = _by_any(weights)
        self._done: set[CPLEntryID] = set()
        self._gains = [self._gain(at) for at in range(len(fixes))]

    def placed(self) -> Iterator[Placed]:
        """Give the upgrades in order; one whose gain has changed is in the heap again, and passed before."""
        heap = [(*gain, at) for at, gain in enumerate(self._gains)]
        heapq.heapify(heap)
        waiting = set(range(len(self._fixes)))
        while heap:
            devices, entries, at = heapq.heappop(heap)
            if at not in waiting or (devices, entries) != self._gains[at]:
                continue
            waiting.discard(at)
            adds = sorted(self._left[at])
            only = tuple(each for each in self._fixes[at].rescued if len(self._by_entry[each]) == 1)
            yield Placed(self._fixes[at], tuple(adds), -devices, only, weigh(set(only), self._weights))
            for other in self._take(adds) & waiting:
                gain = self._gain(other)
                if gain != self._gains[other]:
                    self._gains[other] = gain
                    heapq.heappush(heap, (*gain, other))

    def _take(self, adds: Sequence[CPLEntryID]) -> set[int]:
        """Have entries rescued, and give the upgrades of which that changes what they add."""
        self._done.update(adds)
        changed = set()
        for each in adds:
            for at in self._by_entry[each]:
                self._left[at].discard(each)
                changed.add(at)
            for ids, _ in self._together.get(each, ()):
                changed.update(at for one in ids for at in self._by_entry.get(one, ()))
        return changed

    def _gain(self, at: int) -> tuple[int, int]:
        """Count, below zero so that most comes first, the Devices and the entries that an upgrade would add now."""
        left = self._left[at]
        devices = sum(self._weights.by_entry.get(each, 0) for each in left)
        together = {ids: number for each in left for ids, number in self._together.get(each, ())}
        devices += sum(
            number for ids, number in together.items() if all(one in left or one in self._done for one in ids)
        )
        return -devices, -len(left)


def _by_any(weights: Weights) -> Mapping[CPLEntryID, list[tuple[Steps, int]]]:
    """Give, by each of several entries, the Devices that run one of these."""
    found: dict[CPLEntryID, list[tuple[Steps, int]]] = {}
    for several in weights.by_first.values():
        for ids, number in several:
            for each in ids:
                found.setdefault(each, []).append((ids, number))
    return found


def words_of_place(placed: Placed, *, is_weighed: bool) -> list[str]:
    """Say how an upgrade overlaps with the others; nothing where it does not."""
    fix, found = placed.fix, []

    def weighed(ids: Steps, devices: int) -> str:
        return f"{counted(len(ids), 'entry', 'entries')}{f', {devices:,} Devices' if is_weighed else ''}"

    if placed.adds != fix.rescued:
        added = weighed(placed.adds, placed.adds_devices)
        found.append(
            f"After those before it, it adds {added}." if placed.adds else "After those before it, it adds nothing."
        )
    if placed.only != fix.rescued:
        left = weighed(placed.only, placed.only_devices)
        found.append(f"Were all the others published, {left} would be left to it.")
    return found
