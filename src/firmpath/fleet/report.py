"""The report of a plan: one page that opens offline, with nothing but itself. Source: FEATURES F42."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from firmpath.fleet.flows import MOST_FLOWS, Flow, draw_flows
from firmpath.fleet.manifest_form import service_request
from firmpath.fleet.plan import Plan
from firmpath.fleet.planned import Judged
from firmpath.fleet.report_style import STYLE
from firmpath.fleet.words import NEEDS_NOTHING, STATUS_WORDS, reading_in_words, why_in_words
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name

MOST_ROWS: Final = 200
"""Rows of a table; the plan itself has the rest."""


def write_report(file: Path, plan: Plan) -> None:
    """Write the report; the same plan gives the same bytes."""
    parts = (_totals(plan), _next_steps(plan), _steps_left(plan), _waiting(plan))
    day = f"{plan.as_at.day} {plan.as_at:%B} {plan.as_at.year}"
    file.write_text(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Upgrade plan for {plan.rows:,} Devices</title><style>{STYLE}</style></head><body><main>"
        f"<h1>Upgrade plan for {plan.rows:,} Devices</h1>"
        f'<p class="lead">{_lead(plan)}</p><p>By the CPL as at {day}. Plan again before each step: the CPL can '
        f"change, and so can what Devices run.</p>{''.join(parts)}</main></body></html>\n",
        encoding="utf-8",
    )


def _lead(plan: Plan) -> str:
    counts = plan.by_status()
    ready, there = counts["pathway"], counts["already_there"]
    others = plan.rows - ready - there
    return (
        f"<strong>{ready:,}</strong> can take a safe step now, <strong>{there:,}</strong> run their target "
        f"already, and <strong>{others:,}</strong> need somebody to look."
    )


def _totals(plan: Plan) -> str:
    counts = sorted(plan.by_status().items(), key=lambda each: (-each[1], each[0]))
    rows = [
        (escape(f"A Device that {STATUS_WORDS[status]}"), f"<code>{status}</code>", _count(n), _share(n, plan.rows))
        for status, n in counts
    ]
    every = f"Every row of the inventory is in the plan: {plan.rows:,} in, {sum(n for _, n in counts):,} out."
    return _section("All Devices", f"<p>{every}</p>" + _table(("", "Status", "Devices", "Share"), rows))


def _next_steps(plan: Plan) -> str:
    flows = _flows(plan)
    if not flows:
        return _section("What to send next", "<p>No Device can take a step today.</p>")
    first = f"The {MOST_FLOWS} largest of {len(flows):,} flows." if len(flows) > MOST_FLOWS else ""
    rows = []
    for wave in sorted(plan.waves, key=lambda each: (-each.devices, each.next_entry)):
        entry = plan.catalogue[CPLEntryID(wave.next_entry)]
        name = full_name(plan.catalogue, CPLEntryID(wave.next_entry))
        request = service_request(entry.hardware_model.device_type)
        device = f"{entry.hardware_model.device_type} {entry.hardware_model}"
        rows.append((escape(name), escape(device), request, _count(wave.devices), _count(len(wave.files))))
    table = _table(("Activate next", "For", "Service request", "Devices", "Files"), rows)
    caption = f"From what Devices run to what they are to run next, as thick as there are Devices. {first}"
    picture = f"<figure>{draw_flows(plan.catalogue, flows)}<figcaption>{caption}</figcaption></figure>"
    return _section("What to send next", picture + table)


def _flows(plan: Plan) -> list[Flow]:
    found: Counter[tuple[int, int]] = Counter()
    for group in plan.groups:
        if group.next_entry is not None:
            found[group.installed or 0, group.next_entry] += group.rows
    return [(from_id, to_id, count) for (from_id, to_id), count in sorted(found.items())]


def _steps_left(plan: Plan) -> str:
    left: Counter[int] = Counter()
    for group in plan.groups:
        if group.status in NEEDS_NOTHING:
            left[group.remaining_steps] += group.rows
    rows = [(f"{steps}" if steps else "none", _count(left[steps])) for steps in sorted(left)]
    total = sum(steps * devices for steps, devices in left.items())
    words = (
        f"<p>{total:,} activations in all. Each round of steps takes one off every Device that is under way.</p>"
    )
    return _section("How many steps are left", words + _table(("Steps left", "Devices"), rows))


def _waiting(plan: Plan) -> str:
    found = _by_reason(plan)
    if not found:
        return _section("Who is stuck, and why", "<p>Nobody: every reading has a step, or is at its target.</p>")
    rows = []
    for (why, next_step), alike in found[:MOST_ROWS]:
        told = f"{escape(why)}<br><span>{escape(next_step)}</span>"
        rows.append((escape(_named(alike)), told, _count(sum(count for _, count in alike))))
    rest = len(found) - len(rows)
    more = f"<p>{rest:,} further reasons are in the plan, with fewer Devices each.</p>" if rest else ""
    return _section("Who is stuck, and why", _table(("Runs", "Why, and what to do", "Rows"), rows) + more)


def _by_reason(plan: Plan) -> list[tuple[tuple[str, str], list[tuple[Judged, int]]]]:
    """Give the readings that somebody has to look into, those with the same words together, the most rows first."""
    found: dict[tuple[str, str], list[tuple[Judged, int]]] = {}
    for judged, count in plan.judged:
        if judged.planned.status not in NEEDS_NOTHING:
            found.setdefault(why_in_words(plan.catalogue, judged), []).append((judged, count))
    return sorted(found.items(), key=lambda each: (-sum(count for _, count in each[1]), each[0]))


def _named(alike: Sequence[tuple[Judged, int]]) -> str:
    """Name the most frequent of some readings, and say how many others there are."""
    most = max(alike, key=lambda each: each[1])[0].reading
    return reading_in_words(most) + (f" and {len(alike) - 1} more" if len(alike) > 1 else "")


def _section(heading: str, inside: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inside}</section>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th scope=col>{escape(each)}</th>" for each in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _count(number: int) -> str:
    return f'<span class="number">{number:,}</span>'


def _share(number: int, of: int) -> str:
    return f'<span class="number">{100 * number / of:.1f} %</span>'
