"""Which entries a picture shows: all that upgrades join to those asked about, or as many as can be read."""

from collections.abc import Iterable, Set
from typing import Final, NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.walking import Successors, turned_around

MOST_NEARBY: Final = 100
"""As many boxes fit a screen in columns; more can be drawn, but are hard to read, so only a pathway has more."""

MOST_ARROWS_NEARBY: Final = 1000


class Nearby(NamedTuple):
    """The entries that are `shown`, those of them that are joined to others too, and how many all of them are."""

    shown: Set[CPLEntryID]
    at_the_rim: Set[CPLEntryID]
    joined: int

    @property
    def is_cut(self) -> bool:
        """Say whether entries are left out."""
        return len(self.shown) < self.joined


def find_nearby(declared: Successors, starts: Iterable[CPLEntryID]) -> Nearby:
    """Give the entries joined to these by upgrades in either direction; where they are too many, the nearest.

    Those asked about are always shown. Cost: linear in entries and upgrades.
    """
    sources = turned_around(declared)
    asked = set(starts)
    ordered = sorted(asked)
    seen = set(asked)
    for here in ordered:  # grows as it is walked, so that the nearest come first
        beside = sorted({*declared.get(here, ()), *sources.get(here, ())} - seen)
        seen.update(beside)
        ordered += beside
    shown: set[CPLEntryID] = set()
    arrows = 0
    for each in ordered:
        arrows += len(shown.intersection(declared.get(each, ()))) + len(shown.intersection(sources.get(each, ())))
        if each not in asked and (len(shown) >= MOST_NEARBY or arrows > MOST_ARROWS_NEARBY):
            break
        shown.add(each)
    rim = {each for each in shown if not shown.issuperset((*declared.get(each, ()), *sources.get(each, ())))}
    return Nearby(shown, rim, len(ordered))
