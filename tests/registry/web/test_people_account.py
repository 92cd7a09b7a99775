"""One's own account: what it shows, second factors that come and go, and API tokens."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from firmpath.pathways.days import britains_day
from firmpath.registry.parties import tokens
from firmpath.registry.parties.models import ActLog, APIToken, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from tests.registry.parties.steps import code, letters, sign_in, signed_in_as, text_of
from tests.registry.people import PASSWORD

People = dict[Role, Person]


@pytest.fixture
def client(people: People) -> Client:
    return sign_in(people[Role.MAP])


def made_earlier(client: Client) -> None:
    """Let more than 15 minutes pass since the person last showed that it is them."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 901
    session.save()


def in_a_month() -> dict[str, str]:
    day = datetime.now(UTC) + timedelta(days=30)
    return {"expires_on-day": str(day.day), "expires_on-month": str(day.month), "expires_on-year": str(day.year)}


def test_the_account_shows_who_one_is(client: Client) -> None:
    page = text_of(client.get("/account/"))
    for shown in ("Robin of Hazel Meter Assets", "robin.of.hazel.meter.assets@map.example", "<dd>MAP</dd>"):
        assert shown in page
    assert "Set up on <time" in page
    assert "<dt>API tokens</dt><dd>0</dd>" in page


def test_one_changes_ones_name(client: Client) -> None:
    answer = client.post("/account/name/", {"name": " "})
    assert answer.status_code == 422
    assert "Your name is missing; write it" in text_of(answer)
    page = text_of(client.post("/account/name/", {"name": "Robin Hazel"}, follow=True))
    assert "Your name has changed." in page
    assert "<dd>Robin Hazel</dd>" in page


def test_what_matters_asks_again_who_one_is(client: Client) -> None:
    assert client.get("/account/tokens/new/").status_code == 200  # just signed in
    made_earlier(client)
    for address in (
        "/account/tokens/new/",
        "/account/app/remove/",
        "/account/keys/add/",
        "/account/recovery-codes/new/",
    ):
        answer = client.get(address)
        assert answer.url == f"/account/confirm/?next={address.replace('/', '%2F')}"  # type: ignore[attr-defined]
    page = text_of(client.get("/account/confirm/?next=/account/tokens/new/"))
    assert "<h1>Confirm that it is you</h1>" in page
    assert '<a href="/account/confirm/code/?next=%2Faccount%2Ftokens%2Fnew%2F">With a code</a>' in page
    sent = {"password": "wrong password", "next": "/account/tokens/new/"}
    assert "Password: This is not your password." in text_of(client.post("/account/confirm/", sent))
    answer = client.post("/account/confirm/", sent | {"password": PASSWORD})
    assert answer.url == "/account/tokens/new/"  # type: ignore[attr-defined]
    assert client.get("/account/tokens/new/").status_code == 200


def test_a_code_confirms_as_well(client: Client) -> None:
    made_earlier(client)
    answer = client.post("/account/confirm/code/", {"code": code(at=2), "next": "/account/tokens/new/"})
    assert answer.url == "/account/tokens/new/"  # type: ignore[attr-defined]


def test_what_was_posted_too_late_is_asked_for_again_and_not_done(client: Client) -> None:
    made_earlier(client)
    answer = client.post("/account/app/remove/")
    assert answer.url == "/account/confirm/?next=%2Faccount%2Fapp%2Fremove%2F"  # type: ignore[attr-defined]
    client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/app/remove/"})
    assert Authenticator.objects.filter(user__email__startswith="robin.of.hazel").exists()


def test_confirming_is_limited(client: Client) -> None:
    made_earlier(client)
    answers = [client.post("/account/confirm/", {"password": "wrong"}).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_removing_the_last_second_factor_asks_for_another_at_once(people: People, client: Client) -> None:
    RecoveryCodes.activate(people[Role.MAP])
    assert "<h1>Remove the authenticator app?</h1>" in text_of(client.get("/account/app/remove/"))
    client.post("/account/app/remove/")
    assert not Authenticator.objects.filter(user=people[Role.MAP]).exists()
    assert client.get("/account/tokens/").url == "/account/second-step/"  # type: ignore[attr-defined]
    assert "You have no second step of signing in yet." in text_of(client.get("/account/"))
    assert letters()[0].subject == "Authenticator app removed"
    assert ActLog.objects.filter(what="authenticator app removed").exists()


def test_new_recovery_codes_replace_the_old(
    people: People, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    old = RecoveryCodes.activate(people[Role.MAP]).get_unused_codes()
    page = text_of(client.get("/account/recovery-codes/new/"))
    assert "The 10 codes that you have not used no longer work." in page
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(client.post("/account/recovery-codes/new/", follow=True))
    kept = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(kept) == 10
    assert not set(kept) & set(old)
    assert "They are shown only now." in page
    assert letters()[0].subject == "New recovery codes"
    assert "new recovery codes were made for your account; the old ones no longer work." in letters()[0].body


def test_the_page_of_a_key_asks_with_our_questions(client: Client) -> None:
    page = text_of(client.get("/account/keys/add/"))
    assert "Name of the key" in page
    assert "Sign in with this key alone, without the password" in page
    assert "Passkeys and security keys need JavaScript" in page


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[1]", '"x"', "7", '{"a": 1}', '{"response": 7}', '{"response": {"userHandle": "MQ"}}', "{"],
)
def test_a_key_that_is_no_key_is_refused(client: Client, credential: str) -> None:
    page = text_of(client.post("/account/keys/add/", {"name": "x", "credential": credential}))
    assert "The key was not accepted. Try again, or use another way." in page
    nobody = Client()
    nobody.get("/account/sign-in/key/", HTTP_ACCEPT="application/json")
    page = text_of(nobody.post("/account/sign-in/key/", {"credential": credential}, follow=True))
    assert "The key was not accepted. Try again, or use another way." in page
    assert signed_in_as(nobody) == ""


def test_a_token_is_made_and_shown_once(client: Client) -> None:
    page = text_of(client.get("/account/tokens/"))
    assert "<strong>You have no token.</strong>" in page
    page = text_of(client.post("/account/tokens/new/", {"name": "Asset system", "scope": "read", **in_a_month()}))
    shown = re.search(r"firmpath_[\w-]{43}", page.replace("<wbr>", ""))
    assert shown
    assert "It is not kept here, and cannot be shown again." in page
    token = shown[0]
    assert tokens.use_token(token, datetime.now(UTC)).is_signed_in
    page = text_of(client.get("/account/tokens/"))
    assert token not in page.replace("<wbr>", "")
    assert '<th scope="row">Asset system</th><td data-label="What it may do">Read</td>' in page


def test_a_token_asks_for_what_is_missing(client: Client) -> None:
    answer = client.post("/account/tokens/new/", {})
    assert answer.status_code == 422
    page = text_of(answer)
    for said in ("Name of the token is missing", "What it may do has not been chosen", "Last day is missing"):
        assert said in page
    assert not APIToken.objects.exists()


def test_a_token_is_revoked_once_it_is_clear_which(people: People, client: Client) -> None:
    client.post("/account/tokens/new/", {"name": "Asset system", "scope": "read", **in_a_month()})
    address = f"/account/tokens/{APIToken.objects.get().pk}/revoke/"
    assert "<h1>Revoke the token “Asset system”?</h1>" in text_of(client.get(address))
    assert sign_in(people[Role.DCC]).post(address).status_code == 404  # somebody else's
    assert APIToken.objects.get().revoked_at is None
    assert "The token has been revoked." in text_of(client.post(address, follow=True))
    assert APIToken.objects.get().revoked_at is not None
    assert client.get(address).status_code == 404


def test_an_expired_token_says_so(people: People, client: Client) -> None:
    year_ago = datetime.now(UTC) - timedelta(days=365)
    last_day = (year_ago + timedelta(days=1)).date().isoformat()
    tokens.make_token("Old", "read and write", last_day, by=find_who(people[Role.MAP]), at=year_ago)
    page = text_of(client.get("/account/tokens/"))
    assert "Expired" in page
    assert "Never" in page
    assert "Read and write" in page


def test_tokens_are_searched_sorted_and_downloaded(people: People, client: Client) -> None:
    who, now = find_who(people[Role.MAP]), datetime.now(UTC)
    for name, days_ago in (("Old", 300), ("New", 3), ("Asset system", 30)):
        made_at = now - timedelta(days=days_ago)
        last_day = (made_at + timedelta(days=100)).date()
        tokens.make_token(name, "read", last_day.isoformat(), by=who, at=made_at)
    for query, shown in (
        ("", ["New", "Asset system", "Old"]),
        ("?sort=name", ["Asset system", "New", "Old"]),
        ("?sort=expires", ["Old", "Asset system", "New"]),
        ("?q=ASSET", ["Asset system"]),
        ("?state=off", ["Old"]),
    ):
        page = text_of(client.get(f"/account/tokens/{query}"))
        assert re.findall('<tr><th scope="row">([^<]+)</th>', page) == shown, query
    assert "<strong>No token matches.</strong>" in text_of(client.get("/account/tokens/?q=nothing"))
    headings, row = text_of(client.get("/account/tokens/?q=new&format=csv")).splitlines()
    assert headings == "Name,What it may do,Made,Last used,Expires,State"
    assert row.startswith(f"New,read,{britains_day(now - timedelta(days=3))},,")
    assert row.endswith(",works")
