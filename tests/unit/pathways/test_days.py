"""Days and instants in sentences, and the day that it is in Britain."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmpath.pathways.days import begins_at, britains_day, instant_in_words

FIRST, LAST = datetime(1996, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
"""What the law has been the same for, and longer than any certificate lasts."""

CHANGES = [
    (datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)),
    (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
]


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Draw an instant: any, or one within two days of a change of the clock, to the microsecond."""
    near = draw(st.sampled_from([each for pair in CHANGES for each in pair]) | st.none())
    if near is None:
        return draw(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)))
    return near + draw(st.timedeltas(timedelta(days=-2), timedelta(days=2)))


@pytest.mark.parametrize(("begins", "ends"), CHANGES)
def test_britains_day_is_ahead_for_an_hour_of_each_summers_night(begins: datetime, ends: datetime) -> None:
    before_midnight, after = timedelta(hours=21, minutes=59, seconds=59), timedelta(hours=22)
    for day in (begins - timedelta(days=1), ends):
        assert britains_day(day + after) == day.date()
    for day in (begins, ends - timedelta(days=1)):
        assert britains_day(day + before_midnight) == day.date()
        assert britains_day(day + after) == day.date() + timedelta(days=1)


def _london() -> ZoneInfo | None:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return None


@pytest.mark.skipif(_london() is None, reason="this machine has no data on time zones")
@given(instants())
@example(datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC))
@example(datetime(2026, 3, 29, 22, 59, 59, 999999, tzinfo=UTC))
@example(datetime(2026, 3, 29, 23, tzinfo=UTC))
@example(datetime(2026, 10, 24, 23, tzinfo=UTC))
@example(datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC))
def test_britains_day_is_the_one_that_the_data_on_time_zones_have(at: datetime) -> None:
    assert britains_day(at) == at.astimezone(_london()).date()


@given(instants(), st.timedeltas(timedelta(), timedelta(days=3)))
def test_a_day_lasts_from_where_it_begins_to_where_the_next_one_does(at: datetime, passed: timedelta) -> None:
    day = britains_day(at)
    assert begins_at(day) <= at < begins_at(day + timedelta(days=1))
    assert britains_day(begins_at(day)) == day
    assert britains_day(at + passed) >= day, "no day comes twice"
    assert (day - at.date()) in (timedelta(), timedelta(days=1))


def test_it_goes_by_the_instant_whatever_its_zone() -> None:
    assert britains_day(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == date(2026, 6, 30)
    assert instant_in_words(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == (
        "30 June 2026, 22:30 UTC"
    )
