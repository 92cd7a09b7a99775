"""The page itself, from the totals to whom to ask; the same plan gives the same bytes."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from firmpath.fleet.plan import Plan
from firmpath.fleet.report.asked import what_was_asked
from firmpath.fleet.report.on_days import by_the_deadline, under_the_limits
from firmpath.fleet.report.script import SCRIPT
from firmpath.fleet.report.steps import expected_order, next_steps
from firmpath.fleet.report.style import STYLE
from firmpath.fleet.report.tables import Html, paragraph, section, table
from firmpath.fleet.report.waiting import who_is_stuck, whom_to_ask
from firmpath.fleet.stuck import Stuck
from firmpath.fleet.words import STATUS_WORDS, totals_in_words
from firmpath.pathways.days import day_in_words

_NOT_SEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""What cannot be seen, or turns around what stands after it: an inventory must not rewrite the report."""


def write_report(file: Path, plan: Plan, stuck: Sequence[Stuck]) -> None:
    """Write the report of a plan, and of those whom somebody has to look into."""
    title = f"Upgrade plan for {plan.rows:,} {'Device' if plan.rows == 1 else 'Devices'}"
    parts = (
        _totals(plan),
        what_was_asked(plan),
        by_the_deadline(plan),
        next_steps(plan),
        under_the_limits(plan),
        expected_order(plan),
        who_is_stuck(stuck),
        whom_to_ask(stuck),
    )
    page = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{title}</h1><p class="lead">{_lead(plan)}</p>'
        + paragraph(
            f"By the CPL as at {day_in_words(plan.as_at)}. Plan again before each step: the CPL can change, and so "
            "can what Devices run."
        )
        + f"{''.join(parts)}</main><script>{SCRIPT}</script></body></html>\n"
    )
    file.write_text(_NOT_SEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", page), encoding="utf-8")


def _lead(plan: Plan) -> str:
    if not plan.rows:
        return "The inventory has no row, so there is nothing to plan."
    counts = plan.by_status()
    ready, there = counts["pathway"], counts["already_there"]
    rest = plan.at_newest_of_rest
    of_whom = f" (of whom <strong>{rest:,}</strong> would have a step to what is left out)" if rest else ""
    already, need = STATUS_WORDS["already_there"].of(there), "needs" if plan.stuck == 1 else "need"
    return (
        f"<strong>{ready:,}</strong> can take a safe step now, <strong>{there:,}</strong> {already}{of_whom}, "
        f"and <strong>{plan.stuck:,}</strong> {need} somebody to look."
    )


def _totals(plan: Plan) -> str:
    counts = totals_in_words(plan.by_status(), plan.at_newest_of_rest)
    out = sum(rows for *_, rows in counts)
    every = paragraph(f"Every row of the inventory is in the plan: {plan.rows:,} in, {out:,} out.")
    rows = [
        (Html(f"{escape(saying.one)}<br><code>{status}</code>"), number, number / plan.rows)
        for status, saying, number in counts
    ]
    listed = table("All Devices", ("A Device that", "Devices", "Share"), rows) if rows else ""
    return section("All Devices", every, listed)
