"""Who is of the Security Sub-Committee: each of its people is told of every change, and sees it in the record.

SECAS lets people in, and somebody else confirms each (`admission`); those whose data it opens are told at once.
"""

import re
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.models import ActLog, Invitation, Party, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who

_MARK: Final = "SSC: "
_MOST: Final = 100
_ROW: Final = re.compile(r"(party|person|invitation) ([0-9]+)")


class Change(NamedTuple):
    """A change of who is of the SSC, for those who were of it just before; no change where nobody is to be told."""

    done: str
    by: Who
    at: datetime
    told: tuple[Person, ...]


class ChangeSeen(NamedTuple):
    """A change as the SSC reads it: when, by whom, what, and whom it is about."""

    at: datetime
    by: str
    what: str
    about: str


def is_committee(party: Party) -> bool:
    """Say whether a Party's people are of the SSC."""
    return party.role == Role.SSC.value


def people_of_committee() -> QuerySet[Person]:
    """Give the people who can see what is the SSC's: confirmed, and not switched off."""
    of_it = Person.objects.filter(party__role=Role.SSC.value, party__is_active=True, is_active=True)
    return of_it.exclude(admitted_at=None)


def log_change(what: str, about: str, done: str, *, by: Who, at: datetime) -> Change:
    """Log a change in the transaction at hand, before it is made, and give whom to tell once it has been.

    `done` completes 'Robin of SECAS …'. Who is switched off already is not told; who is being switched off is.
    """
    log_act(by, _MARK + what, about, at)
    return Change(done, by, at, tuple(people_of_committee().exclude(pk=by.person_id).order_by("pk")))


def tell(change: Change | None) -> None:
    """Send everybody of the SSC an e-mail about a change that has been made."""
    if change:
        for person in change.told:
            by = f"{change.by.name} of {change.by.party_name}"
            address = settings.CONFIGURATION.public_url
            letter = letters.committee_changed(person.name, by, change.done, change.at, address)
            mail.send_soon(person.email, letter)


def changes_of_committee() -> list[ChangeSeen]:
    """Give the last 100 changes of who is of the SSC, the latest first.

    Cost: four queries.
    """
    rows = list(ActLog.objects.filter(what__startswith=_MARK).order_by("-at", "-pk")[:_MOST])
    named = {(kind, int(number)) for row in rows for kind, number in _ROW.findall(row.about)}
    named |= {("person", row.person_id) for row in rows}
    ids = {kind: [number for each, number in named if each == kind] for kind in ("party", "person", "invitation")}
    names = {
        **{("party", each.pk): each.name for each in Party.objects.filter(pk__in=ids["party"])},
        **{("person", each.pk): each.name for each in Person.objects.filter(pk__in=ids["person"])},
        **{("invitation", each.pk): each.email for each in Invitation.objects.filter(pk__in=ids["invitation"])},
    }
    return [
        ChangeSeen(
            row.at,
            names.get(("person", row.person_id), "whoever runs the register"),
            row.what.removeprefix(_MARK),
            ", ".join(names.get((kind, int(number)), "") for kind, number in _ROW.findall(row.about)),
        )
        for row in rows
    ]
