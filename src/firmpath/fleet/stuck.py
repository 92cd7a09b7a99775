"""Who is stuck: the rows of a plan that somebody has to look into, those alike together, in words.

They are a part of the report, and all of them a table of their own, `stuck.csv`.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from firmpath.fleet.plan import Plan
from firmpath.fleet.planned import NO_ENTRY, Judged, OfTheRow, Planned
from firmpath.fleet.words import NEEDS_NOTHING, reading_in_words, row_in_words, whom_in_words, why_in_words
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import short_name
from firmpath.tables.free_text import is_formula


class Stuck(NamedTuple):
    """Rows that are alike: what they run, in words; why, what to do next, and whom to ask; '' for nobody.

    `filter` is a condition in SQL that finds them in the plan. Where a plan does not tell readings apart, several
    have the same one, and it finds the rows of all of them.
    """

    rows: int
    status: str
    reason: str
    runs: str
    why: str
    next_step: str
    ask: str
    filter: str


NAME: Final = "stuck.csv"
_MOST_NAMED: Final = 3
_WHATEVER_RUNS: Final = frozenset(
    {OfTheRow.MALFORMED, OfTheRow.DUPLICATE_DEVICE_ID, OfTheRow.NO_REGION, OfTheRow.NOT_COMMISSIONED}
)
"""Statuses that are about the row itself: to put it right, nobody has to know what the Device runs."""


def find_stuck(plan: Plan) -> list[Stuck]:
    """Give all of them, the most rows first; their rows are as many as have a status that needs somebody."""
    alike: dict[Planned, list[tuple[Judged, int]]] = {}
    for judged, rows in plan.judged:
        alike.setdefault(judged.planned, []).append((judged, rows))
    rows_of: Counter[Planned] = Counter()
    for group in plan.groups:
        rows_of[group.planned] += group.rows
    found = [
        each
        for planned, rows in rows_of.items()
        if planned.status not in NEEDS_NOTHING
        for each in _alike(plan, planned, rows, alike.get(planned, []))
    ]
    return sorted(_together(found), key=lambda each: (-each.rows, each[1:]))


def write_stuck(file: Path, stuck: Sequence[Stuck]) -> None:
    """Write them as CSV, with a heading for each field."""
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows([Stuck._fields, *map(_harmless, stuck)])


def _harmless(stuck: Stuck) -> Stuck:
    """Keep a spreadsheet from running what an inventory has as a formula."""
    return stuck._replace(runs=f"'{stuck.runs}") if is_formula(stuck.runs.lstrip()) else stuck


def _together(found: Sequence[Stuck]) -> Iterator[Stuck]:
    """Put together what reads the same, and of rows that are themselves at fault, whatever their Devices run."""
    alike: dict[Stuck, list[Stuck]] = {}
    for each in found:
        runs = "" if each.status in _WHATEVER_RUNS else each.runs
        alike.setdefault(each._replace(rows=0, runs=runs), []).append(each)
    for same, those in alike.items():
        ordered = sorted(those, key=lambda each: (-each.rows, each.runs))
        runs = _any_of(list(dict.fromkeys(each.runs for each in ordered)))
        yield same._replace(rows=sum(each.rows for each in those), runs=runs)


def _alike(plan: Plan, planned: Planned, rows: int, alike: list[tuple[Judged, int]]) -> Iterator[Stuck]:
    """Give each reading by itself, unless something about single rows took some of them out."""
    if sum(each for _, each in alike) == rows:
        for judged, each in alike:
            yield _of_reading(plan, judged, each, _runs(plan, judged))
    elif alike:
        most = [judged for judged, _ in sorted(alike, key=lambda each: -each[1])]
        yield _of_reading(plan, most[0], rows, _any_of([_runs(plan, each) for each in most]))
    else:
        words = row_in_words(planned.status, planned.reason)
        yield Stuck(rows, planned.status, planned.reason, "", *words, "", _filter(planned))


def _runs(plan: Plan, judged: Judged) -> str:
    """Name what a reading says, with the firmware version where it is on the CPL."""
    installed = CPLEntryID(judged.planned.installed)
    if judged.reading.cpl_entry_id and installed in plan.catalogue:
        return f"CPL entry {short_name(plan.catalogue, installed)}"
    return reading_in_words(judged.reading)


def _any_of(named: Sequence[str]) -> str:
    if len(named) > _MOST_NAMED:
        named = (*named[: _MOST_NAMED - 1], f"{len(named) - _MOST_NAMED + 1} others")
    return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _of_reading(plan: Plan, judged: Judged, rows: int, runs: str) -> Stuck:
    why, next_step = why_in_words(plan.catalogue, judged)
    ask = whom_in_words(plan.catalogue, judged)
    planned = judged.planned
    return Stuck(rows, planned.status, planned.reason, runs, why, next_step, ask, _filter(planned))


def _filter(planned: Planned) -> str:
    """Give the condition that finds the rows of a plan for which this is planned; nothing is null there."""
    wanted: dict[str, str | int] = {"status": planned.status, "reason": planned.reason}
    if planned.status not in _WHATEVER_RUNS:
        wanted |= {"installed": planned.installed}
        wanted |= {} if planned.installed else {"candidates": planned.candidates}
    return " AND ".join(_condition(column, value) for column, value in wanted.items())


def _condition(column: str, value: str | int) -> str:
    if value in (NO_ENTRY, ""):
        return f"{column} IS NULL"
    written = str(value).replace("'", "''")
    return f"{column} = {written}" if isinstance(value, int) else f"{column} = '{written}'"
