"""What entries are called: by the record, so that one is named even where it is not on the CPL of a day."""

from firmpath.pathways.facts import AnyEntry, EntryPublished
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister


class Naming:
    """Names entries by what was published about them: from whichever day it holds, and even if it was corrected."""

    def __init__(self, register: LivingRegister) -> None:
        self._register = register
        self._published: dict[CPLEntryID, EntryPublished] = {}

    def full(self, cpl_entry_id: CPLEntryID) -> str:
        """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""
        published = self.published(cpl_entry_id)
        named = f', "{published.firmware_name}"' if published.firmware_name else ""
        return f"CPL entry {cpl_entry_id} (firmware {published.device_model.firmware_version}{named})"

    def short(self, end: CPLEntryID | AnyEntry) -> str:
        """Name an entry as in `311 (38040404)`, or any entry."""
        if isinstance(end, AnyEntry):
            return "any entry"
        if not self._is_published(end):
            return f"{end} (not on the CPL)"
        return f"{end} ({self.published(end).device_model.firmware_version})"

    def published(self, cpl_entry_id: CPLEntryID) -> EntryPublished:
        """Give the latest that was published about an entry that is on record."""
        if cpl_entry_id not in self._published:
            self._published[cpl_entry_id] = self._find(cpl_entry_id)[-1]
        return self._published[cpl_entry_id]

    def _is_published(self, cpl_entry_id: CPLEntryID) -> bool:
        return cpl_entry_id in self._published or bool(self._find(cpl_entry_id))

    def _find(self, cpl_entry_id: CPLEntryID) -> list[EntryPublished]:
        about = self._register.statements_about(cpl_entry_id)
        return [each.fact for each in about if isinstance(each.fact, EntryPublished)]
