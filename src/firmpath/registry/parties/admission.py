"""Two people let somebody into the SSC: one of SECAS invites them or switches them on, and another confirms them.

That other is of the SSC; where nobody is who could, it is a second person of SECAS. Source: ADR 0039, as ADR 0014.
"""

from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.committee import log_change, people_of_committee, tell
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who

PERSON: Final = "The person"


class ToBeConfirmed(NamedTuple):
    """Somebody who waits to be confirmed, who let them in, and why the one who asks cannot confirm them, or ''."""

    person: Person
    let_in_by: str
    why_not: str


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
        people = list(Person.objects.select_for_update().filter(party__role=Role.SSC.value).order_by("pk"))
        person = next((each for each in people if each.pk == person_id), None)
        if person is None or person.admitted_at or not (person.is_active and person.party.is_active):
            wrong = "does not wait to be confirmed"
            raise FirmpathError(Fault(PERSON, "", wrong, "look at the list again", quoted=False))
        why_not = _why_not(person, by, is_ssc=people_of_committee().exists())
        if why_not:
            raise FirmpathError(Fault(PERSON, "", "is not yours to confirm", why_not, quoted=False))
        about = f"person {person.pk}, party {person.party_id}"
        change = log_change(
            "person confirmed", about, f"confirmed that {person.name} is of {person.party.name}", by=by, at=at
        )
        person.admitted_by_id, person.admitted_at = by.person_id, at
        person.save(update_fields=["admitted_by", "admitted_at"])
    tell(change)
    address = settings.CONFIGURATION.public_url
    mail.send_soon(person.email, letters.admitted(person.name, at, address))


def _why_not(person: Person, by: Who, *, is_ssc: bool) -> str:
    if person.let_in_by_id == by.person_id:
        return "you let them in, so a second person has to confirm them"
    if is_ssc and by.role is not Role.SSC:
        return "somebody of the SSC has to"
    return ""


def _waiting() -> QuerySet[Person]:
    return Person.objects.filter(party__role=Role.SSC.value, admitted_at=None).select_related("party")
