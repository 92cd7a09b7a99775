"""Vulnerabilities on another day, or in another order: what is asked for is carried on, or refused."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firmpath.pathways.days import britains_day
from firmpath.registry.ledger import current as ledger
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability

People = dict[Role, Person]


@pytest.fixture
def client(people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]) -> Client:
    """The SSC: 1 and 2 are affected and have a way out, 4 is and has none, 5 is unknown."""
    recorded("1 <- 2 <- 3 ; 4 model=0008 ; 5 model=0009")
    give_stacks(people, dict.fromkeys((1, 2, 4), "OrrinZNet 7.1.0") | {3: "OrrinZNet 7.4.0", 5: "OrrinZNet 7.3"})
    know_names(people)
    return signed_in(Role.SSC)


@pytest.fixture
def number(client: Client, people: People) -> int:
    return know_vulnerability(people)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_list_is_sorted_by_what_is_asked_for(client: Client, number: int) -> None:
    path = reverse("ssc_vulnerabilities")
    row = b"reference,stack,affected_to,cvss\nZZ-1,OrrinZNet,6.0,CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n"
    client.post(reverse("ssc_vulnerability_import"), {"file": SimpleUploadedFile("a.csv", row)})

    def order(query: str) -> list[str]:
        return re.findall(r'<th scope="row" class="names"><a href=".+?">(.+?)</a>', page(client, path + query))

    assert order("") == order("?sort=nothing") == ["OS-2026-7", "ZZ-1"]  # which affects most
    for name in ("reference", "affected", "unknown", "out", "without"):
        first = ["OS-2026-7", "ZZ-1"] if name == "reference" else ["ZZ-1", "OS-2026-7"]
        assert (order(f"?sort={name}"), order(f"?sort=-{name}")) == (first, first[::-1]), name
    assert order("?sort=-severity") == ["ZZ-1", "OS-2026-7"]  # 9.8, and 6.5
    html = page(client, path + "?on=2026-05-31")
    assert (
        '<th scope="col" class="number"><a class="sort" href="?on=2026-05-31&amp;sort=-affected">Affected' in html
    )


def test_an_upgrade_is_tried_on_the_day_that_is_shown(client: Client, number: int) -> None:
    asked = f"on=2026-05-31&known_on={AT.date()}"
    html = page(client, f"{reverse('ssc_ways_out', args=[number])}?{asked}")
    form = html.partition('action="#try"')[2].partition("</form>")[0]
    assert re.findall('type="hidden" name="(.+?)" value="(.+?)"', form) == [
        ("on", "2026-05-31"),
        ("known_on", str(AT.date())),
    ]


@pytest.mark.parametrize("name", ["ssc_exposure", "ssc_openvex", "ssc_operators", "ssc_vulnerabilities"])
def test_nothing_is_taken_away_of_a_day_that_cannot_be_meant(client: Client, number: int, name: str) -> None:
    args = {"ssc_vulnerabilities": [], "ssc_operators": [number, "csv"]}.get(name, [number])
    response = client.get(reverse(name, args=args) + "?format=csv&on=31.5.2026&inventory=x")
    assert (response.status_code, "Content-Disposition" in response) == (422, False)
    told = unescape(response.content.decode())
    assert "'31.5.2026' is not a date; write it as 2026-01-31" in told
    assert "'x' is not the number of one; choose one of the list" in told


def test_the_list_of_an_earlier_day_leads_to_that_day(client: Client, number: int) -> None:
    path = reverse("ssc_vulnerabilities")
    html = page(client, f"{path}?on=2026-05-31")
    assert f'<a href="{reverse("ssc_vulnerability", args=[number])}?on=2026-05-31">OS-2026-7</a>' in html
    html = page(client, f"{path}?known_on=2026-05-31")
    assert "No vulnerability was on record by the end of" in html
    assert 'name="known_on-day"' in html  # to choose another
    assert "No vulnerability is on record." not in html


def test_what_is_given_of_a_stack_counts_from_the_next_page_on(client: Client, people: People, number: int) -> None:
    path = f"{reverse('ssc_exposure', args=[number])}?verdict=affected"
    assert "CPL entry 5 (" not in page(client, path)
    give_stacks(people, {5: "OrrinZNet 7.1.0"})
    assert "CPL entry 5 (" in page(client, path)


def test_looking_warms_no_cache_of_the_register(
    client: Client, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = current()
    monkeypatch.setattr(ledger, "_held", held)  # which a process does that is in no transaction
    shared = held.register.catalogue(britains_day(timezone.now()))
    page(client, reverse("ssc_ways_out", args=[number]))
    page(client, reverse("ssc_ways_out", args=[number]) + "?on=2021-01-01")
    assert shared.kept_upgrades() == {}
