"""Device IDs as they are compared for a cluster: what is repeated, and whether all are written as in DUIS."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.elsewhere import judging
from firmpath.fleet.elsewhere.comparing import NAME, Compared, compare_device_ids
from firmpath.fleet.elsewhere.judging import columns_that_tell_apart, judge_readings
from firmpath.fleet.elsewhere.written import count_groups, expect_rows, require_all
from firmpath.fleet.inventory import find_inventory
from firmpath.fleet.planned import Question
from firmpath.fleet.readings import Reading
from firmpath.invented.cpl import invented_rows
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.tables.reading import read_table
from firmpath.tables.statements import statements_from_table
from firmpath.tables.writing import write_csv
from tests.fleet.planning_here import device, make, rows_of
from tests.fleet.trap_inventory import BY, write_traps
from tests.notation import ON


@pytest.fixture(scope="module")
def cpl(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Invent a CPL."""
    file = tmp_path_factory.mktemp("cpl") / "cpl.csv"
    write_csv(file, invented_rows(100, 5))
    return fold(statements_from_table(read_table(file), "Invented"), ON)


def compared(folder: Path, *ids: str | None) -> tuple[Compared, set[tuple[str, int]]]:
    """Compare Device IDs that lie in one file each, and give the repeated ones."""
    for at, each in enumerate(ids):
        with duckdb.connect() as engine:
            file = folder / f"{at:03}.parquet"
            engine.execute(f"COPY (SELECT $1::VARCHAR AS guid, 1 AS cpl_entry_id) TO '{file}'", [each])
    temporary = folder / "temporary"
    temporary.mkdir()
    found = compare_device_ids(find_inventory(str(folder), {}), temporary, lambda what, part: None)
    assert found.counted
    assert found.counted.rows == {Reading("1"): len(ids)}
    return found._replace(counted=None), set(rows_of(f"FROM '{temporary / NAME}'"))


def test_device_ids_written_as_in_duis_are_known_to_be_so(tmp_path: Path) -> None:
    assert compared(tmp_path, *map(device, range(5))) == (Compared(True, 0), set())


@pytest.mark.parametrize(
    "odd",
    [None, "", "not an ID", device(0xAB).lower(), device(7).replace("-", ":"), f"{device(7)} ", f"{device(7)}\n"],
)
def test_one_that_is_not_is_seen_wherever_it_is(odd: str | None, tmp_path: Path) -> None:
    for at in (0, 2):
        folder = tmp_path / str(at)
        folder.mkdir()
        ids: list[str | None] = [device(number + 1) for number in range(3)]
        ids[at] = odd
        assert compared(folder, *ids) == (Compared(False, 0), set())


def test_repeated_ones_are_found_in_whatever_way_they_are_written(tmp_path: Path) -> None:
    spelt = [device(1), device(2), f" {device(1)}", device(3), device(1).replace("-", "").lower(), device(3)]
    repeated = {(device(1), 3), (device(3), 2)}
    assert compared(tmp_path, *spelt, "no ID", "no ID", None, None) == (Compared(False, 2), repeated)


@pytest.mark.parametrize("by", BY)
def test_they_are_those_of_a_plan_made_here(cpl: Catalogue, by: str, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", by)
    rows = make(cpl, inventory).rows
    times = Counter(row["device_id"] for row in rows if row["status"] == "duplicate_device_id")
    found = compare_device_ids(find_inventory(str(inventory), {}), tmp_path, lambda what, part: None)
    assert found._replace(counted=None) == Compared(False, len(times))
    assert set(rows_of(f"FROM '{tmp_path / NAME}'")) == set(times.items())


@pytest.mark.parametrize("by", BY)
def test_what_a_plan_has_to_have_is_known_before_it_is_made(cpl: Catalogue, by: str, tmp_path: Path) -> None:
    inventory = write_traps(cpl, tmp_path / "inventory.parquet", by)
    plan = make(cpl, inventory).plan
    columns = find_inventory(str(inventory), {}).reading_columns
    found = compare_device_ids(find_inventory(str(inventory), {}), tmp_path, lambda what, part: None)
    assert found.counted
    judged = judge_readings(cpl, Question(), found.counted.rows, columns, lambda what, part: None)
    assert [(each, found.counted.rows[reading]) for reading, each in judged.items()] == list(plan.judged)
    expected = expect_rows(judged, found.counted)
    assert expected == {group.planned: group.rows for group in plan.groups}
    require_all(plan.rows, plan.groups, [inventory], "out", expected)
    one, other, *_ = plan.groups
    mixed_up = [one._replace(rows=one.rows - 1), other._replace(rows=other.rows + 1), *plan.groups[2:]]
    with pytest.raises(FirmpathError, match="or others than before; see that nobody changes the inventory"):
        require_all(plan.rows, mixed_up, [inventory], "out", expected)


def test_readings_that_spark_writes_in_its_own_way_are_left_to_it(tmp_path: Path) -> None:
    for at, kind in enumerate(("DOUBLE", "DATE", "BLOB", "BOOLEAN")):
        file = tmp_path / f"{at}.parquet"
        with duckdb.connect() as engine:
            rows = f"SELECT '{device(1)}' AS guid, 1 AS cpl_entry_id, NULL::{kind} AS model"
            engine.execute(f"COPY ({rows}) TO '{file}'")
        found = compare_device_ids(find_inventory(str(file), {}), tmp_path, lambda what, part: None)
        assert found == Compared(True, 0, None)


def test_more_readings_than_there_can_be_are_refused_before_they_fill_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MOST_READINGS", 2)
    with duckdb.connect() as engine:
        rows = "SELECT 'x' AS guid, range AS cpl_entry_id FROM range(3)"
        engine.execute(f"COPY ({rows}) TO '{tmp_path / 'fleet.parquet'}'")
    inventory = find_inventory(str(tmp_path / "fleet.parquet"), {})
    with pytest.raises(FirmpathError, match="has more than 2 different readings of firmware"):
        compare_device_ids(inventory, tmp_path, lambda what, part: None)


texts = st.sampled_from(["", "a", "b", "c"])


@given(st.sets(st.builds(Reading, texts, texts, texts), min_size=1))
def test_columns_that_tell_readings_apart_suffice_and_none_can_be_spared(readings: set[Reading]) -> None:
    def told_apart(columns: Sequence[str]) -> bool:
        return len({tuple(getattr(each, name) for name in columns) for each in readings}) == len(readings)

    kept = columns_that_tell_apart(readings, Reading._fields)
    assert kept
    assert told_apart(kept)
    spared = [[each for each in kept if each != column] for column in kept]
    assert not any(told_apart(each) for each in spared if each)


def test_the_rows_of_a_plan_are_counted_as_where_it_was_made(cpl: Catalogue, tmp_path: Path) -> None:
    made = make(cpl, write_traps(cpl, tmp_path / "inventory.parquet", "all"))
    parts = sorted((made.folder / "plan.parquet").iterdir())
    assert count_groups(parts, tmp_path) == made.plan.groups
    assert count_groups([], tmp_path) == ()
