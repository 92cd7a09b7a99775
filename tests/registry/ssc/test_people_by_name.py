"""Whoever stated something is named to the SSC: its own people by name, others by their Party; never by number."""

import json
import re
from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.assessments.keeping import Said, assess
from firmpath.registry.ssc.inventories.counts import find_inventory, keep_inventory
from firmpath.registry.ssc.people import named_in
from firmpath.registry.ssc.versions.known_names import known_names
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability
from tests.registry.ssc.planting import who

NAME = "Robin of Security Sub-Committee"


def test_who_stated_something_is_named_on_every_page_and_in_every_table(
    people: dict[Role, Person], recorded: Callable[[str], object], signed_in: Callable[[Role], Client]
) -> None:
    recorded("1 <- 2")
    give_stacks(people, {1: "OrrinZNet 7.1.0"})
    know_names(people)
    number, ssc = know_vulnerability(people), who(people, Role.SSC)
    assess(number, [CPLEntryID(1)], Said("affected", "", "Looked at."), ssc, AT)
    inventory = keep_inventory("All", date(2026, 5, 1), {(CPLEntryID(1),): 7}, ssc, AT)
    reader = signed_in(Role.SSC)

    def told(name: str, *args: object, query: str = "") -> str:
        return reader.get(reverse(name, args=args) + query).content.decode().replace("&#x27;", "'")

    pages = {
        "history": told("ssc_vulnerability_history", number),
        "assessments": told("ssc_vulnerability", number),
        "entries": told("ssc_exposure", number, query="?verdict=affected"),
        "table": told("ssc_exposure", number, query="?format=csv"),
        "inventories": told("ssc_inventories"),
        "name": told("ssc_name", min(known_names().makers)),
        "calls": Caller(people[Role.SSC], Scope.READ_SSC)
        .get(f"/ssc/vulnerabilities/{number}/assessments")
        .content.decode(),
    }
    main = {page: html.partition("<main")[2] or html for page, html in pages.items()}
    assert {page for page, html in main.items() if NAME not in html} == set()
    assert {page: re.findall(r"person \d+", html) for page, html in pages.items()} == {page: [] for page in pages}
    assert json.loads(pages["calls"])["assessments"][0]["entered_by"] == NAME
    assert "entered by somebody of SECAS" in told("ssc_entry", 1)
    found = find_inventory(inventory)
    assert found
    assert found.entered_by == NAME


def test_a_person_whom_the_register_does_not_know_is_told_by_number(people: dict[Role, Person]) -> None:
    texts = ("person 999999", f"person {people[Role.SSC].pk}", "")
    assert [*map(named_in(texts), texts)] == ["person 999999, who has left", NAME, ""]
