"""A deadline: what it makes of Devices is what trying every order of every few of them gives."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.fleet.days import NO_END, NO_LIMIT, Cell, Limits, deal_out, fewest_days_to_targets
from firmpath.fleet.days_off import DaysOff
from firmpath.fleet.deadline import Deadline, Needed, find_finish

FIRST = date(2026, 6, 1)
"""A Monday."""
CELLS = st.builds(Cell, st.sampled_from("AB"), st.integers(1, 3), st.just(7))
FEW = st.lists(CELLS, max_size=5).map(Counter)
MANY = st.dictionaries(CELLS, st.integers(1, 60), max_size=6)
LIMITS = st.builds(Limits, st.just(FIRST), st.integers(1, 5), st.integers(1, 4), st.just("Region"))
DAYS = st.integers(1, 4)


def by_day(days: int) -> Deadline:
    """Give a deadline that leaves so many days."""
    return Deadline(FIRST + timedelta(days=days - 1), FIRST)


def most_done_of(devices: Sequence[Cell], limits: Limits, days: int) -> int:
    """Try every choice of every day; give how many Devices take all their steps at most."""

    @cache
    def most(left: tuple[int, ...], days: int) -> int:
        done = left.count(0)
        if not days:
            return done
        return max((most(after, days - 1) for after in choices(left)), default=done)

    def choices(left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for taken in product(*((0, 1) if steps else (0,) for steps in left)):
            a_region = Counter(each.region for each, is_taken in zip(devices, taken, strict=True) if is_taken)
            if sum(taken) <= limits.in_all and max(a_region.values(), default=0) <= limits.in_a_region:
                yield tuple(steps - each for steps, each in zip(left, taken, strict=True))

    return most(tuple(each.remaining_steps for each in devices), days)


@settings(max_examples=150, deadline=None)
@given(FEW, LIMITS, DAYS)
def test_as_many_are_done_as_in_the_best_of_all_orders(counts: Counter[Cell], limits: Limits, days: int) -> None:
    devices = list(counts.elements())
    found = find_finish(counts, limits, by_day(days))
    assert found.devices - found.not_done == most_done_of(devices, limits, days)
    assert found.can_be_done == (found.days_needed <= days)
    assert found.too_many_steps == sum(each.remaining_steps > days for each in devices)


@settings(max_examples=100, deadline=None)
@given(FEW.filter(bool), LIMITS, DAYS)
def test_what_is_needed_is_enough_and_one_less_is_not(counts: Counter[Cell], limits: Limits, days: int) -> None:
    in_time = [each for each in counts.elements() if each.remaining_steps <= days]
    in_all, in_a_region = find_finish(counts, limits, by_day(days)).needed
    for more, fewer in (((in_all, in_a_region), []), ((99, 99), [(in_all - 1, 99), (99, in_a_region - 1)])):
        assert most_done_of(in_time, Limits(FIRST, *more), days) == len(in_time)
        assert all(most_done_of(in_time, Limits(FIRST, *each), days) < len(in_time) for each in fewer if in_time)


@given(MANY, LIMITS, st.integers(1, 90))
def test_it_agrees_with_the_fewest_days(counts: dict[Cell, int], limits: Limits, days: int) -> None:
    found = find_finish(counts, limits, by_day(days))
    assert found.can_be_done == (fewest_days_to_targets(counts, limits) <= days)
    if found.too_many_steps or not counts:
        return
    in_all, in_a_region = found.needed
    needed = limits._replace(in_all=in_all, in_a_region=in_a_region)
    assert fewest_days_to_targets(counts, needed) <= days
    for one_less in (needed._replace(in_all=in_all - 1), needed._replace(in_a_region=in_a_region - 1)):
        assert min(one_less[1:3]) == 0 or fewest_days_to_targets(counts, one_less) > days


@given(MANY, st.integers(1, 40), st.booleans())
def test_who_plans_anew_each_day_is_done_in_the_fewest_days(
    counts: dict[Cell, int], limit: int, in_regions: bool
) -> None:
    limits = Limits(FIRST, in_a_region=limit, region_column="Region") if in_regions else Limits(FIRST, limit)
    days, left = 0, counts if in_regions else Counter[Cell]()
    if not in_regions:
        for cell, devices in counts.items():
            left[cell._replace(region="")] += devices
    fewest = fewest_days_to_targets(left, limits)
    while left:
        days += 1
        after: Counter[Cell] = Counter()
        for cell, turns in deal_out(left, limits).items():
            today = sum(devices for day, devices in turns if day == 1)
            after[cell] += left[cell] - today
            if cell.remaining_steps > 1:
                after[cell._replace(remaining_steps=cell.remaining_steps - 1)] += today
        left = +after
    assert days == fewest


def test_without_limits_it_is_how_many_a_day_in_all() -> None:
    counts = {Cell("", 3, 7): 10, Cell("", 1, 9): 5}
    found = find_finish(counts, None, by_day(4))
    assert (found.devices, found.steps, found.needed, found.not_done) == (15, 35, Needed(9, 0), 0)
    short = find_finish(counts, None, by_day(2))
    assert (short.not_done, short.too_many_steps, short.needed) == (10, 10, Needed(3, 0)), "one step a day at most"


def test_only_limits_that_there_are_have_a_need() -> None:
    counts = {Cell("A", 1, 7): 10, Cell("B", 2, 7): 4}
    assert find_finish(counts, Limits(FIRST, 5), by_day(2)).needed == Needed(9, 0)
    in_a_region = Limits(FIRST, NO_LIMIT, 5, "Region")
    assert find_finish(counts, in_a_region, by_day(2)).needed == Needed(0, 5)


def test_days_that_are_left_out_do_not_count() -> None:
    deadline = Deadline(date(2026, 6, 14), FIRST, DaysOff((5, 6), (date(2026, 6, 3),)))
    assert deadline.days == 9
    assert find_finish({Cell("", 1, 7): 10}, Limits(FIRST, 1, not_on=deadline.not_on), deadline).not_done == 1


def test_whose_pathway_ends_before_is_counted() -> None:
    friday, monday = date(2026, 6, 5), date(2026, 6, 8)
    counts = {Cell("", 1, at, end): 10**at for at, end in enumerate((date(2026, 6, 4), friday, monday, NO_END))}
    weekend = Deadline(date(2026, 6, 7), FIRST, DaysOff((5, 6)))
    assert find_finish(counts, None, weekend)[-2:] == (1, date(2026, 6, 4)), "Friday is the last day that there is"
    assert find_finish(counts, None, weekend._replace(finish_by=monday))[-2:] == (11, date(2026, 6, 4))


def test_nobody_is_done_at_once() -> None:
    found = find_finish({}, Limits(FIRST, 5), by_day(3))
    assert (found.devices, found.not_done, found.needed, found.can_be_done) == (0, 0, Needed(0, 0), True)
