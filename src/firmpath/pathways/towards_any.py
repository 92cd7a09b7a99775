"""From every entry of a family to the nearest of several targets: the best pathway, or what keeps it closed.

For one target `ask` says why there is no pathway. Here the targets are as good as one another, so an entry is told
the most hopeful reason: a notice, which may close; silence, which somebody may end; a bar on an entry; or nothing
that is on record. Source: FEATURES F23 and F63.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import find_hopeful, silent_about
from firmpath.pathways.pathway import NoWay, Steps, activations_to_any, best_of
from firmpath.pathways.upgrades import BarKind, Upgrades
from firmpath.pathways.walking import turned_around

WaysInto = Callable[[CPLEntryID], Iterable[CPLEntryID]]
"""The entries that a step leads from into one."""


class Shut(StrEnum):
    """Why an entry has no pathway to any of the targets."""

    BY_NOTICE = "blocked_by_notice"
    BY_SILENCE = "nobody_has_said"
    BY_A_BAR = "pathway_closed"
    FOR_GOOD = "no_pathway_declared"


class TowardsAny(NamedTuple):
    """For every entry that is no target: the best pathway, or why there is none."""

    ways: Mapping[CPLEntryID, Steps]
    shut: Mapping[CPLEntryID, Shut]


def towards_any(upgrades: Upgrades, targets: Collection[CPLEntryID]) -> TowardsAny:
    """Find the way from every entry of a family to the nearest target.

    Cost: linear in the entries and upgrades, and in entries times those that are silent.
    """
    activations = activations_to_any(upgrades.open_sources, targets)
    ways, stuck = {}, []
    for each in upgrades.entries:
        way = best_of(upgrades.open, activations, each)
        if isinstance(way, NoWay):
            stuck.append(each)
        elif len(way) > 1:
            ways[each] = way
    return TowardsAny(ways, _why_shut(upgrades, targets, stuck) if stuck else {})


def _why_shut(
    upgrades: Upgrades, targets: Collection[CPLEntryID], stuck: Iterable[CPLEntryID]
) -> dict[CPLEntryID, Shut]:
    """Say of each the most hopeful reason; what is silent and barred besides counts as silent."""
    declared = turned_around(upgrades.declared)

    def barred_by(allowed: frozenset[BarKind]) -> WaysInto:
        return lambda to_id: (
            from_id
            for from_id in declared[to_id]
            if all(bar.kind in allowed for bar in upgrades.bars.get((from_id, to_id), ()))
        )

    can_come = (
        (Shut.BY_NOTICE, _walk_back(barred_by(_NOTICE), targets)),
        (Shut.BY_SILENCE, _walk_back(_open_or_silent(upgrades), targets)),
        (Shut.BY_A_BAR, _walk_back(barred_by(frozenset(BarKind)), targets)),
        (Shut.BY_SILENCE, find_hopeful(upgrades, *targets)),
    )
    return {each: Shut.FOR_GOOD if upgrades.is_dead_end(each) else _first(each, can_come) for each in stuck}


def _first(cpl_entry_id: CPLEntryID, can_come: Iterable[tuple[Shut, set[CPLEntryID]]]) -> Shut:
    return next((shut for shut, ids in can_come if cpl_entry_id in ids), Shut.FOR_GOOD)


def _open_or_silent(upgrades: Upgrades) -> WaysInto:
    return lambda to_id: (*upgrades.open_sources[to_id], *silent_about(upgrades, to_id))


_NOTICE: Final = frozenset({BarKind.NOTICE})


def _walk_back(into: WaysInto, targets: Collection[CPLEntryID]) -> set[CPLEntryID]:
    seen = set(targets)
    waiting = list(targets)
    while waiting:
        for from_id in into(waiting.pop()):
            if from_id not in seen:
                seen.add(from_id)
                waiting.append(from_id)
    return seen
