"""Breadth-first search as a textbook has it: the measure that ours is held against."""

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.walking import Successors


def activations_from(successors: Successors, start: CPLEntryID) -> dict[CPLEntryID, int]:
    """Give the fewest activations from `start` to every entry that can be come to."""
    found = {start: 0}
    layer = [start]
    count = 0
    while layer:
        count += 1
        further = []
        for from_id in layer:
            for to_id in successors[from_id]:
                if to_id not in found:
                    found[to_id] = count
                    further.append(to_id)
        layer = further
    return found


def search_from_every_entry(successors: Successors) -> dict[CPLEntryID, dict[CPLEntryID, int]]:
    """Give the fewest activations from every entry to every other, by a search from each."""
    return {cpl_entry_id: activations_from(successors, cpl_entry_id) for cpl_entry_id in successors}


def walk_of_everything(successors: Successors) -> set[CPLEntryID]:
    """Walk over every declared upgrade once, and give the entries that are come to."""
    found: set[CPLEntryID] = set()
    for start in successors:
        waiting = [] if start in found else [start]
        found.add(start)
        while waiting:
            for to_id in successors[waiting.pop()]:
                if to_id not in found:
                    found.add(to_id)
                    waiting.append(to_id)
    return found
