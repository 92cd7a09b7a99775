"""From every entry to every other at once: how many activations, and the next step.

Sets of entries are whole numbers with a bit for each, so one operation handles a thousand entries: a fraction
of the work of a search from every entry. Source: ADR 0006.
"""

from array import array
from typing import Final

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, Steps
from firmpath.pathways.walking import Successors, turned_around

_UNREACHED: Final = 0xFFFFFFFF


class TowardsOne:
    """The best pathways of a family to one target at a time.

    Cost: a bit for each pair of entries, twice; for each target about half a microsecond an entry that comes to it.
    """

    def __init__(self, successors: Successors) -> None:
        self.ids: Steps = tuple(sorted(successors))
        self._at = {cpl_entry_id: at for at, cpl_entry_id in enumerate(self.ids)}
        self._targets = self._as_bits(successors)
        self._sources = self._as_bits(turned_around(successors))

    def towards(self, to_id: CPLEntryID) -> dict[CPLEntryID, int]:
        """Give the fewest activations to `to_id` from every entry that can come to it."""
        row, _ = self._towards(self._at[to_id])
        return {cpl_entry_id: row[at] for at, cpl_entry_id in enumerate(self.ids) if row[at] != _UNREACHED}

    def _as_bits(self, successors: Successors) -> list[int]:
        return [sum(1 << self._at[other] for other in successors[cpl_entry_id]) for cpl_entry_id in self.ids]

    def _towards(self, target: int) -> "tuple[array[int], array[int]]":
        """Go back from one target layer by layer; in each, the next step is the lowest bit one layer nearer."""
        targets, sources = self._targets, self._sources
        activations = array("I", [_UNREACHED]) * len(self.ids)
        following = array("I", [_UNREACHED]) * len(self.ids)
        activations[target] = 0
        seen = nearer = 1 << target
        layer = sources[target] & ~seen
        count = 1
        while layer:
            seen |= layer
            further = 0
            waiting = layer
            while waiting:
                bit = waiting & -waiting
                waiting ^= bit
                at = bit.bit_length() - 1
                activations[at] = count
                onward = targets[at] & nearer
                following[at] = (onward & -onward).bit_length() - 1
                further |= sources[at]
            nearer, layer = layer, further & ~seen
            count += 1
        return activations, following


class AllPairs(TowardsOne):
    """The best pathway between any two entries of a family.

    Cost: about half a microsecond for each pair that has a pathway, and 8 bytes for each pair.
    """

    def __init__(self, successors: Successors) -> None:
        super().__init__(successors)
        rows = [self._towards(at) for at in range(len(self.ids))]
        self._activations = [activations for activations, _ in rows]
        self._next = [following for _, following in rows]

    def activations(self, from_id: CPLEntryID, to_id: CPLEntryID) -> int | NoWay:
        """Give the fewest activations from one entry to another; none from an entry to itself."""
        found = self._activations[self._at[to_id]][self._at[from_id]]
        return NO_WAY if found == _UNREACHED else found

    def next_step(self, from_id: CPLEntryID, to_id: CPLEntryID) -> CPLEntryID | NoWay:
        """Give the first entry to go to on the best pathway; there is none from an entry to itself."""
        found = self._next[self._at[to_id]][self._at[from_id]]
        return NO_WAY if found == _UNREACHED else self.ids[found]
