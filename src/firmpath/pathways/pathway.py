"""The search: best pathway, alternatives in order, and how many steps lead from where to where.

Of all pathways over open upgrades the best has the fewest activations; of those the one whose CPL Entry IDs,
read in order, come first. Version strings are never looked at. Source: DESIGN decision 4, ADR 0005.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.upgrades import Upgrades
from firmpath.pathways.walking import Successors

Steps = tuple[CPLEntryID, ...]
"""The entries of a pathway in order, the installed one first."""


class NoWay:
    """There is no pathway. The one value is `NO_WAY`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_WAY"

    def __reduce__(self) -> str:
        return "NO_WAY"


NO_WAY: Final = NoWay()


def find_best(upgrades: Upgrades, installed: CPLEntryID, target: CPLEntryID) -> Steps | NoWay:
    """Give the best pathway over the open upgrades.

    Cost: linear in the entries and upgrades from which the target can be come to.
    """
    return best_of(upgrades.open, activations_to(upgrades.open_sources, target), installed)


def find_alternatives(
    upgrades: Upgrades, installed: CPLEntryID, target: CPLEntryID, most: int
) -> tuple[Steps, ...]:
    """Give the pathways that pass no entry twice, best first by the same rule, at most `most` of them.

    Each further pathway leaves an earlier one at some entry and goes the best way on that is left (the method
    of Yen), so the order is exact. Cost: `most` × length of a pathway × one search.
    """
    from heapq import heappop, heappush  # the best pathway needs none of it

    best = find_best(upgrades, installed, target)
    if isinstance(best, NoWay) or most < 1:
        return ()
    found: list[Steps] = []
    waiting = [(len(best), best)]
    queued = {best}
    while waiting and len(found) < most:
        _, steps = heappop(waiting)
        found.append(steps)
        for other in _leaving(upgrades, steps, found):
            if other not in queued:
                queued.add(other)
                heappush(waiting, (len(other), other))
    return tuple(found)


def activations_to(
    sources: Successors, target: CPLEntryID, avoiding: frozenset[CPLEntryID] = frozenset()
) -> dict[CPLEntryID, int]:
    """Give the fewest activations from each entry that can come to the target without the avoided entries.

    Cost: linear in the entries and upgrades from which it can be come to.
    """
    activations = {target: 0}
    layer = [target]
    while layer:
        further = []
        for to_id in layer:
            for from_id in sources[to_id]:
                if from_id not in activations and from_id not in avoiding:
                    activations[from_id] = activations[to_id] + 1
                    further.append(from_id)
        layer = further
    return activations


def best_of(successors: Successors, activations: Mapping[CPLEntryID, int], start: CPLEntryID) -> Steps | NoWay:
    """Walk on from `start`, each time to the first entry that is one activation nearer."""
    if start not in activations:
        return NO_WAY
    steps = [start]
    while left := activations[steps[-1]]:
        steps.append(next(to_id for to_id in successors[steps[-1]] if activations.get(to_id) == left - 1))
    return tuple(steps)


def _leaving(upgrades: Upgrades, steps: Steps, found: list[Steps]) -> Iterator[Steps]:
    """Give, for each entry of a pathway, the best pathway that leaves all those found so far just there."""
    target = steps[-1]
    for at in range(len(steps) - 1):
        kept, here = steps[:at], steps[at]
        taken = {other[at + 1] for other in found if other[: at + 1] == steps[: at + 1]}
        activations = activations_to(upgrades.open_sources, target, frozenset((*kept, here)))
        onward = [
            (activations[to_id], to_id)
            for to_id in upgrades.open[here]
            if to_id in activations and to_id not in taken
        ]
        if onward:
            rest = best_of(upgrades.open, activations, min(onward)[1])
            if not isinstance(rest, NoWay):
                yield (*kept, here, *rest)
