"""A register for a test: its database, its people, and a ledger with whatever the test records."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import call_command
from django.test import Client
from django.test.client import ClientHandler

from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.loading import load
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.notation import statements as statements_of
from tests.registry.people import make_people

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
"""An instant at which tests do things, unless they say otherwise."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here may use both databases, each in a transaction that is taken back."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "ssc"]))


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Put the files that pages refer to where `firmpath serve` puts them, and load the middleware once, as it does.

    Each client would load its own else, and look at every one of those files for it: half the time of a request.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    once = ClientHandler()
    once.load_middleware()
    ClientHandler._middleware_chain = staticmethod(once._middleware_chain)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as ever, at little cost: a tenth of a second each time is what makes the hash strong."""
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2)


@pytest.fixture
def people(db: None) -> dict[Role, Person]:
    """Somebody of each role, with a second factor. The manufacturer's identifier is F001."""
    return make_people(AT)


@pytest.fixture
def signed_in(people: dict[Role, Person]) -> Callable[[Role], Client]:
    """Give a browser in which somebody of a role is signed in, or nobody for the public."""

    def sign_in(role: Role) -> Client:
        client = Client()
        if role is not Role.PUBLIC:
            client.force_login(people[role], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def recorded(db: None) -> Callable[[str], Sequence[Statement]]:
    """Record what a line of notation says, as the beginning of the ledger."""

    def record(text: str) -> Sequence[Statement]:
        made = statements_of(text)
        load(made, AT)
        return made

    return record
