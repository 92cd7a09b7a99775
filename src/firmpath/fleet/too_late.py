"""Devices whose day comes after the last on which their pathway can be used, by what is on record today."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from firmpath.fleet.plan import Plan


class TooLate(NamedTuple):
    """Devices with the same next entry, and the first day after which the pathway of some of them has ended."""

    next_entry: int
    valid_until: date
    devices: int


def find_too_late(plan: Plan) -> list[TooLate]:
    """Find the next entries with Devices whose day comes too late, the most Devices first.

    Cost: linear in the days of each cell.
    """
    if plan.order.limits is None:
        return []
    dates = {day: plan.order.limits.on(day) for day in range(1, plan.days + 1)}
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for cell, turns in plan.turns.items():
        if late := sum(devices for day, devices in turns if dates[day] > cell.last_day):
            found[cell.next_entry].append((cell.last_day, late))
    together = [
        TooLate(next_entry, min(ends for ends, _ in those), sum(late for _, late in those))
        for next_entry, those in found.items()
    ]
    return sorted(together, key=lambda each: (-each.devices, each.next_entry))
