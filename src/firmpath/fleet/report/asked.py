"""What was asked for, as far as it is not what is asked for anyway: targets, risks accepted, what is left out."""

from collections.abc import Collection, Iterator, Mapping
from html import escape
from pathlib import Path

from firmpath.fleet.days import NO_LIMIT, Limits
from firmpath.fleet.days_off import NO_DAYS_OFF
from firmpath.fleet.excluding import entries_of
from firmpath.fleet.headings import DEVICE_STATUS
from firmpath.fleet.plan import Plan, ReadAs
from firmpath.fleet.report.tables import pairs, section
from firmpath.pathways.days import day_in_words, instant_in_words
from firmpath.pathways.explain.bars import notice_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import shortened
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import listing
from firmpath.tables.mapping import listed

_MOST_NAMED = 40


def what_was_asked(plan: Plan) -> str:
    """Give the part about what was asked."""
    return section("What was asked", pairs(_asked(plan)))


def _asked(plan: Plan) -> Iterator[tuple[str, str]]:
    order, question = plan.order, plan.order.question
    files = f" ({len(plan.inventory.files):,} files)" if len(plan.inventory.files) > 1 else ""
    yield "Inventory", escape(Path(order.inventory).name + files)
    yield _targets(plan)
    for notice in plan.catalogue.notices:
        if notice.notice_id in question.accepted:
            words = f"{notice_in_words(plan.catalogue, notice)} The reason given: {order.because}"
            yield "Risk accepted", escape(words)
    if plan.catalogue.excluded:
        costs = f"; this alone holds back {counted(plan.held_back, 'Device')}" if plan.held_back else ""
        if plan.at_newest_of_rest:
            costs += f"; {counted(plan.at_newest_of_rest, 'Device')} at the newest of the rest would have a step"
        yield "Left out", escape(f"No Device is taken to {'; nor to '.join(_left_out(plan))}{costs}")
    for what, said in how_it_was_read(order.read_as):
        yield what, escape(said)
    if order.known_at:
        yield "On record", f"Only what was on record by {instant_in_words(order.known_at)}"
    if order.only_commissioned:
        yield "Left out", escape(f"Devices of which {plan.inventory.used[DEVICE_STATUS]} is not Commissioned")
    if order.limits:
        yield "Limits", escape(limits_in_words(order.limits))
    if order.deadline:
        yield "Finish by", day_in_words(order.deadline.finish_by)


def _targets(plan: Plan) -> tuple[str, str]:
    targets = plan.order.question.targets
    if targets is None:
        but = ", of what is not left out" if plan.catalogue.excluded else ""
        return "Target", f"The newest firmware of each Device's own hardware that it can safely come to{but}"
    named = _entries(plan, targets.values())
    if len(targets) == 1:
        return "Target", escape(f"For its hardware {named}")
    return "Targets", escape(f"For each hardware the one of {named}")


def how_it_was_read(read_as: ReadAs) -> Iterator[tuple[str, str]]:
    """Say how somebody said that the CPL's table and the inventory are to be read; nothing where nobody did."""
    cpl = [
        *_meanings(read_as.cpl_mapping),
        *([f"left out: {listed(read_as.cpl_ignored)}"] if read_as.cpl_ignored else []),
        *([f"sheet: {shortened(read_as.cpl_sheet)}"] if read_as.cpl_sheet else []),
    ]
    for what, said in (("CPL", cpl), ("Inventory", list(_meanings(read_as.inventory_mapping)))):
        if said:
            yield f"{what} read as", "; ".join(said)


def _meanings(mapping: Mapping[str, str]) -> Iterator[str]:
    return (f"{shortened(heading)} means {ours}" for heading, ours in mapping.items())


def _left_out(plan: Plan) -> Iterator[str]:
    """Name the entries that are left out by themselves, then those that a notice names."""
    by_notice = {
        notice.notice_id: entries_of(plan.catalogue, notice)
        for notice in plan.catalogue.notices
        if notice.notice_id in plan.order.excluded_notices
    }
    if others := plan.catalogue.excluded.difference(*by_notice.values()):
        yield _entries(plan, others)
    for notice_id, entries in by_notice.items():
        yield f"{_entries(plan, entries)}, because of notice {notice_id}"


def _entries(plan: Plan, entries: Collection[CPLEntryID]) -> str:
    kind = "entry" if len(entries) == 1 else "entries"
    return f"CPL {kind} {listing(plan.catalogue, sorted(entries), _MOST_NAMED)}"


def limits_in_words(limits: Limits) -> str:
    """Say how many Devices may take a step on a day."""
    in_all = f"{counted(limits.in_all, 'Device')} a day" if limits.in_all < NO_LIMIT else ""
    a_region = f"{counted(limits.in_a_region, 'Device')} a day with the same {limits.region_column}"
    region = a_region if limits.region_column else ""
    most = f"At most {', and '.join(filter(None, (in_all, region)))}, from {day_in_words(limits.first_day)}"
    return f"{most}; not on {limits.not_on.in_words()}" if limits.not_on != NO_DAYS_OFF else most
