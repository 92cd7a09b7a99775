"""Columns that a program took for floating-point numbers: an id stays the id, what is no number is nothing."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmpath.fleet.counting import count_inventory
from firmpath.fleet.days import Limits
from firmpath.fleet.rows import as_codes, find_different
from firmpath.pathways.identifiers import CPLEntryID
from tests.fleet.planning_here import device, make, write_inventory
from tests.notation import ON, catalogue

CPL = catalogue("1 <- 2 <- 3")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2.0", ("pathway", "")),
        (" 2.000 ", ("pathway", "")),
        ("2.5", ("malformed", "cpl_entry_id")),
        ("2.", ("malformed", "cpl_entry_id")),
        ("2e0", ("malformed", "cpl_entry_id")),
        ("-2.0", ("malformed", "cpl_entry_id")),
        ("02.0", ("malformed", "cpl_entry_id")),
        ("16777215.0", ("unknown_device", "not on the CPL")),
        ("16777216.0", ("malformed", "cpl_entry_id")),
        ("inf", ("malformed", "cpl_entry_id")),
        ("NaN", ("malformed", "cpl_entry_id")),
    ],
)
def test_an_id_that_went_through_a_floating_point_number_is_the_id(
    tmp_path: Path, written: str, said: tuple[str, str]
) -> None:
    made = make(CPL, write_inventory(tmp_path / "a.csv", ("device_id", "cpl_entry_id"), [(device(1), written)]))
    assert made.statuses == [said]


@pytest.mark.parametrize("kind", [pa.float32(), pa.float64(), pa.decimal128(10, 2)])
def test_a_column_of_numbers_has_ids(tmp_path: Path, kind: pa.DataType) -> None:
    file = tmp_path / "a.parquet"
    ids = pa.array([2.0, 2.5, None], pa.float64()).cast(kind)
    pq.write_table(pa.table({"device_id": [device(at) for at in range(3)], "cpl_entry_id": ids}), file)
    assert [status for status, _ in make(CPL, file).statuses] == ["pathway", "malformed", "malformed"]
    assert count_inventory(CPL, str(file)).by_entries == {(2,): 1}


def test_what_is_not_a_number_is_nothing(tmp_path: Path) -> None:
    """So the rest of the row says what the Device runs, and a region that is none is none."""
    file, nothing = tmp_path / "a.parquet", pa.array([float("nan"), 1.0])
    entry = CPL[CPLEntryID(2)]
    named = {
        "manufacturer_id": [str(entry.hardware_model.manufacturer_id)] * 2,
        "model": [entry.hardware_model.model] * 2,
        "firmware_version": [str(entry.firmware_version)] * 2,
    }
    columns = {"device_id": [device(1), device(2)], "device_type": pa.nulls(2), **named, "Region": nothing}
    columns["manufacturer_image_hash"] = pa.array([float("nan")] * 2)
    pq.write_table(pa.table(columns), file)
    limits = Limits(ON, in_a_region=5, region_column="Region")
    made = make(CPL, file, limits=limits)
    assert made.statuses == [("no_region", "nothing in Region"), ("pathway", "")]
    assert count_inventory(CPL, str(file)).by_entries == {(2,): 2}


def test_a_firmware_version_that_was_taken_for_a_number_is_no_version(tmp_path: Path) -> None:
    """The version 12345E03 would become 12345000.0, which is not to be read as 12345000."""
    file = tmp_path / "a.parquet"
    named = {"manufacturer_id": ["F001"], "model": ["00050203"], "firmware_version": [float("12345E03")]}
    pq.write_table(pa.table({"device_id": [device(1)], **named}), file)
    assert make(CPL, file).statuses == [("malformed", "firmware_version")]


_WHOLE = st.one_of(st.none(), st.integers(0, 9), st.sampled_from([16_383, 16_384, 2**31, 2**62, -1]))


@example(values=[-1, 2, -1], more=["a"] * 3)
@example(values=[16_384, None, 16_383], more=["a"] * 3)
@given(
    values=st.lists(_WHOLE, max_size=12), more=st.lists(st.sampled_from(["", "a", None]), min_size=12, max_size=12)
)
def test_whole_numbers_are_told_apart_however_small_or_large(
    values: list[int | None], more: list[str | None]
) -> None:
    columns = (pa.array(values, pa.int64()), pa.array(more[: len(values)], pa.string()))
    found = find_different([*map(as_codes, columns)])
    written = ["" if each is None else str(each) for each in values]
    expected = list(zip(written, [each or "" for each in more], strict=False))
    assert [found.readings[place] for place in found.places.tolist()] == expected
    assert dict(zip(found.readings, found.rows.tolist(), strict=True)) == Counter(expected)
