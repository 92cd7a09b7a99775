"""Joining: by the link of an invitation, then a second step of signing in, then the recovery codes."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from firmpath.registry.parties import invitations
from firmpath.registry.parties.models import ActLog, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT
from tests.registry.parties.steps import code, letters, sign_in, signed_in_as, text_of

People = dict[Role, Person]
GOOD = "three green kettles"
OnCommit = Any


@pytest.fixture
def link(people: People, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the path of an invitation that is open now, whenever the test runs."""
    from datetime import UTC, datetime

    secas = find_who(people[Role.SECAS])
    now = datetime.now(UTC)
    invited = invitations.invite(people[Role.SUPPLIER].party_id, "jo@brook.example", by=secas, at=now)
    return invited.link.removeprefix("http://127.0.0.1:8000")


def secret_on(page: str) -> str:
    found = re.search(r"Or type this key into the app: .*?</p>", page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[0]).removeprefix("Or type this key into the app: ").split()[0]


def test_from_the_link_to_the_first_page(link: str, django_capture_on_commit_callbacks: OnCommit) -> None:
    client = Client()
    page = text_of(client.get(link))
    assert "You join for <strong>Brook Energy</strong> (Supplier), and sign in with jo@brook.example." in page
    assert 'name="email"' not in page
    answer = client.post(link, {"name": "Jo Reed", "password": GOOD, "again": GOOD})
    assert answer.url == "/account/second-step/"  # type: ignore[attr-defined]
    assert client.get("/corrections/").url == "/account/second-step/"  # type: ignore[attr-defined]
    page = text_of(client.get("/account/app/"))  # and is not asked for the password again
    assert 'src="data:image/svg+xml;base64,' in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/app/", {"code": code(secret_on(page))})
    assert answer.url == "/account/recovery-codes/"  # type: ignore[attr-defined]
    page = text_of(client.get("/account/recovery-codes/"))
    kept = re.findall(r"<li><code>(\d{8})</code></li>", page)
    assert len(set(kept)) == 10
    again = text_of(client.get("/account/recovery-codes/"))
    assert kept[0] not in again
    assert "10 of 10 have not been used. They were shown once, and cannot be shown again." in again
    assert signed_in_as(client) == "Jo Reed"
    assert client.get("/account/tokens/").status_code == 200
    done = [act.what for act in ActLog.objects.order_by("pk")]
    assert done == ["person invited", "joined", "signed in", "recovery codes added", "authenticator app added"] or (
        done == ["person invited", "joined", "signed in", "authenticator app added", "recovery codes added"]
    )
    assert letters()[-1].subject == "Authenticator app set up"


def test_a_wrong_code_sets_nothing_up(link: str) -> None:
    client = Client()
    client.post(link, {"name": "Jo Reed", "password": GOOD, "again": GOOD})
    first = secret_on(text_of(client.get("/account/app/")))
    page = text_of(client.post("/account/app/", {"code": "000000"}))
    assert "Code: The code is not right, or was used already." in page
    assert secret_on(page) == first  # which the app has been given already
    assert not Authenticator.objects.filter(user__email="jo@brook.example").exists()


def test_what_is_wrong_is_said_beside_the_fields_and_nothing_is_lost_but_the_password(link: str) -> None:
    answer = Client().post(link, {"name": "Jo Reed", "password": "short", "again": "other"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert '<a href="#password">Password is shorter than 12 characters; choose another</a>' in page
    assert '<a href="#again">Password again is not the same as the password; write both alike</a>' in page
    assert 'value="Jo Reed"' in page
    assert "short" not in page.replace("shorter", "")
    assert "<title>Error: Join Firmpath" in page


def test_a_link_that_is_used_or_mistyped_says_so(link: str) -> None:
    Client().post(link, {"name": "Jo Reed", "password": GOOD, "again": GOOD})
    for address in (link, "/account/join/abc/"):
        for answer in (Client().get(address), Client().post(address, {"name": "x"})):
            assert answer.status_code == 404
            assert "<h1>This link is no longer good</h1>" in text_of(answer)


def test_somebody_who_is_signed_in_does_not_use_the_link_up(people: People, link: str) -> None:
    client = sign_in(people[Role.MAP])
    answer = client.post(link, {"name": "Jo Reed", "password": GOOD, "again": GOOD})
    assert answer.status_code == 409
    assert "<h1>You are signed in already</h1>" in text_of(answer)
    assert Client().get(link).status_code == 200


def test_the_first_administrator_gives_an_address_too(db: None) -> None:
    from datetime import UTC, datetime

    link = invitations.invite_first_administrator(datetime.now(UTC))
    assert link
    client = Client()
    assert "You join for <strong>SECAS</strong>." in text_of(client.get(link))
    page = text_of(client.post(link, {"name": "Kim", "email": "kim", "password": GOOD, "again": GOOD}))
    assert "E-mail address &#x27;kim&#x27; is not an e-mail address" in page
    client.post(link, {"name": "Kim", "email": "kim@secas.example", "password": GOOD, "again": GOOD})
    assert signed_in_as(client) == "Kim"
    assert Person.objects.get().email == "kim@secas.example"


def test_links_are_tried_twenty_times_a_minute(link: str) -> None:
    answers = [Client().post("/account/join/abc/", {}).status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]


def test_an_expired_link_is_no_longer_good(people: People) -> None:
    secas = find_who(people[Role.SECAS])
    invited = invitations.invite(
        people[Role.SUPPLIER].party_id, "jo@brook.example", by=secas, at=AT.replace(year=2025)
    )
    assert Client().get(invited.link.removeprefix("http://127.0.0.1:8000")).status_code == 404
