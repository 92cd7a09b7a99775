"""Which CPL Entry ID each release gets: they are given out in order of listing, over the whole list.

A row names entries by ids that are given out after its own (a base may be listed later), so all ids are
settled before the first row is written. What is kept for that is three whole numbers a release.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.invented.draws import Draws
from firmpath.invented.histories import histories
from firmpath.pathways.faults import Fault, refuse_if_any

MOST_ENTRIES: Final = 1_000_000

_SLOT_BITS: Final = 20  # enough for every slot of the longest list
_FIRST_ID: Final = 101
_SKIPPED_RATE: Final = 0.03
_MOST_SKIPPED: Final = 4
_OWN_DRAWS: Final = -1  # no history has this number


class Numbering(NamedTuple):
    """The ids of a list. A slot counts releases from 0, one history after the other.

    `starts` has the first slot of each history, `slots` the slots in order of their ids, `ids` the id of
    each slot.
    """

    starts: Sequence[int]
    slots: Sequence[int]
    ids: Sequence[int]

    def place_of(self, slot: int) -> tuple[int, int]:
        """Give the number of the history that a slot is in, and the position there."""
        number = bisect_right(self.starts, slot) - 1
        return number, slot - self.starts[number]


def number_entries(entries: int, seed: int) -> Numbering:
    """Give every release of a list its CPL Entry ID.

    Cost: about ten microseconds and fifty octets an entry.
    :raises FirmpathError: `entries` is not from 1 to `MOST_ENTRIES`, or the seed is below 0.
    """
    refuse_if_any(_faults_of(entries, seed))
    starts = array("q")
    keys: list[int] = []
    for history in histories(entries, seed):
        starts.append(len(keys))
        keys += [release.listed_on << _SLOT_BITS | slot for slot, release in enumerate(history.releases, len(keys))]
    keys.sort()
    slots = array("q", (key & (1 << _SLOT_BITS) - 1 for key in keys))
    return Numbering(starts, slots, _ids_in_order(slots, seed))


def _ids_in_order(slots: Sequence[int], seed: int) -> Sequence[int]:
    """Count upwards along the slots, with gaps where an id was given out and never used."""
    draws = Draws(seed, _OWN_DRAWS)
    ids = array("q", bytes(8 * len(slots)))
    cpl_entry_id = _FIRST_ID
    for slot in slots:
        ids[slot] = cpl_entry_id
        cpl_entry_id += 1
        if draws.chance(_SKIPPED_RATE):
            cpl_entry_id += 1 + draws.below(_MOST_SKIPPED)
    return ids


def _faults_of(entries: int, seed: int) -> list[Fault]:
    faults = []
    if not 1 <= entries <= MOST_ENTRIES:
        wrong = f"is not from 1 to {MOST_ENTRIES:,}"
        faults.append(Fault("Number of entries", str(entries), wrong, "choose one that is", quoted=False))
    if seed < 0:
        faults.append(Fault("Seed", str(seed), "is below 0", "choose 0 or more", quoted=False))
    return faults
