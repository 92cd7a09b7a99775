"""The entries at which every pathway has to stop, each with a proof that anybody can check.

A stepping stone between two entries is one that every pathway between them passes: without it the target
cannot be reached. The proof is the set of entries that can be reached without it. Source: DESIGN decision 5.
"""

from collections.abc import Sequence
from typing import NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.pathways.walking import Successors


class SteppingStone(NamedTuple):
    """A mandatory stop, and its proof.

    `without` are all entries that a Device can come to while it stays clear of the stone, ascending: the
    installed one is among them, the target is not, and every open upgrade out of them leads to one of them or
    to the stone itself.
    """

    cpl_entry_id: CPLEntryID
    without: Steps


def find_stepping_stones(successors: Successors, steps: Steps) -> tuple[SteppingStone, ...]:
    """Give the mandatory stops between the first and the last entry of a pathway, in order.

    Every mandatory stop lies on every pathway, so one pathway has them all. Walking along it, we note the
    farthest entry of it that some way around comes back to: an entry that no way gets past is a stone.
    Cost: linear in the entries and upgrades, for all stones together, besides the size of the proofs.
    """
    place = {cpl_entry_id: at for at, cpl_entry_id in enumerate(steps)}
    around: set[CPLEntryID] = set()
    farthest = 0
    stones = []
    for at, here in enumerate(steps[:-1]):
        if at and at == farthest:
            stones.append(SteppingStone(here, tuple(sorted(around.union(steps[:at])))))
        waiting = [here]
        while waiting:
            for to_id in successors[waiting.pop()]:
                if to_id in place:
                    farthest = max(farthest, place[to_id])
                elif to_id not in around:
                    around.add(to_id)
                    waiting.append(to_id)
    return tuple(stones)


def stones_of_all(of_each: Sequence[tuple[SteppingStone, ...]]) -> tuple[SteppingStone, ...]:
    """Give the stops that are mandatory from each of several entries to one target, in the order of the first.

    The proof is what can be reached without the stone from any of them: nothing leads out of the proofs of each but
    to the stone, and so nothing else leads out of all of them together.
    """
    first, *others = ({stone.cpl_entry_id: {*stone.without} for stone in stones} for stones in of_each)
    return tuple(
        SteppingStone(stone, tuple(sorted(without.union(*(each[stone] for each in others)))))
        for stone, without in first.items()
        if all(stone in each for each in others)
    )


def proof_holds(successors: Successors, stone: SteppingStone, installed: CPLEntryID, target: CPLEntryID) -> bool:
    """Check the proof of a stone against the open upgrades alone, without any search."""
    inside = set(stone.without)
    led_out = {to_id for from_id in inside for to_id in successors[from_id]} - inside
    return installed in inside and target not in inside and led_out <= {stone.cpl_entry_id}
