"""Days that are left out: the others are numbered without a gap, and none of those is among them."""

from datetime import date, timedelta
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.fleet.days_off import DaysOff, parse_days_off
from firmpath.pathways.faults import FirmpathError

FIRST = date(2026, 12, 18)
DAYS = st.integers(-5, 40).map(lambda day: FIRST + timedelta(days=day))
WEEKDAYS = st.sets(st.integers(0, 6), max_size=6).map(lambda days: tuple(sorted(days)))


@given(WEEKDAYS, st.sets(DAYS).map(lambda days: tuple(sorted(days))), DAYS)
def test_days_are_numbered_as_if_they_were_counted_one_by_one(
    weekdays: tuple[int, ...], dates: tuple[date, ...], first: date
) -> None:
    off = DaysOff(weekdays, dates)
    every = (first + timedelta(days=at) for at in count())
    wanted = islice((day for day in every if day.weekday() not in weekdays and day not in dates), 30)
    numbered = list(wanted)
    assert [off.nth(first, number) for number in range(1, 31)] == numbered
    assert [off.number_of(first, day) for day in numbered] == list(range(1, 31))
    assert [off.number_of(first, numbered[0] - timedelta(days=back)) for back in (1, 9)] == [0, 0]


def test_what_is_read_is_written_and_said() -> None:
    off = parse_days_off(["Sunday", "2026-12-25", "saturday", "2026-12-25", "2026-01-01"])
    assert off == DaysOff((5, 6), (date(2026, 1, 1), date(2026, 12, 25)))
    assert list(off.written()) == ["saturday", "sunday", "2026-01-01", "2026-12-25"]
    assert parse_days_off(off.written()) == off
    assert off.in_words() == "Saturdays, Sundays, 1 January 2026 or 25 December 2026"
    assert (DaysOff((6,)).in_words(), DaysOff().in_words()) == ("Sundays", "")


def test_what_is_no_day_is_refused_and_so_are_all_of_them() -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_days_off(["sun", "sunday", "2026-02-30"])
    right = "is neither a day of the week nor a date; write it as saturday, or as 2026-12-25"
    assert str(refused.value).splitlines() == [f"Day 'sun' {right}", f"Day '2026-02-30' {right}"]
    with pytest.raises(FirmpathError, match="Days leave no day of the week; name fewer"):
        parse_days_off(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
