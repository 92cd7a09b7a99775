"""Signing in: a password, then a second step; what is said when it does not work; and how often one may try."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from firmpath.registry.parties import actions
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT
from tests.registry.parties.steps import SECOND_STEP, SIGN_IN, code, letters, sign_in, signed_in_as, text_of
from tests.registry.people import PASSWORD, make_person

People = dict[Role, Person]
WRONG = "The e-mail address or the password is not right."
TOO_OFTEN = "There were too many attempts. Wait five minutes, then try again."


def test_a_password_alone_signs_nobody_in(people: People) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
    assert answer.url == SECOND_STEP  # type: ignore[attr-defined]
    assert signed_in_as(client) == ""
    page = text_of(client.get(SECOND_STEP))
    assert "<h1>Second step of signing in</h1>" in page
    assert "6 digits from your authenticator app, or one of your recovery codes" in page
    assert "Use my passkey or security key" not in page  # they have none


def test_a_password_and_a_code_sign_in(people: People) -> None:
    client = sign_in(people[Role.MAP])
    assert signed_in_as(client) == "Robin of Hazel Meter Assets"
    assert ActLog.objects.get().what == "signed in"


def test_the_e_mail_address_is_known_in_any_case(people: People) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": people[Role.MAP].email.upper(), "password": PASSWORD})
    assert client.post(SECOND_STEP, {"code": code()}).status_code == 302
    assert signed_in_as(client)


def test_one_is_led_to_the_page_that_was_asked_for(people: People) -> None:
    client = Client()
    asked = client.get("/parties/?role=MAP")
    assert asked.url == "/account/sign-in/?next=%2Fparties%2F%3Frole%3DMAP"  # type: ignore[attr-defined]
    sent = {"login": people[Role.SECAS].email, "password": PASSWORD, "next": "/parties/?role=MAP"}
    client.post(SIGN_IN, sent)
    assert client.post(SECOND_STEP, {"code": code()}).url == "/parties/?role=MAP"  # type: ignore[attr-defined]


def test_nobody_is_led_to_another_site(people: People) -> None:
    client = Client()
    sent = {"login": people[Role.MAP].email, "password": PASSWORD, "next": "https://false.example/"}
    client.post(SIGN_IN, sent)
    assert client.post(SECOND_STEP, {"code": code()}).url == "/"  # type: ignore[attr-defined]


def test_a_wrong_code_is_refused_and_a_right_one_counts_once(people: People) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
    page = text_of(client.post(SECOND_STEP, {"code": "000000"}))
    said = "Code: The code is not right, or was used already. Wait for the next one and enter that."
    assert said in page
    assert "<title>Error: Second step" in page
    assert signed_in_as(client) == ""
    shown = code()
    assert client.post(SECOND_STEP, {"code": shown}).status_code == 302
    again = Client()
    again.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
    assert said in text_of(again.post(SECOND_STEP, {"code": shown}))
    assert signed_in_as(again) == ""


def test_a_recovery_code_stands_in_once(people: People) -> None:
    kept = RecoveryCodes.activate(people[Role.MAP]).get_unused_codes()[0]
    for is_in in (True, False):
        client = Client()
        client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
        client.post(SECOND_STEP, {"code": kept})
        assert bool(signed_in_as(client)) == is_in


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(people: People) -> None:
    """Byte for byte, but for the address that was typed and the token of the form."""
    pages = []
    for email in (people[Role.MAP].email, "stranger@nowhere.example"):
        client = Client()
        client.cookies["csrftoken"] = "c" * 32
        answer = client.post(SIGN_IN, {"login": email, "password": "wrong password"})
        assert answer.status_code == 200
        page = text_of(answer).replace(email, "")
        token = answer.context["csrf_token"]
        pages.append(page.replace(str(token), ""))
        assert WRONG in page
    first, second = (strip_tokens(page) for page in pages)
    assert first == second


def strip_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_what_is_missing_is_said_beside_its_field(db: None) -> None:
    page = text_of(Client().post(SIGN_IN, {"login": "robin", "password": ""}))
    assert "E-mail address: This is not an e-mail address. Write it as name@utility.example." in page
    assert "Password: This is missing." in page


def test_five_wrong_passwords_close_an_account_for_a_while_known_or_not(people: People) -> None:
    for email in (people[Role.MAP].email, "stranger@nowhere.example"):
        client = Client(REMOTE_ADDR="192.0.2.1" if "hazel" in email else "192.0.2.2")
        for _ in range(5):
            assert WRONG in text_of(client.post(SIGN_IN, {"login": email, "password": "wrong password"}))
        page = text_of(client.post(SIGN_IN, {"login": email, "password": PASSWORD}))
        assert TOO_OFTEN in page
        assert WRONG not in page
    other = Client(REMOTE_ADDR="192.0.2.3")
    assert TOO_OFTEN in text_of(other.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD}))
    assert signed_in_as(sign_in(people[Role.DCC], client=other))


def test_five_wrong_codes_close_the_second_step_for_a_while(people: People) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})
    assert TOO_OFTEN in text_of(client.post(SECOND_STEP, {"code": code()}))
    assert signed_in_as(client) == ""


def test_one_address_may_try_thirty_times_a_minute(people: People) -> None:
    client = Client()
    answers = [client.post(SIGN_IN, {"login": "", "password": ""}).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert "<h1>Too many attempts</h1>" in text_of(client.post(SIGN_IN, {}))


def test_an_account_that_is_off_is_told_so_only_with_its_password(people: People) -> None:
    secas = find_who(people[Role.SECAS])
    actions.switch_person(people[Role.MAP].pk, False, by=secas, at=AT)
    actions.switch_party(people[Role.DCC].party_id, False, by=secas, at=AT)
    for role in (Role.MAP, Role.DCC):
        client = Client()
        answer = client.post(SIGN_IN, {"login": people[role].email, "password": "wrong password"})
        assert WRONG in text_of(answer)
        told = client.post(SIGN_IN, {"login": people[role].email, "password": PASSWORD}, follow=True)
        assert "<h1>Your account is switched off</h1>" in text_of(told)
        assert signed_in_as(client) == ""


def test_switching_off_ends_the_sessions_there_are(people: People) -> None:
    secas = find_who(people[Role.SECAS])
    person, party = sign_in(people[Role.MAP]), sign_in(people[Role.DCC])
    actions.switch_person(people[Role.MAP].pk, False, by=secas, at=AT)
    actions.switch_party(people[Role.DCC].party_id, False, by=secas, at=AT)
    assert signed_in_as(person) == ""
    page = text_of(party.get("/account/sign-in/"))
    assert "You have been signed out because your account, or that of your Party, was switched off." in page
    assert signed_in_as(party) == ""


def test_signing_out_takes_a_post(people: People) -> None:
    client = sign_in(people[Role.MAP])
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").url == "/"  # type: ignore[attr-defined]
    assert "You have signed out." in text_of(client.get("/account/sign-in/"))
    assert signed_in_as(client) == ""
    assert [act.what for act in ActLog.objects.order_by("pk")] == ["signed in", "signed out"]


def test_one_can_start_again_as_somebody_else_after_the_password(people: People) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD})
    assert client.get(SIGN_IN).url == SECOND_STEP  # type: ignore[attr-defined]
    answer = client.post("/account/sign-out/", {"next": SIGN_IN})
    assert answer.url == SIGN_IN  # type: ignore[attr-defined]
    assert client.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize(
    ("began_ago", "seen_ago", "said"),
    [
        (timedelta(hours=11, minutes=59), timedelta(minutes=1), ""),
        (timedelta(hours=12), timedelta(minutes=1), "12 hours have passed since you signed in"),
        (timedelta(hours=2), timedelta(minutes=59), ""),
        (timedelta(hours=2), timedelta(minutes=60), "you did nothing for an hour"),
    ],
)
def test_a_session_ends_by_itself(people: People, began_ago: timedelta, seen_ago: timedelta, said: str) -> None:
    client = sign_in(people[Role.MAP])
    assert signed_in_as(client)
    session, now = client.session, datetime.now(UTC)
    session["began_at"] = int((now - began_ago).timestamp())
    session["seen_at"] = int((now - seen_ago).timestamp())
    session.save()
    page = text_of(client.get("/account/switched-off/"))
    assert bool(signed_in_as(client)) == (not said)
    assert said in page


def test_who_sends_a_form_after_the_session_ended_is_told_that_it_was_not_saved(people: People) -> None:
    client = sign_in(people[Role.MANUFACTURER])
    session = client.session
    session["seen_at"] = int((datetime.now(UTC) - timedelta(hours=2)).timestamp())
    session.save()
    page = text_of(client.post("/submissions/new/", follow=True))
    assert "You have been signed out because you did nothing for an hour." in page
    assert "What you sent was not saved, because you are not signed in. Sign in, and send it again." in page
    assert "What you sent" not in text_of(client.get("/submissions/new/", follow=True))


def test_a_page_does_not_write_the_session_each_time(people: People, django_assert_max_num_queries: Any) -> None:
    client = sign_in(people[Role.MAP])
    client.get("/account/switched-off/")
    with django_assert_max_num_queries(6) as asked:
        client.get("/account/switched-off/")
    assert [each["sql"] for each in asked.captured_queries if not each["sql"].startswith("SELECT")] == []


def test_without_a_second_factor_one_sets_it_up_before_anything_else(people: People) -> None:
    person = make_person(Role.SECAS, "SECAS", AT, "Kim of SECAS", second_factor=False)
    client = Client()
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    assert signed_in_as(client) == "Kim of SECAS"
    for address in ("/parties/", "/account/tokens/", "/account/tokens/new/"):
        assert client.get(address).url == "/account/second-step/"  # type: ignore[attr-defined]
    assert "<h1>Set up a second step of signing in</h1>" in text_of(client.get("/account/second-step/"))


def test_there_is_no_other_way_in(db: None) -> None:
    for address in ("/account/signup/", "/accounts/signup/", "/account/login/code/", "/accounts/login/"):
        assert Client().get(address).status_code == 404
    assert letters() == []
