"""What to send next, and what is to be expected after it: the flows, the days, the rounds of steps."""

from collections import Counter
from collections.abc import Iterator

from firmpath.fleet.manifest_form import service_request
from firmpath.fleet.plan import Plan
from firmpath.fleet.planned import Judged
from firmpath.fleet.report.flows import MOST_FLOWS, Flow, draw_flows, largest_flows
from firmpath.fleet.report.tables import Cell, Html, in_two, paragraph, section, table
from firmpath.fleet.words import END_WORDS, ends_in_words
from firmpath.pathways.answers import Pathway
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.pathway import Steps

_MANIFEST = "waves/manifest.json"
_MOST_NAMED = 3
"""Entries of a round that are named; the others are counted."""


def next_steps(plan: Plan) -> str:
    """Give the picture of the flows, and for each next step the service request and the number of Devices."""
    flows = _flows(plan)
    heading = "What to send next"
    if not flows:
        return section(heading, paragraph("No Device can take a step today."))
    first = ""
    if len(flows) > MOST_FLOWS:
        share = sum(flow[2] for flow in largest_flows(flows)) / sum(flow[2] for flow in flows)
        first = f" These are the {MOST_FLOWS} largest of {len(flows):,} flows, with {share:.0%} of the Devices."
    ends = paragraph(_ends(plan)) if plan.ends else ""
    caption = f"From what Devices run to what they are to run next, as thick as there are Devices.{first}"
    drawn = draw_flows(plan.catalogue, flows)
    picture = f'<figure><div class="scroll" role="region" tabindex="0" aria-label="Flows">{drawn}</div>'
    picture += f"<figcaption>{caption}</figcaption></figure>"
    rows = []
    for wave in sorted(plan.waves, key=lambda each: (-each.devices, each.next_entry)):
        hardware = plan.catalogue[CPLEntryID(wave.next_entry)].hardware_model
        name = in_two(full_name(plan.catalogue, CPLEntryID(wave.next_entry)), f"{hardware.device_type} {hardware}")
        request = service_request(hardware.device_type).replace(" ", "\xa0")
        rows.append((name, request, wave.devices, len(wave.files)))
    headings = ("Activate next", "Service request", "Devices", "Files")
    return section(heading, ends, picture, table(heading, headings, rows, _MANIFEST))


def _ends(plan: Plan) -> str:
    """Say how many Devices would end where nothing leads on, at which entries, and why."""
    ordered = sorted(plan.ends.items(), key=lambda each: (-each[1], each[0]))
    named = [
        f"{rows:,} at {short_name(plan.catalogue, CPLEntryID(entry))}, since {END_WORDS[because]}"
        for (entry, because), rows in ordered[:_MOST_NAMED]
    ]
    if len(ordered) > _MOST_NAMED:
        named.append(f"{sum(rows for _, rows in ordered[_MOST_NAMED:]):,} at other entries")
    return f"{ends_in_words(plan.ends)}: {'; '.join(named)}."


def _flows(plan: Plan) -> list[Flow]:
    found: Counter[tuple[int, int]] = Counter()
    for group in plan.groups:
        if group.next_entry is not None:
            found[group.installed or 0, group.next_entry] += group.rows
    return [(from_id, to_id, count) for (from_id, to_id), count in sorted(found.items())]


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
    moving, stuck = plan.by_status()["pathway"], plan.stuck
    words = (
        f"These steps take {counted(plan.days, 'day')}, to {day_in_words(limits.on(plan.days))}. All steps, those "
        f"that follow included, can be done on {day_in_words(all_steps)} at the earliest. That is for "
        f"{counted(moving, 'Device')} with a step"
    )
    words += f", and not for those who are stuck, of whom there are {stuck:,}." if stuck else "."
    rows = [(Html(f"<time>{limits.on(day)}</time>"), day, by_day[day], steps[day]) for day in sorted(by_day)]
    heading = "Which day"
    listed = table(heading, ("Date", "Day", "Devices", "Different steps"), rows, _MANIFEST)
    return section(heading, paragraph(words), listed)


def expected_order(plan: Plan) -> str:
    """Give the rounds of steps: to which entries, and where the Devices are after each."""
    rounds, done, ended = _rounds(plan)
    if not rounds:
        return ""
    total = sum(each.total() for each in rounds)
    there, nowhere = plan.by_status()["already_there"], 0
    rows: list[tuple[Cell, ...]] = []
    for at, entries in enumerate(rounds, 1):
        there, nowhere = there + done[at], nowhere + ended[at]
        counts = (there, nowhere) if ended else (there,)
        rows.append((at, entries.total(), "; ".join(_largest(plan, entries)), *counts))
    words = (
        f"{total:,} activations in all, if nothing changes. In each round every Device that is under way takes one "
        "step; plan again between rounds. "
        f"In the end {there:,} of {counted(plan.rows, 'Device')} are at their targets"
    )
    words += f", {nowhere:,} where nothing leads on" if nowhere else ""
    words += f", and {plan.stuck:,} are stuck from the start." if plan.stuck else "."
    headings = ["Round", "Devices that take a step", "To", "At their targets after it"]
    headings += ["Where nothing leads on"] if ended else []
    return section("Expected order, and steps left", paragraph(words), table("Expected order", headings, rows))


def _rounds(plan: Plan) -> tuple[list[Counter[int]], Counter[int], Counter[int]]:
    """Give, for each round, how many Devices go to which entry; how many come to their target in it; how many end.

    Who is to have the newest firmware, and ends where nothing leads on to it, is not at a target: the next plan
    says of the same Device that it is stuck. Who is sent there by name is.
    """
    rounds: list[Counter[int]] = []
    done: Counter[int] = Counter()
    ended: Counter[int] = Counter()
    for (steps, leads_on), rows in _rows_under_way(plan).items():
        for at, entry in enumerate(steps):
            if at == len(rounds):
                rounds.append(Counter())
            rounds[at][entry] += rows
        (done if leads_on or plan.order.question.targets is not None else ended)[len(steps)] += rows
    return rounds, done, ended


def _rows_under_way(plan: Plan) -> Counter[tuple[Steps, bool]]:
    """Count the rows by the entries to activate in order, and whether anything leads on from the last."""
    ways = {judged.planned: (_pathway(judged), not judged.ends_because) for judged, _ in plan.judged}
    found: Counter[tuple[Steps, bool]] = Counter()
    for group in plan.groups:
        if group.next_entry is not None:
            found[ways[group.planned]] += group.rows
    return found


def _pathway(judged: Judged) -> Steps:
    """Give the entries to activate one after the other; none where there is no pathway."""
    return judged.shared.steps[1:] if isinstance(judged.shared, Pathway) else ()


def _largest(plan: Plan, entries: Counter[int]) -> Iterator[str]:
    ordered = sorted(entries.items(), key=lambda each: (-each[1], each[0]))
    for entry, devices in ordered[:_MOST_NAMED]:
        yield f"{short_name(plan.catalogue, CPLEntryID(entry))}: {devices:,}"
    if len(ordered) > _MOST_NAMED:
        rest = sum(devices for _, devices in ordered[_MOST_NAMED:])
        yield f"{counted(len(ordered) - _MOST_NAMED, 'other entry', 'other entries')}: {rest:,}"
