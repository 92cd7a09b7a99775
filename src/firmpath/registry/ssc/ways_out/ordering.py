"""In which order to publish upgrades that rescue some of the same entries: always what adds most to those before.

An entry that one upgrade rescues needs no other. Source: FEATURES F63.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice
from typing import Final, NamedTuple

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


_MOST_PAIRS: Final = 1000
"""How many pairs are looked at, those that the most Devices wait for: each is counted anew when either changes."""


def put_in_order(fixes: Sequence[Fix], weights: Weights) -> list[Placed]:
    """Put first what adds most Devices for each upgrade to those before it: an upgrade, or two that do so together.

    Two do where Devices run one of several entries of which either rescues some; of the two the one comes first
    that adds most by itself. Of several that add as many Devices, one alone comes before two, then most entries
    decide, then the place in `fixes`. That three would add still more together is not looked for.
    Cost: linear in the entries that each rescues, but for what several rescue, which is counted anew each time.
    """
    order = _Order(fixes, weights)
    return list(order.placed())


class _Order:
    """What is left of each upgrade, and of two together, while others are put before them."""

    def __init__(self, fixes: Sequence[Fix], weights: Weights) -> None:
        self._fixes, self._weights = fixes, weights
        self._left = [set(fix.rescued) for fix in fixes]
        self._by_entry: dict[CPLEntryID, list[int]] = {}
        for at, fix in enumerate(fixes):
            for each in fix.rescued:
                self._by_entry.setdefault(each, []).append(at)
        self._together = _by_any(weights)
        self._done: set[CPLEntryID] = set()
        self._with: dict[int, list[_Several]] = {at: [(at,)] for at in range(len(fixes))}
        for pair in _find_pairs(weights, self._by_entry):
            for at in pair:
                self._with[at].append(pair)
        self._gains = {several: self._gain(several) for several in {*chain.from_iterable(self._with.values())}}

    def placed(self) -> Iterator[Placed]:
        """Give the upgrades in order; what has another gain by now is in the heap again, and passed before."""
        heap = [(gain, several) for several, gain in self._gains.items()]
        heapq.heapify(heap)
        waiting = set(range(len(self._fixes)))
        while heap:
            gain, several = heapq.heappop(heap)
            if not waiting.issuperset(several) or gain != self._gains[several]:
                continue
            at = min(several, key=lambda each: (self._gains[each,], each))
            waiting.discard(at)
            adds = sorted(self._left[at])
            only = tuple(each for each in self._fixes[at].rescued if len(self._by_entry[each]) == 1)
            devices = -self._gains[at,][0] // 2
            yield Placed(self._fixes[at], tuple(adds), devices, only, weigh(set(only), self._weights))
            for other in self._changed(self._take(adds) & waiting):
                heapq.heappush(heap, (self._gains[other], other))

    def _changed(self, ats: Iterable[int]) -> Iterator["_Several"]:
        """Count anew what these upgrades add, alone and with another, and give what adds something else by now."""
        for several in dict.fromkeys(chain.from_iterable(self._with[at] for at in sorted(ats))):
            gain = self._gain(several)
            if gain != self._gains[several]:
                self._gains[several] = gain
                yield several

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

    def _gain(self, several: "_Several") -> "_Gain":
        """Say what an upgrade, or two together, would add now."""
        left = self._left[several[0]].union(*(self._left[at] for at in several[1:]))
        devices = sum(self._weights.by_entry.get(each, 0) for each in left)
        together = {ids: number for each in left for ids, number in self._together.get(each, ())}
        devices += sum(
            number for ids, number in together.items() if all(one in left or one in self._done for one in ids)
        )
        return -devices * 2 // len(several), len(several), -len(left)


_Several = tuple[int, ...]
"""The places of one upgrade, or of two together."""

_Gain = tuple[int, int, int]
"""What would be added, the best first: twice the Devices for each upgrade, how many upgrades, the entries."""


def _find_pairs(weights: Weights, by_entry: Mapping[CPLEntryID, list[int]]) -> list[tuple[int, int]]:
    """Give two upgrades at a time that rescue some of several entries, those that most Devices run first."""
    several = sorted(chain.from_iterable(weights.by_first.values()), key=lambda each: (-each[1], each[0]))
    pairs = (
        pair
        for ids, _ in several
        for pair in combinations(sorted({at for each in ids for at in by_entry.get(each, ())}), 2)
    )
    return list(dict.fromkeys(islice(pairs, _MOST_PAIRS)))


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

    if placed.adds != fix.rescued or (is_weighed and placed.adds_devices != fix.devices):
        added = weighed(placed.adds, placed.adds_devices)
        found.append(
            f"After those before it, it adds {added}." if placed.adds else "After those before it, it adds nothing."
        )
    if placed.only != fix.rescued:
        left = weighed(placed.only, placed.only_devices)
        found.append(f"Were all the others published, {left} would be left to it.")
    return found
