"""What is on record already and takes effect on a later day: it changes no answer, but says how long one holds."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import DeviceModel, HardwareModel
from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    EntryWithdrawn,
    Fact,
    MarkRemoved,
    NoticeExtended,
    NoticeOpened,
    NoticeStep,
    Retracted,
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
    """What takes effect later, with its first day: new entries, changes to entries, marked stones, new warnings.

    `declarations` are those changes that are to base firmware.
    """

    entries: Mapping[CPLEntryID, ComingEntry] = {}
    changes: Mapping[CPLEntryID, date] = {}
    stones: Mapping[CPLEntryID, date] = {}
    warnings: tuple[tuple[date, NoticeStep], ...] = ()
    declarations: Mapping[CPLEntryID, date] = {}

    def last_day_unchanged(
        self, steps: Sequence[CPLEntryID], family: Mapping[CPLEntryID, CPLEntry], has_stones: bool
    ) -> date | None:
        """Give the last day before anything on record changes a pathway; None where nothing does.

        A stepping stone that is marked anywhere in the family may come to lie on the way. So may one that is marked
        already, by what is declared of other entries: what is before it and after it is read from that.
        """
        days = [self.changes[each] for each in steps if each in self.changes]
        days += (day for day, warned in self.warnings if any(warned.covers(*pair) for pair in pairwise(steps)))
        if self.stones or has_stones:
            own = family[steps[0]].hardware_model.family
            coming = {each: new for each, new in self.entries.items() if new.hardware_model.family == own}
            days += _days_of(self.stones, family, coming)
            if has_stones:
                days += _days_of(self.declarations, family, coming)
                days += (new.listed_on for new in coming.values())
        return min(days) - timedelta(days=1) if days else None


def _days_of(
    days: Mapping[CPLEntryID, date], family: Container[CPLEntryID], coming: Container[CPLEntryID]
) -> Iterator[date]:
    return (day for each, day in days.items() if each in family or each in coming)


_CHANGING = (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    DeadEndMarked,
    EntryWithdrawn,
    MarkRemoved,
)


def read_ahead(statements: Iterable[Statement], in_effect: Iterable[Statement]) -> Ahead:
    """Read the statements that are in effect after the day asked about, in order of their numbers.

    Of those `in_effect` already, marks of entries that are not listed yet, and extensions of notices that are not
    open yet, wait for these, and take effect with them.
    """
    entries: dict[CPLEntryID, ComingEntry] = {}
    changes: dict[CPLEntryID, date] = {}
    stones: dict[CPLEntryID, date] = {}
    declarations: dict[CPLEntryID, date] = {}
    warnings: list[tuple[date, NoticeStep]] = []
    waiting = _by_subject(in_effect)
    for statement in statements:
        fact, day = statement.fact, statement.effective_from
        if isinstance(fact, EntryPublished):
            entries[fact.cpl_entry_id] = ComingEntry(day, fact.device_model)
            if any(isinstance(each, SteppingStoneMarked) for each in waiting.get(fact.cpl_entry_id, ())):
                stones[fact.cpl_entry_id] = min(day, stones.get(fact.cpl_entry_id, day))
        elif isinstance(fact, SteppingStoneMarked):
            stones[fact.cpl_entry_id] = min(day, stones.get(fact.cpl_entry_id, day))
        elif isinstance(fact, _CHANGING):
            changes[fact.cpl_entry_id] = min(day, changes.get(fact.cpl_entry_id, day))
            if isinstance(fact, BaseFirmwareDeclared):
                declarations[fact.cpl_entry_id] = min(day, declarations.get(fact.cpl_entry_id, day))
        elif isinstance(fact, NoticeOpened | NoticeExtended):
            before = waiting.get(fact.notice_id, ()) if isinstance(fact, NoticeOpened) else ()
            extended = (each for each in before if isinstance(each, NoticeExtended))
            warnings += ((day, step) for each in (fact, *extended) for step in each.steps)
    return Ahead(entries, changes, stones, tuple(warnings), declarations)


def _by_subject(statements: Iterable[Statement]) -> Mapping[CPLEntryID | str, list[Fact]]:
    facts: dict[CPLEntryID | str, list[Fact]] = {}
    for statement in statements:
        fact = statement.fact
        if not isinstance(fact, Retracted):
            facts.setdefault(fact[0], []).append(fact)
    return facts
