"""A forgotten password, and a changed one."""

import re
from typing import Any

from django.test import Client

from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.roles import Role
from tests.registry.parties.steps import letters, sign_in, signed_in_as, text_of
from tests.registry.people import PASSWORD

People = dict[Role, Person]
FORGOTTEN = "/account/forgotten/"
GOOD = "three green kettles"


def link_in(body: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/account/forgotten/\S+)", body)
    assert found
    return found[1]


def test_a_forgotten_password_is_replaced_by_a_link(people: People, mailoutbox: Any) -> None:
    person, elsewhere = people[Role.MAP], sign_in(people[Role.MAP])
    client = Client()
    client.post(FORGOTTEN, {"email": person.email.upper()})
    (letter,) = letters()
    assert letter.to == [person.email]
    assert letter.subject == "Choose a new password for Firmpath"
    link = link_in(str(letter.body))
    assert letter.body == (
        "Hello Robin of Hazel Meter Assets,\n\nsomebody asked to choose a new password for your account. To do so, "
        f"open this link:\nhttp://127.0.0.1:8000{link}\n\nThe link can be used once, within one hour. Your second "
        "step of signing in stays as it is.\n\nIf you did not ask for this, you need do nothing: your password has "
        "not changed.\n\nFirmpath, the register of the Central Products List\nhttp://127.0.0.1:8000\n"
    )
    form = client.get(link).url  # type: ignore[attr-defined]
    assert "<h1>Choose a new password</h1>" in text_of(client.get(form))
    done = client.post(form, {"password1": GOOD, "password2": GOOD}, follow=True)
    assert "<h1>Your password has changed</h1>" in text_of(done)
    assert signed_in_as(client) == ""  # the second step is still to come
    assert signed_in_as(elsewhere) == ""
    assert signed_in_as(sign_in(person, GOOD, at=2))
    assert "<h1>This link is no longer good</h1>" in text_of(Client().get(link))
    assert "password changed" in [act.what for act in ActLog.objects.all()]
    assert letters()[-1].subject == "Your password was changed"


def test_the_link_leads_to_our_own_address_whatever_the_request_said(people: People, mailoutbox: Any) -> None:
    Client(HTTP_HOST="localhost").post(FORGOTTEN, {"email": people[Role.MAP].email})
    assert "http://localhost" not in str(letters()[0].body)
    assert link_in(str(letters()[0].body))


def test_nobody_learns_whether_an_address_is_known(people: People, mailoutbox: Any) -> None:
    answers = [
        Client().post(FORGOTTEN, {"email": email}, follow=True)
        for email in (people[Role.MAP].email, "stranger@nowhere.example")
    ]
    assert text_of(answers[0]) == text_of(answers[1])
    assert "If somebody has joined with the address that you wrote" in text_of(answers[0])
    assert [letter.to for letter in letters()] == [[people[Role.MAP].email]]  # and strangers get no e-mail


def test_nobody_is_sent_letters_all_day(people: People, mailoutbox: Any) -> None:
    person = people[Role.MAP]
    addresses = [f"192.0.2.{number}" for number in range(1, 7)]
    answers = [
        Client(REMOTE_ADDR=address).post(FORGOTTEN, {"email": person.email}).status_code for address in addresses
    ]
    assert answers == [302] * 5 + [429]
    assert len(letters()) == 5


def test_a_weak_password_is_refused_in_words(people: People, mailoutbox: Any) -> None:
    client = Client()
    client.post(FORGOTTEN, {"email": people[Role.MAP].email})
    form = client.get(link_in(str(letters()[0].body))).url  # type: ignore[attr-defined]
    page = text_of(client.post(form, {"password1": "short", "password2": "short"}))
    assert "New password: This password is too short. It must contain at least 12 characters." in page
    page = text_of(client.post(form, {"password1": GOOD, "password2": "other"}))
    assert "New password again: You must type the same password each time." in page


def test_changing_the_password_ends_all_other_sessions(people: People, mailoutbox: Any) -> None:
    here, elsewhere = sign_in(people[Role.MAP]), sign_in(people[Role.MAP], at=2)
    sent = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}
    assert here.post("/account/password/", sent).url == "/account/"  # type: ignore[attr-defined]
    page = text_of(here.get("/account/"))
    assert "Your password has changed. You have been signed out everywhere else." in page
    assert signed_in_as(elsewhere) == ""
    (letter,) = letters()
    assert letter.subject == "Your password was changed"
    assert "your password was changed.\n\nIf this was not you, tell SECAS at once." in letter.body


def test_changing_the_password_takes_the_present_one(people: People) -> None:
    client = sign_in(people[Role.MAP])
    page = text_of(client.post("/account/password/", {"oldpassword": "no", "password1": GOOD, "password2": GOOD}))
    assert "Present password: This is not your present password." in page


def test_one_signs_out_everywhere(people: People) -> None:
    here, elsewhere = sign_in(people[Role.MAP]), sign_in(people[Role.MAP], at=2)
    assert "<h1>Sign out everywhere?</h1>" in text_of(here.get("/account/sign-out-everywhere/"))
    assert signed_in_as(elsewhere)
    here.post("/account/sign-out-everywhere/")
    assert signed_in_as(here) == signed_in_as(elsewhere) == ""
