"""A second engine, deliberately plain: it tries everything, so that the first one can be held against it.

It is written from the words of DESIGN and FEATURES alone. Every pathway that passes no entry twice is found by
plain recursion, and every other answer is read off that list. Good for up to eight entries or so.
"""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    EntryReinstated,
    Fact,
    NoticeExtended,
    NoticeOpened,
    SteppingStoneMarked,
)
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from tests.plain_steps import PlainSteps, Step, Way

Price = tuple[int, int, int, int]


class PlainEngine(PlainSteps):
    """Answers for one day, with some notices accepted and some entries excluded, worked out from the statements."""

    def pathways(self, installed: int, target: int) -> list[Way]:
        """Every pathway, the best first: fewest activations, then the CPL Entry IDs in order."""
        return sorted(self.ways(self.open, installed, target), key=lambda way: (len(way), way))

    def stones(self, pathways: list[Way]) -> list[int]:
        """The entries between the ends that are on every pathway, in the order of the best one."""
        return [stone for stone in pathways[0][1:-1] if all(stone in way for way in pathways)]

    def within(self, installed: int) -> list[int]:
        return [each for each in self.ids if self.leads(self.open, installed, each)]

    def is_closed(self, cpl_entry_id: int) -> bool:
        gone = self.record.is_withdrawn(cpl_entry_id) or self.record.certificate_has_ended(cpl_entry_id)
        return gone or cpl_entry_id in self.excluded

    def may_yet_come(self, installed: int, target: int) -> bool:
        """Whether a way is open or may yet be: over all that is declared or not yet said, past no mark."""
        steps = {
            (from_id, to_id)
            for from_id, to_id in itertools.permutations(self.ids, 2)
            if self.share_hardware(from_id, to_id)
            and not self.is_dead_end(from_id)
            and (self.record.is_silent(to_id) or (from_id, to_id) in self.declared)
            and not ((from_id, to_id) in self.declared and self.stones_skipped(from_id, to_id))
        }
        return self.leads(steps, installed, target)

    def farthest(self, installed: int, target: int) -> int:
        """The latest-listed entry within reach that is no dead end and keeps the hope of coming to the target."""
        within = [
            each
            for each in self.within(installed)
            if each == installed or not self.is_dead_end(each)
            if not self.may_yet_come(installed, target) or self.may_yet_come(each, target)
        ]
        latest = max(map(self.record.listed_on, within))
        there = [each for each in within if self.record.listed_on(each) == latest]
        return installed if installed in there else there[0]

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

    def steps_but_for(self, *kinds: str) -> set[Step]:
        """The declared steps that nothing bars but bars of these kinds."""
        return {step for step in self.declared if all(bar[0] in kinds for bar in self.bars(*step))}

    def barred_way(self, installed: int, target: int, *kinds: str) -> Way:
        """The declared way with the fewest barred steps, where bars of these kinds are all that is in the way."""
        steps = self.steps_but_for(*kinds)
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
        if self.barred_way(installed, target, "excluded"):
            return "pathway_closed"
        if self.barred_way(installed, target, "notice"):
            return "blocked_by_notice"
        if self.leads(self.declared, installed, target):
            return "pathway_closed"
        if self.possible_way(installed, target):
            return "nobody_has_said"
        if self.may_yet_come(installed, target):
            return "nobody_has_said"
        silent = any(
            each != installed and self.record.is_silent(each) and self.share_hardware(installed, each)
            for each in self.ids
        )
        has_way_out = silent or any(from_id == installed for from_id, _ in self.declared)
        onward = not self.goes_back((installed, target))
        is_over = (
            onward and not has_way_out and not self.is_any_coming(installed) and not self.lacks_a_base(installed)
        )
        return "dead_end" if is_over else "no_pathway_declared"

    def lacks_a_base(self, installed: int) -> bool:
        """Whether some entry for this hardware names a base that is not on the list for it."""
        alike = [each for each in self.ids if self.share_hardware(installed, each)]
        return any(base not in alike for each in alike for base in self.record.bases(each))

    def is_any_coming(self, installed: int) -> bool:
        """Whether firmware of the same HardwareModel is on record that is not listed yet."""
        return any(
            isinstance(each.fact, EntryPublished)
            and each.effective_from > self.record.as_at
            and each.fact.device_model.hardware_model == self.record.hardware(installed)
            for each in self.record.uncorrected
        )

    def is_newer(self, one: int, other: int) -> bool:
        """Whether it is of the same HardwareModel and was listed later."""
        alike = self.record.hardware(one) == self.record.hardware(other)
        return alike and self.record.listed_on(one) > self.record.listed_on(other)

    def newer(self, installed: int) -> list[int]:
        """The entries of the same HardwareModel, listed later, that are neither closed nor dead ends."""
        return [
            each
            for each in self.ids
            if self.is_newer(each, installed) and not self.is_closed(each) and not self.is_dead_end(each)
        ]

    def newest(self, installed: int) -> list[int]:
        """The latest-listed newer entries in reach, from which the hope of coming to the very latest is kept."""
        newer = self.newer(installed)
        last = self.latest(newer)
        hoping = [each for each in self.ids if any(self.may_yet_come(each, target) for target in last)]
        within = [each for each in self.within(installed) if each in hoping or installed not in hoping]
        return self.latest([each for each in newer if each in within])

    def latest(self, ids: list[int]) -> list[int]:
        days = list(map(self.record.listed_on, ids))
        return [each for each in ids if self.record.listed_on(each) == max(days)]

    def last_day(self, way: Way) -> date | NotKnown:
        """The last day before anything on record changes a way: its certificates end, or statements take effect."""
        until = [self.record.stated(each, CertificatesRecorded).get("cpa_valid_until") for each in way[1:]]
        days = [each for each in until if isinstance(each, date)]
        for each in self.record.uncorrected:
            if each.effective_from > self.record.as_at and self.is_about(way, each.fact):
                days.append(each.effective_from - timedelta(days=1))
        return min(days, default=NOT_KNOWN)

    def is_about(self, way: Way, fact: Fact) -> bool:
        if isinstance(fact, NoticeOpened | NoticeExtended):
            return any(step.covers(*pair) for step in fact.steps for pair in itertools.pairwise(way))  # type: ignore[arg-type]
        if isinstance(fact, SteppingStoneMarked):  # anywhere among these Devices, since the way may lead past it
            return self.is_alike(way[0], fact.cpl_entry_id)
        if isinstance(fact, BaseFirmwareDeclared | EntryPublished) and self.is_alike(way[0], fact.cpl_entry_id):
            marked = [each for each in self.ids if self.record.is_marked(each, SteppingStoneMarked)]
            if any(self.share_hardware(way[0], each) for each in marked):
                return True  # what a stone that is marked already stands between is read from all that is declared
        return not isinstance(fact, EntryPublished | EntryReinstated) and fact[:1] in [(each,) for each in way]

    def is_alike(self, installed: int, other: int) -> bool:
        """Whether an entry, which may still be to come, is for the Devices that run another."""
        facts = [each.fact for each in self.record.uncorrected if isinstance(each.fact, EntryPublished)]
        families = {each.device_model.hardware_model.family for each in facts if each.cpl_entry_id == other}
        return self.record.hardware(installed).family in families

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
