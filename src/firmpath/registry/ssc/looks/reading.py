"""Read the log of looks, a page at a time; reading it is a look as well."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple, overload

from django.db.models import Q, QuerySet

from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.models import LookLog
from firmpath.registry.ssc.people import names_of_people
from firmpath.registry.ssc.wall import ssc_open

LOG: Final = "log of looks"


class Look(NamedTuple):
    """One look, with the name of who looked."""

    number: int
    looked_at: datetime
    name: str
    what: str
    searched: str
    rows: int


class Wanted(NamedTuple):
    """Which looks are asked for: by whom (0: anybody), from which day on and up to which, and the oldest first.

    Each of the `words` is in what was looked at or in what was searched for; no look is where `is_nothing`.
    """

    person_id: int = 0
    since: date | NotKnown = NOT_KNOWN
    up_to: date | NotKnown = NOT_KNOWN
    oldest_first: bool = False
    words: tuple[str, ...] = ()
    is_nothing: bool = False


ALL: Final = Wanted()


def see_looks(by: Who, at: datetime, what: str = LOG, wanted: Wanted = ALL) -> "SeenLooks":
    """Give who looked at what, the newest first unless it is `wanted` otherwise, this look being logged as well."""
    log_look(by, what, at, 0)
    return SeenLooks(wanted, count_looks(wanted))


class SeenLooks(Sequence[Look]):
    """The log of looks, of which no more is read than is asked for."""

    def __init__(self, wanted: Wanted, count: int) -> None:
        self._wanted, self._count = wanted, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Look: ...

    @overload
    def __getitem__(self, at: slice) -> list[Look]: ...

    def __getitem__(self, at: int | slice) -> Look | list[Look]:
        places = range(self._count)[at]
        if isinstance(places, int):
            return looks(places, places + 1, self._wanted)[0]
        return looks(places.start, places.stop, self._wanted)


@ssc_open()
def count_looks(wanted: Wanted = ALL) -> int:
    """Count the looks that are wanted."""
    return _rows(wanted).count()


@ssc_open()
def looks(start: int, stop: int, wanted: Wanted = ALL) -> list[Look]:
    """Give the looks that are wanted from one place to before another, the first being at 0."""
    return _named(_rows(wanted)[start:stop])


def _rows(wanted: Wanted) -> QuerySet[LookLog]:
    rows = LookLog.objects.order_by("pk" if wanted.oldest_first else "-pk")
    if wanted.is_nothing:
        return rows.none()
    if wanted.person_id:
        rows = rows.filter(person_id=wanted.person_id)
    if wanted.since:
        rows = rows.filter(looked_at__gte=datetime.combine(wanted.since, time.min, UTC))
    if wanted.up_to:
        rows = rows.filter(looked_at__lte=datetime.combine(wanted.up_to, time.max, UTC))
    for word in wanted.words:
        rows = rows.filter(Q(what__icontains=word) | Q(searched__icontains=word))
    return rows


@ssc_open()
def who_looked() -> dict[int, str]:
    """Give everybody who ever looked, by number and name.

    Cost: two queries, the first linear in the looks.
    """
    numbers = list(LookLog.objects.order_by().values_list("person_id", flat=True).distinct())
    names = names_of_people(numbers)
    return {number: names.get(number, f"person {number}, who has left") for number in sorted(numbers)}


@ssc_open()
def looks_before(number: int, most: int) -> list[Look]:
    """Give the looks that were logged before that with a number, or all where it is 0: the newest first.

    Cost: as many rows as are given.
    """
    rows = LookLog.objects.order_by("-pk")
    return _named((rows.filter(pk__lt=number) if number else rows)[:most])


def _named(found: Iterable[LookLog]) -> list[Look]:
    """Put the names to looks; a person who is no longer on the register is named by number."""
    rows = list(found)
    names = names_of_people(row.person_id for row in rows)
    return [
        Look(
            row.pk,
            row.looked_at,
            names.get(row.person_id, f"person {row.person_id}, who has left"),
            row.what,
            row.searched,
            row.rows,
        )
        for row in rows
    ]


@ssc_open()
def searched_text(number: int, person_id: int) -> str:
    """Give the text that a person searched for, by the number of the log's row; '' if it is none of theirs."""
    texts = LookLog.objects.filter(pk=number, person_id=person_id).values_list("searched", flat=True)
    return texts.first() or ""
