"""Takers: those who have a step, each once, in the order of the rows, whatever the parts are and were before."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet import takers as takers_module
from firmpath.fleet.days import Cell
from firmpath.fleet.kinds import Kinds
from firmpath.fleet.planned import Planned
from firmpath.fleet.rows import Regions
from firmpath.fleet.takers import Takers


class Row(NamedTuple):
    number: int
    step: int
    left: int
    region: str


steps = st.sampled_from([(0, 0), (3, 1), (3, 2), (4, 2), (70_000, 5)])
numbers = st.integers(0, 2**64 - 1)
regions = st.sampled_from(["", "North", "South"])
rows = st.builds(lambda number, step, region: Row(number, step[0], step[1], region), numbers, steps, regions)
parts = st.lists(st.lists(rows, max_size=30), max_size=5)


def add(takers: Takers, at: int, part: Sequence[Row], kinds: Kinds, has_regions: bool) -> None:
    names = sorted({row.region for row in part})
    regions = Regions(names, np.array([names.index(row.region) for row in part], np.int64))
    planned = kinds.numbers([Planned(1, "", 9, row.step, row.left, "pathway", "") for row in part])
    numbers = np.array([row.number for row in part], np.uint64)
    takers.add(at, numbers, planned, kinds, regions if has_regions else None)


def plainly(parts: Sequence[Sequence[Row]], by_day: bool, has_regions: bool) -> dict[Cell, list[int]]:
    found = defaultdict(list)
    for row in (row for part in parts for row in part if row.step):
        region = row.region if by_day and has_regions else ""
        found[Cell(region, row.left if by_day else 0, row.step)].append(row.number)
    return dict(sorted(found.items()))


@given(parts, st.booleans(), st.booleans(), st.data())
def test_those_who_have_a_step_are_read_in_the_order_of_their_rows(
    parts: list[list[Row]], by_day: bool, has_regions: bool, data: st.DataObject
) -> None:
    expected = plainly(parts, by_day, has_regions)
    with TemporaryDirectory() as folder:
        takers, kinds = Takers(Path(folder) / "takers", by_day), Kinds()
        for at in data.draw(st.permutations(range(len(parts)))):
            again = data.draw(st.booleans())
            add(takers, at, parts[at][::-1] if again else parts[at], kinds, has_regions)
            if again:
                add(takers, at, parts[at], kinds, has_regions)
        laid_aside = takers.laid_aside()
        assert laid_aside.counted() == {cell: len(each) for cell, each in expected.items()}
        assert list(laid_aside.counted()) == list(expected)
        with pytest.MonkeyPatch.context() as patched, laid_aside.reader() as reader:
            patched.setattr(takers_module, "_AHEAD", data.draw(st.sampled_from([1, 3, 8_192])))
            for cell, each in expected.items():
                first = data.draw(st.integers(0, len(each) - 1))
                devices = data.draw(st.integers(0, len(each) - first))
                assert reader.read(cell, first, devices).tolist() == each[first : first + devices]


def test_what_was_cut_off_meanwhile_is_no_device(tmp_path: Path) -> None:
    file = tmp_path / "takers"
    takers = Takers(file, by_day=False)
    add(takers, 0, [Row(number, 3, 1, "") for number in (5, 6)], Kinds(), has_regions=False)
    file.write_bytes(file.read_bytes()[:-1])
    with takers.laid_aside().reader() as reader, pytest.raises(OSError, match="Input/output error"):
        reader.read(Cell("", 0, 3), 0, 2)
