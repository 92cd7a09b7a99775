"""A plan from an inventory to a finished folder, which has its name only once everything in it is there."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from firmpath.fleet.engine import connect, text
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.joining import keep_planned
from firmpath.fleet.looking import Looked, look, reading_of
from firmpath.fleet.manifest import write_manifest
from firmpath.fleet.parts import write_parts
from firmpath.fleet.plan import Group, Order, Plan
from firmpath.fleet.planned import Judged, Planned, Question, judge
from firmpath.fleet.report import write_report
from firmpath.fleet.waves import Told, write_waves
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError


def plan_fleet(catalogue: Catalogue, order: Order, folder: Path, told: Told) -> Plan:
    """Plan for every row of an inventory, and write the plan, its waves and its report into a new folder.

    Cost: two reads of the inventory, one write of the plan, one read of it for the waves; memory is bounded.

    :raises FirmpathError: the folder is there, the inventory cannot be read, or there is no room.
    """
    with complete_or_nothing(folder) as unfinished:
        temporary = unfinished / "temporary"
        temporary.mkdir()
        with connect(temporary) as connection:
            inventory = find_inventory(connection, order.inventory, order.headings)
            looked = look(connection, inventory, lambda part: told("Looking at the inventory", part))
            judged = judge_all(catalogue, order.question, inventory, looked, told)
            keep_planned(connection, inventory, {key: each.planned for key, each in judged.items()})
            parts = write_parts(connection, inventory, looked, unfinished / "plan.parquet", told)
            groups = find_groups(connection, looked, judged, parts)
            _require_all(connection, looked.rows, groups, parts)
            if order.form == "csv":
                connection.execute(
                    f"COPY (FROM {_read(parts)}) TO {text(str(unfinished / 'plan.csv'))} (HEADER true)"
                )
        waves = write_waves(parts, unfinished / "waves", order.wave_size, devices_by_step(groups), temporary, told)
        counted = tuple((each, looked.readings[key]) for key, each in judged.items())
        plan = Plan(catalogue, order, inventory, looked.rows, groups, counted, waves)
        if order.form == "csv":
            shutil.rmtree(unfinished / "plan.parquet")
        write_manifest(unfinished / "waves", plan)
        write_report(unfinished / "report.html", plan)
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


def find_groups(
    connection: DuckDBPyConnection, looked: Looked, judged: Mapping[tuple[Any, ...], Judged], parts: Sequence[Path]
) -> tuple[Group, ...]:
    """Give the rows of the plan that are alike, with how many they are.

    Where every Device ID is fit and stands once, a reading's rows are all alike, and were counted by the look. Else
    they are counted in the plan.
    """
    if looked.unfit_ids or looked.duplicates or looked.too_wide:
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


def devices_by_step(groups: tuple[Group, ...]) -> dict[int, int]:
    """Count the Devices of each next step, in the order of the CPL Entry IDs."""
    counts: Counter[int] = Counter()
    for group in groups:
        if group.next_entry is not None:
            counts[group.next_entry] += group.rows
    return dict(sorted(counts.items()))


@contextmanager
def complete_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which gets its name if that succeeds; what an earlier run left behind is removed.

    :raises FirmpathError: the folder is there, or cannot be written.
    """
    if folder.exists():
        raise FirmpathError(Fault("Plan", str(folder), "is there already", "name a new folder, or remove it"))
    unfinished = folder.parent / f".{folder.name}.unfinished"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        yield unfinished
        os.rename(unfinished, folder)
    except OSError as error:
        wrong = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise FirmpathError(Fault("Plan", str(folder), wrong, "name a folder where there is room")) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
