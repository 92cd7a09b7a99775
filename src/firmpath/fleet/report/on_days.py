"""Which day: how many there are and why, whose day comes too late, and what each has."""

from collections import Counter
from collections.abc import Sequence

from firmpath.fleet.day_words import how_long, how_many_too_late, what_decides
from firmpath.fleet.finishing import can_be_done, finish_in_words
from firmpath.fleet.plan import Plan
from firmpath.fleet.report.tables import MANIFEST, paragraph, section, table
from firmpath.fleet.too_late import TooLate, find_too_late
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name


def by_the_deadline(plan: Plan) -> str:
    """Say what the deadline makes of it; nothing where there is none."""
    if plan.order.deadline is None:
        return ""
    verdict, *others = finish_in_words(plan)
    told = paragraph(verdict, "" if can_be_done(plan) else "warning")
    return section(f"By {day_in_words(plan.order.deadline.finish_by)}", told, *map(paragraph, others))


def under_the_limits(plan: Plan) -> str:
    """Give the days that the limits make of it; nothing where there are none."""
    limits = plan.order.limits
    if limits is None or not plan.days:
        return ""
    by_day: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for wave in plan.waves:
        for file in wave.files:
            by_day[file.day] += file.devices
        steps.update({file.day for file in wave.files})
    all_steps = limits.on(plan.fewest_days_to_targets)
    words = (
        f"These steps take {how_long(plan, limits)}. "
        f"{what_decides(plan)} "
        f"All steps, those that follow included, can be done on {day_in_words(all_steps)} at the earliest. "
        f"That is for {counted(plan.by_status()['pathway'], 'Device')} with a step"
    )
    there = "is" if plan.stuck == 1 else "are"
    words += f", and not for those who are stuck, of whom there {there} {plan.stuck:,}." if plan.stuck else "."
    rows = [(limits.on(day), day, by_day[day], steps[day]) for day in sorted(by_day)]
    heading = "Which day"
    listed = table(heading, ("Date", "Day", "Devices", "Different steps"), rows, MANIFEST)
    return section(heading, paragraph(words), _too_late(plan, find_too_late(plan)), listed)


def _too_late(plan: Plan, late: Sequence[TooLate]) -> str:
    """Give the next steps that come too late for some Devices, each with the last day that is sure."""
    if not late:
        return ""
    words = f"{how_many_too_late(late)} Allow more Devices a day, begin earlier, or plan these by themselves first."
    rows = [
        (full_name(plan.catalogue, CPLEntryID(each.next_entry)), each.valid_until, each.devices) for each in late
    ]
    headings = ("Activate next", "Last day", "Devices after it")
    return paragraph(words, "warning") + table("Whose day comes too late", headings, rows, MANIFEST)
