"""What to send next, and what is to be expected after it: the flows, the rounds of steps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from firmpath.fleet.manifest_form import service_request
from firmpath.fleet.plan import Plan
from firmpath.fleet.planned import Judged
from firmpath.fleet.report.flows import Flow, draw_flows, largest_flows
from firmpath.fleet.report.tables import MANIFEST, in_two, lines, paragraph, roomy, section, table
from firmpath.fleet.words import END_WORDS, ends_in_words, not_looked_at_in_words
from firmpath.pathways.answers import Pathway
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.pathway import Steps

_CAPTION: Final = (
    "From what Devices run, on the left, to what they are to run next: each entry by its CPL Entry ID, and its "
    "firmware version in brackets. The more Devices, the thicker the band."
)
_MOST_NAMED = 3
"""Entries of a round that are named; the others are counted."""


def next_steps(plan: Plan) -> str:
    """Give the picture of the flows, and for each next step the service request and the number of Devices."""
    flows = _flows(plan)
    heading = "What to send next"
    if not flows:
        return section(heading, paragraph("No Device can take a step today."))
    ends = paragraph(_ends(plan)) if plan.ends else ""
    if plan.status_not_looked_at:
        ends += paragraph(not_looked_at_in_words(plan.status_not_looked_at))
    caption = f"{_CAPTION}{_not_drawn(flows)}"
    drawn = draw_flows(plan.catalogue, flows)
    picture = f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"
    rows = []
    for wave in sorted(plan.waves, key=lambda each: (-each.devices, each.next_entry)):
        hardware = plan.catalogue[CPLEntryID(wave.next_entry)].hardware_model
        name = full_name(plan.catalogue, CPLEntryID(wave.next_entry))
        name = roomy(in_two(name, f"{hardware.device_type} {hardware}"))
        rows.append((name, service_request(hardware.device_type), wave.devices, len(wave.files)))
    headings = ("Activate next", "Service request", "Devices", "Files")
    return section(heading, ends, picture, table(heading, headings, rows, MANIFEST))


def _not_drawn(flows: Sequence[Flow]) -> str:
    """Say how many flows the picture leaves out, and how many Devices those are; '' for none."""
    drawn = largest_flows(flows)
    if len(drawn) == len(flows):
        return ""
    devices = sum(flow[2] for flow in flows)
    left_out = devices - sum(flow[2] for flow in drawn)
    return (
        f" These are the {len(drawn)} largest flows; the other {len(flows) - len(drawn):,}, with {left_out:,} of "
        f"{counted(devices, 'Device')}, are not drawn."
    )


def _ends(plan: Plan) -> str:
    """Say how many Devices would end where nothing leads on, at which entries, and why."""
    ordered = sorted(plan.ends.items(), key=lambda each: (-each[1], each[0]))
    named = [
        f"{rows:,} at CPL entry {short_name(plan.catalogue, CPLEntryID(entry))}, since {END_WORDS[because]}"
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


def expected_order(plan: Plan) -> str:
    """Give the rounds of steps: to which entries, and how many Devices are at their targets after each."""
    rounds, done = _rounds(plan)
    if not rounds:
        return ""
    total = sum(each.total() for each in rounds)
    there = plan.by_status()["already_there"]
    rows = []
    for at, entries in enumerate(rounds, 1):
        there += done[at]
        rows.append((at, entries.total(), lines(_largest(plan, entries)), there))
    at_target = "is at its target" if there == 1 else "are at their targets"
    words = (
        f"{counted(total, 'activation')} in all, if nothing changes. In each round every Device that is under "
        "way takes one step; plan again between rounds. "
        f"In the end {there:,} of {counted(plan.rows, 'Device')} {at_target}{_of_the_rest(plan)}"
    )
    nowhere = plan.rows - there - plan.stuck
    words += f", {nowhere:,} where nothing leads on" if nowhere else ""
    words += f", and {counted(plan.stuck, 'is', 'are')} stuck from the start." if plan.stuck else "."
    headings = ("Round", "Devices that take a step", "To", "At their targets after it")
    return section("Expected order, and steps left", paragraph(words), table("Expected order", headings, rows))


def _of_the_rest(plan: Plan) -> str:
    """Say what targets are where newer firmware was left out."""
    is_of_rest = plan.catalogue.excluded and plan.order.question.targets is None
    return " (the newest of what is not left out)" if is_of_rest else ""


def _rounds(plan: Plan) -> tuple[list[Counter[int]], Counter[int]]:
    """Give, for each round, how many Devices go to which entry; and how many come to their target in it.

    Who is to have the newest firmware, and ends where nothing leads on to it, is not at a target: the next plan
    says of the same Device that it is stuck. Who is sent there by name is.
    """
    rounds: list[Counter[int]] = []
    done: Counter[int] = Counter()
    for (steps, leads_on), rows in _rows_under_way(plan).items():
        for at, entry in enumerate(steps):
            if at == len(rounds):
                rounds.append(Counter())
            rounds[at][entry] += rows
        if leads_on or plan.order.question.targets is not None:
            done[len(steps)] += rows
    return rounds, done


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
        name = short_name(plan.catalogue, CPLEntryID(entry)).replace(" ", "\xa0")
        yield f"{name}: {devices:,}"
    if len(ordered) > _MOST_NAMED:
        rest = sum(devices for _, devices in ordered[_MOST_NAMED:])
        yield f"{counted(len(ordered) - _MOST_NAMED, 'other entry', 'other entries')}: {rest:,}"
