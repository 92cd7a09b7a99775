"""`firmpath plan --engine sql`, as it is run, and the engines elsewhere where something is missing."""

import socket
import sys
from pathlib import Path

import duckdb
import pytest

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath
from tests.functional.running import Printed

ON = "2026-06-01"
NOT_LOOKED_AT = (
    "The SQL does not look at the statuses of Devices, should the table have them: those that are not Commissioned "
    "have next steps as well, and firmpath preflight will hold them."
)
NAMED = ("--column", "device_id=GUID", "--column", "cpl_entry_id=CPL")


def asked(firmpath: Firmpath, *words: object) -> Printed:
    return firmpath("plan", "meters.inventory", "--cpl", EXAMPLE_CPL, "--on", ON, *words)


def test_both_steps_are_told_in_plain_words(firmpath: Firmpath, tmp_path: Path) -> None:
    sql = ("--engine", "sql", "--dialect", "duckdb", *NAMED)
    first = asked(firmpath, *sql, "--out", "ask")
    assert (first.code, first.err) == (ExitCode.YES, "")
    assert " ".join(first.lines) == (
        "Written: the first of two steps. "
        "ask has readings.sql, which asks the warehouse what its Devices run. Run it there, save its answer as "
        "readings.csv, and give the same command again, with another --out and with --readings readings.csv. "
        "NEXT.txt says it in full."
    )
    assert {each.name for each in Path("ask").iterdir()} == {"readings.sql", "NEXT.txt"}
    with duckdb.connect() as engine:
        engine.execute("CREATE SCHEMA meters; CREATE TABLE meters.inventory (GUID VARCHAR, CPL INTEGER)")
        engine.execute("INSERT INTO meters.inventory VALUES ('02-00-00-00-00-00-00-01', 118), ('x', 1)")
        query = Path("ask/readings.sql").read_text().removesuffix(";\n")
        engine.execute(f"COPY ({query}) TO 'readings.csv' (HEADER)")
        second = asked(firmpath, *sql, "--out", "answer", "--readings", "readings.csv")
        assert (second.code, second.err) == (ExitCode.NO, "")
        assert " ".join(second.lines) == (
            "Answered for 2 readings of 2 rows. "
            "1             has a safe next step "
            "1             runs firmware that is not on this CPL "
            "Device IDs are looked at in the warehouse: those that are unfit or there twice come on top. "
            f"{NOT_LOOKED_AT} "
            "answer has planned.sql, plan.sql and check.sql; run them in the warehouse, in this order. "
            "NEXT.txt says it in full."
        )
        assert NOT_LOOKED_AT in " ".join(Path("answer/NEXT.txt").read_text().split())
        assert "As at 1 June 2026. Plan again before each step: the CPL can change." in second.out
        for name in ("planned.sql", "plan.sql"):
            engine.execute((Path("answer") / name).read_text())
        rows = engine.execute("SELECT device_id, status FROM meters.firmpath_plan ORDER BY 1").fetchall()
    assert rows == [("02-00-00-00-00-00-00-01", "pathway"), ("x", "malformed")]


def test_both_steps_are_told_as_json(firmpath: Firmpath, tmp_path: Path) -> None:
    sql = ("--engine", "sql", "--dialect", "trino", *NAMED, "--json")
    assert asked(firmpath, *sql, "--out", "ask").json == {"version": 1, "answer": "asked", "folder": "ask"}
    Path("readings.csv").write_text("cpl_entry_id,devices\n118,7\n")
    assert asked(firmpath, *sql, "--out", "answer", "--readings", "readings.csv").json == {
        "version": 1,
        "answer": "answered",
        "as_at": ON,
        "folder": "answer",
        "rows_in": 7,
        "readings": 1,
        "statuses": {"pathway": 7},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            "Readings 'readings.csv' is empty; save the whole answer of readings.sql, headings too: cpl_entry_id,",
        ),
        (
            "118,7\n",
            "has the headings 118, 7; save the whole answer of readings.sql, headings too: cpl_entry_id, dev",
        ),
        ("cpl_entry_id,devices\n118\n", "Row 2 has 1 cells, and the headings are 2; save the answer as CSV once"),
        (
            "cpl_entry_id,devices\n118,1.0\n",
            "devices '1.0' is not a whole number, in row 2; save the answer as it is",
        ),
        (
            "cpl_entry_id,devices\n1\udcff,1\n",
            "Readings 'readings.csv' is not UTF-8 from octet 23 on; save it as CSV",
        ),
    ],
)
def test_readings_that_are_not_understood_are_refused(firmpath: Firmpath, text: str, said: str) -> None:
    Path("readings.csv").write_text(text, errors="surrogateescape")
    sql = ("--engine", "sql", "--dialect", "trino", *NAMED, "--out", "out", "--readings", "readings.csv")
    refused = asked(firmpath, *sql)
    assert refused.code == ExitCode.REFUSED
    assert said in " ".join(refused.err.split())
    assert not Path("out").exists()


def test_the_headings_of_readings_may_be_in_capitals(firmpath: Firmpath) -> None:
    Path("readings.csv").write_text("\ufeffCPL_ENTRY_ID,DEVICES\r\n118,7\r\n")
    sql = ("--engine", "sql", "--dialect", "snowflake", *NAMED, "--out", "out", "--readings", "readings.csv")
    assert asked(firmpath, *sql).code == ExitCode.YES


FINISH = ("--finish-by", "2046-09-30")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--master", "spark://a:1"), ["--master 'spark://a:1' goes with --engine spark; leave out --master"]),
        (("--dialect", "trino"), ["--dialect 'trino' goes with --engine sql; leave out --dialect"]),
        (("--readings", "r.csv"), ["--readings 'r.csv' goes with --engine sql; leave out --readings"]),
        (
            ("--engine", "sql", "--form", "csv", "--wave-size", "7", "--replace", "--not-on", "sunday", *FINISH),
            [
                "--form 'csv' does not go with --engine sql; leave out --form",
                "--not-on 'sunday' does not go with --engine sql; leave out --not-on",
                "--finish-by '2046-09-30' does not go with --engine sql; leave out --finish-by",
                "--wave-size '7' does not go with --engine sql; leave out --wave-size",
                "--replace does not go with --engine sql; leave out --replace",
                "--engine 'sql' needs to know which warehouse the SQL is for; give --dialect, such as snowflake",
            ],
        ),
        (
            ("--engine", "spark", "--form", "csv"),
            [
                "--form 'csv' does not go with --engine spark; leave out --form",
                "--engine 'spark' needs the address of a master; give --master spark://HOST:PORT",
            ],
        ),
    ],
)
def test_arguments_that_an_engine_does_not_use_are_refused(
    firmpath: Firmpath, words: tuple[str, ...], said: list[str]
) -> None:
    refused = asked(firmpath, "--out", "out", *words)
    assert refused.code == ExitCode.REFUSED
    assert refused.err.splitlines()[: len(said)] == [f"firmpath: {each}" for each in said]


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Write an inventory of one Device."""
    file = tmp_path / "fleet.parquet"
    duckdb.execute(f"COPY (SELECT '02-00-00-00-00-00-00-01' AS device_id, 118 AS cpl_entry_id) TO '{file}'")
    return file


def on_spark(firmpath: Firmpath, inventory: Path, master: str) -> str:
    words = ("--engine", "spark", "--master", master, "--out", "out")
    refused = firmpath("plan", inventory, "--cpl", EXAMPLE_CPL, "--on", ON, *words)
    assert refused.code == ExitCode.REFUSED
    assert not Path("out").exists()
    return " ".join(refused.err.split())


@pytest.mark.parametrize("master", ["local[2]", "yarn", "spark://", "spark://host", "spark://a:b", "spark://a:1,b"])
def test_a_master_is_an_address(firmpath: Firmpath, fleet: Path, master: str) -> None:
    told = on_spark(firmpath, fleet, master)
    assert f"Master '{master}' is not the address of a Spark master; write it as spark://HOST:PORT" in told


def test_a_master_that_nobody_is_at_is_told_at_once(firmpath: Firmpath, fleet: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = on_spark(firmpath, fleet, f"spark://127.0.0.1:{port}")
    assert f"Master 'spark://127.0.0.1:{port}' cannot be reached: connection refused; see that the cluster" in told


def test_what_is_not_installed_is_told_together(
    firmpath: Firmpath, fleet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setenv("PATH", str(fleet.parent))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = on_spark(firmpath, fleet, f"spark://127.0.0.1:{taken.getsockname()[1]}")
    assert (
        "Spark is not installed here; install firmpath with its extra 'cluster', with the release of pysp" in told
    )
    assert "Java is not installed here; install it (on Debian: apt-get install openjdk-17-jre-headless)" in told


def test_an_inventory_that_a_cluster_would_read_otherwise_is_refused(firmpath: Firmpath, fleet: Path) -> None:
    duckdb.execute(f"COPY (FROM '{fleet}') TO '{fleet.with_suffix('.csv')}'")
    told = on_spark(firmpath, fleet.with_suffix(".csv"), "spark://127.0.0.1:1")
    assert (
        "is CSV, which every program reads in its own way; write it as Parquet once, or leave out --engine" in told
    )
    duckdb.execute(f"COPY (SELECT 1.5 AS device_id, 118 AS cpl_entry_id) TO '{fleet}'")
    told = on_spark(firmpath, fleet, "spark://127.0.0.1:1")
    assert "has Device IDs that are neither text nor whole numbers; give them as text" in told
