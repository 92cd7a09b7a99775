"""Plans as SQL: run on the warehouses that are here, the same rows as on this machine; parsed for the others."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from firmpath.fleet.elsewhere import judging
from firmpath.fleet.elsewhere.in_a_warehouse import answer_warehouse
from firmpath.fleet.elsewhere.warehouse import find_warehouse
from firmpath.fleet.planned import Question
from firmpath.fleet.readings import Reading
from firmpath.invented.cpl import invented_rows
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from firmpath.tables.writing import write_csv
from tests.fleet.planning_here import device, make
from tests.fleet.same_rows import content_hash
from tests.fleet.trap_inventory import BY, write_traps
from tests.fleet.warehouses_here import Here, duckdb_here, plan_there, postgres_here, statements
from tests.notation import ON
from tests.servers.postgres import Postgres

_NUMBERS = count(1)
MakeHere = Callable[[Path], Here]


@pytest.fixture(scope="module")
def cpl(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Invent a CPL."""
    file = tmp_path_factory.mktemp("cpl") / "cpl.csv"
    write_csv(file, invented_rows(300, 5))
    return fold(statements_from_table(read_table(file), "Invented"), ON)


@pytest.fixture(params=["duckdb", "postgres"])
def here(request: pytest.FixtureRequest) -> Iterator[MakeHere]:
    """Give what puts an inventory into a warehouse."""
    with ExitStack() as later:
        if request.param == "duckdb":
            yield lambda inventory: duckdb_here(inventory, later)
        else:
            postgres: Postgres = request.getfixturevalue("postgres")
            url = postgres.create_database(f"fleet_{os.getpid()}_{next(_NUMBERS)}")
            yield lambda inventory: postgres_here(inventory, later, url)


@pytest.mark.parametrize("by", BY)
def test_a_warehouse_plans_the_same_rows(cpl: Catalogue, here: MakeHere, by: str, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", by)
    rows, counts = plan_there(here(inventory), cpl, BY[by], tmp_path)
    expected = [tuple(row.values()) for row in make(cpl, inventory).rows]
    assert counts == [(len(expected), len(expected), 0)]
    differing = sorted(set(rows) ^ set(expected), key=str)
    assert (differing[:6], content_hash(rows)) == ([], content_hash(expected))


def test_a_reading_that_came_in_since_is_not_guessed(cpl: Catalogue, here: MakeHere, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", "id", 50)
    late = device(0x77)
    insert = f"INSERT INTO meters.inventory VALUES ('{late}', 123456)"
    rows, counts = plan_there(here(inventory), cpl, BY["id"], tmp_path, between=[insert])
    assert [row for row in rows if row[0] == late] == [(late, None, None, None, None, 0, "not_judged", None)]
    assert counts == [(len(rows), len(rows), 1)]


def test_the_small_table_may_be_loaded_instead(cpl: Catalogue, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", "all", 200)
    with ExitStack() as later:
        there = duckdb_here(inventory, later)

        def load(planned: Path) -> None:
            there.run(f"COPY meters.firmpath_planned FROM '{planned}' (HEADER)")

        rows, _ = plan_there(there, cpl, BY["all"], tmp_path, load)
        empty = there.run("SELECT count(*) FROM meters.firmpath_planned WHERE model IS NULL")
        assert empty != [(0,)], "this loader makes null of what is empty, as most do"
    assert content_hash(rows) == content_hash(tuple(row.values()) for row in make(cpl, inventory).rows)


def test_readings_that_have_come_to_be_alike_are_one(cpl: Catalogue, tmp_path: Path) -> None:
    warehouse = find_warehouse("m.t", "duckdb", {"device_id": "d", "cpl_entry_id": "c"})
    readings = tmp_path / "readings.csv"
    readings.write_text("cpl_entry_id,devices\n1,3\n1,4\n", encoding="utf-8")
    told = answer_warehouse(cpl, warehouse, Question(), str(readings), tmp_path / "out", lambda what, part: None)
    assert (told.rows, told.readings) == (7, 1)
    assert (tmp_path / "out" / "planned.csv").read_text().count("\n") == 2


def test_a_long_table_is_filled_by_several_statements(cpl: Catalogue, tmp_path: Path) -> None:
    warehouse = find_warehouse("m.t", "duckdb", {"device_id": "d", "cpl_entry_id": "c"})
    readings = tmp_path / "readings.csv"
    readings.write_text("cpl_entry_id,devices\n" + "".join(f"{at},1\n" for at in range(1, 1202)), encoding="utf-8")
    answer_warehouse(cpl, warehouse, Question(), str(readings), tmp_path / "out", lambda what, part: None)
    _, *inserts = statements(tmp_path / "out" / "planned.sql", "duckdb")
    assert [each.count("\n") for each in inserts] == [500, 500, 201]


def test_more_readings_than_there_is_firmware_are_refused(
    cpl: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MOST_READINGS", 1)
    readings = {Reading("1"): 1, Reading("2"): 1}
    with pytest.raises(FirmpathError, match="Inventory has more than 1 different readings of firmware, more than"):
        judging.judge_readings(cpl, Question(), readings, ("cpl_entry_id",), lambda what, part: None)
