"""Days and instants as sentences have them; in files and fields they are written YYYY-MM-DD."""

from datetime import UTC, date, datetime

from firmpath.pathways.not_known import NotKnown


def day_in_words(day: date | NotKnown) -> str:
    """Write a day as in `22 November 2026`, or that it is not known."""
    return str(day) if isinstance(day, NotKnown) else f"{day.day} {day:%B} {day.year}"


def instant_in_words(at: datetime) -> str:
    """Write an aware instant as in `22 November 2026, 09:30 UTC`."""
    in_utc = at.astimezone(UTC)
    return f"{day_in_words(in_utc)}, {in_utc:%H:%M} UTC"
