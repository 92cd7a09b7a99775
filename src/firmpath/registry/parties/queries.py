"""Look up who is who."""

from datetime import datetime
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from firmpath.registry.parties.models import APIToken, Invitation, ManufacturerIdentifier, Person
from firmpath.registry.parties.who import NOBODY, Who, who_is, with_token


def find_who(user: AbstractBaseUser | AnonymousUser) -> Who:
    """Say who is signed in with this session."""
    if not user.is_authenticated:
        return NOBODY
    person = Person.objects.select_related("party").get(pk=user.pk)
    return who_is(person, _identifiers(person))


def find_who_by_token(token: str, at: datetime) -> Who:
    """Say who acts by this API token; nobody if it is not known, has expired or was revoked."""
    found = (
        APIToken.objects.select_related("person__party")
        .filter(token_sha256=token_sha256(token), revoked_at=None, expires_at__gt=at)
        .first()
    )
    if found is None:
        return NOBODY
    who = who_is(found.person, _identifiers(found.person))
    return with_token(who, found) if who.is_signed_in else NOBODY


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
