"""Find an entry by the record: on the CPL today, or from a later day on."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown


class OnRecord(NamedTuple):
    """An entry as it is today or, where it is not on the CPL yet, on the first `day` on which it will be.

    `catalogue` is the CPL of that day; of one that is still to come it has the HardwareFamily of the entry alone.
    """

    entry: CPLEntry
    catalogue: Catalogue
    day: date
    is_listed: bool

    @property
    def cpl_entry_id(self) -> CPLEntryID:
        """The CPL Entry ID."""
        return self.entry.cpl_entry_id


def find_on_record(register: LivingRegister, cpl_entry_id: int, today: date) -> OnRecord | NotKnown:
    """Find an entry that was ever published.

    Cost: nothing for one that is listed; else as `LivingRegister.entry_as`.
    """
    catalogue, wanted = register.catalogue(today), CPLEntryID(cpl_entry_id)
    entry = catalogue.entries.get(wanted)
    if entry is not None:
        return OnRecord(entry, catalogue, today, True)
    coming = catalogue.not_yet_listed.get(wanted)
    if coming is None:
        return NOT_KNOWN
    then = register.entry_as(wanted, coming.listed_on)
    return OnRecord(then[wanted], then, coming.listed_on, False)
