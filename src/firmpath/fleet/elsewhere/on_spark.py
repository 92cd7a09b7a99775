"""A plan that a Spark cluster makes: Spark reads and writes every row, the core answers for each reading.

Cost: a read of the readings by the workers and of the Device IDs here, at the same time; a write of the plan; and a
read of what it says. No row moves from one worker to another. Source: ADR 0022, 0023, 0040.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from firmpath.fleet.answering import MOST_READINGS
from firmpath.fleet.elsewhere.comparing import NAME as REPEATED_ROWS
from firmpath.fleet.elsewhere.comparing import Compared, compare_device_ids
from firmpath.fleet.elsewhere.expression import (
    PLANNED,
    REPEATED,
    Source,
    plan_query,
    planned_columns,
    readings_query,
)
from firmpath.fleet.elsewhere.judging import JudgedReadings, judge_readings, planned_rows
from firmpath.fleet.elsewhere.spark_session import Session, session
from firmpath.fleet.elsewhere.spark_words import in_our_words
from firmpath.fleet.elsewhere.written import count_groups, name_in_order, require_all, require_unchanged, states
from firmpath.fleet.engine import telling, text
from firmpath.fleet.inventory import DEVICE_ID, Inventory, find_inventory
from firmpath.fleet.parts import lay_aside
from firmpath.fleet.plan import Order, Plan
from firmpath.fleet.planned import Planned
from firmpath.fleet.planning import new_takers, write_about, write_all_waves
from firmpath.fleet.readings import Reading
from firmpath.fleet.telling import Told
from firmpath.fleet.unfinished import Check, complete_or_nothing
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

WRITTEN: Final = {
    "compression": "zstd",
    "parquet.compression.codec.zstd.level": "1",
    # Device IDs are all different, so a dictionary of them would only cost.
    "parquet.enable.dictionary#device_id": "false",
}
PHASES: Final = {
    "Looking at the inventory": 40.0,
    "Finding pathways": 5.0,
    "Writing the plan": 45.0,
    "Laying Devices aside": 5.0,
    "Writing waves": 5.0,
}
"""What is told of while a plan is made, in order, each with its share of the time."""

_OCTETS_OF_A_SHARE: Final = 32 * 2**20
"""How much of an inventory is one task: some three million Devices."""

_ROWS_TO_SEND: Final = 500_000
"""How many rows a table may have that is sent to every worker whole."""

_GLOB: Final = re.compile(r"([{}\[\]*?\\])")


def plan_on_spark(
    catalogue: Catalogue, order: Order, master: str, folder: Path, told: Told, may_replace: Check | None = None
) -> Plan:
    """Plan for every row of an inventory on a cluster, and write the plan, its waves and its report here.

    The inventory and the folder have to be where this machine and every worker see them under the same name.

    :raises FirmpathError: the cluster cannot be used, the inventory cannot be read, or there is no room.
    """
    with TemporaryDirectory(prefix="firmpath-spark-") as place:
        inventory = find_for_spark(order)
        with session(master, Path(place) / "spark.log") as spark:
            return plan_in_session(spark, catalogue, order, inventory, folder, told, may_replace)


def find_for_spark(order: Order) -> Inventory:
    """Find an inventory that Spark reads as this machine does: Parquet, with Device IDs that are text.

    :raises FirmpathError: it is of another form, or has columns that are not understood.
    """
    inventory = find_inventory(order.inventory, order.headings)
    if inventory.form != "parquet":
        wrong, right = "is CSV, which every program reads in its own way", "write it as Parquet once"
        raise FirmpathError(Fault("Inventory", order.inventory, wrong, f"{right}, or leave out --engine spark"))
    device_id = pq.read_schema(inventory.files[0]).field(inventory.used[DEVICE_ID]).type
    if not (_is_text(device_id) or pa.types.is_integer(device_id)):
        wrong, right = "has Device IDs that are neither text nor whole numbers", "give them as text"
        raise FirmpathError(Fault("Inventory", order.inventory, wrong, right))
    return inventory


def plan_in_session(
    spark: Session,
    catalogue: Catalogue,
    order: Order,
    inventory: Inventory,
    folder: Path,
    told: Told,
    may_replace: Check | None = None,
) -> Plan:
    """Plan in a session that is open, and write the plan, its waves and its report into a new folder.

    :raises FirmpathError: as `plan_on_spark`.
    """
    before = states(inventory)
    with complete_or_nothing(folder, may_replace=may_replace) as unfinished:
        (temporary := unfinished / "temporary").mkdir()
        with in_our_words(str(folder)):
            spark_plan = SparkPlan(spark, inventory, unfinished)
            spark_plan.require_seen()
            tasks: Any = _Tasks(spark.sparkContext.statusTracker())
            read, compared = _together(told)
            with ThreadPoolExecutor(1) as beside, telling(tasks, read):
                comparing = beside.submit(compare_device_ids, inventory, temporary, lambda _, part: compared(part))
                readings = spark_plan.readings()
            judged = judge_readings(catalogue, order.question, readings, told)
            with telling(tasks, lambda part: told("Writing the plan", part)):
                spark_plan.write(judged, comparing.result())
        parts = name_in_order(unfinished / "plan.parquet")
        groups = count_groups(parts, temporary)
        require_all(sum(readings.values()), groups, parts, str(folder))
        require_unchanged(before, inventory)
        takers = new_takers(order, unfinished)
        lay_aside(parts, takers, _last_days(order, judged), told)
        waves, turns = write_all_waves(order, takers, unfinished, told)
        counted = tuple((each, readings[reading]) for reading, each in judged.items())
        plan = Plan(catalogue, order, inventory, sum(readings.values()), groups, counted, waves, turns)
        write_about(unfinished, plan)
        shutil.rmtree(temporary)
    return plan


def _last_days(order: Order, judged: JudgedReadings) -> dict[Planned, date]:
    """Give the last day of each pathway, which counts where Devices are dealt out to days."""
    return {each.planned: each.last_day for each in judged.values()} if order.limits else {}


def _together(told: Told) -> tuple[Callable[[float], None], Callable[[float], None]]:
    """Give what tells how far each of two tasks is that look at the inventory at the same time."""
    parts = [0.0, 0.0]

    def tell(at: int, part: float) -> None:
        parts[at] = part
        told("Looking at the inventory", sum(parts) / 2)

    return lambda part: tell(0, part), lambda part: tell(1, part)


class _Tasks:
    """How far Spark is with what it is doing, asked for in the way in which the embedded engine is asked."""

    def __init__(self, tracker: Any) -> None:
        self._tracker = tracker

    def query_progress(self) -> float:
        """Give the percentage of the tasks that are done, of the stages that are under way."""
        stages = [self._tracker.getStageInfo(each) for each in self._tracker.getActiveStageIds()]
        done: int = sum(each.numCompletedTasks for each in stages if each)
        tasks: int = sum(each.numTasks for each in stages if each)
        return 100 * done / max(1, tasks)


class SparkPlan:
    """The statements of one plan on one cluster, in their order; every table is a view of the session."""

    def __init__(self, spark: Session, inventory: Inventory, unfinished: Path) -> None:
        self._spark, self._unfinished = spark, unfinished
        for name, value in _shares(sum(Path(file).stat().st_size for file in inventory.files)).items():
            spark.conf.set(name, value)
        names = ("device_id", *inventory.reading_columns)
        columns = {each: exp.to_identifier(inventory.used[each], quoted=True) for each in names}
        numbers = frozenset(each for each in inventory.reading_columns if _is_number(inventory, each))
        self._source = Source(exp.to_table("inventory"), columns, numbers)
        spark.read.parquet(*map(_literally, inventory.files)).createOrReplaceTempView("inventory")

    def require_seen(self) -> None:
        """Have a worker read a file of the folder now: that it cannot write there would show only at the end."""
        file = self._unfinished / "temporary" / "seen.parquet"
        with duckdb.connect() as engine:
            engine.execute(f"COPY (SELECT TRUE AS seen) TO {text(str(file))} (FORMAT parquet)")
        self._spark.read.parquet(_literally(str(file))).collect()

    def readings(self) -> dict[Reading, int]:
        """Count the rows of each different reading."""
        columns = self._source.reading_columns
        found: dict[Reading, int] = {}
        query = readings_query(self._source).limit(MOST_READINGS + 1)
        for row in self._spark.sql(_in_spark(query)).collect():
            given = dict(zip(columns, row, strict=False))
            found[Reading(**{each: "" if value is None else str(value) for each, value in given.items()})] = row[-1]
        return found

    def write(self, judged: JudgedReadings, compared: Compared) -> None:
        """Write the plan, in parts that are those of the inventory as Spark reads it."""
        self._keep_planned(judged)
        file = _literally(str(self._unfinished / "temporary" / REPEATED_ROWS))
        self._spark.read.parquet(file).distinct().createOrReplaceTempView(REPEATED)
        tables = exp.to_table(PLANNED), exp.to_table(REPEATED)
        filled = {each for each in self._source.numbers if all(getattr(reading, each) for reading in judged)}
        source = self._source._replace(filled=frozenset(filled))
        query = plan_query(source, *tables, are_in_duis=compared.are_in_duis)
        # Without these hints Spark may sort the whole fleet to join it to a few rows, for it guesses their number.
        sizes = {PLANNED: len(judged), REPEATED: compared.repeated}
        hints = [f"BROADCAST({each})" for each, rows in sizes.items() if rows <= _ROWS_TO_SEND]
        query = query.hint(*hints, dialect="spark") if hints else query
        out = self._unfinished / "plan.parquet"
        self._spark.sql(_in_spark(query)).write.options(**WRITTEN).parquet(f"file://{out}")

    def _keep_planned(self, judged: JudgedReadings) -> None:
        """Hand the core's answers over as a file."""
        file = self._unfinished / "temporary" / "planned.parquet"
        types = planned_columns(self._source)
        with duckdb.connect() as engine:
            engine.execute(f"CREATE TABLE planned ({', '.join(map(' '.join, types.items()))})")
            rows = list(_typed_rows(judged, self._source))
            if rows:
                unnested = ", ".join(f"unnest(${at})" for at in range(1, len(types) + 1))
                engine.execute(f"INSERT INTO planned SELECT {unnested}", list(map(list, zip(*rows, strict=True))))
            engine.execute(f"COPY planned TO {text(str(file))} (FORMAT parquet)")
        self._spark.read.parquet(_literally(str(file))).createOrReplaceTempView("planned")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_number(inventory: Inventory, ours: str) -> bool:
    """Say whether the values of a column are whole numbers that fit 64 bits, which only CPL Entry IDs may be."""
    kind = pq.read_schema(inventory.files[0]).field(inventory.used[ours]).type
    return ours == "cpl_entry_id" and bool(pa.types.is_integer(kind) and not pa.types.is_uint64(kind))


def _shares(octets: int) -> dict[str, str]:
    """Share the work out by the size of the inventory alone, so that every cluster writes the same parts."""
    shares = str(octets // _OCTETS_OF_A_SHARE + 1)
    return {
        "spark.sql.files.maxPartitionBytes": str(_OCTETS_OF_A_SHARE),
        "spark.sql.files.minPartitionNum": shares,
        "spark.sql.shuffle.partitions": shares,
    }


def _in_spark(query: exp.Select) -> str:
    return query.sql(dialect="spark")


def _literally(path: str) -> str:
    """Name a file or folder so that no character of it stands for others."""
    return "file://" + _GLOB.sub(r"\\\1", str(Path(path).absolute()))


def _typed_rows(judged: JudgedReadings, source: Source) -> Iterator[tuple[Any, ...]]:
    """Give the rows of the small table, with CPL Entry IDs as numbers where the inventory has them so."""
    columns = source.reading_columns
    for row in planned_rows(judged, columns):
        keys = (_key(value, each in source.numbers) for each, value in zip(columns, row, strict=False))
        yield (*keys, *row[len(columns) :])


def _key(value: str | int, is_number: bool) -> str | int | None:
    return (int(value) if value else None) if is_number else value
