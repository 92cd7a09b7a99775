"""Signing in by OpenID Connect: only people who have joined, by a verified address, and with our second step."""

import http.client
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from firmpath.registry.parties import actions
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.single_sign_on import single_sign_on
from tests.registry.conftest import AT
from tests.registry.parties.oidc_provider import Provider, running_provider
from tests.registry.parties.steps import SECOND_STEP, SIGN_IN, code, sign_in, signed_in_as, text_of
from tests.registry.people import make_person

People = dict[Role, Person]
LEAVE = "/account/single-sign-on/sso/"


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Give a provider that this register uses, and that says it has verified the Supplier's address."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_provider() as running:
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(running.variables)
        running.claims = {"email": "robin.of.brook.energy@supplier.example", "email_verified": True}
        yield running


def way_back(client: Client, sent: dict[str, str] | None = None) -> str:
    """Go to the provider as a browser does, and give the address it sends the browser back to."""
    answer = client.post(LEAVE, sent or {})
    assert answer.status_code == 200
    address = answer["Refresh"].removeprefix("0; url=")
    assert address.replace("&", "&amp;") in text_of(answer)  # also to click on
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    return re.sub(r"^http://[^/]+", "", location)


def come_back(client: Client) -> str:
    return text_of(client.get(way_back(client), follow=True))


def test_the_page_to_sign_in_offers_it(db: None, provider: Provider) -> None:
    page = text_of(Client().get(SIGN_IN))
    assert "Sign in with Brook Energy</button>" in page
    assert f'action="{LEAVE}?process=login"' in page


def test_without_a_provider_nothing_is_offered(db: None) -> None:
    assert LEAVE not in text_of(Client().get(SIGN_IN))
    assert Client().post(LEAVE).status_code == 404
    assert Client().get(f"{LEAVE}back/").status_code == 404


def test_somebody_who_has_joined_signs_in_with_our_second_step(people: People, provider: Provider) -> None:
    client = Client()
    answer = client.get(way_back(client))
    assert answer.url == SECOND_STEP  # type: ignore[attr-defined]
    assert signed_in_as(client) == ""
    client.post(SECOND_STEP, {"code": code()})
    assert signed_in_as(client) == "Robin of Brook Energy"
    assert not SocialAccount.objects.exists()  # nothing of what the provider said is kept
    assert people[Role.SUPPLIER].check_password("four wooden stepping stones")


def test_without_a_second_step_one_is_set_up_first(provider: Provider, db: None) -> None:
    make_person(Role.SUPPLIER, "Brook Energy", AT, second_factor=False)
    client = Client()
    client.get(way_back(client))
    assert signed_in_as(client) == "Robin of Brook Energy"
    assert client.get("/account/tokens/").url == "/account/second-step/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@nowhere.example", "email_verified": True},
        {"email": "robin.of.brook.energy@supplier.example", "email_verified": False},
        {"email": "robin.of.brook.energy@supplier.example", "email_verified": "false"},
        {"email": "robin.of.brook.energy@supplier.example"},
        {},
    ],
)
def test_nobody_else_gets_in(people: People, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    client, before = Client(), Person.objects.count()
    page = come_back(client)
    assert "<h1>You have not joined yet</h1>" in page
    assert signed_in_as(client) == ""
    assert Person.objects.count() == before


def test_somebody_who_was_switched_off_stays_out(people: People, provider: Provider) -> None:
    secas = find_who(people[Role.SECAS])
    actions.switch_person(people[Role.SUPPLIER].pk, False, by=secas, at=AT)
    client = Client()
    assert "<h1>Your account is switched off</h1>" in come_back(client)
    assert signed_in_as(client) == ""


@pytest.mark.parametrize(
    "id_claims",
    [{"aud": "another register"}, {"iss": "https://false.example"}, {"exp": int(time.time()) - 3600}],
)
def test_a_token_for_somebody_else_is_not_believed(
    people: People, provider: Provider, id_claims: dict[str, Any]
) -> None:
    provider.id_claims = id_claims
    client = Client()
    answer = client.get(way_back(client))
    assert answer.status_code == 401
    assert "<h1>Signing in did not work</h1>" in text_of(answer)
    assert signed_in_as(client) == ""


def test_an_answer_that_nobody_asked_for_is_not_believed(people: People, provider: Provider) -> None:
    back = way_back(Client())
    stranger = Client()
    assert stranger.get(back).status_code == 401
    assert signed_in_as(stranger) == ""


def test_an_answer_counts_once(people: People, provider: Provider) -> None:
    client = Client()
    back = way_back(client)
    client.get(back)
    again = Client()
    again.cookies = client.cookies
    assert again.get(back).status_code == 401


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_no_account_of_the_provider_is_tied_to_one_of_ours(
    people: People, provider: Provider, process: str
) -> None:
    client = sign_in(people[Role.MAP])
    answer = client.get(way_back(client, {"process": process}))
    assert answer.url == SIGN_IN  # type: ignore[attr-defined]
    assert signed_in_as(client) == "Robin of Hazel Meter Assets"
    assert not SocialAccount.objects.exists()


def test_one_can_turn_back_at_the_provider(people: People, provider: Provider) -> None:
    provider.refuses = True
    assert "<h1>You did not sign in</h1>" in come_back(Client())


def test_one_is_led_to_the_page_that_was_asked_for(people: People, provider: Provider) -> None:
    client = Client()
    page = text_of(client.get(f"{SIGN_IN}?next=/account/tokens/"))
    action = re.search(r'action="(/account/single-sign-on/[^"]+)"', page)
    assert action
    answer = client.post(action[1].replace("&amp;", "&"))
    parts = urlsplit(answer["Refresh"].removeprefix("0; url="))
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    client.get(re.sub(r"^http://[^/]+", "", connection.getresponse().headers["Location"]))
    connection.close()
    assert client.post(SECOND_STEP, {"code": code()}).url == "/account/tokens/"  # type: ignore[attr-defined]


def test_a_provider_that_does_not_answer_is_said_so(people: People, provider: Provider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(
        provider.variables | {"OIDC_SERVER_URL": "http://127.0.0.1:9"}
    )
    answer = Client().post(LEAVE)
    assert answer.status_code == 401
    assert "<h1>Signing in did not work</h1>" in text_of(answer)
