"""Plans on a Spark cluster, a master and two workers on this machine: the same rows as the embedded engine makes.

One session serves most tests, since a session takes longer than a plan.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from firmpath.fleet.elsewhere import on_spark
from firmpath.fleet.elsewhere.on_spark import find_for_spark, plan_in_session
from firmpath.fleet.elsewhere.spark_session import session
from firmpath.fleet.inventing import invent_fleet
from firmpath.fleet.plan import Order, Plan
from firmpath.fleet.planned import Question
from firmpath.invented.cpl import invented_rows
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from firmpath.tables.writing import write_csv
from tests.fleet.planning_here import make, read_plan
from tests.fleet.same_rows import content_hash
from tests.fleet.trap_inventory import BY, write_traps
from tests.fleet.warehouses_here import plan_there, spark_here
from tests.notation import ON
from tests.servers.spark import SparkCluster

# Sockets of py4j are closed when they are collected, which Python takes for neglect.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def spark(spark_cluster: SparkCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a session."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in spark_cluster.environment.items():
            patch.setenv(name, value)
        with session(spark_cluster.master, tmp_path_factory.mktemp("log") / "spark.log") as opened:
            yield opened


@pytest.fixture(scope="module")
def cpl(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Invent a CPL."""
    file = tmp_path_factory.mktemp("cpl") / "cpl.csv"
    write_csv(file, invented_rows(300, 5))
    return fold(statements_from_table(read_table(file), "Invented"), ON)


def plan_here(spark: Any, cpl: Catalogue, inventory: Path, folder: Path, **more: Any) -> Plan:
    order = Order(str(inventory), {}, Question(), **more)
    found = find_for_spark(order)
    return plan_in_session(spark, cpl, order, found, folder, lambda what, part: None)


@pytest.mark.parametrize("by", BY)
def test_a_cluster_plans_the_same_rows(spark: Any, cpl: Catalogue, by: str, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", by)
    there = plan_here(spark, cpl, inventory, tmp_path / "there")
    here = make(cpl, inventory)
    rows, expected = ([tuple(row.values()) for row in each] for each in (read_plan(tmp_path / "there"), here.rows))
    differing = sorted(set(rows) ^ set(expected), key=str)
    assert (differing[:6], content_hash(rows)) == ([], content_hash(expected))
    assert (there.rows, there.groups) == (here.plan.rows, here.plan.groups)


def test_a_cluster_plans_the_same_rows_where_no_device_id_is_odd(
    spark: Any, cpl: Catalogue, tmp_path: Path
) -> None:
    inventory = write_without_oddities(cpl, tmp_path / "inventory.parquet")
    there = plan_here(spark, cpl, inventory, tmp_path / "there")
    here = make(cpl, inventory)
    rows, expected = ([tuple(row.values()) for row in each] for each in (read_plan(tmp_path / "there"), here.rows))
    assert content_hash(rows) == content_hash(expected)
    assert there.groups == here.plan.groups
    assert sum(group.rows for group in there.groups if group.status == "duplicate_device_id") == 9


def write_without_oddities(cpl: Catalogue, file: Path) -> Path:
    """Write an inventory whose Device IDs are all as in DUIS; one stands in three rows, and three in two."""
    whole = file.with_name("whole.parquet")
    invent_fleet(cpl, 2_000, 7, whole, "parquet", False, lambda part: None)
    again = "SELECT * FROM (FROM whole LIMIT 4) UNION ALL SELECT * FROM (FROM whole LIMIT 1)"
    with duckdb.connect() as engine:
        engine.execute(f"CREATE VIEW whole AS SELECT device_id, cpl_entry_id FROM '{whole}'")
        engine.execute(f"COPY (FROM whole UNION ALL {again}) TO '{file}'")
    whole.unlink()
    return file


def test_readings_that_make_one_number_are_told_apart_all_the_same(
    spark: Any, cpl: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", "all")
    monkeypatch.setattr(on_spark, "key_of", lambda texts: "1")
    plan_here(spark, cpl, inventory, tmp_path / "there")
    rows, expected = (
        [tuple(row.values()) for row in each] for each in (read_plan(tmp_path / "there"), make(cpl, inventory).rows)
    )
    assert content_hash(rows) == content_hash(expected)


def test_readings_that_are_no_text_are_planned_for_as_spark_reads_them(
    spark: Any, cpl: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "inventory.parquet"
    known = next(iter(cpl.entries))
    with duckdb.connect() as engine:
        rows = f"(1, 1.5), (2, {int(known)}), (3, NULL)"
        named = "SELECT printf('02-00-00-00-00-00-00-%02d', id) AS device_id, entry::DOUBLE AS cpl_entry_id"
        engine.execute(f"COPY ({named} FROM (VALUES {rows}) AS given(id, entry)) TO '{file}'")
    plan_here(spark, cpl, file, tmp_path / "there")
    planned = [tuple(row.values()) for row in read_plan(tmp_path / "there")]
    assert planned == [tuple(row.values()) for row in make(cpl, file).rows]
    assert [row[-2] for row in planned] == ["malformed", "pathway", "malformed"], "2.0 is the id 2, and 1.5 is none"


def test_an_inventory_that_changes_meanwhile_is_refused(spark: Any, cpl: Catalogue, tmp_path: Path) -> None:
    inventory = write_without_oddities(cpl, tmp_path / "inventory.parquet")

    def change(what: str, part: float) -> None:
        if what == "Finding pathways":
            os.utime(inventory, ns=(0, 0))

    order = Order(str(inventory), {}, Question())
    found = find_for_spark(order)
    with pytest.raises(FirmpathError, match="was changed while it was read"):
        plan_in_session(spark, cpl, order, found, tmp_path / "there", change)
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("by", BY)
def test_the_sql_for_spark_plans_the_same_rows(spark: Any, cpl: Catalogue, by: str, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", by)
    rows, counts = plan_there(spark_here(inventory, spark, "meters"), cpl, BY[by], tmp_path)
    expected = [tuple(row.values()) for row in make(cpl, inventory).rows]
    assert counts == [(len(expected), len(expected), 0)]
    assert content_hash(rows) == content_hash(expected)


def test_the_same_inventory_gives_the_same_rows_in_the_same_order(
    spark: Any, cpl: Catalogue, tmp_path: Path
) -> None:
    folder = tmp_path / "inventory"
    folder.mkdir()
    for name in ("b.parquet", "a.parquet"):
        write_traps(cpl, folder / name, "id", 400)
    for out in ("first", "second"):
        plan_here(spark, cpl, folder, tmp_path / out)
    first, second = (read_plan(tmp_path / out) for out in ("first", "second"))
    assert first == second
    assert {row["status"] for row in first} == {"duplicate_device_id", "malformed"}
