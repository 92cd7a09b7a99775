"""Keep what the SSC edits, revision by revision, and read it as it stood at any instant."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import NameRevision, VulnerabilityRevision
from firmpath.registry.ssc.people import named_in
from firmpath.registry.ssc.taken_names import OwnNames, take_names

Table = type[NameRevision] | type[VulnerabilityRevision]


class Kept(NamedTuple):
    """A revision: the number of what it is about, its own number, what it says, and by whom, when and why.

    `begun_at` is when the first revision of the same thing was recorded.
    """

    number: int
    revision: int
    content: Mapping[str, Any]
    reason: str
    entered_by: str
    recorded_at: datetime
    begun_at: datetime


def keep_new(
    table: Table, content: Mapping[str, Any], names: OwnNames, by: Who, at: datetime, reason: str = ""
) -> int:
    """Keep the first revision of something, and give its number.

    :raises FirmpathError: somebody has taken one of its names in the meantime.
    """
    with transaction.atomic(using=SSC):
        kept = table.objects.create(content=content, reason=reason, entered_by=by.in_record, recorded_at=at)
        take_names(names, kept.pk)
    return kept.pk


def keep_next(
    table: Table, seen: Kept, content: Mapping[str, Any], names: OwnNames, by: Who, at: datetime, reason: str
) -> None:
    """Keep what takes the place of a revision that was seen.

    :raises FirmpathError: somebody else has changed it, or taken one of its names, in the meantime.
    """
    fields = {"content": content, "reason": reason, "entered_by": by.in_record, "recorded_at": at}
    try:
        with transaction.atomic(using=SSC):
            table.objects.create(first_id=seen.number, replaces_id=seen.revision, **fields)
            take_names(names, seen.number)
    except IntegrityError:
        right = "look at it again, and make your change to what it says now"
        raise FirmpathError(
            Fault(
                "The change", "", "was made to what somebody else has changed in the meantime", right, quoted=False
            )
        ) from None


def latest(table: Table, known_at: datetime | NotKnown = NOT_KNOWN) -> dict[int, Kept]:
    """Give the last revision of each thing, as known at an instant, in order of their numbers.

    Cost: one query, linear in the revisions.
    """
    found: dict[int, Kept] = {}
    for kept in _all(table, lambda rows: rows.filter(recorded_at__lte=known_at) if known_at else rows):
        found[kept.number] = kept
    return dict(sorted(found.items()))


def revisions_of(table: Table, number: int) -> list[Kept]:
    """Give every revision of one thing, the newest first, each with the name of who entered it."""
    found = [kept for kept in _all(table, lambda rows: rows) if kept.number == number][::-1]
    name = named_in(kept.entered_by for kept in found)
    return [kept._replace(entered_by=name(kept.entered_by)) for kept in found]


def _all(table: Table, narrowed: Callable[[Any], Any]) -> list[Kept]:
    rows = narrowed(table.objects.order_by("pk"))
    values = rows.values_list("pk", "first_id", "content", "reason", "entered_by", "recorded_at")
    found: list[Kept] = []
    begun: dict[int, datetime] = {}
    for number, first, content, reason, entered_by, at in values:
        thing = first or number
        found.append(Kept(thing, number, content, reason, entered_by, at, begun.setdefault(thing, at)))
    return found
