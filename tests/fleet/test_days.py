"""Days: no limit is ever passed, nobody is left out, and it takes no day more than it has to."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.fleet.days import Cell, Limits, deal_out, fewest_days, fewest_days_to_targets
from firmpath.pathways.faults import FirmpathError

FIRST = date(2026, 6, 1)
COUNTS = st.dictionaries(
    st.builds(Cell, st.sampled_from("ABCD"), st.integers(1, 3), st.integers(1, 4)), st.integers(1, 60), max_size=9
)
LIMITS = st.builds(Limits, st.just(FIRST), st.integers(1, 40), st.integers(1, 25), st.just("Region"))


@settings(max_examples=500)
@given(COUNTS, LIMITS)
def test_everybody_has_a_day_under_the_limits_and_no_day_is_wasted(counts: dict[Cell, int], limits: Limits) -> None:
    turns = deal_out(counts, limits)
    assert {cell: sum(devices for _, devices in each) for cell, each in turns.items()} == counts
    in_all, in_region = Counter[int](), Counter[tuple[int, str]]()
    for cell, each in turns.items():
        assert [day for day, _ in each] == sorted({day for day, _ in each})
        for day, devices in each:
            assert devices > 0
            in_all[day] += devices
            in_region[day, cell.region] += devices
    assert max(in_all.values(), default=0) <= limits.in_all
    assert max(in_region.values(), default=0) <= limits.in_a_region
    assert max(in_all, default=0) == fewest_days(counts, limits)


@given(COUNTS, LIMITS)
def test_in_a_region_who_has_the_most_steps_left_goes_first(counts: dict[Cell, int], limits: Limits) -> None:
    turns = deal_out(counts, limits)
    for one, other in ((one, other) for one in turns for other in turns if one.region == other.region):
        if one.remaining_steps > other.remaining_steps:
            assert turns[one][-1][0] <= turns[other][0][0]


def test_days_have_dates() -> None:
    assert [Limits(FIRST).on(day).isoformat() for day in (1, 2, 31)] == ["2026-06-01", "2026-06-02", "2026-07-01"]


def test_the_steps_that_follow_are_reckoned_with() -> None:
    counts = {Cell("", 3, 7): 10, Cell("", 1, 9): 5}
    assert fewest_days(counts, Limits(FIRST, 5)) == 3
    assert fewest_days_to_targets(counts, Limits(FIRST, 5)) == 7
    assert fewest_days_to_targets(counts, Limits(FIRST, 1000)) == 3, "one step a day"


def test_a_limit_that_would_take_more_than_ten_years_is_refused() -> None:
    wrong = "Limits need 10,000 days for the next step of 10,000 Devices; allow more Devices a day"
    with pytest.raises(FirmpathError, match=wrong):
        deal_out({Cell("", 1, 2): 10_000}, Limits(FIRST, 1))
