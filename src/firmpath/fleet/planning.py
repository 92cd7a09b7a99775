"""A plan from an inventory to a finished folder, which has its name only once everything in it is there."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.daily_waves import count_cells, write_daily_waves
from firmpath.fleet.days import Cell, deal_out
from firmpath.fleet.engine import connect, refusal, text
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.joining import keep_planned
from firmpath.fleet.looking import Looked, look, reading_of
from firmpath.fleet.manifest import write_manifest
from firmpath.fleet.parts import write_parts
from firmpath.fleet.plan import Group, Order, Plan
from firmpath.fleet.planned import Judged, Planned, Question, judge
from firmpath.fleet.report.page import write_report
from firmpath.fleet.stuck import NAME as STUCK
from firmpath.fleet.stuck import find_stuck, write_stuck
from firmpath.fleet.unfinished import complete_or_nothing
from firmpath.fleet.waves import Told, Wave, write_waves
from firmpath.fleet.whole_files import refuse_broken_files
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

Counted = Callable[[int], object]

PHASES: Final = {
    "Checking that files are whole": 1.0,
    "Looking at the inventory": 30.0,
    "Finding pathways": 6.0,
    "Writing the plan": 45.0,
    "Writing waves": 18.0,
}
"""What is told of while a plan is made, in order, each with its share of the time."""


def plan_fleet(
    catalogue: Catalogue, order: Order, folder: Path, told: Told, counted: Counted = lambda rows: None
) -> Plan:
    """Plan for every row of an inventory, and write the plan, its waves and its report into a new folder.

    `told` hears how far it is, `counted` how many rows there are once that is known.

    Cost: two reads of the inventory, one write of the plan, one read of it for the waves; memory is bounded.

    :raises FirmpathError: the folder is there, the inventory cannot be read, or there is no room.
    """
    with complete_or_nothing(folder) as unfinished:
        temporary = unfinished / "temporary"
        temporary.mkdir()
        with connect(temporary) as connection:
            inventory = find_inventory(connection, order.inventory, order.headings, _region_column(order))
            refuse_broken_files(inventory.files, lambda part: told("Checking that files are whole", part))
            looked = look(connection, inventory, lambda part: told("Looking at the inventory", part))
            counted(looked.rows)
            judged = judge_all(catalogue, order.question, inventory, looked, told)
            keep_planned(connection, inventory, {key: each.planned for key, each in judged.items()})
            parts = write_parts(connection, inventory, looked, unfinished / "plan.parquet", told)
            groups = find_groups(connection, inventory, looked, judged, parts)
            cells = count_cells(connection, inventory, parts) if order.limits else {}
            _require_all(connection, looked.rows, groups, parts)
            if order.form == "csv":
                _write_csv(connection, parts, unfinished / "plan.csv")
        waves = _write_waves(order, parts, unfinished / "waves", groups, cells, temporary, told)
        readings = tuple((each, looked.readings[key]) for key, each in judged.items())
        plan = Plan(catalogue, order, inventory, looked.rows, groups, readings, waves, cells)
        if order.form == "csv":
            shutil.rmtree(unfinished / "plan.parquet")
        write_manifest(unfinished / "waves", plan)
        stuck = find_stuck(plan)
        write_stuck(unfinished / STUCK, stuck)
        write_report(unfinished / "report.html", plan, stuck)
        shutil.rmtree(temporary)
    return plan


def judge_all(
    catalogue: Catalogue, question: Question, inventory: Inventory, looked: Looked, told: Told
) -> dict[tuple[Any, ...], Judged]:
    """Answer once for each reading; in a sorted order, so that the same inventory gives the same plan."""
    judged = {}
    for at, key in enumerate(sorted(looked.readings, key=lambda each: tuple((v is None, str(v)) for v in each))):
        judged[key] = judge(catalogue, reading_of(inventory, key), question)
        if not at % 500:
            told("Finding pathways", at / len(looked.readings))
    told("Finding pathways", 1.0)
    return judged


def _read(parts: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(text(str(each)) for each in parts)}])"


def _write_csv(connection: DuckDBPyConnection, parts: Sequence[Path], file: Path) -> None:
    try:
        connection.execute(f"COPY (FROM {_read(parts)}) TO {text(str(file))} (HEADER true)")
    except EngineError as error:
        raise refusal("Plan", str(file), error) from None


def _region_column(order: Order) -> str:
    return order.limits.region_column if order.limits else ""


def _write_waves(
    order: Order,
    parts: Sequence[Path],
    folder: Path,
    groups: tuple[Group, ...],
    cells: Mapping[Cell, int],
    temporary: Path,
    told: Told,
) -> tuple[Wave, ...]:
    if order.limits is None:
        return write_waves(parts, folder, order.wave_size, _devices_by_step(groups), temporary, told)
    return write_daily_waves(parts, folder, order.wave_size, deal_out(cells, order.limits), temporary, told)


def find_groups(
    connection: DuckDBPyConnection,
    inventory: Inventory,
    looked: Looked,
    judged: Mapping[tuple[Any, ...], Judged],
    parts: Sequence[Path],
) -> tuple[Group, ...]:
    """Give the rows of the plan that are alike, with how many they are.

    Where every Device ID is fit and stands once, and there are no regions, a reading's rows are all alike, and were
    counted by the look. Else they are counted in the plan.
    """
    if looked.unfit_ids or looked.duplicates or looked.too_wide or inventory.has_regions:
        columns = ", ".join(Group._fields[:-1])
        counted = f"SELECT {columns}, count(*) FROM {_read(parts)} GROUP BY ALL"
        rows = [_group(*row) for row in connection.execute(counted).fetchall()]
    else:
        rows = [_group_of(each.planned, looked.readings[key]) for key, each in judged.items()]
    return tuple(sorted(rows, key=str))


def _group_of(planned: Planned, rows: int) -> Group:
    return Group(
        planned.installed or None,
        planned.candidates,
        planned.target or None,
        planned.next_entry or None,
        planned.remaining_steps,
        planned.status,
        planned.reason,
        rows,
    )


def _group(*row: Any) -> Group:
    installed, candidates, *numbers, status, reason, count = row
    target, next_entry, remaining_steps = numbers
    return Group(installed, candidates or "", target, next_entry, remaining_steps, status, reason or "", count)


def _require_all(connection: DuckDBPyConnection, rows: int, groups: Sequence[Group], parts: Sequence[Path]) -> None:
    """Make sure that as many rows went out as came in, and that the groups are all of them."""
    counted = connection.execute(f"SELECT count(*) FROM {_read(parts)}").fetchone()
    written = counted[0] if counted else 0
    if not written == rows == sum(group.rows for group in groups):
        wrong = f"has {written:,} rows, and the inventory {rows:,}"
        right = "see that nobody changes the inventory meanwhile"
        raise FirmpathError(Fault("Plan", "", wrong, right, quoted=False))


def _devices_by_step(groups: tuple[Group, ...]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for group in groups:
        if group.next_entry is not None:
            counts[group.next_entry] += group.rows
    return dict(sorted(counts.items()))
