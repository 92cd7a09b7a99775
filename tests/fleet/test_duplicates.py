"""Device IDs that stand twice: all of them and no other, however they are spread over the parts of a plan."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.duplicates import Sightings
from firmpath.fleet.sorting import FEW_BITS, SCATTERING, WHOLE, Sorting, quickest_sorting

alike_at_first = st.integers(0, 2**24).map(lambda low: low * pow(int(SCATTERING), -1, 2**64) % 2**64)
"""Numbers that are scattered into one stretch, and are told apart by their last bits alone."""

numbers = st.one_of(st.integers(0, 40), st.integers(0, 2**64 - 1), alike_at_first)


@given(st.lists(st.lists(numbers, max_size=40), max_size=5), st.sampled_from([WHOLE, FEW_BITS]))
def test_what_stands_twice_is_found_with_the_parts_that_have_it(parts: list[list[int]], sorting: Sorting) -> None:
    times = Counter(number for part in parts for number in part)
    with TemporaryDirectory() as folder:
        sightings = Sightings(Path(folder), sorting)
        for at in reversed(range(len(parts))):
            sightings.add(at, np.array(parts[at], np.uint64))
        found = sightings.find_duplicates(lambda what, part: None)
        twice = {number: count for number, count in times.items() if count > 1}
        assert len(found.numbers) == len(twice)
        assert found.parts == tuple(at for at, part in enumerate(parts) if twice.keys() & set(part))
        if twice:
            every = list(times)
            counted = found.times_of(np.array(every, np.uint64)).tolist()
            assert dict(zip(every, counted, strict=True)) == {each: twice.get(each, 0) for each in every}


@given(st.lists(numbers, max_size=60))
def test_both_ways_of_sorting_part_numbers_alike(given: list[int]) -> None:
    whole, few_bits = (each.in_stretches(np.array(given, np.uint64)) for each in (WHOLE, FEW_BITS))
    assert whole[1].tolist() == few_bits[1].tolist()
    for first, end in pairwise(whole[1].tolist()):
        assert sorted(few_bits[0][first:end].tolist()) == whole[0][first:end].tolist()


def test_the_way_that_is_taken_is_one_of_the_two() -> None:
    assert quickest_sorting() in (WHOLE, FEW_BITS)


def test_what_was_cut_off_meanwhile_is_not_taken_for_standing_once(tmp_path: Path) -> None:
    sightings = Sightings(tmp_path)
    for part in range(2):
        sightings.add(part, np.array([7], np.uint64))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:8])
    with pytest.raises(OSError, match="Input/output error"):
        sightings.find_duplicates(lambda what, part: None)
