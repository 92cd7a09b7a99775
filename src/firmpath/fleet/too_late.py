"""Devices whose day comes after the last on which their pathway can be used, by what is on record today."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from firmpath.fleet.days import Cell, Limits
from firmpath.fleet.plan import Plan
from firmpath.fleet.planned import Judged, Planned
from firmpath.pathways.answers import CandidatesAgree, Pathway
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown


class TooLate(NamedTuple):
    """Devices with the same next entry, and the first day after which the pathway of some of them has ended.

    `devices` are at most so many where the days do not say which of several pathways a Device has.
    """

    next_entry: int
    valid_until: date
    devices: int
    is_most: bool


def find_too_late(plan: Plan) -> list[TooLate]:
    """Find the next entries with Devices whose day comes too late, the most Devices first.

    Cost: linear in the groups and in the days of each cell.
    """
    if plan.order.limits is None:
        return []
    found: dict[int, list[TooLate]] = defaultdict(list)
    for (_, next_entry), each in sorted(_of_each_kind(plan, plan.order.limits).items()):
        found[next_entry].append(each)
    together = [
        TooLate(
            next_entry,
            min(each.valid_until for each in those),
            sum(each.devices for each in those),
            any(each.is_most for each in those),
        )
        for next_entry, those in found.items()
    ]
    return sorted(together, key=lambda each: (-each.devices, each.next_entry))


def _of_each_kind(plan: Plan, limits: Limits) -> Mapping[tuple[int, int], TooLate]:
    """Find them among the Devices with as many steps left and the same next entry, who take turns."""
    dates = {day: limits.on(day) for day in range(1, plan.days + 1)}
    by_day: dict[tuple[int, int], Counter[date]] = defaultdict(Counter)
    for cell, turns in plan.turns.items():
        for day, devices in turns:
            by_day[_kind(cell)][dates[day]] += devices
    found = {}
    for kind, ends in _ends(plan).items():
        late = {end: sum(n for day, n in by_day[kind].items() if day > end) for end in ends if end}
        if any(late.values()):
            devices = sum(min(ends[end], late[end]) for end in late)
            first = min(end for end in late if late[end])
            found[kind] = TooLate(kind[1], first, min(devices, late[first]), len(ends) > 1)
    return found


def _ends(plan: Plan) -> Mapping[tuple[int, int], Counter[date | NotKnown]]:
    """Count the Devices of each kind by the last day on which their pathways can be used."""
    last_days = {judged.planned: _last_day(judged) for judged, _ in plan.judged}
    found: dict[tuple[int, int], Counter[date | NotKnown]] = defaultdict(Counter)
    for group in plan.groups:
        if group.next_entry is not None:
            found[_kind(group.planned)][last_days[group.planned]] += group.rows
    return found


def _kind(each: Cell | Planned) -> tuple[int, int]:
    return each.remaining_steps, each.next_entry


def _last_day(judged: Judged) -> date | NotKnown:
    """Give the last day of a pathway, whichever of the candidates a Device runs."""
    answer = judged.answer.shared if isinstance(judged.answer, CandidatesAgree) else judged.answer
    return answer.valid_until if isinstance(answer, Pathway) else NOT_KNOWN
