"""A plan from an inventory to a finished folder, which has its name only once everything in it is there."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
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
from firmpath.fleet.planned import Judged, Question, judge
from firmpath.fleet.report import write_report
from firmpath.fleet.waves import Told, write_waves
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError


def plan_fleet(catalogue: Catalogue, order: Order, folder: Path, told: Told) -> Plan:
    """Plan for every row of an inventory, and write the plan, its waves and its report into a new folder.

    Cost: two reads of the inventory, one write of the plan, one read of it for the waves; memory is bounded.

    :raises FirmpathError: the folder is there, the inventory cannot be read, or there is no room.
    """
    with _complete_or_nothing(folder) as unfinished:
        temporary = unfinished / "temporary"
        temporary.mkdir()
        with connect(temporary) as connection:
            inventory = find_inventory(connection, order.inventory, order.headings)
            looked = look(connection, inventory, lambda part: told("Looking at the inventory", part))
            judged = _judge_all(catalogue, order.question, inventory, looked, told)
            keep_planned(connection, inventory, {key: each.planned for key, each in judged.items()})
            parts = write_parts(connection, inventory, looked, unfinished / "plan.parquet", told)
            groups = _groups(connection, parts)
            if order.form == "csv":
                connection.execute(
                    f"COPY (FROM {_read(parts)}) TO {text(str(unfinished / 'plan.csv'))} (HEADER true)"
                )
        _require_all(looked.rows, groups)
        waves = write_waves(parts, unfinished / "waves", order.wave_size, _devices_by_step(groups), temporary, told)
        counted = tuple((each, looked.readings[key]) for key, each in judged.items())
        plan = Plan(catalogue, order, inventory, looked.rows, groups, counted, waves)
        if order.form == "csv":
            shutil.rmtree(unfinished / "plan.parquet")
        write_manifest(unfinished / "waves", plan)
        write_report(unfinished / "report.html", plan)
        shutil.rmtree(temporary)
    return plan


def _judge_all(
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


def _groups(connection: DuckDBPyConnection, parts: Sequence[Path]) -> tuple[Group, ...]:
    columns = ", ".join(Group._fields[:-1])
    counted = f"SELECT {columns}, count(*) FROM {_read(parts)} GROUP BY ALL ORDER BY ALL"
    return tuple(_group(*row) for row in connection.execute(counted).fetchall())


def _group(*row: Any) -> Group:
    installed, candidates, *numbers, status, reason, count = row
    target, next_entry, remaining_steps = numbers
    return Group(installed, candidates or "", target, next_entry, remaining_steps, status, reason or "", count)


def _require_all(rows: int, groups: tuple[Group, ...]) -> None:
    written = sum(group.rows for group in groups)
    if written != rows:
        wrong = f"has {written:,} rows, and the inventory {rows:,}"
        raise FirmpathError(
            Fault("Plan", "", wrong, "see that nobody changes the inventory meanwhile", quoted=False)
        )


def _devices_by_step(groups: tuple[Group, ...]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for group in groups:
        if group.next_entry is not None:
            counts[group.next_entry] += group.rows
    return dict(sorted(counts.items()))


@contextmanager
def _complete_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which gets its name if that succeeds; what an earlier run left behind is removed."""
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
