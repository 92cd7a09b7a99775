"""The rows of a plan, from the numbers of what is planned for them."""

from itertools import zip_longest
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.joining import plan_table
from firmpath.fleet.kinds import Kinds, added
from firmpath.fleet.planned import Planned
from firmpath.fleet.rows import Regions
from tests.fleet.planning_here import device, make, write_inventory
from tests.notation import catalogue

_NUMBERS = st.sampled_from([0, 1, 2, 1 << 40])
_TEXTS = st.sampled_from(["", "a", "b", "z"])
PLANNED = st.builds(Planned, _NUMBERS, _TEXTS, _NUMBERS, _NUMBERS, st.integers(0, 3), st.just("pathway"), _TEXTS)


@given(rows=st.lists(PLANNED, max_size=20), others=st.lists(PLANNED, max_size=20))
def test_a_plan_is_the_same_whatever_was_numbered_before(rows: list[Planned], others: list[Planned]) -> None:
    first, later = Kinds(), Kinds()
    later.numbers(others)
    later.columns()
    tables = [table_of(rows, kinds) for kinds in (first, later)]
    expected = [(*(value or None for value in each[:4]), each[4], each[5], each[6] or None) for each in rows]
    assert [tuple(each.values())[1:-1] for each in tables[0].to_pylist()] == expected
    assert tables[0].equals(tables[1])
    for name in ("candidates", "status", "reason", "region"):
        assert tables[0][name].combine_chunks().dictionary == tables[1][name].combine_chunks().dictionary


@given(rows=st.lists(PLANNED, min_size=1, max_size=20))
def test_kinds_are_numbered_once_and_counted(rows: list[Planned]) -> None:
    kinds = Kinds()
    numbers = kinds.numbers(rows)
    assert [kinds[each] for each in numbers.tolist()] == rows
    assert kinds.numbers(rows[::-1]).tolist() == numbers.tolist()[::-1]
    assert np.bincount(numbers).tolist() == [rows.count(kinds[number]) for number in range(len(set(rows)))]
    changed = kinds.changed(numbers, lambda each: each._replace(reason="changed"))
    assert [kinds[each] for each in changed.tolist()] == [each._replace(reason="changed") for each in rows]


@given(few=st.lists(st.integers(0, 9), max_size=4), many=st.lists(st.integers(0, 9), max_size=4))
def test_counts_are_added_up_however_many_numbers_were_known(few: list[int], many: list[int]) -> None:
    both = [sum(each) for each in zip_longest(few, many, fillvalue=0)]
    assert added(np.array(few, np.int64), np.array(many, np.int64)).tolist() == both


def test_columns_are_packed_and_what_is_never_null_is_said_to_be_so(tmp_path: Path) -> None:
    inventory = write_inventory(tmp_path / "inventory.csv", ("device_id", "cpl_entry_id"), [(device(1), 1)])
    made = make(catalogue("1 <- 2 <- 3"), inventory)
    file = pq.ParquetFile(next((made.folder / "plan.parquet").iterdir()))
    columns = [file.metadata.row_group(0).column(at) for at in range(8)]
    numbers = ("installed", "target", "next_entry", "remaining_steps")
    packed = {"device_id": "PLAIN", **dict.fromkeys(numbers, "DELTA_BINARY_PACKED")}
    assert {each.path_in_schema: each.compression for each in columns} == dict.fromkeys(
        file.schema_arrow.names, "UNCOMPRESSED"
    )
    for each in columns:
        assert packed.get(each.path_in_schema, "RLE_DICTIONARY") in each.encodings
        assert not each.is_stats_set
    assert set(columns[0].encodings) == {"PLAIN", "RLE"}
    assert [field.name for field in file.schema_arrow if not field.nullable] == ["remaining_steps", "status"]


def table_of(rows: list[Planned], kinds: Kinds) -> pa.Table:
    numbers = kinds.numbers(rows)
    return plan_table(ids(len(rows)), numbers, np.bincount(numbers), kinds, regions(len(rows)))


def ids(rows: int) -> pa.StringArray:
    return pa.array([device(at) for at in range(rows)], pa.string())


def regions(rows: int) -> Regions:
    return Regions(["north", "", "east"], np.arange(rows) % 3)
