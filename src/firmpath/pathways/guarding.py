"""What a marked stepping stone stands between: where Devices have to stop at it, and what lies beyond.

Before and after are read from the declarations. Where upgrades lead round in a circle they do not tell, and where
nobody has said what the stone can be applied to they are silent; then the dates of listing do. Source: ADR 0005.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.walking import Successors, reachable

_IDs = frozenset[CPLEntryID]


class Guarded(NamedTuple):
    """The entries before a stone, those that Devices come to from there without stopping, and those after it."""

    stone: CPLEntryID
    before: _IDs
    around: _IDs
    after: _IDs

    def is_passed_by(self, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
        """Say whether a step leads past the stone, from where Devices have not stopped at it."""
        return from_id in self.around and to_id in self.after


def find_guarded(
    entries: Mapping[CPLEntryID, CPLEntry], declared: Successors, sources: Successors
) -> Iterator[Guarded]:
    """Find what each marked stone of a family stands between; `sources` is `declared` turned around.

    Cost: two walks for each marked stone.
    """
    stones = [cpl_entry_id for cpl_entry_id, entry in entries.items() if entry.stepping_stone]
    for stone in stones:
        before, after = _sides(entries, stone, reachable(sources, stone), reachable(declared, stone))
        clear = {**declared, stone: ()}
        around = reachable(clear, *before) - after - {stone}
        yield Guarded(stone, before, frozenset(around), after)


def _sides(
    entries: Mapping[CPLEntryID, CPLEntry], stone: CPLEntryID, before: set[CPLEntryID], after: set[CPLEntryID]
) -> tuple[_IDs, _IDs]:
    entry = entries[stone]
    earlier = {
        other
        for other, each in entries.items()
        if each.hardware_model == entry.hardware_model and each.listed_on <= entry.listed_on and other != stone
    }
    circle = before & after
    if isinstance(entry.base_firmware, NotProvided):
        before = before | (earlier - after)
    return frozenset(before - (circle - earlier) - {stone}), frozenset(after - (circle & earlier) - {stone})
