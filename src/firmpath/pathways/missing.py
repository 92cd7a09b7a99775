"""What nobody has said: the fewest declarations that, if they were made, would open a way.

An entry whose base firmware is not provided may accept more than anybody knows. It is asked about only where
an upgrade could be meant: from an entry of the same HardwareModel that was not listed later. That is no guess
about order: it only keeps the question small. Source: FEATURES F23, ADR 0007.
"""

import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.cheapest import find_cheapest
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, Steps
from firmpath.pathways.upgrades import Upgrades

_DEARER_THAN_ANY_LEAP: Final = 10_000_000
"""Days; a calendar date cannot be as far from another."""


class MissingDeclaration(NamedTuple):
    """An upgrade that nobody has declared, and that would open a way if the entry it leads to were to accept it."""

    from_id: CPLEntryID
    to_id: CPLEntryID


class PossibleWay(NamedTuple):
    """A way that is open but for declarations that are missing: as few as can be, over the smallest leaps."""

    steps: Steps
    missing: tuple[MissingDeclaration, ...]


def find_possible_way(upgrades: Upgrades, installed: CPLEntryID, target: CPLEntryID) -> PossibleWay | NoWay:
    """Give the way that needs the fewest missing declarations, then the smallest leaps, then the fewest steps.

    A leap is the time between the listings of the two entries: what is asked of the manufacturer should be the
    likeliest thing, and that is the step from what came shortly before.
    Cost: entries × silent entries of the family, times the logarithm of their number.
    """

    def ways_into(to_id: CPLEntryID) -> Iterator[tuple[CPLEntryID, int]]:
        for from_id in upgrades.open_sources[to_id]:
            yield from_id, 0
        listed_on = upgrades.entries[to_id].listed_on
        for from_id in _silent_about(upgrades, to_id):
            yield from_id, _DEARER_THAN_ANY_LEAP + (listed_on - upgrades.entries[from_id].listed_on).days

    steps = find_cheapest(ways_into, installed, target)
    if isinstance(steps, NoWay):
        return NO_WAY
    missing = (
        MissingDeclaration(from_id, to_id)
        for from_id, to_id in itertools.pairwise(steps)
        if to_id not in upgrades.open[from_id]
    )
    return PossibleWay(steps, tuple(missing))


def might_accept(upgrades: Upgrades, from_id: CPLEntryID) -> bool:
    """Say whether some entry that has said nothing could turn out to accept this one."""
    return any(from_id in _silent_about(upgrades, to_id) for to_id in upgrades.entries)


def could_be_meant(before: CPLEntry, after: CPLEntry) -> bool:
    """Say whether an upgrade between two entries is worth asking about: same hardware, not listed backwards."""
    alike = before.hardware_model == after.hardware_model and before.listed_on <= after.listed_on
    return alike and before is not after


def _silent_about(upgrades: Upgrades, to_id: CPLEntryID) -> Iterator[CPLEntryID]:
    """Give the entries of which nobody has said whether `to_id` accepts them."""
    entry = upgrades.entries[to_id]
    if not isinstance(entry.base_firmware, NotProvided) or to_id in upgrades.closed:
        return
    for from_id, other in upgrades.entries.items():
        barred = upgrades.is_dead_end(from_id) or upgrades.is_under_notice(from_id, to_id)
        if could_be_meant(other, entry) and not barred:
            yield from_id
