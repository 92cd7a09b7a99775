"""The page itself, from the totals to whom to ask; the same plan gives the same bytes."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from firmpath.fleet.plan import Plan
from firmpath.fleet.report.asked import what_was_asked
from firmpath.fleet.report.on_days import under_the_limits
from firmpath.fleet.report.script import SCRIPT
from firmpath.fleet.report.steps import expected_order, next_steps
from firmpath.fleet.report.style import STYLE
from firmpath.fleet.report.tables import Html, paragraph, section, table
from firmpath.fleet.report.waiting import who_is_stuck, whom_to_ask
from firmpath.fleet.stuck import Stuck
from firmpath.fleet.words import STATUS_WORDS
from firmpath.pathways.days import day_in_words


def write_report(file: Path, plan: Plan, stuck: Sequence[Stuck]) -> None:
    """Write the report of a plan, and of those whom somebody has to look into."""
    title = f"Upgrade plan for {plan.rows:,} {'Device' if plan.rows == 1 else 'Devices'}"
    parts = (
        _totals(plan),
        what_was_asked(plan),
        next_steps(plan),
        under_the_limits(plan),
        expected_order(plan),
        who_is_stuck(stuck),
        whom_to_ask(stuck),
    )
    file.write_text(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{title}</h1><p class="lead">{_lead(plan)}</p>'
        + paragraph(
            f"By the CPL as at {day_in_words(plan.as_at)}. Plan again before each step: the CPL can change, and so "
            "can what Devices run."
        )
        + f"{''.join(parts)}</main><script>{SCRIPT}</script></body></html>\n",
        encoding="utf-8",
    )


def _lead(plan: Plan) -> str:
    if not plan.rows:
        return "The inventory has no row, so there is nothing to plan."
    counts = plan.by_status()
    ready, there = counts["pathway"], counts["already_there"]
    return (
        f"<strong>{ready:,}</strong> can take a safe step now, <strong>{there:,}</strong> run their target "
        f"already, and <strong>{plan.stuck:,}</strong> need somebody to look."
    )


def _totals(plan: Plan) -> str:
    counts = sorted(plan.by_status().items(), key=lambda each: (-each[1], each[0]))
    out = sum(rows for _, rows in counts)
    every = paragraph(f"Every row of the inventory is in the plan: {plan.rows:,} in, {out:,} out.")
    rows = [
        (Html(f"{escape(STATUS_WORDS[status])}<br><code>{status}</code>"), number, number / plan.rows)
        for status, number in counts
    ]
    listed = table("All Devices", ("A Device that", "Devices", "Share"), rows) if rows else ""
    return section("All Devices", every, listed)
