"""An inventory in a warehouse: its dialect of SQL, its table and columns, and the tables made beside it."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from firmpath.fleet.elsewhere.expression import STEPS, Source
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

DIALECTS: Final = {
    "bigquery": "BigQuery",
    "databricks": "Databricks",
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "snowflake": "Snowflake",
    "spark": "Spark",
    "trino": "Trino",
}
"""The dialects in which a plan is written, each with the name of what speaks it."""

EXECUTED: Final = frozenset({"duckdb", "postgres", "spark"})
"""The dialects whose SQL the tests run; that of the others they parse, and look each of its functions up."""

PLANNED_TABLE: Final = "firmpath_planned"
PLAN_TABLE: Final = "firmpath_plan"

_BY_MODEL: Final = {"manufacturer_id", "model", "firmware_version"}
_BY_ITSELF: Final = {"cpl_entry_id", "manufacturer_image_hash"}


class Warehouse(NamedTuple):
    """Where an inventory lies, and the tables that are made beside it: the core's answers, and the plan."""

    dialect: str
    source: Source
    planned: exp.Table
    plan: exp.Table

    @property
    def title(self) -> str:
        """The name of what speaks the dialect."""
        return DIALECTS[self.dialect]


def find_warehouse(table: str, dialect: str, headings: Mapping[str, str]) -> Warehouse:
    """Understand the names that somebody gives of a table and its columns, as the dialect writes them.

    Nobody looks into the warehouse, so every column that is to be read has to be named.

    :raises FirmpathError: every name that is none, and every column that is missing.
    """
    if dialect not in DIALECTS:
        right = f"name one of {', '.join(DIALECTS)}"
        raise FirmpathError(Fault("Dialect", dialect, "is not one in which plans are written", right))
    faults = [*_check_table(table, dialect), *_check_columns(table, headings)]
    for ours, heading in headings.items():
        faults += _check_column(ours, heading, dialect)
    refuse_if_any(faults)
    found = parse_one(table, into=exp.Table, dialect=dialect)
    columns = {ours: _identifier(heading, dialect) for ours, heading in headings.items()}
    return Warehouse(dialect, Source(found, columns), _beside(found, PLANNED_TABLE), _beside(found, PLAN_TABLE))


def _check_table(written: str, dialect: str) -> Iterator[Fault]:
    right = f"write it as {DIALECTS[dialect]} does, such as meters.inventory"
    try:
        found = parse_one(written, into=exp.Table, dialect=dialect)
    except SqlglotError:
        found = exp.Table()
    has_more = {part for part, value in found.args.items() if value} - {"this", "db", "catalog"}
    if has_more or not isinstance(found.this, exp.Identifier):
        yield Fault("Inventory", written, "is not the name of a table", right)
    elif not found.db and found.name.casefold() in STEPS:
        yield Fault("Inventory", written, "has the name of a step of the plan's SQL", "write its schema before it")


def _check_column(ours: str, heading: str, dialect: str) -> Iterator[Fault]:
    try:
        _identifier(heading, dialect)
    except SqlglotError:
        right = f"write it as {DIALECTS[dialect]} does, in its quotes where it needs them"
        yield Fault(f"Column {ours}", heading, "is not the name of a column", right)


def _check_columns(table: str, headings: Mapping[str, str]) -> Iterator[Fault]:
    """A warehouse is not looked into, so the columns that are to be read have to be named, each of them."""
    right = "name them with --column OURS=HEADING; nobody looks into the warehouse for them"
    if "device_id" not in headings:
        yield Fault("Inventory", table, "is given without its column device_id", right)
    if not headings.keys() & _BY_ITSELF and not headings.keys() >= _BY_MODEL:
        wrong = "is given with neither its column cpl_entry_id nor manufacturer_id, model and firmware_version"
        yield Fault("Inventory", table, wrong, right)


def _identifier(heading: str, dialect: str) -> exp.Identifier:
    """Read the name of a column.

    :raises SqlglotError: it is none.
    """
    found = parse_one(f"SELECT {heading}", dialect=dialect)
    is_plain = {part for part, value in found.args.items() if value} == {"expressions"}
    column = found.selects[0] if isinstance(found, exp.Select) and is_plain and len(found.selects) == 1 else None
    if not isinstance(column, exp.Column) or column.table or not isinstance(column.this, exp.Identifier):
        raise SqlglotError(heading)
    return column.this


def _beside(table: exp.Table, name: str) -> exp.Table:
    """Name a table in the same schema."""
    beside = table.copy()
    beside.set("this", exp.to_identifier(name))
    return beside
