"""The files that somebody takes to a warehouse: the SQL to run there, the small table, and what to do with them."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

from sqlglot import exp, parse_one

from firmpath.fleet.elsewhere.expression import NOT_JUDGED, name_tables, plan_query, planned_columns, readings_query
from firmpath.fleet.elsewhere.judging import JudgedReadings, planned_rows
from firmpath.fleet.elsewhere.readings_file import COUNT
from firmpath.fleet.elsewhere.warehouse import EXECUTED, PLAN_TABLE, PLANNED_TABLE, Warehouse

READINGS: Final = "readings.sql"
PLANNED: Final = "planned.sql"
PLANNED_ROWS: Final = "planned.csv"
PLAN: Final = "plan.sql"
CHECK: Final = "check.sql"
NEXT: Final = "NEXT.txt"
_WIDTH: Final = 100

STATUSES_NOT_LOOKED_AT: Final = (
    "The SQL does not look at the statuses of Devices, should the table have them: those that are not Commissioned"
    " have next steps as well, and firmpath preflight will hold them."
)

ROWS_OF_AN_INSERT: Final = 500
"""Rows that one statement puts into the small table: far below what a warehouse takes in one statement."""


def write_question(folder: Path, warehouse: Warehouse) -> None:
    """Write the first question: which different readings there are, and how often."""
    _write(folder / READINGS, [_sql(warehouse, readings_query(warehouse.source))])
    headings = ", ".join((*warehouse.source.reading_columns, COUNT))
    _write_next(
        folder,
        warehouse,
        f"Run {READINGS}. It reads the inventory once, and changes nothing.",
        f"Save its whole answer as CSV in UTF-8, with its headings ({headings}), as readings.csv. Do not open it in"
        " a spreadsheet on the way: that takes leading zeros away.",
        "Give the same command again, with another --out and with --readings readings.csv.",
    )


def write_answer(folder: Path, warehouse: Warehouse, judged: JudgedReadings) -> None:
    """Write the small table, the statement that joins it to the inventory, and one that counts the outcome."""
    columns = planned_columns(warehouse.source)
    rows = list(planned_rows(judged, warehouse.source.reading_columns))
    with (folder / PLANNED_ROWS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([tuple(columns), *rows])
    _write(folder / PLANNED, [_create_planned(warehouse), *_inserts(warehouse, rows)])
    plan = exp.Create(
        this=warehouse.plan.copy(), kind="TABLE", expression=plan_query(warehouse.source, warehouse.planned)
    )
    _write(folder / PLAN, [_sql(warehouse, plan)])
    _write(folder / CHECK, [_sql(warehouse, each) for each in _counts(warehouse)])
    _write_next(
        folder,
        warehouse,
        f"Run {PLANNED}. It makes the table {PLANNED_TABLE} beside the inventory, and fills it. Or run its first"
        f" statement alone, and load {PLANNED_ROWS} into that table, which is quicker where it is long.",
        f"Run {PLAN}. It makes the table {PLAN_TABLE}: a row for every row of the inventory.",
        f"Run {CHECK}. Of its first answer, rows_in and rows_out have to be the same, and {NOT_JUDGED} has to be 0."
        " Else the inventory has changed since its readings were asked for: drop both tables, and begin anew."
        " Its second answer counts the rows of each status.",
        STATUSES_NOT_LOOKED_AT,
        "docs/plan.md says what every column, status and reason means.",
    )


def _sql(warehouse: Warehouse, statement: exp.Expr) -> str:
    return statement.sql(dialect=warehouse.dialect, pretty=True)


def _create_planned(warehouse: Warehouse) -> str:
    columns = ", ".join(f"{name} {kind}" for name, kind in planned_columns(warehouse.source).items())
    create = parse_one(f"CREATE TABLE planned ({columns})", dialect="duckdb")
    for table in list(create.find_all(exp.Table)):
        table.replace(warehouse.planned.copy())
    return _sql(warehouse, create)


def _inserts(warehouse: Warehouse, rows: Sequence[tuple[str | int, ...]]) -> Iterator[str]:
    """Yield the statements that fill the small table; written by hand, since they are long and all alike."""
    into = f"INSERT INTO {warehouse.planned.sql(dialect=warehouse.dialect)} VALUES"
    for first in range(0, len(rows), ROWS_OF_AN_INSERT):
        lines = (f"  ({_values(row, warehouse.dialect)})" for row in rows[first : first + ROWS_OF_AN_INSERT])
        yield f"{into}\n" + ",\n".join(lines)


def _values(row: tuple[str | int, ...], dialect: str) -> str:
    return ", ".join(
        str(each) if isinstance(each, int) else exp.Literal.string(each).sql(dialect=dialect) for each in row
    )


def _counts(warehouse: Warehouse) -> Iterator[exp.Expr]:
    rows_in, rows_out = "(SELECT COUNT(*) FROM inventory)", "(SELECT COUNT(*) FROM plan)"
    not_judged = f"(SELECT COUNT(*) FROM plan WHERE status = '{NOT_JUDGED}')"
    for query in (
        f"SELECT {rows_in} AS rows_in, {rows_out} AS rows_out, {not_judged} AS {NOT_JUDGED}",
        "SELECT status, COUNT(*) AS devices FROM plan GROUP BY status ORDER BY status",
    ):
        names = {"inventory": warehouse.source.table, "plan": warehouse.plan}
        yield name_tables(parse_one(query, into=exp.Select, dialect="duckdb"), names)


def _write(file: Path, statements: Sequence[str]) -> None:
    file.write_text("".join(f"{each};\n" for each in statements), encoding="utf-8")


def _write_next(folder: Path, warehouse: Warehouse, *steps: str) -> None:
    """Say in plain words what to do with the files, and how far the SQL was tried."""
    tried = (
        f"Firmpath's tests run this SQL on {warehouse.title}."
        if warehouse.dialect in EXECUTED
        else f"Firmpath's tests have no {warehouse.title} to run this SQL on. They read it in its dialect, and"
        " run the same on DuckDB, PostgreSQL and Spark. Try it on a few rows first."
    )
    table = warehouse.source.table.sql(dialect=warehouse.dialect)
    lines = [f"A plan for {table}, as SQL for {warehouse.title}", ""]
    for number, step in enumerate(steps, 1):
        lines += wrap(f"{number}. {step}", _WIDTH, subsequent_indent="   ")
    (folder / NEXT).write_text("\n".join((*lines, "", *wrap(tried, _WIDTH), "")), encoding="utf-8")
