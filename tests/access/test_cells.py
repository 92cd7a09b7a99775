"""Cell by cell: each role, at each page and call, with each method, gets in exactly where docs/roles.md says so.

The document is written from the table in the code; here it is read as what somebody agreed to, and held against
what the register does when it is asked.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.access.cells import METHODS, places
from tests.docs.committed import PROJECT
from tests.notation import statements
from tests.registry.api.calling import scope_for, token_of
from tests.registry.conftest import AT
from tests.registry.people import make_people

pytestmark = pytest.mark.django_db(databases=["default", "ssc"])

ROW = re.compile(r"^\| `(?P<address>[^`]+)` \| (?P<method>[A-Z]+) \|(?P<ticks>.*)\|$", re.MULTILINE)
FILLED = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "2", "str": "x", "slug": "x", "path": "x"}


class Cell(NamedTuple):
    """Who gets in at an address with a method."""

    address: str
    method: str
    roles: frozenset[Role]


def documented() -> list[Cell]:
    text = (PROJECT / "docs/roles.md").read_text(encoding="utf-8")
    return list(_cells(text))


def _cells(text: str) -> Iterator[Cell]:
    for found in ROW.finditer(text):
        ticks = [tick.strip() for tick in found["ticks"].split("|")]
        roles = frozenset(role for role, tick in zip(Role, ticks, strict=True) if tick)
        yield Cell(found["address"], found["method"], roles)


def filled(address: str) -> str:
    def fill(found: re.Match[str]) -> str:
        kind, _, name = found[1].rpartition(":")
        return FILLED[kind or ("int" if name.endswith("_id") else "str")]

    return re.sub(r"<([^>]+)>", fill, address)


@pytest.fixture
def people(db: None) -> dict[Role, Person]:
    from firmpath.registry.ledger.loading import load

    load(statements("1 <- 2 <- 3"), AT)
    return make_people(AT)


def is_let_in(response: HttpResponse) -> bool:
    """Say whether the gate was passed; what is behind it may still find nothing, or something to refuse."""
    asked_to_sign_in = response.headers.get("Location", "").startswith(reverse("account_login") + "?next=")
    return response.status_code not in (401, 403, 405) and not asked_to_sign_in


def ask(role: Role, people: dict[Role, Person], address: str, method: str) -> HttpResponse:
    client = Client(raise_request_exception=False)
    headers: dict[str, str] = {}
    if role is not Role.PUBLIC:
        if address.startswith("/api/"):
            headers["Authorization"] = f"Bearer {TOKENS[role, scope_for(role, address)]}"
        else:
            client.force_login(people[role], "allauth.account.auth_backends.AuthenticationBackend")
    response: Any = client.generic(method, filled(address), headers=headers, content_type="application/json")
    return response  # type: ignore[no-any-return]  # a test response is one


TOKENS: dict[tuple[Role, Scope], str] = {}


@pytest.fixture
def tokens(people: dict[Role, Person]) -> None:
    for role, person in people.items():
        for scope in (Scope.WRITE, *((Scope.WRITE_SSC,) if role is Role.SSC else ())):
            TOKENS[role, scope] = token_of(person, scope)


def test_the_document_has_every_page_and_call() -> None:
    known = {(place.address, method) for place in places() for method in place.acts if method != "HEAD"}
    assert {(cell.address, cell.method) for cell in documented()} == known


def test_no_page_is_without_a_gate() -> None:
    assert [place.address for place in places() if not place.acts and not place.address.startswith("/api/")] == []


@pytest.mark.parametrize("cell", documented(), ids=lambda cell: f"{cell.method} {cell.address}")
def test_cell(cell: Cell, people: dict[Role, Person], tokens: None) -> None:
    let_in = {role for role in Role if is_let_in(ask(role, people, cell.address, cell.method))}
    assert let_in == cell.roles


def test_who_is_to_be_confirmed_is_let_in_as_a_map_is_and_nowhere_else(
    people: dict[Role, Person], tokens: None
) -> None:
    """At every page and call, with every method: a MAP may do no more than everybody who is signed in."""
    waiting = people[Role.SSC].pk
    Person.objects.filter(pk=waiting).update(admitted_at=None)
    differ = []
    for cell in documented():
        people[Role.SSC] = Person.objects.get(pk=waiting)  # some pages end every session that there was
        let_in = is_let_in(ask(Role.SSC, people, cell.address, cell.method))
        if let_in != (Role.MAP in cell.roles):
            differ.append((cell.address, cell.method))
    assert differ == []


@pytest.mark.parametrize("address", sorted({cell.address for cell in documented()}))
def test_methods_that_are_not_documented_are_refused(
    address: str, people: dict[Role, Person], tokens: None
) -> None:
    taken = {cell.method for cell in documented() if cell.address == address}
    taken |= {"HEAD"} if "GET" in taken else set()
    for method in set(METHODS) - taken:
        for role in (Role.PUBLIC, Role.SECAS):
            assert ask(role, people, address, method).status_code in (401, 403, 405)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SSC])
def test_only_the_ssc_gets_to_its_pages(role: Role) -> None:
    """Written by hand, so that a slip in the table shows."""
    ours = {"/ssc/zigbee/<uuid:reference>/", "/ssc/record/<int:cpl_entry_id>/"}
    for cell in documented():
        if cell.address.startswith(("/ssc/", "/api/v1/ssc/")) and cell.address not in ours:
            assert role not in cell.roles, cell


def test_the_public_reads_and_signs_in_and_nothing_else() -> None:
    """Written by hand as well: whatever else the public may send would be a way in."""
    sent = {cell.address for cell in documented() if Role.PUBLIC in cell.roles and cell.method != "GET"}
    assert {address for address in sent if not address.startswith("/account/")} == {"/"}  # the one box
