"""A deadline: whether all steps can be taken by a day, how many Devices cannot, and how many a day it needs.

A Device takes one step a day at most. Source: ours, ADR 0050.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from firmpath.fleet.days import NO_END, NO_LIMIT, Cell, Limits, fewest_days_to_targets
from firmpath.fleet.days_off import NO_DAYS_OFF, DaysOff


class Deadline(NamedTuple):
    """The day by which all steps are to be taken, and the first of the days for that, of which there is one."""

    finish_by: date
    first_day: date
    not_on: DaysOff = NO_DAYS_OFF

    @property
    def days(self) -> int:
        """How many days there are, without those that are left out."""
        return self.not_on.number_of(self.first_day, self.finish_by)


class Needed(NamedTuple):
    """The lowest limits under which Devices can take all their steps in some days; 0: there is no such limit."""

    in_all: int
    in_a_region: int


class Finish(NamedTuple):
    """What a deadline makes of the Devices that have a step.

    `steps` are those left to their targets, and `days_needed` the fewest in which they can be taken. `not_done` are
    the Devices that cannot take all of theirs, whoever goes first: `too_many_steps` of them whatever the limits
    are. `needed` is for all others. `ending` are the Devices whose pathway can be used, by what is on record, only
    until a day before the last that there is; `ends` is the first such day.
    """

    devices: int
    steps: int
    days: int
    days_needed: int
    not_done: int
    too_many_steps: int
    needed: Needed
    ending: int
    ends: date

    @property
    def can_be_done(self) -> bool:
        """Whether all these steps can be taken in time."""
        return not self.not_done


def find_finish(counts: Mapping[Cell, int], limits: Limits | None, deadline: Deadline) -> Finish:
    """Say what a deadline makes of Devices; None: there is no limit, and `needed` is for all of them together.

    Cost: linear in the cells.
    """
    days, under = deadline.days, limits or Limits(deadline.first_day, not_on=deadline.not_on)
    devices = sum(counts.values())
    last = deadline.not_on.nth(deadline.first_day, days)
    in_time = {cell: many for cell, many in counts.items() if cell.remaining_steps <= days}
    ending = {cell: many for cell, many in counts.items() if cell.last_day < last}
    return Finish(
        devices,
        sum(cell.remaining_steps * many for cell, many in counts.items()),
        days,
        fewest_days_to_targets(counts, under),
        devices - most_done(in_time, under, days),
        devices - sum(in_time.values()),
        find_needed(in_time, limits, days),
        sum(ending.values()),
        min((cell.last_day for cell in ending), default=NO_END),
    )


def most_done(counts: Mapping[Cell, int], limits: Limits, days: int) -> int:
    """Give how many Devices at most can take all their steps in so many days, none of them having more than days.

    Those with the fewest do. Whoever is chosen fits if their steps do: each can take them on days of its own.
    """
    by_region: dict[str, Counter[int]] = {}
    for cell, devices in counts.items():
        by_region.setdefault(cell.region, Counter())[cell.remaining_steps] += devices
    fit: Counter[int] = Counter()
    for waiting in by_region.values():
        fit.update(_fewest_steps_first(waiting, limits.in_a_region * days))
    return _fewest_steps_first(fit, limits.in_all * days).total()


def _fewest_steps_first(waiting: Counter[int], room: int) -> Counter[int]:
    """Give how many of the Devices with each number of steps fit, where there is room for so many steps."""
    found: Counter[int] = Counter()
    for steps, devices in sorted(waiting.items()):
        found[steps] = min(devices, room // steps)
        room -= steps * found[steps]
    return found


def find_needed(counts: Mapping[Cell, int], limits: Limits | None, days: int) -> Needed:
    """Give the lowest of the limits that there are under which Devices can take all their steps in some days."""
    by_region: Counter[str] = Counter()
    for cell, devices in counts.items():
        by_region[cell.region] += cell.remaining_steps * devices
    in_all = -(-by_region.total() // days) if limits is None or limits.in_all < NO_LIMIT else 0
    in_a_region = -(-max(by_region.values(), default=0) // days) if limits and limits.region_column else 0
    return Needed(in_all, in_a_region)
