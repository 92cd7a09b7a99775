"""What there is to say of the days of a plan: which limit decides how many they are, and whose day is too late."""

from collections.abc import Sequence
from typing import Final

from firmpath.fleet.days import NO_LIMIT, Limits, Need, find_needs
from firmpath.fleet.plan import Plan
from firmpath.fleet.too_late import TooLate
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted

_LONGEST_SHOWN: Final = 60
"""Characters of the name of a region."""


def how_long(plan: Plan, limits: Limits) -> str:
    """Say how many days the next steps take, and which: there is one at least."""
    first, last = (day_in_words(limits.on(day)) for day in (1, plan.days))
    return f"1 day, {first}" if plan.days == 1 else f"{plan.days:,} days, from {first} to {last}"


def what_decides(plan: Plan) -> str:
    """Say which limit decides how many days the next steps take, and what the next one would make of it."""
    limits = plan.order.limits
    if limits is None or plan.days < 2:
        return ""
    longest, *others = (each for each in find_needs(plan.cells, limits) if each.region or limits.in_all < NO_LIMIT)
    a_day = limits.in_a_region if longest.region else limits.in_all
    devices = counted(longest.devices, "Device")
    said = f"What decides that is the limit {_whose(longest, limits)}: {devices} at {a_day:,} a day."
    as_long = sum(each.days == longest.days for each in others)
    if as_long:
        return f"{said} {counted(as_long, 'other limit')} would make it as long."
    if others:
        return (
            f"{said} After that comes the limit {_whose(others[0], limits)}, at {counted(others[0].days, 'day')}."
        )
    return said


def _whose(need: Need, limits: Limits) -> str:
    named = need.region if len(need.region) <= _LONGEST_SHOWN else f"{need.region[:_LONGEST_SHOWN]}…"
    return f"of {limits.region_column} {named}" if need.region else "in all"


def how_many_too_late(late: Sequence[TooLate]) -> str:
    """Say for how many Devices the day comes too late; '' where it does for none."""
    devices = sum(each.devices for each in late)
    if not devices:
        return ""
    return (
        f"For {counted(devices, 'Device')} the day comes after the last on which the pathway can be used, by what "
        "is on record today."
    )
