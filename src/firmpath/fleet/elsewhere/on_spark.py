"""A plan that a Spark cluster makes: Spark reads and writes every row, the core answers for each reading.

Cost: a read of the inventory here; a read of it and a write of the plan by the workers; and a read of what the plan
says here. No row moves from one worker to another. Source: ADR 0022, 0023, 0040, 0043.
"""

import re
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
from sqlglot import exp

from firmpath.fleet.answering import MOST_READINGS
from firmpath.fleet.elsewhere.comparing import NAME as REPEATED_ROWS
from firmpath.fleet.elsewhere.comparing import Compared, compare_device_ids
from firmpath.fleet.elsewhere.expression import (
    KEY,
    PLANNED,
    REPEATED,
    Source,
    key_of,
    plan_query,
    readings_query,
)
from firmpath.fleet.elsewhere.judging import JudgedReadings, columns_that_tell_apart, judge_readings
from firmpath.fleet.elsewhere.planned_file import write_planned
from firmpath.fleet.elsewhere.spark_columns import has_fit_device_ids, has_numbers
from firmpath.fleet.elsewhere.spark_session import Session, session
from firmpath.fleet.elsewhere.spark_tasks import telling
from firmpath.fleet.elsewhere.spark_words import in_our_words
from firmpath.fleet.elsewhere.written import (
    count_groups,
    expect_rows,
    name_in_order,
    require_all,
)
from firmpath.fleet.engine import text
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.inventory_files import unchanged
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
_LOOKING: Final = "Looking at the inventory"
PHASES: Final = {
    _LOOKING: 40.0,
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
    if not has_fit_device_ids(inventory):
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
    watched = unchanged(order.inventory, inventory.files)
    with complete_or_nothing(folder, may_replace=may_replace) as unfinished, watched:
        (temporary := unfinished / "temporary").mkdir()
        with in_our_words(str(folder)):
            spark_plan = SparkPlan(spark, inventory, unfinished)
            spark_plan.require_seen()
            compared = compare_device_ids(inventory, temporary, lambda _, part: told(_LOOKING, part))
            readings = compared.counted.rows if compared.counted else spark_plan.readings()
            judged = judge_readings(catalogue, order.question, readings, inventory.reading_columns, told)
            with telling(spark, lambda part: told("Writing the plan", part)):
                spark_plan.write(judged, compared)
        parts = name_in_order(unfinished / "plan.parquet")
        groups = count_groups(parts, temporary)
        expected = expect_rows(judged, compared.counted) if compared.counted else None
        require_all(sum(readings.values()), groups, parts, str(folder), expected)
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


class SparkPlan:
    """The statements of one plan on one cluster, in their order; every table is a view of the session."""

    def __init__(self, spark: Session, inventory: Inventory, unfinished: Path) -> None:
        self._spark, self._unfinished = spark, unfinished
        for name, value in _shares(sum(Path(file).stat().st_size for file in inventory.files)).items():
            spark.conf.set(name, value)
        names = ("device_id", *inventory.reading_columns)
        columns = {each: exp.to_identifier(inventory.used[each], quoted=True) for each in names}
        numbers = frozenset(each for each in inventory.reading_columns if has_numbers(inventory, each))
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
        source = self._keep_planned(judged, compared)
        self._keep_repeated(compared)
        tables = exp.to_table(PLANNED), exp.to_table(REPEATED)
        query = plan_query(source, *tables, are_in_duis=compared.are_in_duis)
        # Without these hints Spark may sort the whole fleet to join it to a few rows, for it guesses their number.
        sizes = {PLANNED: len(judged), REPEATED: compared.repeated}
        hints = [f"BROADCAST({each})" for each, rows in sizes.items() if rows <= _ROWS_TO_SEND]
        query = query.hint(*hints, dialect="spark") if hints else query
        out = self._unfinished / "plan.parquet"
        self._spark.sql(_in_spark(query)).write.options(**WRITTEN).parquet(f"file://{out}")

    def _keep_repeated(self, compared: Compared) -> None:
        """Hand the repeated Device IDs over; where there are none, in a way that spares Spark the join."""
        if compared.repeated:
            file = _literally(str(self._unfinished / "temporary" / REPEATED_ROWS))
            repeated = self._spark.read.parquet(file).distinct()
        else:
            repeated = self._spark.sql("SELECT '' AS device_id, 0L AS times WHERE FALSE")
        repeated.createOrReplaceTempView(REPEATED)

    def _keep_planned(self, judged: JudgedReadings, compared: Compared) -> Source:
        """Hand the core's answers over as a file, and say by what they are to be joined."""
        source = self._source_for(judged, compared)
        file = self._unfinished / "temporary" / "planned.parquet"
        write_planned(judged, source, file)
        planned = self._spark.read.parquet(_literally(str(file)))
        if not source.told_apart_by:
            planned.createOrReplaceTempView(PLANNED)
            return source
        keyed = planned.selectExpr("*", f"{key_of(source.told_apart_by)} AS {KEY}")
        keyed.createOrReplaceTempView(PLANNED)
        return source if self._has_key_for_each(judged) else source._replace(told_apart_by=())

    def _has_key_for_each(self, judged: JudgedReadings) -> bool:
        """Say whether no two readings have the same number, which is all but certain."""
        ((keys,),) = self._spark.sql(f"SELECT COUNT(DISTINCT {KEY}) FROM {PLANNED}").collect()
        return bool(keys == len(judged))

    def _source_for(self, judged: JudgedReadings, compared: Compared) -> Source:
        columns = self._source.reading_columns
        filled = frozenset(
            each for each in self._source.numbers if all(getattr(reading, each) for reading in judged)
        )
        if compared.counted is None or filled == set(columns):
            return self._source._replace(filled=filled, as_written=compared.counted is not None)
        told_apart_by = columns_that_tell_apart(judged, columns)
        return self._source._replace(numbers=frozenset(), as_written=True, told_apart_by=told_apart_by)


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
