"""The steps of the plain engine: which are declared, which are open, and what stands against the others.

It is written from the words of DESIGN and FEATURES alone, and tries everything.
"""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date

from firmpath.pathways.facts import (
    ANY_ENTRY,
    DeadEndMarked,
    SteppingStoneMarked,
)
from firmpath.pathways.statement import Statement
from tests.plain_record import PlainRecord

Way = tuple[int, ...]
Step = tuple[int, int]
Bars = set[tuple[str, int, str]]
"""Why a step is barred: the kind of bar, the entry and the notice that it is about."""


class PlainSteps:
    """The steps of one day, with some notices accepted and some entries excluded, and what bars them."""

    def __init__(
        self,
        statements: Iterable[Statement],
        as_at: date,
        accepted: Iterable[str] = frozenset(),
        excluded: Iterable[int] = frozenset(),
    ) -> None:
        self.excluded = set(excluded)
        self.record = PlainRecord(statements, as_at)
        self.ids = self.record.ids()
        notices = self.record.notices()
        self.unaccepted = {name: steps for name, steps in notices.items() if name not in accepted}
        self.declared = {step for step in itertools.permutations(self.ids, 2) if self.is_declared(*step)}
        self.open = {step for step in self.declared if not self.bars(*step)}

    def is_declared(self, from_id: int, to_id: int) -> bool:
        """The later entry names the earlier one as base firmware, and they share everything but the revision."""
        return from_id in self.record.bases(to_id) and self.share_hardware(from_id, to_id)

    def share_hardware(self, one: int, other: int) -> bool:
        return self.record.hardware(one)[:4] == self.record.hardware(other)[:4]

    def bars(self, from_id: int, to_id: int) -> Bars:
        """Everything that stands against a declared step today."""
        found: Bars = set()
        if self.record.is_withdrawn(to_id):
            found.add(("withdrawn", to_id, ""))
        elif self.record.certificate_has_ended(to_id):
            found.add(("certificate_ended", to_id, ""))
        elif to_id in self.excluded:
            found.add(("excluded", to_id, ""))
        if self.is_dead_end(from_id):
            found.add(("dead_end", from_id, ""))
        found |= {("notice", to_id, name) for name in self.notices_about(from_id, to_id)}
        return found | {("skips_stepping_stone", stone, "") for stone in self.stones_skipped(from_id, to_id)}

    def is_dead_end(self, cpl_entry_id: int) -> bool:
        return self.record.is_marked(cpl_entry_id, DeadEndMarked)

    def notices_about(self, from_id: int, to_id: int) -> list[str]:
        return [
            name
            for name, steps in self.unaccepted.items()
            if any(step[0] in (ANY_ENTRY, from_id) and step[1] in (ANY_ENTRY, to_id) for step in steps)
        ]

    def stones_skipped(self, from_id: int, to_id: int) -> list[int]:
        """Marked stones that this step comes past: it ends behind one, and begins where a way around it leads."""
        stones = [each for each in self.ids if self.record.is_marked(each, SteppingStoneMarked)]
        return [
            stone
            for stone in stones
            if stone != from_id
            and self.is_after(stone, to_id)
            and not self.is_after(stone, from_id)
            and any(self.goes_around(stone, start, from_id) for start in self.ids)
        ]

    def is_before(self, stone: int, entry: int) -> bool:
        """Whether an entry leads to the stone; in a circle, or where nobody has said, by the days of listing."""
        if entry == stone:
            return False
        if self.leads(self.declared, stone, entry):
            return self.leads(self.declared, entry, stone) and self.is_no_later(entry, stone)
        silent = self.record.is_silent(stone) and self.is_no_later(entry, stone)
        return silent or self.leads(self.declared, entry, stone)

    def is_after(self, stone: int, entry: int) -> bool:
        """Whether the stone leads to an entry that does not come before it."""
        return entry != stone and self.leads(self.declared, stone, entry) and not self.is_before(stone, entry)

    def is_no_later(self, entry: int, stone: int) -> bool:
        alike = self.record.hardware(entry) == self.record.hardware(stone)
        return alike and self.record.listed_on(entry) <= self.record.listed_on(stone)

    def goes_around(self, stone: int, start: int, from_id: int) -> bool:
        """Whether a Device from before the stone comes to an entry without stopping at the stone."""
        clear = {step for step in self.declared if stone not in step}
        return self.is_before(stone, start) and self.leads(clear, start, from_id)

    def leads(self, steps: set[Step], from_id: int, to_id: int) -> bool:
        """Whether one comes from the one entry to the other: one step more each time round."""
        found = {from_id}
        for _ in self.ids:
            found |= {onward for start, onward in steps if start in found}
        return to_id in found

    def ways(self, steps: set[Step], from_id: int, to_id: int, passed: Way = ()) -> Iterator[Way]:
        """Every way over these steps that passes no entry twice."""
        if from_id == to_id:
            yield (*passed, to_id)
            return
        for onward in self.ids:
            if (from_id, onward) in steps and onward not in passed:
                yield from self.ways(steps, onward, to_id, (*passed, from_id))
