"""Walks over upgrades: what leads where, in either direction."""

from collections.abc import Mapping

from firmpath.pathways.identifiers import CPLEntryID

Successors = Mapping[CPLEntryID, tuple[CPLEntryID, ...]]
"""The entries that each entry can go to, ascending."""


def turned_around(successors: Successors) -> Successors:
    """Give each entry's predecessors, ascending."""
    sources: dict[CPLEntryID, list[CPLEntryID]] = {cpl_entry_id: [] for cpl_entry_id in successors}
    for from_id, to_ids in successors.items():
        for to_id in to_ids:
            sources[to_id].append(from_id)
    return {cpl_entry_id: tuple(ids) for cpl_entry_id, ids in sources.items()}


def reachable(successors: Successors, *starts: CPLEntryID) -> set[CPLEntryID]:
    """Give every entry that a walk from any of these comes to, they themselves included."""
    seen = set(starts)
    waiting = list(starts)
    while waiting:
        for to_id in successors[waiting.pop()]:
            if to_id not in seen:
                seen.add(to_id)
                waiting.append(to_id)
    return seen
