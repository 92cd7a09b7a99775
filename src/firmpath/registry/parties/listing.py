"""Look up Parties, people, invitations and tokens for the pages that show them."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firmpath.registry.parties.models import ActLog, APIToken, Invitation, Party, Person

SORTS: Final = {"name": "name", "role": "role", "people": "people_count"}
"""What the list of Parties can be sorted by, as a query string names it."""

_MOST_ACTS: Final = 20


class Act(NamedTuple):
    """One line of the log of acts, with the name of whoever did it; "" where nobody was signed in."""

    at: datetime
    what: str
    by: str
    reason: str


def find_parties(text: str = "", role: str = "", state: str = "", sort: str = "name") -> QuerySet[Party, Any]:
    """Give the Parties whose name, contact or an identifier holds `text`, each with its `people_count`.

    `state` is `on` or `off`; `sort` a key of `SORTS`, with `-` before it for the other way round.
    """
    parties = Party.objects.annotate(people_count=Count("people", filter=Q(people__is_active=True), distinct=True))
    if text:
        identifier = Q(manufacturer_identifiers__identifier__icontains=text)
        parties = parties.filter(Q(name__icontains=text) | Q(contact__icontains=text) | identifier).distinct()
    if role:
        parties = parties.filter(role=role)
    if state in ("on", "off"):
        parties = parties.filter(is_active=state == "on")
    column = SORTS.get(sort.removeprefix("-"), "name")
    by = f"-{column}" if sort.startswith("-") else column
    return parties.order_by(by, "name").prefetch_related("manufacturer_identifiers")


def find_party(party_id: int) -> Party | None:
    """Find a Party with its manufacturer identifiers."""
    return Party.objects.prefetch_related("manufacturer_identifiers").filter(pk=party_id).first()


def people_of(party_id: int) -> list[Person]:
    """Give the people of a Party by name, each with `has_second_factor`."""
    return list(_people().filter(party_id=party_id).order_by("-is_active", "name", "pk"))


def find_person(person_id: int) -> Person | None:
    """Find a person with their Party and `has_second_factor`."""
    return _people().filter(pk=person_id).first()


def invitations_of(party_id: int) -> list[Invitation]:
    """Give the invitations into a Party that have been neither accepted nor withdrawn, the latest first."""
    return list(_waiting().filter(party_id=party_id).select_related("invited_by").order_by("-invited_at", "-pk"))


def find_waiting_invitation(invitation_id: int) -> Invitation | None:
    """Find an invitation by its number, unless it has been accepted or withdrawn."""
    return _waiting().filter(pk=invitation_id).select_related("party").first()


def tokens_of(person_id: int) -> list[APIToken]:
    """Give the tokens of a person that have not been revoked, the latest first."""
    return list(APIToken.objects.filter(person_id=person_id, revoked_at=None).order_by("-created_at", "-pk"))


def find_token(token_id: int, person_id: int) -> APIToken | None:
    """Find one of a person's tokens that has not been revoked."""
    return APIToken.objects.filter(pk=token_id, person_id=person_id, revoked_at=None).first()


def second_factors_of(person_id: int) -> list[Authenticator]:
    """Give the second factors of a person, recovery codes included."""
    return list(Authenticator.objects.filter(user_id=person_id).order_by("created_at", "pk"))


def acts_about(kind: str, number: int) -> list[Act]:
    """Give the last acts about a row such as `party`, 3: the latest first."""
    row = f"{kind} {number}"
    named = Q(about=row) | Q(about__startswith=f"{row}, ") | Q(about__endswith=f", {row}")
    rows = list(ActLog.objects.filter(named).order_by("-at", "-pk")[:_MOST_ACTS])
    names = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    return [Act(row.at, row.what, names.get(row.person_id, ""), row.reason) for row in rows]


def _waiting() -> QuerySet[Invitation, Invitation]:
    """Leave out that of the first administrator, which has no address and ends when somebody joins."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).exclude(email="")


def _people() -> QuerySet[Person, Any]:
    keys = Authenticator.objects.filter(user_id=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Person.objects.select_related("party").annotate(has_second_factor=Exists(keys))
