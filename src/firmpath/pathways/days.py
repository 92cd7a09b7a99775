"""Days and instants as sentences have them; in files and fields they are written YYYY-MM-DD."""

from datetime import UTC, date, datetime, timedelta

from firmpath.pathways.not_known import NotKnown


def day_in_words(day: date | NotKnown) -> str:
    """Write a day as in `22 November 2026`, or that it is not known."""
    return str(day) if isinstance(day, NotKnown) else f"{day.day} {day:%B} {day.year}"


def instant_in_words(at: datetime) -> str:
    """Write an aware instant as in `22 November 2026, 09:30 UTC`."""
    in_utc = at.astimezone(UTC)
    return f"{day_in_words(in_utc)}, {in_utc:%H:%M} UTC"


def britains_day(at: datetime) -> date:
    """Give the day that it is in Britain at an aware instant: on summer nights one ahead of UTC's, for an hour.

    Source: the Summer Time Order 2002: from 01:00 GMT on the last Sunday of March to 01:00 GMT on that of October.
    """
    in_utc = at.astimezone(UTC)
    begins, ends = (_last_sunday(in_utc.year, month) for month in (3, 10))
    return (in_utc + timedelta(hours=1) if begins <= in_utc < ends else in_utc).date()


def begins_at(day: date) -> datetime:
    """Give the instant at which a day begins in Britain, in UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    hour_before = midnight - timedelta(hours=1)
    return hour_before if britains_day(hour_before) == day else midnight


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
