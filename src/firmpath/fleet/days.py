"""Days: which Devices take their next step when, where only so many may on a day, in all or in each region.

Source: ours, ADR 0025.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from firmpath.fleet.days_off import NO_DAYS_OFF, DaysOff
from firmpath.pathways.faults import Fault, FirmpathError

NO_LIMIT: Final = 2**63 - 1
NO_END: Final = date.max
"""Stands for the last day on which a pathway can be used, where none is on record."""
MOST_DAYS: Final = 3660
"""Ten years: who needs longer has mistyped a limit."""


class Limits(NamedTuple):
    """How many Devices may take a step on a day, in all and in each region; the regions are a column's values.

    The first day is none of those that are left out.
    """

    first_day: date
    in_all: int = NO_LIMIT
    in_a_region: int = NO_LIMIT
    region_column: str = ""
    not_on: DaysOff = NO_DAYS_OFF

    def on(self, day: int) -> date:
        """Give the date of a day; days are numbered from 1, and those that are left out have no number."""
        return self.not_on.nth(self.first_day, day)


class Cell(NamedTuple):
    """Devices that are alike as far as days go; the region is '' where the plan has no regions.

    `last_day` is the last on which their pathway can be used, by what is on record.
    """

    region: str
    remaining_steps: int
    next_entry: int
    last_day: date = NO_END


Turn = tuple[int, int]
"""A day, and how many Devices of a cell take their step on it."""


def deal_out(counts: Mapping[Cell, int], limits: Limits) -> dict[Cell, list[Turn]]:
    """Say on which days how many Devices of each cell take their next step.

    Every day the regions with the most Devices left come first, so that none is left over at the end; within a
    region those with the most steps left do, since they need the longest; then those whose pathways end first; then
    by CPL Entry ID.

    Cost: days × cells.
    :raises FirmpathError: it would take more than ten years.
    """
    _require_in_time(counts, limits)
    in_turn = sorted(counts, key=lambda cell: (-cell.remaining_steps, cell.last_day, cell))
    left = {cell: counts[cell] for cell in in_turn}
    turns: dict[Cell, list[Turn]] = {cell: [] for cell in left}
    day = 0
    while left:
        day += 1
        for cell, devices in _of_one_day(left, limits).items():
            turns[cell].append((day, devices))
            left[cell] -= devices
            if not left[cell]:
                del left[cell]
    return turns


def _of_one_day(left: Mapping[Cell, int], limits: Limits) -> dict[Cell, int]:
    cells: dict[str, list[Cell]] = {}
    for cell in left:
        cells.setdefault(cell.region, []).append(cell)
    waiting = {region: sum(left[cell] for cell in alike) for region, alike in cells.items()}
    taken: dict[Cell, int] = {}
    room = limits.in_all
    for region in sorted(waiting, key=lambda each: (-waiting[each], each)):
        room_here = min(room, limits.in_a_region)
        for cell in cells[region]:
            if not room_here:
                break
            taken[cell] = min(left[cell], room_here)
            room_here -= taken[cell]
            room -= taken[cell]
    return taken


class Need(NamedTuple):
    """How many days Devices need under one limit: that in all, where the region is '', or that in a region."""

    region: str
    devices: int
    days: int


def find_needs(counts: Mapping[Cell, int], limits: Limits) -> list[Need]:
    """Give what each limit makes of it, the most days first: these are the fewest in which it can be done."""
    by_region: Counter[str] = Counter()
    for cell, steps in counts.items():
        by_region[cell.region] += steps
    found = [Need(each, steps, _rounded_up(steps, limits.in_a_region)) for each, steps in by_region.items() if each]
    found.append(Need("", by_region.total(), _rounded_up(by_region.total(), limits.in_all)))
    return sorted(found, key=lambda each: (-each.days, -each.devices, each.region))


def fewest_days(counts: Mapping[Cell, int], limits: Limits) -> int:
    """Give the fewest days in which so many steps can be taken under the limits."""
    return find_needs(counts, limits)[0].days


def fewest_days_to_targets(counts: Mapping[Cell, int], limits: Limits) -> int:
    """Give the fewest days in which all Devices can come to their targets, with all the steps that follow."""
    activations = {cell: cell.remaining_steps * devices for cell, devices in counts.items()}
    longest = max((cell.remaining_steps for cell in counts), default=0)
    return max(fewest_days(activations, limits), longest)


def _require_in_time(counts: Mapping[Cell, int], limits: Limits) -> None:
    days = fewest_days(counts, limits)
    if days > MOST_DAYS:
        wrong = f"need {days:,} days for the next step of {sum(counts.values()):,} Devices"
        raise FirmpathError(Fault("Limits", "", wrong, "allow more Devices a day", quoted=False))


def _rounded_up(number: int, by: int) -> int:
    return -(-number // by)
