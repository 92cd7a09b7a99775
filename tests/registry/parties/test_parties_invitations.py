"""Invitations: a link for one person, once, for a week."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, invitations
from firmpath.registry.parties.models import ActLog, Invitation, Person
from firmpath.registry.parties.queries import find_invitation, find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from tests.registry.conftest import AT

People = dict[Role, Person]
GOOD = "three green kettles"


@pytest.fixture
def secas(people: People) -> Who:
    return find_who(people[Role.SECAS])


@pytest.fixture
def party_id(people: People) -> int:
    return people[Role.SUPPLIER].party_id


def token_of(link: str) -> str:
    return link.split("/")[-2]


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(FirmpathError) as refused:
        act(*args, **kwargs)
    return str(refused.value)


def test_an_invitation_goes_out_by_e_mail(secas: Who, party_id: int, mailoutbox: Any) -> None:
    invited = invitations.invite(party_id, " Jo@Brook.example ", by=secas, at=AT)
    letter = mailoutbox[0]
    assert letter.to == ["jo@brook.example"]
    assert letter.subject == "Join Firmpath for Brook Energy"
    assert letter.body == (
        "SECAS invites you to Firmpath, the register of the Central Products List, for Brook Energy.\n\n"
        f"To join, open this link and choose a password:\n{invited.link}\n\n"
        "The link can be used once, until 8 June 2026, 09:30 UTC. You will need an authenticator app or a passkey "
        "as a second step of signing in; the pages say how to set it up.\n\n"
        "If you did not expect this, you need do nothing.\n\n"
        "Firmpath, the register of the Central Products List\nhttp://127.0.0.1:8000\n"
    )
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/account/join/[\w-]{43}/", invited.link)
    kept = Invitation.objects.get()
    assert kept.token_sha256 == sha256(token_of(invited.link).encode()).hexdigest()
    assert ActLog.objects.get().about == f"invitation {kept.pk}, party {party_id}"


def test_a_person_joins_by_the_link_once(secas: Who, party_id: int) -> None:
    token = token_of(invitations.invite(party_id, "jo@brook.example", by=secas, at=AT).link)
    person = invitations.accept(token, " Jo  Reed ", "other@brook.example", GOOD, GOOD, at=AT)
    assert (person.name, person.email, person.party_id) == ("Jo Reed", "jo@brook.example", party_id)
    assert person.check_password(GOOD)
    said = refusal(invitations.accept, token, "Jo", "", GOOD, GOOD, at=AT)
    assert said == "This link has expired, was withdrawn or was used already; ask SECAS for a new invitation"


def test_a_link_is_good_for_seven_days(secas: Who, party_id: int) -> None:
    token = token_of(invitations.invite(party_id, "jo@brook.example", by=secas, at=AT).link)
    assert find_invitation(token, AT + timedelta(days=7, seconds=-1))
    assert not find_invitation(token, AT + timedelta(days=7))


def test_a_withdrawn_link_is_no_longer_good(secas: Who, party_id: int) -> None:
    invited = invitations.invite(party_id, "jo@brook.example", by=secas, at=AT)
    invitations.withdraw(invited.invitation_id, by=secas, at=AT)
    assert not find_invitation(token_of(invited.link), AT)
    for act in (invitations.withdraw, invitations.resend):
        assert refusal(act, invited.invitation_id, by=secas, at=AT) == (
            "The invitation has been withdrawn; invite them anew if need be"
        )


def test_sending_again_makes_a_new_link_and_the_old_one_dies(secas: Who, party_id: int, mailoutbox: Any) -> None:
    first = invitations.invite(party_id, "jo@brook.example", by=secas, at=AT)
    later = AT + timedelta(days=30)
    again = invitations.resend(first.invitation_id, by=secas, at=later)
    assert not find_invitation(token_of(first.link), AT)
    assert find_invitation(token_of(again.link), later + timedelta(days=6))
    assert [letter.to for letter in mailoutbox] == [["jo@brook.example"]] * 2
    invitations.accept(token_of(again.link), "Jo", "", GOOD, GOOD, at=later)
    assert refusal(invitations.resend, first.invitation_id, by=secas, at=later).startswith(
        "The invitation has been accepted"
    )


def test_nobody_is_invited_twice(people: People, secas: Who, party_id: int) -> None:
    invitations.invite(party_id, "jo@brook.example", by=secas, at=AT)
    aster = people[Role.MANUFACTURER]
    assert refusal(invitations.invite, aster.party_id, "JO@brook.example", by=secas, at=AT) == (
        "E-mail address 'jo@brook.example' has been invited already, for Brook Energy; "
        "send that invitation again instead"
    )
    assert refusal(invitations.invite, party_id, aster.email, by=secas, at=AT) == (
        f"E-mail address '{aster.email}' has joined already, for Aster Metering; open that person's page"
    )
    invitations.invite(party_id, "jo@brook.example", by=secas, at=AT + timedelta(days=8))  # the first has expired


def test_nobody_joins_a_party_that_is_off(secas: Who, party_id: int) -> None:
    token = token_of(invitations.invite(party_id, "jo@brook.example", by=secas, at=AT).link)
    actions.switch_party(party_id, False, by=secas, at=AT)
    assert not find_invitation(token, AT)
    assert refusal(invitations.invite, party_id, "al@brook.example", by=secas, at=AT) == (
        "The Party 'Brook Energy' is switched off; switch it on first"
    )


@pytest.mark.parametrize("written", ["jo", "jo@brook", "jo@brook.example, al@brook.example"])
def test_what_is_no_e_mail_address_is_refused(secas: Who, party_id: int, written: str) -> None:
    assert refusal(invitations.invite, party_id, written, by=secas, at=AT) == (
        f"E-mail address '{written}' is not an e-mail address; write it as name@utility.example"
    )


def test_every_fault_of_joining_is_reported_at_once_and_no_password_repeated(secas: Who, party_id: int) -> None:
    token = token_of(invitations.invite(party_id, "jo@brook.example", by=secas, at=AT).link)
    said = refusal(invitations.accept, token, "", "", "jo@brook.exa", "other", at=AT)
    assert said.splitlines() == [
        "Your name is missing; write it",
        "Password is too much like the name or the e-mail address; choose another",
        "Password again is not the same as the password; write both alike",
    ]
    assert refusal(invitations.accept, token, "Jo", "", "short", "short", at=AT) == (
        "Password is shorter than 12 characters; choose another"
    )
    assert refusal(invitations.accept, token, "Jo", "", "", "", at=AT) == "Password is missing; write it"
    for weak, wrong in (("qwerty123456", "is one that many people use"), ("7" * 13, "holds digits alone")):
        said = refusal(invitations.accept, token, "Jo", "", weak, weak, at=AT)
        assert said == f"Password {wrong}; choose another"
    assert find_invitation(token, AT)  # what was written wrong does not use the link up


def test_an_address_that_somebody_has_is_not_used_again(db: None, people: People, secas: Who) -> None:
    Invitation.objects.all().delete()
    link = invitations.invite(people[Role.SUPPLIER].party_id, "jo@brook.example", by=secas, at=AT).link
    Invitation.objects.update(email="")  # as the first administrator's has none
    said = refusal(invitations.accept, token_of(link), "Jo", people[Role.MAP].email, GOOD, GOOD, at=AT)
    assert said == f"E-mail address '{people[Role.MAP].email}' is somebody's already; sign in instead"


def test_the_page_says_whether_a_mail_server_took_it(secas: Who, party_id: int, settings: Any) -> None:
    assert not invitations.invite(party_id, "jo@brook.example", by=secas, at=AT).is_sent  # none is configured
    settings.CONFIGURATION = settings.CONFIGURATION._replace(email_url="smtp://mail.brook.example")
    assert invitations.invite(party_id, "al@brook.example", by=secas, at=AT).is_sent
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens there
    assert not invitations.invite(party_id, "kit@brook.example", by=secas, at=AT).is_sent
    assert Invitation.objects.count() == 3
