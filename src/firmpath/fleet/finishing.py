"""What a plan's deadline makes of its Devices: as values, in words, and as JSON."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from firmpath.fleet.days import NO_LIMIT, Cell, Limits
from firmpath.fleet.days_off import NO_DAYS_OFF
from firmpath.fleet.deadline import Deadline, Finish, find_finish
from firmpath.fleet.plan import Plan
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted


def finish_of(plan: Plan, deadline: Deadline) -> Finish:
    """Say what a deadline makes of the Devices of a plan that have a step.

    Cost: linear in the groups and cells of the plan.
    """
    return find_finish(
        plan.cells if plan.order.limits else _cells_without_limits(plan), plan.order.limits, deadline
    )


def can_be_done(plan: Plan) -> bool:
    """Say whether all steps can be taken by the deadline of a plan; so they can where it has none."""
    return plan.order.deadline is None or finish_of(plan, plan.order.deadline).can_be_done


def _cells_without_limits(plan: Plan) -> Counter[Cell]:
    last_days = {judged.planned: judged.last_day for judged, _ in plan.judged}
    found: Counter[Cell] = Counter()
    for group in plan.groups:
        if group.next_entry is not None:
            found[Cell("", group.remaining_steps, group.next_entry, last_days[group.planned])] += group.rows
    return found


def finish_in_words(plan: Plan) -> list[str]:
    """Say what the deadline makes of it, whether all can be done first; nothing where there is none."""
    deadline = plan.order.deadline
    return list(_sentences(plan, deadline, finish_of(plan, deadline))) if deadline else []


def _sentences(plan: Plan, deadline: Deadline, finish: Finish) -> Iterator[str]:
    yield _verdict(plan.order.limits, deadline, finish)
    if finish.too_many_steps:
        more = f"{counted(finish.too_many_steps, 'has', 'have')} more steps left than there are days"
        yield f"Of these Devices {more}: one takes one step a day at most, so no limit helps there."
    if needed := _needed(plan.order.limits, finish):
        yield f"{'What the others need' if finish.too_many_steps else 'What it needs'}: {needed}."
    if finish.ending:
        yield (
            f"Not certain: of {counted(finish.ending, 'Device')} the pathway can be used only until a day before "
            f"then, by what is on record today, the first until {day_in_words(finish.ends)}."
        )
    if plan.stuck:
        yield f"Not counted: {counted(plan.stuck, 'Device that is', 'Devices that are')} stuck."


def _verdict(limits: Limits | None, deadline: Deadline, finish: Finish) -> str:
    by = day_in_words(deadline.finish_by)
    if not finish.devices:
        return f"No Device has a step to take by {by}."
    off = f", not on {deadline.not_on.in_words()}" if deadline.not_on != NO_DAYS_OFF else ""
    there = f"{counted(finish.days, 'day')} from {day_in_words(deadline.first_day)}{off}"
    steps = f"{counted(finish.steps, 'step')} of {counted(finish.devices, 'Device')}"
    if limits:
        steps += f" {'takes' if finish.steps == 1 else 'take'} {counted(finish.days_needed, 'day')} at least"
        there = f"there {'is' if finish.days == 1 else 'are'} {there}"
    if finish.can_be_done:
        return f"All steps can be taken by {by}, if nothing changes: {steps}, and {there}."
    until = f", until {day_in_words(limits.on(finish.days_needed))}" if limits else ""
    not_done = counted(finish.not_done, "Device")
    return (
        f"Not all steps can be taken by {by}: {steps}{until}, and {there}. At least {not_done} cannot take all of "
        "theirs by then, whoever goes first."
    )


def _needed(limits: Limits | None, finish: Finish) -> str:
    """Name the lowest limits that do; '' where there is nothing to do that limits are for."""
    in_all, in_a_region = finish.needed
    if limits is None:
        return f"{counted(in_all, 'Device')} a day in all" if in_all else ""
    needed = (
        (in_all, limits.in_all, "in all"),
        (in_a_region, limits.in_a_region, f"with the same {limits.region_column}"),
    )
    return "; ".join(
        f"{counted(least, 'Device')} a day {which}, where {counted(allowed, 'is', 'are')} allowed"
        for least, allowed, which in needed
        if least
    )


def finish_as_json(plan: Plan) -> dict[str, Any]:
    """Give the same as a field of what is printed and of the manifest; no field where there is no deadline."""
    deadline, limits = plan.order.deadline, plan.order.limits
    if deadline is None:
        return {}
    finish = finish_of(plan, deadline)
    is_in_all = limits is None or limits.in_all < NO_LIMIT
    written = {
        "finish_by": str(deadline.finish_by),
        "first_day": str(deadline.first_day),
        **({"not_on": list(deadline.not_on.written())} if deadline.not_on != NO_DAYS_OFF else {}),
        "days": finish.days,
        "can_be_done": finish.can_be_done,
        "devices": finish.devices,
        "steps": finish.steps,
        **({"days_needed": finish.days_needed} if limits else {}),
        "devices_not_done": finish.not_done,
        "devices_with_too_many_steps": finish.too_many_steps,
        **({"devices_a_day_needed": finish.needed.in_all} if is_in_all else {}),
        **(
            {"devices_a_day_in_a_region_needed": finish.needed.in_a_region}
            if limits and limits.region_column
            else {}
        ),
        "devices_not_certain": finish.ending,
        **({"first_not_certain_after": str(finish.ends)} if finish.ending else {}),
        "devices_stuck": plan.stuck,
    }
    return {"deadline": written}
