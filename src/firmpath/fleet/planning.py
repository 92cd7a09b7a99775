"""A plan from an inventory to a finished folder, which has its name only once everything in it is there."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from firmpath.fleet.answering import Answers
from firmpath.fleet.csv_writing import write_csv
from firmpath.fleet.days import Cell, Turn, deal_out
from firmpath.fleet.duplicates import Sightings
from firmpath.fleet.inventory import REGION, Inventory, find_inventory
from firmpath.fleet.inventory_files import unchanged
from firmpath.fleet.kinds import Kinds
from firmpath.fleet.manifest import write_manifest
from firmpath.fleet.memory import give_freed_memory_back, keep_freed_memory
from firmpath.fleet.parquet_rows import count_parquet_rows
from firmpath.fleet.parts import Aside, Written, mark_duplicates, write_parts
from firmpath.fleet.pieces import inventory_pieces
from firmpath.fleet.plan import Group, Order, Plan
from firmpath.fleet.planned import Planned
from firmpath.fleet.report.page import write_report
from firmpath.fleet.stuck import NAME as STUCK
from firmpath.fleet.stuck import find_stuck, write_stuck
from firmpath.fleet.takers import Takers
from firmpath.fleet.telling import Counted, Told
from firmpath.fleet.unfinished import Check, complete_or_nothing
from firmpath.fleet.waves import Wave, write_waves
from firmpath.fleet.whole_files import refuse_broken_files
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

PHASES: Final = {
    "Checking that files are whole": 1.0,
    "Writing the plan": 68.0,
    "Comparing Device IDs": 12.0,
    "Marking Device IDs that stand twice": 5.0,
    "Writing waves": 14.0,
}
"""What is told of while a plan is made, in order, each with its share of the time."""


def plan_fleet(
    catalogue: Catalogue,
    order: Order,
    folder: Path,
    told: Told,
    counted: Counted = lambda rows: None,
    may_replace: Check | None = None,
) -> Plan:
    """Plan for every row of an inventory, and write the plan, its waves and its report into a new folder.

    `told` hears how far it is, `counted` how many rows there are, as far as that is known. `may_replace` refuses a
    folder that is there and may not be replaced.

    Cost: one read of the inventory, one write of the plan, and 32 octets a row on the disk for a while and for the
    waves; memory is bounded.

    :raises FirmpathError: the folder is there, the inventory cannot be read or changes, or there is no room.
    """
    with complete_or_nothing(folder, may_replace=may_replace) as unfinished:
        region = order.limits.region_column if order.limits else ""
        with unchanged(order.inventory) as files:
            refuse_broken_files(files, lambda part: told("Checking that files are whole", part))
            inventory = find_inventory(order.inventory, order.headings, region, order.only_commissioned)
            order = _as_headed(order, inventory)
            answers = Answers(catalogue, order.question, inventory)
            takers = new_takers(order, unfinished)
            written = write_plan(inventory, answers, unfinished, told, counted, takers)
            groups = _groups(written, answers.kinds)
            rows = _require_all(inventory, written, groups)
        waves, turns = write_all_waves(order, takers, unfinished, told)
        plan = Plan(catalogue, order, inventory, rows, groups, answers.counted(written.readings), waves, turns)
        if order.form == "csv":
            write_csv(written.parts, unfinished / "plan.csv")
            shutil.rmtree(unfinished / "plan.parquet")
        write_about(unfinished, plan)
    return plan


def _as_headed(order: Order, inventory: Inventory) -> Order:
    """Name the column of regions as the inventory does, however it was asked for."""
    if order.limits is None or not inventory.has_regions:
        return order
    return order._replace(limits=order.limits._replace(region_column=inventory.used[REGION]))


def new_takers(order: Order, folder: Path) -> Takers:
    """Give what lays those aside who have a step, in a file of a folder that is there."""
    return Takers(folder / "takers", by_day=order.limits is not None)


def write_plan(
    inventory: Inventory,
    answers: Answers,
    folder: Path,
    told: Told,
    counted: Counted,
    takers: Takers | None = None,
) -> Written:
    """Write the plan itself into a folder that is there; Device IDs that stand twice are marked in the end.

    `takers` lays those aside who have a step; None: no waves are wanted.

    :raises FirmpathError: the inventory cannot be read.
    """
    keep_freed_memory()
    temporary = folder / "temporary"
    temporary.mkdir()
    aside = Aside(Sightings(temporary), takers)
    written = write_parts(inventory_pieces(inventory), answers, aside, folder / "plan.parquet", told, counted)
    marked = mark_duplicates(written, aside.sightings.find_duplicates(told), answers.kinds, takers, told)
    shutil.rmtree(temporary)
    give_freed_memory_back()
    return marked


def write_all_waves(
    order: Order, takers: Takers, folder: Path, told: Told
) -> tuple[tuple[Wave, ...], Mapping[Cell, Sequence[Turn]]]:
    """Write the waves of those who were laid aside; give them, and the days that limits leave, if there are any."""
    laid_aside = takers.laid_aside()
    turns = deal_out(laid_aside.counted(), order.limits) if order.limits else {}
    waves = write_waves(laid_aside, folder / "waves", order.wave_size, turns, told)
    takers.remove()
    return waves, turns


def write_about(folder: Path, plan: Plan) -> None:
    """Write what tells of a plan: the manifest of its waves, the table of who is stuck, and the report."""
    write_manifest(folder / "waves", plan)
    stuck = find_stuck(plan)
    write_stuck(folder / STUCK, stuck)
    write_report(folder / "report.html", plan, stuck)


def _groups(written: Written, kinds: Kinds) -> tuple[Group, ...]:
    """Give the rows of the plan that are alike, with how many they are."""
    there = np.flatnonzero(written.kinds)
    counted = zip(there.tolist(), written.kinds[there].tolist(), strict=True)
    return tuple(sorted((_group(kinds[kind], rows) for kind, rows in counted), key=str))


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
    rows = int(written.readings.sum())
    if inventory.form == "parquet":
        rows = count_parquet_rows(inventory)
    there = sum(pq.read_metadata(part).num_rows for part in written.parts)
    if not there == rows == sum(group.rows for group in groups):
        wrong = f"has {there:,} rows, and the inventory {rows:,}"
        right = "see that nobody changes the inventory meanwhile"
        raise FirmpathError(Fault("Plan", "", wrong, right, quoted=False))
    return rows
