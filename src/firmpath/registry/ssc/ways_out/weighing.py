"""How many Devices run some entries, with those of which an inventory knows only that they run one of several."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.exposure.ground import Devices, Together


class Weights(NamedTuple):
    """The Devices of each entry, and by the first of several entries those that run one of these."""

    by_entry: Devices
    by_first: Mapping[CPLEntryID, list[tuple[Steps, int]]]


def weights_of(devices: Devices, together: Together) -> Weights:
    """Put the Devices of an inventory in order to be weighed by."""
    by_first: dict[CPLEntryID, list[tuple[Steps, int]]] = {}
    for ids, number in together.items():
        by_first.setdefault(ids[0], []).append((ids, number))
    return Weights(devices, by_first)


def weigh(ids: Collection[CPLEntryID], weights: Weights) -> int:
    """Count the Devices that run any of these entries, whichever of several it is; `ids` finds one quickly.

    Cost: linear in the entries, and in what is counted of several that begin with one of them.
    """
    return sum(
        weights.by_entry.get(each, 0)
        + sum(number for several, number in weights.by_first.get(each, ()) if all(one in ids for one in several))
        for each in ids
    )
