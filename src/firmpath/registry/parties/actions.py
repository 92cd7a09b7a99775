"""What SECAS does with Parties and people; each act is one transaction, and in the log of acts."""

from datetime import datetime
from typing import Final, NamedTuple

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import parse_manufacturer_id
from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.admission import ask_to_confirm
from firmpath.registry.parties.committee import Change, is_committee, log_change, tell
from firmpath.registry.parties.models import APIToken, Invitation, ManufacturerIdentifier, Party, Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.turns import PEOPLE, take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.parties.written import (
    ROLE,
    parse_line,
    parse_optional_line,
    parse_role,
)

PARTY_NAME: Final = "Name of the Party"
CONTACT: Final = "Contact"
IDENTIFIER: Final = "Manufacturer identifier"


class PartyDetails(NamedTuple):
    """What a form says about a Party."""

    name: str
    role: Role
    contact: str


def parse_details(name: str, role: str, contact: str) -> PartyDetails:
    """Read what a form says about a Party.

    :raises FirmpathError: something was written wrong; every fault at once.
    """
    return PartyDetails(
        *all_parsed(
            lambda: parse_line(name, PARTY_NAME),
            lambda: parse_role(role),
            lambda: parse_optional_line(contact, CONTACT),
        )
    )


def make_party(name: str, role: str, contact: str, identifiers: str, *, by: Who, at: datetime) -> Party:
    """Make a Party; `identifiers` are manufacturer identifiers apart by blanks or commas.

    :raises FirmpathError: something was written wrong, or another Party has the name or an identifier.
    """
    details, parsed = all_parsed(lambda: parse_details(name, role, contact), lambda: _identifiers(identifiers))
    with transaction.atomic():
        party = Party(name=details.name, role=details.role.value, contact=details.contact)
        _save(party)
        log_act(by, "Party made", _about(party), at)
        for identifier in parsed:
            _add_identifier(party, identifier)
        change = _of_committee(party, "Party made", f"made {party.name}, a Party with the role SSC", by, at)
    tell(change)
    return party


def edit_party(party_id: int, name: str, role: str, contact: str, *, by: Who, at: datetime) -> Party:
    """Change what is known of a Party; its people have the new role from the next page on.

    :raises FirmpathError: something was written wrong, another Party has the name, it is one's own role, or people
        would come to the SSC, or leave it, by the role of their Party.
    """
    details = parse_details(name, role, contact)
    change = None
    with transaction.atomic():
        take_turn(PEOPLE)
        party = Party.objects.get(pk=party_id)
        if details.role != party.role:
            _check_not_own(party_id, by, "change the role of")
            change = _role_of_committee(party, details, by, at)
            log_act(by, "Party given another role", _about(party), at, f"{party.role} to {details.role.value}")
        party.name, party.role, party.contact = details.name, details.role.value, details.contact
        _save(party)
        log_act(by, "Party edited", _about(party), at)
        _check_secas_is_left()
    tell(change)
    return party


def add_identifier(party_id: int, identifier: str, *, by: Who, at: datetime) -> None:
    """Let a Party answer for a manufacturer identifier.

    :raises FirmpathError: it is not 4 hex digits, or some Party has it already.
    """
    parsed = parse_manufacturer_id(identifier.strip())
    with transaction.atomic():
        party = Party.objects.get(pk=party_id)
        _add_identifier(party, parsed)
        log_act(by, "manufacturer identifier added", _about(party), at, parsed)


def remove_identifier(party_id: int, identifier: str, *, by: Who, at: datetime) -> None:
    """Let a Party no longer answer for a manufacturer identifier; nothing happens if it does not."""
    with transaction.atomic():
        party = Party.objects.get(pk=party_id)
        if party.manufacturer_identifiers.filter(identifier=identifier).delete()[0]:
            log_act(by, "manufacturer identifier removed", _about(party), at, identifier)


def switch_party(party_id: int, is_active: bool, *, by: Who, at: datetime) -> None:
    """Switch a Party on or off; while it is off none of its people can sign in, and their tokens do nothing.

    :raises FirmpathError: it is one's own.
    """
    with transaction.atomic():
        take_turn(PEOPLE)
        party = Party.objects.get(pk=party_id)
        if party.is_active == is_active:
            return
        _check_not_own(party_id, by, "switch off")
        word = "on" if is_active else "off"
        change = _of_committee(
            party, f"Party switched {word}", f"switched {word} {party.name}, a Party with the role SSC", by, at
        )
        party.is_active = is_active
        party.save(update_fields=["is_active"])
        if is_active and change:
            ask_to_confirm(party.people.all(), by)
        log_act(by, f"Party switched {word}", _about(party), at)
        _check_secas_is_left()
    tell(change)


def switch_person(person_id: int, is_active: bool, *, by: Who, at: datetime) -> None:
    """Switch a person on or off; switching off ends their sessions and revokes their API tokens.

    :raises FirmpathError: it is oneself.
    """
    if person_id == by.person_id:
        wrong, right = "is you", "ask another person of SECAS to switch you off"
        raise FirmpathError(Fault("The person", "", wrong, right, quoted=False))
    with transaction.atomic():
        take_turn(PEOPLE)
        person = Person.objects.select_for_update().get(pk=person_id)
        if person.is_active == is_active:
            return
        word = "on" if is_active else "off"
        party = person.party
        about = f"person {person_id}, {_about(party)}"
        done = f"switched {word} {person.name} of {party.name}, a Party with the role SSC"
        change = _of_committee(party, f"person switched {word}", done, by, at, about)
        person.is_active = is_active
        person.sessions_ended += 1
        person.save(update_fields=["is_active", "sessions_ended"])
        if is_active and change:
            ask_to_confirm(Person.objects.filter(pk=person_id), by)
        if not is_active:
            APIToken.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
        log_act(by, f"person switched {word}", f"person {person_id}", at)
        _check_secas_is_left()
    tell(change)


def reset_second_factor(person_id: int, *, by: Who, at: datetime) -> bool:
    """Remove every second factor of somebody who lost theirs, and say whether the e-mail about it went out.

    They are signed out everywhere, and set up a new one when they sign in next.

    :raises FirmpathError: it is oneself.
    """
    if person_id == by.person_id:
        wrong, right = "is you", "change your own second step on the page of your account"
        raise FirmpathError(Fault("The person", "", wrong, right, quoted=False))
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        Authenticator.objects.filter(user_id=person_id).delete()
        person.sessions_ended += 1
        person.save(update_fields=["sessions_ended"])
        log_act(by, "second factor reset", f"person {person_id}", at)
    return mail.send_letter(
        person.email, letters.second_factor_reset(person.name, settings.CONFIGURATION.public_url)
    )


def rename_oneself(name: str, *, by: Who, at: datetime) -> None:
    """Change one's own name; what was done before shows the new one as well.

    :raises FirmpathError: nothing was written, or too much.
    """
    parsed = parse_line(name, "Your name")
    with transaction.atomic():
        Person.objects.filter(pk=by.person_id).update(name=parsed)
        log_act(by, "name changed", f"person {by.person_id}", at)


def end_sessions(*, by: Who, at: datetime) -> None:
    """Sign oneself out everywhere."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=by.person_id)
        person.sessions_ended += 1
        person.save(update_fields=["sessions_ended"])
        log_act(by, "signed out everywhere", f"person {by.person_id}", at)


def _of_committee(party: Party, what: str, done: str, by: Who, at: datetime, about: str = "") -> Change | None:
    return log_change(what, about or _about(party), done, by=by, at=at) if is_committee(party) else None


def _role_of_committee(party: Party, details: PartyDetails, by: Who, at: datetime) -> Change | None:
    """Log that a Party gets or loses the role SSC, and withdraw its invitations; refuse it where it has people.

    Each of them would see the SSC's data at once, whom the SSC has seen neither invited nor joining.
    """
    if Role.SSC not in (details.role, party.role):
        return None
    if party.people.exists():
        wrong = "is not given to a Party that has people, nor taken from it"
        raise FirmpathError(Fault(ROLE, Role.SSC.value, wrong, "make another Party, and invite them into it"))
    # Whoever has a link into the Party was sent it under other rules: nobody else may have a link into the SSC.
    Invitation.objects.filter(party=party, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    done = f"changed the role of {party.name} from {party.role} to {details.role.value}"
    return log_change("Party given another role", _about(party), done, by=by, at=at)


def _about(party: Party) -> str:
    return f"party {party.pk}"


def _save(party: Party) -> None:
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        right = "open that one, or write another name"
        raise FirmpathError(Fault(PARTY_NAME, party.name, "is the name of another Party", right)) from None


def _identifiers(text: str) -> list[str]:
    written = dict.fromkeys(text.replace(",", " ").split())
    return list(all_parsed(*((lambda each=each: parse_manufacturer_id(each)) for each in written)))


def _add_identifier(party: Party, identifier: str) -> None:
    try:
        with transaction.atomic():
            ManufacturerIdentifier.objects.create(identifier=identifier, party=party)
    except IntegrityError:
        holder = ManufacturerIdentifier.objects.select_related("party").get(identifier=identifier).party
        right = "remove it there first" if holder != party else "nothing needs to be done"
        raise FirmpathError(Fault(IDENTIFIER, identifier, f"is with {holder.name} already", right)) from None


def _check_not_own(party_id: int, by: Who, what: str) -> None:
    if party_id == by.party_id:
        wrong, right = "is your own", f"ask another SECAS Party to {what} it"
        raise FirmpathError(Fault("The Party", by.party_name, wrong, right))


def _check_secas_is_left() -> None:
    """Refuse to leave nobody who could let people in."""
    left = Person.objects.filter(party__role=Role.SECAS.value, party__is_active=True, is_active=True)
    if not left.exists():
        wrong, right = "would have nobody left who can sign in", "invite another person first"
        raise FirmpathError(Fault(ROLE, Role.SECAS.value, wrong, right))
