"""Look up who is who."""

from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from firmpath.registry.parties.models import APIToken, Invitation, ManufacturerIdentifier, Party, Person
from firmpath.registry.parties.who import NOBODY, Who, who_is, with_token


def find_who(user: AbstractBaseUser | AnonymousUser) -> Who:
    """Say who is signed in with this session."""
    if not user.is_authenticated:
        return NOBODY
    person = Person.objects.select_related("party").get(pk=user.pk)
    return who_is(person, _identifiers(person))


_BY_TOKEN: Final = """
    SELECT token.id, token.scope, token.last_used_at > %s, person.id, person.name, person.is_active,
        person.admitted_at, party.id, party.name, party.role, party.is_active, identifier.identifier
    FROM parties_apitoken token
        JOIN parties_person person ON person.id = token.person_id
        JOIN parties_party party ON party.id = person.party_id
        LEFT JOIN parties_manufactureridentifier identifier ON identifier.party_id = party.id
    WHERE token.token_sha256 = %s AND token.revoked_at IS NULL AND token.expires_at > %s"""
"""In SQL, since every call of the API asks this, and to make it of the models takes longer than to answer it."""


class ByToken(NamedTuple):
    """Who acts by a token, and whether its use was noted since some instant."""

    who: Who
    is_noted: bool


def find_who_by_token(token: str, at: datetime, noted_since: datetime) -> ByToken:
    """Say who acts by this API token; nobody if it is not known, has expired or was revoked.

    Cost: one small query.
    """
    since, now = (connection.ops.adapt_datetimefield_value(each) for each in (noted_since, at))
    with connection.cursor() as cursor:
        cursor.execute(_BY_TOKEN, [since, token_sha256(token), now])
        rows = cursor.fetchall()
    if not rows:
        return ByToken(NOBODY, True)
    token_id, scope, is_noted, person_id, name, is_active, admitted_at, *of_party, _ = rows[0]
    party_id, party_name, role, party_is_active = of_party
    party = Party(id=party_id, name=party_name, role=role, is_active=bool(party_is_active))
    person = Person(id=person_id, name=name, is_active=bool(is_active), party=party, admitted_at=admitted_at)
    who = who_is(person, [row[-1] for row in rows if row[-1]])
    if not who.is_signed_in:
        return ByToken(NOBODY, True)
    return ByToken(with_token(who, APIToken(id=token_id, scope=scope)), bool(is_noted))


def token_sha256(token: str) -> str:
    """Give what is kept of a token or the link of an invitation."""
    return sha256(token.encode()).hexdigest()


def find_invitation(token: str, at: datetime) -> Invitation | None:
    """Find the invitation of a link, if it is still good."""
    return (
        Invitation.objects.select_related("party")
        .filter(
            token_sha256=token_sha256(token),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=at,
            party__is_active=True,
        )
        .first()
    )


def _identifiers(person: Person) -> list[str]:
    identifiers = ManufacturerIdentifier.objects.filter(party=person.party)
    return list(identifiers.values_list("identifier", flat=True))
