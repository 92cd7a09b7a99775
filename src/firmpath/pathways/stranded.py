"""Entries that cannot come to a newest entry of their HardwareModel, and cycles among declared upgrades.

Source: FEATURES F22.
"""

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily, HardwareModel
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.newest import latest_listed
from firmpath.pathways.pathway import Steps, activations_to
from firmpath.pathways.walking import Successors, reachable, turned_around


def newest_entries(catalogue: Catalogue, model: HardwareModel) -> Steps:
    """Give the latest-listed entries of a HardwareModel that Devices may be taken to: mostly one, at times none.

    Entries marked as dead ends are left out: to be sent there is not to be brought up to date.
    """
    upgrades = catalogue.upgrades(model.family)
    ids = [
        cpl_entry_id
        for cpl_entry_id in catalogue.hardware_models[model]
        if cpl_entry_id not in upgrades.closed and not upgrades.is_dead_end(cpl_entry_id)
    ]
    return latest_listed(catalogue, ids)


def stranded_entries(catalogue: Catalogue, family: HardwareFamily) -> Steps:
    """Give the entries of a family from which no newest entry of their own HardwareModel can be reached.

    Cost: one walk for each newest entry.
    """
    upgrades = catalogue.upgrades(family)
    stranded: list[CPLEntryID] = []
    for model in sorted({catalogue[cpl_entry_id].hardware_model for cpl_entry_id in upgrades.entries}):
        newest = newest_entries(catalogue, model)
        rescued = {each for target in newest for each in activations_to(upgrades.open_sources, target)}
        if newest:
            stranded += (each for each in catalogue.hardware_models[model] if each not in rescued)
    return tuple(sorted(stranded))


def find_cycles(successors: Successors) -> tuple[Steps, ...]:
    """Give one cycle for each knot of entries that lead to one another: from its lowest id, shortest way round.

    Cost: linear where there is no cycle; one walk each way for every knot otherwise.
    """
    sources = turned_around(successors)
    left = _peeled(successors, sources)
    cycles: list[Steps] = []
    for start in sorted(left):
        if start in left:
            knot = reachable(successors, start) & reachable(sources, start)
            left -= knot
            if len(knot) > 1:
                cycles.append(_shortest_round(successors, sources, start))
    return tuple(cycles)


def _peeled(successors: Successors, sources: Successors) -> set[CPLEntryID]:
    """Take away, again and again, the entries that nothing comes to: what is left lies on cycles or behind them."""
    count = {cpl_entry_id: len(ids) for cpl_entry_id, ids in sources.items()}
    waiting = [cpl_entry_id for cpl_entry_id, sources_left in count.items() if not sources_left]
    while waiting:
        for to_id in successors[waiting.pop()]:
            count[to_id] -= 1
            if not count[to_id]:
                waiting.append(to_id)
    return {cpl_entry_id for cpl_entry_id, sources_left in count.items() if sources_left}


def _shortest_round(successors: Successors, sources: Successors, start: CPLEntryID) -> Steps:
    back = activations_to(sources, start)
    steps = [
        start,
        min((to_id for to_id in successors[start] if to_id in back), key=lambda each: (back[each], each)),
    ]
    while left := back[steps[-1]]:
        steps.append(next(to_id for to_id in successors[steps[-1]] if back.get(to_id) == left - 1))
    return tuple(steps)
