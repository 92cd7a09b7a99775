"""A plan from an inventory to a finished folder, which has its name only once everything in it is there."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from firmpath.fleet.answering import Answers
from firmpath.fleet.csv_rows import csv_pieces
from firmpath.fleet.csv_writing import write_csv
from firmpath.fleet.duplicates import Sightings
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.manifest import write_manifest
from firmpath.fleet.memory import keep_freed_memory
from firmpath.fleet.parquet_rows import count_parquet_rows, parquet_pieces
from firmpath.fleet.parts import Written, mark_duplicates, write_parts
from firmpath.fleet.plan import Group, Order, Plan
from firmpath.fleet.planned import Planned
from firmpath.fleet.report import write_report
from firmpath.fleet.telling import Told
from firmpath.fleet.waves import write_waves
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError


def plan_fleet(catalogue: Catalogue, order: Order, folder: Path, told: Told) -> Plan:
    """Plan for every row of an inventory, and write the plan, its waves and its report into a new folder.

    Cost: one read of the inventory, one write of the plan, one read of it for the waves; memory is bounded.

    :raises FirmpathError: the folder is there, the inventory cannot be read, or there is no room.
    """
    with _complete_or_nothing(folder) as unfinished:
        inventory = find_inventory(order.inventory, order.headings)
        answers = Answers(catalogue, order.question, inventory)
        written = write_plan(inventory, answers, unfinished, told)
        groups = _groups(written)
        rows = _require_all(inventory, written, groups)
        waves = write_waves(written.parts, unfinished / "waves", order.wave_size, _devices_by_step(groups), told)
        plan = Plan(catalogue, order, inventory, rows, groups, answers.counted(written.readings), waves)
        if order.form == "csv":
            write_csv(written.parts, unfinished / "plan.csv")
            shutil.rmtree(unfinished / "plan.parquet")
        write_manifest(unfinished / "waves", plan)
        write_report(unfinished / "report.html", plan)
    return plan


def write_plan(inventory: Inventory, answers: Answers, folder: Path, told: Told) -> Written:
    """Write the plan itself into a folder that is there; Device IDs that stand twice are marked in the end.

    :raises FirmpathError: the inventory cannot be read.
    """
    keep_freed_memory()
    temporary = folder / "temporary"
    temporary.mkdir()
    sightings = Sightings(temporary)
    pieces = parquet_pieces(inventory) if inventory.form == "parquet" else csv_pieces(inventory)
    written = write_parts(pieces, answers, sightings, folder / "plan.parquet", told)
    marked = mark_duplicates(written, sightings.find_duplicates(told), told)
    shutil.rmtree(temporary)
    return marked


def _groups(written: Written) -> tuple[Group, ...]:
    """Give the rows of the plan that are alike, with how many they are."""
    return tuple(sorted((_group(*each) for each in written.planned.items()), key=str))


def _group(planned: Planned, rows: int) -> Group:
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


def _require_all(inventory: Inventory, written: Written, groups: Sequence[Group]) -> int:
    """Make sure that as many rows went out as came in, and that the groups are all of them; give their number."""
    rows = written.readings.total()
    if inventory.form == "parquet":
        rows = count_parquet_rows(inventory)
    there = sum(pq.read_metadata(part).num_rows for part in written.parts)
    if not there == rows == sum(group.rows for group in groups):
        wrong = f"has {there:,} rows, and the inventory {rows:,}"
        right = "see that nobody changes the inventory meanwhile"
        raise FirmpathError(Fault("Plan", "", wrong, right, quoted=False))
    return rows


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
