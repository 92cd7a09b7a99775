"""Days and instants in sentences, and the day that it is in Britain."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from firmpath.pathways.days import britains_day, instant_in_words


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
    ],
)
def test_britains_day_is_ahead_for_an_hour_of_each_summers_night(begins: datetime, ends: datetime) -> None:
    before_midnight, after = timedelta(hours=21, minutes=59, seconds=59), timedelta(hours=22)
    for day in (begins - timedelta(days=1), ends):
        assert britains_day(day + after) == day.date()
    for day in (begins, ends - timedelta(days=1)):
        assert britains_day(day + before_midnight) == day.date()
        assert britains_day(day + after) == day.date() + timedelta(days=1)


def test_it_goes_by_the_instant_whatever_its_zone() -> None:
    assert britains_day(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == date(2026, 6, 30)
    assert instant_in_words(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == (
        "30 June 2026, 22:30 UTC"
    )
