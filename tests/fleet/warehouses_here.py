"""Warehouses that run on this machine, and the two steps of a plan as somebody takes them there."""

import csv
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import psycopg
from sqlglot import exp, parse

from firmpath.fleet.elsewhere.in_a_warehouse import answer_warehouse, ask_warehouse
from firmpath.fleet.elsewhere.warehouse import find_warehouse
from firmpath.fleet.planned import Question
from firmpath.pathways.catalogue import Catalogue

Rows = list[tuple[Any, ...]]
COLUMNS = "device_id, installed, candidates, target, next_entry, remaining_steps, status, reason"


class Here(NamedTuple):
    """A warehouse: its dialect, and what runs one statement there and gives its rows, if it has any."""

    dialect: str
    run: Callable[[str], Rows]


def duckdb_here(inventory: Path, later: ExitStack) -> Here:
    """Put an inventory into DuckDB."""
    engine = later.enter_context(duckdb.connect())
    engine.execute(f"CREATE SCHEMA meters; CREATE TABLE meters.inventory AS FROM '{inventory}'")
    return Here("duckdb", lambda sql: engine.execute(sql).fetchall())


def postgres_here(inventory: Path, later: ExitStack, url: str) -> Here:
    """Put an inventory into PostgreSQL."""
    found = duckdb.execute(f"FROM '{inventory}'")
    columns = ", ".join(f"{each[0]} {'BIGINT' if each[1] == 'BIGINT' else 'TEXT'}" for each in found.description)
    connection = later.enter_context(psycopg.connect(url, autocommit=True))
    connection.execute(f"CREATE SCHEMA meters; CREATE TABLE meters.inventory ({columns})")
    with connection.cursor().copy("COPY meters.inventory FROM STDIN") as copy:
        for row in found.fetchall():
            copy.write_row(row)

    def run(sql: str) -> Rows:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []

    return Here("postgres", run)


def spark_here(inventory: Path, spark: Any, schema: str) -> Here:
    """Put an inventory into Spark's own catalogue, on its cluster."""
    spark.sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    spark.sql(f"CREATE SCHEMA {schema}")
    spark.read.parquet(f"file://{inventory}").write.saveAsTable(f"{schema}.inventory")
    return Here("spark", lambda sql: [tuple(row) for row in spark.sql(sql).collect()])


def plan_there(
    here: Here,
    cpl: Catalogue,
    columns: Sequence[str],
    folder: Path,
    load: Callable[[Path], None] | None = None,
    between: Sequence[str] = (),
) -> tuple[Rows, Rows]:
    """Take both steps, and give the rows of the plan, and the counts that the check gives.

    `load` fills the small table in the place of the statements that do; `between` is run between the two steps.
    """
    warehouse = find_warehouse("meters.inventory", here.dialect, {each: each for each in columns})
    ask_warehouse(warehouse, folder / "ask")
    (query,) = statements(folder / "ask" / "readings.sql", here.dialect)
    readings = folder / "readings.csv"
    with readings.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([(*columns[1:], "devices"), *here.run(query)])
    for each in between:
        here.run(each)
    answer_warehouse(cpl, warehouse, Question(), str(readings), folder / "answer", lambda what, part: None)
    create, *inserts = statements(folder / "answer" / "planned.sql", here.dialect)
    here.run(create)
    if load:
        load(folder / "answer" / "planned.csv")
    for each in () if load else inserts:
        here.run(each)
    for each in statements(folder / "answer" / "plan.sql", here.dialect):
        here.run(each)
    counts, _ = statements(folder / "answer" / "check.sql", here.dialect)
    return here.run(f"SELECT {COLUMNS} FROM meters.firmpath_plan"), here.run(counts)


def statements(file: Path, dialect: str) -> list[str]:
    """Give the statements of a file, each as it is written there: a warehouse's own program parts them likewise."""
    text = file.read_text(encoding="utf-8")
    parts = [each for each in text.split(";\n") if each]
    assert len(parts) == len(parse(text, dialect=dialect)), "a value has what ends a statement"
    return parts


def first_select(file: Path, dialect: str) -> exp.Expr:
    """Parse the first statement of a file."""
    (found, *_) = parse(file.read_text(encoding="utf-8"), dialect=dialect)
    assert found is not None
    return found
