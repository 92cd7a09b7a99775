"""The part of `firmpath plan` for inventories that lie elsewhere: its arguments, and what it says of SQL."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from firmpath.cli.output import print_field, print_json, print_wrapped, printable
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

if TYPE_CHECKING:
    from firmpath.fleet.elsewhere.in_a_warehouse import Answered
    from firmpath.fleet.plan import Order
    from firmpath.fleet.telling import Told
    from firmpath.pathways.catalogue import Catalogue

LOCAL: Final = "local"
SPARK: Final = "spark"
SQL: Final = "sql"

_GOES_WITH: Final = {"master": SPARK, "dialect": SQL, "readings": SQL}
_ONLY_HERE: Final[dict[str, object]] = {"form": "parquet", "per_day_by": None, "only_commissioned": False}
_OF_DAYS: Final[dict[str, object]] = {"per_day": None, "first_day": None, "not_on": [], "finish_by": None}
_NOT_WITH: Final[dict[str, dict[str, object]]] = {
    SPARK: _ONLY_HERE,
    SQL: {**_ONLY_HERE, **_OF_DAYS, "wave_size": "50000", "replace": False},
}
"""Arguments that an engine has no use for, each with what it is where nobody gave it."""


def add_elsewhere(parser: argparse.ArgumentParser) -> None:
    """Add the engine, and what the engines elsewhere need."""
    group = parser.add_argument_group("an inventory that lies elsewhere")
    group.add_argument(
        "--engine",
        choices=(LOCAL, SPARK, SQL),
        default=LOCAL,
        help="local (default): on this machine; spark: on a Spark cluster that sees INVENTORY and DIR; "
        "sql: as SQL for a warehouse, in which INVENTORY is a table",
    )
    group.add_argument("--master", metavar="ADDRESS", default="", help="of the cluster: spark://HOST:PORT")
    group.add_argument(
        "--dialect",
        metavar="NAME",
        default="",
        help="of the warehouse: bigquery, databricks, duckdb, postgres, snowflake, spark or trino",
    )
    group.add_argument(
        "--readings", metavar="FILE", default="", help="what the warehouse answered to readings.sql, as CSV"
    )


def require_engine_arguments(arguments: argparse.Namespace) -> None:
    """Refuse arguments that the engine has no use for, and ask for those that it needs.

    :raises FirmpathError: each of them.
    """
    refuse_if_any(_check_arguments(arguments))


def _check_arguments(arguments: argparse.Namespace) -> Iterator[Fault]:
    engine = arguments.engine
    for name, goes_with in _GOES_WITH.items():
        if (value := getattr(arguments, name)) and engine != goes_with:
            yield Fault(f"--{name}", value, f"goes with --engine {goes_with}", f"leave out --{name}")
    for name, default in _NOT_WITH.get(engine, {}).items():
        option = f"--{name.replace('_', '-')}"
        if (value := getattr(arguments, name)) != default:
            said = "" if value is True else value if isinstance(value, str) else ", ".join(value)
            wrong = f"does not go with --engine {engine}"
            yield Fault(option, said, wrong, f"leave out {option}", quoted=bool(said))
    if engine == SPARK and not arguments.master:
        yield Fault("--engine", SPARK, "needs the address of a master", "give --master spark://HOST:PORT")
    if engine == SQL and not arguments.dialect:
        right = "give --dialect, such as snowflake"
        yield Fault("--engine", SQL, "needs to know which warehouse the SQL is for", right)


def require_sqlglot() -> None:
    """Refuse in words where the writer of SQL is not installed.

    :raises FirmpathError: it is not.
    """
    try:
        import sqlglot  # noqa: F401
    except ImportError:
        right = "install firmpath with its extra 'fleet'"
        raise FirmpathError(Fault("SQLGlot", "", "is not installed", right, quoted=False)) from None


def plan_as_sql(arguments: argparse.Namespace, catalogue: "Catalogue", order: "Order", told: "Told") -> bool:
    """Write the files of the next step, say what they are, and say whether somebody has to look into a reading."""
    from firmpath.fleet.elsewhere.in_a_warehouse import answer_warehouse, ask_warehouse
    from firmpath.fleet.elsewhere.warehouse import find_warehouse

    warehouse = find_warehouse(order.inventory, arguments.dialect, order.headings)
    folder = Path(arguments.out).absolute()
    if not arguments.readings:
        ask_warehouse(warehouse, folder)
        _say_asked(arguments)
        return False
    answered = answer_warehouse(catalogue, warehouse, order.question, arguments.readings, folder, told)
    _say_answered(arguments, catalogue, answered)
    return any(each not in ("pathway", "already_there") for each in answered.by_status)


def _say_asked(arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json({"version": 1, "answer": "asked", "folder": arguments.out})
        return
    print_wrapped("Written: the first of two steps.", strong=True)
    print_wrapped(
        f"{printable(arguments.out)} has readings.sql, which asks the warehouse what its Devices run. Run it "
        "there, save its answer as readings.csv, and give the same command again, with another --out and with "
        "--readings readings.csv. NEXT.txt says it in full."
    )


def _say_answered(arguments: argparse.Namespace, catalogue: "Catalogue", answered: "Answered") -> None:
    from firmpath.fleet.elsewhere.scripts import STATUSES_NOT_LOOKED_AT
    from firmpath.fleet.words import STATUS_WORDS

    statuses = sorted(answered.by_status.items(), key=lambda each: (-each[1], each[0]))
    if arguments.json:
        print_json(
            {
                "version": 1,
                "answer": "answered",
                "as_at": str(catalogue.as_at),
                "folder": arguments.out,
                "rows_in": answered.rows,
                "readings": answered.readings,
                "statuses": dict(sorted(statuses)),
            }
        )
        return
    told = f"Answered for {counted(answered.readings, 'reading')} of {answered.rows:,} rows."
    print_wrapped(told, strong=True)
    for status, rows in statuses:
        print_field(f"{rows:,}", STATUS_WORDS[status].of(rows), 14)
    print_wrapped("Device IDs are looked at in the warehouse: those that are unfit or there twice come on top.")
    print_wrapped(STATUSES_NOT_LOOKED_AT)
    made = "planned.sql, plan.sql and check.sql; run them in the warehouse, in this order"
    print_wrapped(f"{printable(arguments.out)} has {made}. NEXT.txt says it in full.")
    print_wrapped(f"As at {day_in_words(catalogue.as_at)}. Plan again before each step: the CPL can change.")
