"""Invitations: how people join. Each is a link that is good for one person, once, and for a while."""

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.committee import is_committee, log_change, tell
from firmpath.registry.parties.models import Invitation, Party, Person
from firmpath.registry.parties.queries import find_invitation, token_sha256
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.turns import PEOPLE, take_turn
from firmpath.registry.parties.who import NOBODY, Who, who_is
from firmpath.registry.parties.written import EMAIL, parse_email, parse_line, parse_password

OPEN_FOR: Final = timedelta(days=7)
FIRST_OPEN_FOR: Final = timedelta(hours=24)
_TOKEN_OCTETS: Final = 32


class Invited(NamedTuple):
    """An invitation that was made: its number, its link, and whether the e-mail with the link went out."""

    invitation_id: int
    link: str
    is_sent: bool


def invite(party_id: int, email: str, *, by: Who, at: datetime) -> Invited:
    """Invite somebody by e-mail into a Party.

    :raises FirmpathError: it is no e-mail address, they have joined or been invited already, or the Party is off.
    """
    address = parse_email(email)
    with transaction.atomic():
        take_turn(PEOPLE)
        party = Party.objects.get(pk=party_id)
        _check_may_be_invited(address, party, at)
        token = _new_token()
        invitation = Invitation.objects.create(
            token_sha256=token_sha256(token),
            email=address,
            party=party,
            invited_by_id=by.person_id,
            invited_at=at,
            expires_at=at + OPEN_FOR,
        )
        about = f"invitation {invitation.pk}, party {party.pk}"
        log_act(by, "person invited", about, at)
        done = f"invited {address} into {party.name}, a Party with the role SSC"
        change = log_change("person invited", about, done, by=by, at=at) if is_committee(party) else None
    tell(change)
    return _sent(invitation, token)


def resend(invitation_id: int, *, by: Who, at: datetime) -> Invited:
    """Send an invitation again: with a new link, since nobody knows the old one, which no longer works.

    :raises FirmpathError: it has been accepted or withdrawn, or somebody else made it and it leads into the SSC.
    """
    with transaction.atomic():
        invitation = _unanswered(invitation_id)
        _check_own_of_committee(invitation, by)
        token = _new_token()
        invitation.token_sha256, invitation.expires_at = token_sha256(token), at + OPEN_FOR
        invitation.save(update_fields=["token_sha256", "expires_at"])
        log_act(by, "invitation sent again", f"invitation {invitation.pk}, party {invitation.party_id}", at)
    return _sent(invitation, token)


def withdraw(invitation_id: int, *, by: Who, at: datetime) -> None:
    """Withdraw an invitation: its link no longer works.

    :raises FirmpathError: it has been accepted or withdrawn.
    """
    with transaction.atomic():
        invitation = _unanswered(invitation_id)
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        log_act(by, "invitation withdrawn", f"invitation {invitation.pk}, party {invitation.party_id}", at)


def invite_first_administrator(at: datetime) -> str | None:
    """Give the path of a link by which the first person joins, as SECAS; None once anybody has joined.

    It is good for 24 hours; the link that was given before no longer works.
    """
    with transaction.atomic():
        take_turn(PEOPLE)
        if Person.objects.exists():
            return None
        party, _ = Party.objects.get_or_create(name="SECAS", defaults={"role": Role.SECAS.value})
        Invitation.objects.filter(email="", accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
        token = _new_token()
        invitation = Invitation.objects.create(
            token_sha256=token_sha256(token), party=party, invited_at=at, expires_at=at + FIRST_OPEN_FOR
        )
        log_act(NOBODY, "first administrator invited", f"invitation {invitation.pk}, party {party.pk}", at)
    return reverse("join", kwargs={"token": token})


def accept(token: str, name: str, email: str, password: str, again: str, *, at: datetime) -> Person:
    """Join by the link of an invitation; the e-mail address counts only where the invitation has none.

    :raises FirmpathError: something was written wrong, or the link is no longer good.
    """
    with transaction.atomic():
        take_turn(PEOPLE)
        invitation = find_invitation(token, at)
        if invitation is None:
            raise _link_is_over()
        given = invitation.email or email
        name, address, password = all_parsed(
            lambda: parse_line(name, "Your name"),
            lambda: parse_email(given),
            lambda: parse_password(password, again, name, given),
        )
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
        person = _joined(invitation, name, address, password, at)
        by, about = who_is(person, ()), f"person {person.pk}, invitation {invitation.pk}"
        log_act(by, "joined", about, at)
        done = (
            f"joined by an invitation to {address}; it is a Party with the role SSC, and they see nothing of the "
            "SSC's until somebody else has confirmed them"
        )
        change = log_change("joined", about, done, by=by, at=at) if is_committee(person.party) else None
    tell(change)
    return person


def _joined(invitation: Invitation, name: str, address: str, password: str, at: datetime) -> Person:
    person = Person(name=name, email=address, party=invitation.party, joined_at=at)
    person.let_in_by_id = invitation.invited_by_id if is_committee(invitation.party) else None
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
            EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    except IntegrityError:
        raise FirmpathError(Fault(EMAIL, address, "is somebody's already", "sign in instead")) from None
    return person


def _link_is_over() -> FirmpathError:
    wrong, right = "has expired, was withdrawn or was used already", "ask SECAS for a new invitation"
    return FirmpathError(Fault("This link", "", wrong, right, quoted=False))


def _check_may_be_invited(address: str, party: Party, at: datetime) -> None:
    joined = Person.objects.select_related("party").filter(email__iexact=address).first()
    if joined:
        wrong = f"has joined already, for {joined.party.name}"
        raise FirmpathError(Fault(EMAIL, address, wrong, "open that person's page"))
    waiting = Invitation.objects.select_related("party").filter(
        email=address, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if invited := waiting.first():
        wrong, right = f"has been invited already, for {invited.party.name}", "send that invitation again instead"
        raise FirmpathError(Fault(EMAIL, address, wrong, right))
    if not party.is_active:
        raise FirmpathError(Fault("The Party", party.name, "is switched off", "switch it on first"))


def _unanswered(invitation_id: int) -> Invitation:
    take_turn(PEOPLE)
    invitation = Invitation.objects.get(pk=invitation_id)
    if invitation.accepted_at or invitation.withdrawn_at:
        wrong = "has been accepted" if invitation.accepted_at else "has been withdrawn"
        raise FirmpathError(Fault("The invitation", "", wrong, "invite them anew if need be", quoted=False))
    return invitation


def _check_own_of_committee(invitation: Invitation, by: Who) -> None:
    """Keep the link into the SSC with whoever invited, who then cannot confirm whom it lets in."""
    if is_committee(invitation.party) and invitation.invited_by_id != by.person_id:
        wrong = "into a Party with the role SSC was made by somebody else"
        raise FirmpathError(
            Fault("The invitation", "", wrong, "withdraw it, and invite them yourself", quoted=False)
        )


def _new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_OCTETS)


def _sent(invitation: Invitation, token: str) -> Invited:
    link = settings.CONFIGURATION.public_url + reverse("join", kwargs={"token": token})
    address = settings.CONFIGURATION.public_url
    letter = letters.invitation(invitation.party.name, link, invitation.expires_at, address)
    return Invited(invitation.pk, link, mail.send_letter(invitation.email, letter))
