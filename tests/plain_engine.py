"""A second engine, deliberately plain: it tries everything, so that the first one can be held against it.

It is written from the words of DESIGN and FEATURES alone. Every pathway that passes no entry twice is found by
plain recursion, and every other answer is read off that list. Good for up to eight entries or so.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from firmpath.pathways.facts import ANY_ENTRY, DeadEndMarked, EntryPublished, SteppingStoneMarked
from firmpath.pathways.statement import Statement
from tests.plain_record import PlainRecord

Way = tuple[int, ...]
Step = tuple[int, int]
Price = tuple[int, int, int, int]
Bars = set[tuple[str, int, str]]
"""Why a step is barred: the kind of bar, the entry and the notice that it is about."""


class PlainEngine:
    """Answers for one day and one set of accepted notices, each worked out from the statements."""

    def __init__(self, statements: Iterable[Statement], as_at: date, accepted: Iterable[str] = frozenset()) -> None:
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
        if self.is_dead_end(from_id):
            found.add(("dead_end", from_id, ""))
        found |= {("notice", to_id, name) for name in self.notices_about(from_id, to_id)}
        return found | {("skips_stepping_stone", stone, "") for stone in self.stones_skipped(from_id, to_id)}

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
            if stone != to_id
            and self.leads(self.declared, stone, to_id)
            and not self.leads(self.declared, stone, from_id)
            and any(self.goes_around(stone, start, from_id) for start in self.ids)
        ]

    def goes_around(self, stone: int, start: int, from_id: int) -> bool:
        """Whether a Device from before the stone comes to an entry without stopping at the stone."""
        clear = {step for step in self.declared if stone not in step}
        is_before = self.leads(self.declared, start, stone) and not self.leads(self.declared, stone, start)
        return is_before and self.leads(clear, start, from_id)

    def leads(self, steps: set[Step], from_id: int, to_id: int) -> bool:
        return from_id == to_id or any(True for _ in self.ways(steps, from_id, to_id))

    def ways(self, steps: set[Step], from_id: int, to_id: int, passed: Way = ()) -> Iterator[Way]:
        """Every way over these steps that passes no entry twice."""
        if from_id == to_id:
            yield (*passed, to_id)
            return
        for onward in self.ids:
            if (from_id, onward) in steps and onward not in passed:
                yield from self.ways(steps, onward, to_id, (*passed, from_id))

    def pathways(self, installed: int, target: int) -> list[Way]:
        """Every pathway, the best first: fewest activations, then the CPL Entry IDs in order."""
        return sorted(self.ways(self.open, installed, target), key=lambda way: (len(way), way))

    def stones(self, pathways: list[Way]) -> list[int]:
        """The entries between the ends that are on every pathway, in the order of the best one."""
        return [stone for stone in pathways[0][1:-1] if all(stone in way for way in pathways)]

    def within(self, installed: int) -> list[int]:
        return [each for each in self.ids if self.leads(self.open, installed, each)]

    def is_closed(self, cpl_entry_id: int) -> bool:
        return self.record.is_withdrawn(cpl_entry_id) or self.record.certificate_has_ended(cpl_entry_id)

    def farthest(self, installed: int) -> int:
        """The latest-listed entry within reach that is no dead end; the installed one if none is later."""
        within = [each for each in self.within(installed) if each == installed or not self.is_dead_end(each)]
        latest = max(map(self.record.listed_on, within))
        there = [each for each in within if self.record.listed_on(each) == latest]
        return installed if installed in there else there[0]

    def is_dead_end(self, cpl_entry_id: int) -> bool:
        return self.record.is_marked(cpl_entry_id, DeadEndMarked)

    def goes_back(self, step: Step) -> bool:
        """Whether the step leads to firmware that was listed earlier."""
        return self.record.listed_on(step[0]) > self.record.listed_on(step[1])

    def might_be_declared(self, from_id: int, to_id: int) -> bool:
        """Whether nobody has said anything about this step, and it could be used if it were declared."""
        return (
            self.record.is_silent(to_id)
            and self.share_hardware(from_id, to_id)
            and not self.is_closed(to_id)
            and not self.is_dead_end(from_id)
            and not self.notices_about(from_id, to_id)
        )

    def undeclared(self) -> set[Step]:
        return {step for step in itertools.permutations(self.ids, 2) if self.might_be_declared(*step)}

    def fewest_missing(self, installed: int, target: int) -> int | None:
        """The size of the smallest set of missing declarations that opens a way: every set is tried, by size.

        First those without a step back to firmware listed earlier, then those with one, and so on.
        """
        undeclared = sorted(self.undeclared())
        onward = [step for step in undeclared if not self.goes_back(step)]
        for back in range(len(self.ids)):
            sets_back = [
                set(steps)
                for steps in itertools.combinations(set(undeclared) - set(onward), back)
                if self.leads(self.open | set(onward) | set(steps), installed, target)
            ]
            for size in range(len(onward) + 1 if sets_back else 0):
                for steps_back, chosen in itertools.product(sets_back, itertools.combinations(onward, size)):
                    if self.leads(self.open | steps_back | set(chosen), installed, target):
                        return back + size
        return None

    def possible_way(self, installed: int, target: int) -> Way:
        """The way with the fewest steps back, then missing declarations, other revisions, days between; or none."""

        def price(step: Step) -> Price:
            if step in self.open:
                return 0, 0, 0, 0
            before, after = (self.record.listed_on(each) for each in step)
            across = self.record.hardware(step[0]) != self.record.hardware(step[1])
            return self.goes_back(step), 1, across, abs((after - before).days)

        return self.cheapest(self.open | self.undeclared(), installed, target, price)

    def barred_way(self, installed: int, target: int, *kinds: str) -> Way:
        """The declared way with the fewest barred steps, where bars of these kinds are all that is in the way."""
        steps = {step for step in self.declared if all(bar[0] in kinds for bar in self.bars(*step))}
        return self.cheapest(steps, installed, target, lambda step: (bool(self.bars(*step)), 0, 0, 0))

    def cheapest(self, steps: set[Step], installed: int, target: int, price_of: Callable[[Step], Price]) -> Way:
        """The way with the lowest prices, one after the other; then the shortest; then by ids."""

        def rank(way: Way) -> tuple[list[int], int, Way]:
            prices = [price_of(step) for step in itertools.pairwise(way)]
            return [sum(price) for price in zip(*prices, strict=True)], len(way), way

        return min(self.ways(steps, installed, target), key=rank, default=())

    def kind(self, installed: int, target: int) -> str:
        """The word for the answer."""
        if installed == target:
            return "already_there"
        if not self.share_hardware(installed, target):
            return "other_hardware"
        if self.leads(self.open, installed, target):
            return "pathway"
        return self.kind_of_no(installed, target)

    def kind_of_no(self, installed: int, target: int) -> str:
        """What somebody has stated comes before what follows from silence."""
        if self.is_dead_end(installed):
            return "dead_end"
        if self.barred_way(installed, target, "notice"):
            return "blocked_by_notice"
        if self.leads(self.declared, installed, target):
            return "pathway_closed"
        if self.possible_way(installed, target):
            return "nobody_has_said"
        has_way_out = any(from_id == installed for from_id, _ in self.declared | self.undeclared())
        onward = not self.goes_back((installed, target))
        is_over = onward and not has_way_out and not self.is_any_coming(installed)
        return "dead_end" if is_over else "no_pathway_declared"

    def is_any_coming(self, installed: int) -> bool:
        """Whether firmware of the same HardwareModel is on record that is not listed yet."""
        return any(
            isinstance(each.fact, EntryPublished)
            and each.effective_from > self.record.as_at
            and each.fact.device_model.hardware_model == self.record.hardware(installed)
            for each in self.record.uncorrected
        )

    def newest(self, installed: int) -> list[int]:
        """The latest-listed entries of the same HardwareModel, listed later, in reach, and no dead ends."""
        model, listed_on = self.record.hardware(installed), self.record.listed_on
        there = [
            each
            for each in self.within(installed)
            if each != installed
            and self.record.hardware(each) == model
            and not self.is_closed(each)
            and not self.is_dead_end(each)
            and listed_on(each) > listed_on(installed)
        ]
        return [each for each in there if listed_on(each) == max(map(listed_on, there))]

    def stranded(self) -> list[int]:
        """The entries that cannot come to any newest entry of their model: newest of those worth going to."""
        stranded = []
        for installed in self.ids:
            alike = [each for each in self.ids if self.record.hardware(each) == self.record.hardware(installed)]
            going = [each for each in alike if not self.is_closed(each) and not self.is_dead_end(each)]
            latest = max(map(self.record.listed_on, going), default=None)
            newest = [each for each in going if self.record.listed_on(each) == latest]
            if newest and not any(self.leads(self.open, installed, each) for each in newest):
                stranded.append(installed)
        return stranded

    def cycles(self) -> list[Way]:
        """For each knot, the shortest way round from its lowest id, of several the one with the lowest ids."""
        cycles: list[Way] = []
        knotted: set[int] = set()
        for start in self.ids:
            rounds = [
                way
                for onward in self.ids
                if (start, onward) in self.declared
                for way in self.ways(self.declared, onward, start)
            ]
            if rounds and start not in knotted:
                cycles.append((start, *min(rounds, key=lambda way: (len(way), way))))
                knotted |= {entry for way in rounds for entry in way}
                knotted |= {
                    each
                    for each in self.ids
                    if self.leads(self.declared, start, each) and self.leads(self.declared, each, start)
                }
        return cycles
