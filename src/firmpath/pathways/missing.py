"""What nobody has said: the fewest declarations that, if they were made, would open a way.

An entry whose base firmware is not provided may accept more than anybody knows. Of several sets of declarations
that would open a way, the smallest is the one to ask for, and of equally small ones the likeliest: steps between
entries listed shortly after one another, of one hardware revision, and back to firmware listed earlier only if
there is no other. That is no guess about order: it says what is unknown, and whom to ask first.
Source: FEATURES F23, ADR 0007.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import Bases, NotProvided
from firmpath.pathways.cheapest import find_cheapest
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, Steps
from firmpath.pathways.upgrades import LASTING, Upgrades

# Prices in days, each dearer than any number of the ones before.
_ACROSS_REVISIONS: Final = 10**7
_UNDECLARED: Final = 10**9
_BACKWARDS: Final = 10**15


class MissingDeclaration(NamedTuple):
    """An upgrade that nobody has declared, and that would open a way if the entry it leads to were to accept it."""

    from_id: CPLEntryID
    to_id: CPLEntryID


class PossibleWay(NamedTuple):
    """A way that is open but for declarations that are missing: as few as can be, over the smallest leaps."""

    steps: Steps
    missing: tuple[MissingDeclaration, ...]


def find_possible_way(upgrades: Upgrades, installed: CPLEntryID, target: CPLEntryID) -> PossibleWay | NoWay:
    """Give the way that needs the fewest missing declarations, then the likeliest ones, then the fewest steps.

    A way back to firmware listed earlier comes after any that needs none, however many declarations that needs.
    Cost: entries × declarations that are missing on the way, times the logarithm of their number.
    """

    def ways_into(to_id: CPLEntryID, left: float) -> Iterator[tuple[CPLEntryID, int]]:
        for from_id in upgrades.open_sources[to_id]:
            yield from_id, 0
        for from_id in silent_about(upgrades, to_id) if left >= _UNDECLARED else ():
            yield from_id, _price(upgrades.entries[from_id], upgrades.entries[to_id])

    steps = find_cheapest(ways_into, installed, target)
    if isinstance(steps, NoWay):
        return NO_WAY
    undeclared = (step for step in pairwise(steps) if step[1] not in upgrades.open[step[0]])
    missing = (MissingDeclaration(from_id, to_id) for from_id, to_id in undeclared)
    return PossibleWay(steps, tuple(missing))


def find_hopeful(upgrades: Upgrades, target: CPLEntryID) -> set[CPLEntryID]:
    """Give the entries from which a way to the target is open, or may yet open: a notice closes, say.

    What contradicts a mark does not open by itself, so it gives no hope.
    Cost: linear in entries and upgrades.
    """
    hopeful = {target}
    waiting = [target]
    while waiting:
        to_id = waiting.pop()
        if isinstance(upgrades.entries[to_id].base_firmware, NotProvided):  # it may accept every other
            return hopeful.union(each for each in upgrades.entries if not upgrades.is_dead_end(each))
        for from_id in upgrades.declared_sources[to_id]:
            if from_id not in hopeful and not _is_barred_for_good(upgrades, from_id, to_id):
                hopeful.add(from_id)
                waiting.append(from_id)
    return hopeful


def _is_barred_for_good(upgrades: Upgrades, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
    """Say whether what is marked is against a declared step, whose bars say so of dead ends too."""
    return any(bar.kind in LASTING for bar in upgrades.bars.get((from_id, to_id), ()))


def is_anybody_silent(upgrades: Upgrades, besides: CPLEntryID) -> bool:
    """Say whether some other entry of the family has no base firmware on record: it might accept this one."""
    others = (entry for other, entry in upgrades.entries.items() if other != besides)
    return any(isinstance(entry.base_firmware, NotProvided) for entry in others)


def find_unlisted_bases(upgrades: Upgrades) -> tuple[MissingDeclaration, ...]:
    """Give the base entries that are named, but are not among the entries of the same hardware."""
    return tuple(
        MissingDeclaration(base, cpl_entry_id)
        for cpl_entry_id, entry in upgrades.entries.items()
        if isinstance(entry.base_firmware, Bases)
        for base in entry.base_firmware.ids
        if base not in upgrades.entries
    )


def goes_back(upgrades: Upgrades, missing: MissingDeclaration) -> bool:
    """Say whether a missing declaration would lead back to firmware that was listed earlier."""
    return upgrades.entries[missing.from_id].listed_on > upgrades.entries[missing.to_id].listed_on


def _price(before: CPLEntry, after: CPLEntry) -> int:
    leap = (after.listed_on - before.listed_on).days
    across = _ACROSS_REVISIONS if before.hardware_model != after.hardware_model else 0
    return _UNDECLARED + across + abs(leap) + (_BACKWARDS if leap < 0 else 0)


def silent_about(upgrades: Upgrades, to_id: CPLEntryID) -> Iterator[CPLEntryID]:
    """Give the entries of which nobody has said whether `to_id` accepts them."""
    if not isinstance(upgrades.entries[to_id].base_firmware, NotProvided) or to_id in upgrades.closed:
        return
    for from_id in upgrades.entries:
        barred = upgrades.is_dead_end(from_id) or upgrades.is_under_notice(from_id, to_id)
        if from_id != to_id and not barred:
            yield from_id
