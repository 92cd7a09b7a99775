"""The SQL of a plan in each dialect: it parses there, and holds no function and no form that the dialect lacks."""

import re
from pathlib import Path

import pytest
from sqlglot import ErrorLevel, exp, parse

from firmpath.fleet.elsewhere.in_a_warehouse import answer_warehouse, ask_warehouse
from firmpath.fleet.elsewhere.warehouse import DIALECTS, EXECUTED, Warehouse, find_warehouse
from firmpath.fleet.planned import Question
from firmpath.pathways.faults import FirmpathError
from tests.notation import catalogue

FILES = ("readings.sql", "planned.sql", "plan.sql", "check.sql")
IN_ALL = {"CAST", "COALESCE", "COUNT", "LENGTH", "NULLIF", "REPLACE", "SUBSTRING", "TRIM", "UPPER"}

# What we know each dialect to have; these warehouses are not here to be asked.
FUNCTIONS = {
    "bigquery": IN_ALL | {"REGEXP_CONTAINS"},
    "databricks": IN_ALL | {"REGEXP_LIKE"},
    "duckdb": IN_ALL | {"REGEXP_MATCHES"},
    "postgres": IN_ALL,
    "snowflake": IN_ALL | {"REGEXP_LIKE"},
    "spark": IN_ALL,
    "trino": (IN_ALL - {"SUBSTRING"}) | {"REGEXP_LIKE", "SUBSTR", "CONCAT"},
}
FORMS = {
    "bigquery": ("REGEXP_CONTAINS(trimmed, '^[0-9A-Fa-f]{16}$')", "CAST(inventory.GUID AS STRING)", "INT64"),
    "databricks": ("REGEXP_LIKE(trimmed, '^[0-9A-Fa-f]{16}$')", "CAST(inventory.GUID AS STRING)", "BIGINT"),
    "duckdb": ("REGEXP_MATCHES(trimmed, '^[0-9A-Fa-f]{16}$')", "CAST(inventory.GUID AS TEXT)", "BIGINT"),
    "postgres": ("trimmed ~ '^[0-9A-Fa-f]{16}$'", "CAST(inventory.GUID AS TEXT)", "SUBSTRING(digits FROM 1 FOR 2)"),
    "snowflake": ("REGEXP_LIKE(trimmed, '^[0-9A-Fa-f]{16}$')", "CAST(inventory.GUID AS VARCHAR)", "BIGINT"),
    "spark": ("trimmed RLIKE '^[0-9A-Fa-f]{16}$'", "CAST(inventory.GUID AS STRING)", "BIGINT"),
    "trino": ("REGEXP_LIKE(trimmed, '^[0-9A-Fa-f]{16}$')", "CAST(inventory.GUID AS VARCHAR)", "BIGINT"),
}
# Words before a bracket that are no functions.
SYNTAX = {"AS", "AND", "OR", "WHEN", "VALUES", "FROM", "IN", "SELECT", "NOT", "THEN"}
TRICKY = "it's a \\ and a \\' and a \\n; -- \" ` ${x} é"


def warehouse(dialect: str, **more: str) -> Warehouse:
    headings = {"device_id": "GUID", "cpl_entry_id": "CPL_ID", "model": "model", **more}
    return find_warehouse("meters.inventory", dialect, headings)


def written(dialect: str, folder: Path) -> str:
    """Write both steps, and give all the SQL of them."""
    readings = folder / "readings.csv"
    quoted = TRICKY.replace('"', '""')
    readings.write_text(f'cpl_entry_id,model,devices\n1,,3\n2,"{quoted}",1\n', encoding="utf-8")
    ask_warehouse(warehouse(dialect), folder / "ask")
    cpl = catalogue("1 <- 2")
    answer_warehouse(cpl, warehouse(dialect), Question(), str(readings), folder / "answer", lambda what, part: None)
    return "".join((folder / ("ask" if each == FILES[0] else "answer") / each).read_text() for each in FILES)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_it_parses_and_every_function_is_one_of_the_dialect(dialect: str, tmp_path: Path) -> None:
    sql = written(dialect, tmp_path)
    parsed = parse(sql, dialect=dialect, error_level=ErrorLevel.RAISE)
    assert [type(each).__name__ for each in parsed] == ["Select", "Create", "Insert", "Create", "Select", "Select"]
    assert not [each for one in parsed if one for each in one.find_all(exp.Anonymous, exp.Command)]
    plain = re.sub(r"'(?:[^'\\]|''|\\.)*'", "''", sql)
    functions = set(re.findall(r"\b([A-Z_]+)\(", plain)) - SYNTAX
    assert functions <= FUNCTIONS[dialect]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_it_has_the_forms_of_the_dialect(dialect: str, tmp_path: Path) -> None:
    sql = written(dialect, tmp_path)
    assert [each for each in FORMS[dialect] if each not in sql] == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_text_of_any_kind_comes_through_as_it_is(dialect: str, tmp_path: Path) -> None:
    insert = parse(written(dialect, tmp_path), dialect=dialect)[2]
    assert insert is not None
    assert TRICKY in {each.this for each in insert.find_all(exp.Literal)}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_next_says_what_to_do_and_how_far_it_was_tried(dialect: str, tmp_path: Path) -> None:
    written(dialect, tmp_path)
    for step in ("ask", "answer"):
        written_there = (tmp_path / step / "NEXT.txt").read_text()
        assert written_there.startswith(f"A plan for meters.inventory, as SQL for {DIALECTS[dialect]}\n\n1. Run ")
        assert max(map(len, written_there.splitlines())) <= 100
        told = " ".join(written_there.split())
        assert (f"Firmpath's tests run this SQL on {DIALECTS[dialect]}." in told) == (dialect in EXECUTED)
        assert (f"have no {DIALECTS[dialect]} to run this SQL on" in told) != (dialect in EXECUTED)


def test_names_are_quoted_as_they_are_given() -> None:
    given = warehouse("snowflake", firmware_version='"Firmware Version"')
    assert given.source.columns["firmware_version"].sql(dialect="snowflake") == '"Firmware Version"'
    beside = find_warehouse("`my-p.meters.t`", "bigquery", {"device_id": "g", "cpl_entry_id": "c"}).plan
    assert beside.sql(dialect="bigquery") == "`my-p.meters.firmpath_plan`"


@pytest.mark.parametrize(
    ("table", "dialect", "headings", "said"),
    [
        (
            "t",
            "oracle",
            {},
            "Dialect 'oracle' is not one in which plans are written; name one of bigquery, databri",
        ),
        ("a b", "trino", {}, "Inventory 'a b' is not the name of a table; write it as Trino does, such as meters"),
        ("x; drop table y", "duckdb", {}, "is not the name of a table"),
        ("read_csv('x')", "duckdb", {}, "is not the name of a table"),
        ("(SELECT 1)", "postgres", {}, "is not the name of a table"),
        (
            "Fleet",
            "postgres",
            {},
            "Inventory 'Fleet' has the name of a step of the plan's SQL; write its schema befo",
        ),
        (
            "m.t",
            "trino",
            {},
            "Inventory 'm.t' is given without its column device_id; name them with --column OURS=",
        ),
        (
            "m.t",
            "trino",
            {"device_id": "g"},
            "with neither its column cpl_entry_id nor manufacturer_id, model and f",
        ),
        (
            "m.t",
            "trino",
            {"device_id": "a b"},
            "Column device_id 'a b' is not the name of a column; write it as Tr",
        ),
        ("m.t", "trino", {"device_id": "a, b"}, "Column device_id 'a, b' is not the name of a column"),
        ("m.t", "trino", {"device_id": "count(*)"}, "is not the name of a column"),
        ("m.t", "trino", {"device_id": "a FROM b"}, "is not the name of a column"),
        ("m.t", "trino", {"device_id": "1"}, "is not the name of a column"),
    ],
)
def test_what_is_no_name_is_refused(table: str, dialect: str, headings: dict[str, str], said: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        find_warehouse(table, dialect, headings)
    assert said in str(refused.value)
