"""Read the log of looks, a page at a time; reading it is a look as well."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple, overload

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


def see_looks(by: Who, at: datetime, what: str = LOG) -> "SeenLooks":
    """Give who looked at what, the newest first, this look being logged as well."""
    log_look(by, what, at, 0)
    return SeenLooks(count_looks())


class SeenLooks(Sequence[Look]):
    """The log of looks, of which no more is read than is asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Look: ...

    @overload
    def __getitem__(self, at: slice) -> list[Look]: ...

    def __getitem__(self, at: int | slice) -> Look | list[Look]:
        places = range(self._count)[at]
        if isinstance(places, int):
            return looks(places, places + 1)[0]
        return looks(places.start, places.stop)


@ssc_open()
def count_looks() -> int:
    """Count every look."""
    return LookLog.objects.count()


@ssc_open()
def looks(start: int, stop: int) -> list[Look]:
    """Give the looks from one place in the log to before another, the newest being at 0."""
    return _named(LookLog.objects.order_by("-pk")[start:stop])


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
