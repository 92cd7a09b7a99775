"""What is on record already and takes effect on a later day: it changes no answer, but says how long one holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from firmpath.pathways.device_model import DeviceModel, HardwareModel
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    EntryWithdrawn,
    MarkRemoved,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    SteppingStoneMarked,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Statement


class ComingEntry(NamedTuple):
    """An entry that is listed from a later day."""

    listed_on: date
    device_model: DeviceModel

    @property
    def hardware_model(self) -> HardwareModel:
        """The Device's type, maker and hardware."""
        return self.device_model.hardware_model


class Ahead(NamedTuple):
    """What takes effect later, with its first day: new entries, changes to entries, marked stones, new warnings."""

    entries: Mapping[CPLEntryID, ComingEntry] = {}
    changes: Mapping[CPLEntryID, date] = {}
    stones: Mapping[CPLEntryID, date] = {}
    warnings: tuple[tuple[date, NoticeStep], ...] = ()

    def last_day_unchanged(self, steps: Sequence[CPLEntryID], family: Collection[CPLEntryID]) -> date | None:
        """Give the last day before anything on record changes a pathway; None where nothing does.

        A stepping stone that is marked anywhere in the family may come to lie on the way.
        """
        days = [self.changes[each] for each in steps if each in self.changes]
        days += (day for each, day in self.stones.items() if each in family or each in self.entries)
        days += (day for day, warned in self.warnings if any(warned.covers(*pair) for pair in pairwise(steps)))
        return min(days) - timedelta(days=1) if days else None


_CHANGING = (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryWithdrawn,
    MarkRemoved,
)


def read_ahead(statements: Iterable[Statement]) -> Ahead:
    """Read the statements that are in effect after the day asked about, in order of their numbers."""
    entries: dict[CPLEntryID, ComingEntry] = {}
    changes: dict[CPLEntryID, date] = {}
    stones: dict[CPLEntryID, date] = {}
    warnings: list[tuple[date, NoticeStep]] = []
    for statement in statements:
        fact, day = statement.fact, statement.effective_from
        if isinstance(fact, EntryPublished):
            entries[fact.cpl_entry_id] = ComingEntry(day, fact.device_model)
        elif isinstance(fact, SteppingStoneMarked):
            stones[fact.cpl_entry_id] = min(day, stones.get(fact.cpl_entry_id, day))
        elif isinstance(fact, _CHANGING):
            changes[fact.cpl_entry_id] = min(day, changes.get(fact.cpl_entry_id, day))
        elif isinstance(fact, NoticeOpened | NoticeExtended):
            warnings += ((day, step) for step in fact.steps)
    return Ahead(entries, changes, stones, tuple(warnings))
