"""The way that costs least where some steps are not free: they are barred, or nobody has declared them."""

from collections.abc import Callable, Iterable
from math import inf

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, Steps

WaysInto = Callable[[CPLEntryID, float], Iterable[tuple[CPLEntryID, int]]]
"""The entries that a step leads from into one, each with the price of that step: 0 for a free one.

Steps dearer than the second argument may be left out: they cannot be on the way that costs least.
"""

_Cost = tuple[int, int]


def find_cheapest(ways_into: WaysInto, installed: CPLEntryID, target: CPLEntryID) -> Steps | NoWay:
    """Give the way with the lowest price, then the fewest steps, then the ids that come first in order.

    The cost is counted backwards from the target, so that the walk forward can choose the lowest id among equals.
    Cost: the steps looked at, times the logarithm of their number.
    """
    from heapq import heappop, heappush  # where there is a pathway, nothing needs it

    cost: dict[CPLEntryID, _Cost] = {target: (0, 0)}
    onward: dict[CPLEntryID, list[tuple[CPLEntryID, int]]] = {}
    waiting = [(0, 0, target)]
    while waiting:
        price, length, to_id = heappop(waiting)
        if cost[to_id] < (price, length):
            continue
        if to_id == installed:
            break
        left = cost[installed][0] - price if installed in cost else inf
        for from_id, extra in ways_into(to_id, left):
            onward.setdefault(from_id, []).append((to_id, extra))
            dearer = (price + extra, length + 1)
            if from_id not in cost or dearer < cost[from_id]:
                cost[from_id] = dearer
                heappush(waiting, (*dearer, from_id))
    return _walk(cost, onward, installed) if installed in cost else NO_WAY


def _walk(
    cost: dict[CPLEntryID, _Cost],
    onward: dict[CPLEntryID, list[tuple[CPLEntryID, int]]],
    installed: CPLEntryID,
) -> Steps:
    steps = [installed]
    while cost[steps[-1]] != (0, 0):
        price, length = cost[steps[-1]]
        steps.append(min(to_id for to_id, extra in onward[steps[-1]] if cost[to_id] == (price - extra, length - 1)))
    return tuple(steps)
