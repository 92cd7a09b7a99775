"""Two people let somebody into the SSC: one of SECAS invites them or switches them on, and another confirms them.

That other is of the SSC; where nobody is who could, it is whoever runs the register, at its command line: one
person can have two accounts of SECAS, and not the machine as well. Source: ADR 0039, ADR 0048.
"""

from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.committee import Change, log_change, people_of_committee, tell
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.turns import PEOPLE, take_turn
from firmpath.registry.parties.who import NOBODY, Who

PERSON: Final = "The person"


class ToBeConfirmed(NamedTuple):
    """Somebody who waits to be confirmed, who let them in, and why the one who asks cannot confirm them, or ''."""

    person: Person
    let_in_by: str
    why_not: str


class First(NamedTuple):
    """Who waits to be the first of the SSC, who let them in, and who was of it before and is switched off."""

    person: Person
    let_in_by: str
    were_of_it: tuple[str, ...]


def ask_to_confirm(people: QuerySet[Person], by: Who) -> None:
    """Let people of the SSC see nothing of it until somebody other than `by`, who lets them in, confirms them."""
    people.update(let_in_by=by.person_id, admitted_by=None, admitted_at=None)


def people_to_be_confirmed(by: Who) -> list[ToBeConfirmed]:
    """Give those who wait, who came first first.

    Cost: two queries.
    """
    is_ssc = people_of_committee().exists()
    rows = _waiting().filter(is_active=True, party__is_active=True).select_related("let_in_by").order_by("pk")
    return [
        ToBeConfirmed(row, row.let_in_by.name if row.let_in_by else "", _why_not(row, by, is_ssc=is_ssc))
        for row in rows
    ]


def find_to_be_confirmed(person_id: int, by: Who) -> ToBeConfirmed | None:
    """Find one of those who wait."""
    return next((each for each in people_to_be_confirmed(by) if each.person.pk == person_id), None)


def admit(person_id: int, *, by: Who, at: datetime) -> None:
    """Confirm that somebody is of the SSC; from the next page on they see what is the SSC's.

    :raises FirmpathError: they do not wait for it, or it is another person's to confirm.
    """
    with transaction.atomic():
        person = _require_waiting(person_id)
        why_not = _why_not(person, by, is_ssc=people_of_committee().exists())
        if why_not:
            raise FirmpathError(Fault(PERSON, "", "is not yours to confirm", why_not, quoted=False))
        change = _admit(person, by, at)
    tell(change)
    mail.send_soon(person.email, _letter(person, at))


def find_first(email: str) -> First:
    """Find who waits to be the first of the SSC, for whoever runs the register to look at.

    :raises FirmpathError: nobody has joined, nobody of that address waits, or somebody of the SSC can confirm them.
    """
    if not Person.objects.exists():
        wrong = "has nobody in it yet, so it may be another than the one that is served"
        right = "start this where that is started, with the same FIRMPATH_DATA_DIR and DATABASE_URL"
        raise FirmpathError(Fault("The register", "", wrong, right, quoted=False))
    person = _waiting().filter(is_active=True, party__is_active=True, email__iexact=email).first()
    if person is None:
        right = "check it; they have to join by the link of their invitation first"
        raise FirmpathError(Fault("E-mail address", email, "is that of nobody who waits to be confirmed", right))
    _refuse_if_any_is_of_it()
    let_in_by = person.let_in_by.name if person.let_in_by else ""
    were = Person.objects.filter(party__role=Role.SSC.value).exclude(admitted_at=None).order_by("name")
    return First(person, let_in_by, tuple(were.values_list("name", flat=True)))


def admit_first(person_id: int, *, at: datetime) -> None:
    """Confirm, as whoever runs the register, the first who is of the SSC; the letter is sent before this returns.

    :raises FirmpathError: they do not wait for it, or somebody of the SSC can confirm them.
    """
    with transaction.atomic():
        person = _require_waiting(person_id)
        _refuse_if_any_is_of_it()
        _admit(person, NOBODY, at)
    mail.send_letter(person.email, _letter(person, at))


def _require_waiting(person_id: int) -> Person:
    take_turn(PEOPLE)
    person = Person.objects.select_related("party").filter(pk=person_id, party__role=Role.SSC.value).first()
    if person is None or person.admitted_at or not (person.is_active and person.party.is_active):
        wrong = "does not wait to be confirmed"
        raise FirmpathError(Fault(PERSON, "", wrong, "look at the list again", quoted=False))
    return person


def _refuse_if_any_is_of_it() -> None:
    if people_of_committee().exists():
        wrong, right = "is not yours to confirm", "somebody of the SSC has to, under 'Who looked'"
        raise FirmpathError(Fault(PERSON, "", wrong, right, quoted=False))


def _admit(person: Person, by: Who, at: datetime) -> Change:
    about = f"person {person.pk}, party {person.party_id}"
    done = f"confirmed that {person.name} is of {person.party.name}"
    change = log_change("person confirmed", about, done, by=by, at=at)
    person.admitted_by_id, person.admitted_at = by.person_id or None, at
    person.save(update_fields=["admitted_by", "admitted_at"])
    return change


def _letter(person: Person, at: datetime) -> letters.Letter:
    return letters.admitted(person.name, at, settings.CONFIGURATION.public_url)


def _why_not(person: Person, by: Who, *, is_ssc: bool) -> str:
    if not is_ssc:
        return f"nobody is of the SSC yet, so whoever runs the register has to: firmpath confirm {person.email}"
    if person.let_in_by_id == by.person_id:
        return "you let them in, so a second person has to confirm them"
    if by.role is not Role.SSC:
        return "somebody of the SSC has to"
    return ""


def _waiting() -> QuerySet[Person]:
    return Person.objects.filter(party__role=Role.SSC.value, admitted_at=None).select_related("party")
