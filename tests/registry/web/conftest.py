"""A draft of a submission, whoever makes it at a browser, and a question, for the tests of the pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import Submission
from tests.registry.submissions.drafting import draft, who


@pytest.fixture
def begun(people: dict[Role, Person], recorded: Callable[[str], object]) -> Submission:
    """A draft of the manufacturer's that nothing speaks against."""
    recorded("1 <- 2")
    return draft(who(people, Role.MANUFACTURER))


@pytest.fixture
def browser(signed_in: Callable[[Role], Client]) -> Client:
    """A browser in which the manufacturer is signed in."""
    return signed_in(Role.MANUFACTURER)


@pytest.fixture
def ask(signed_in: Callable[[Role], Client], recorded: Callable[[str], object]) -> Callable[..., str]:
    """Record what a notation says, and ask as a Supplier."""
    client = signed_in(Role.SUPPLIER)

    def page(notation: str, query: str, status: int = 200) -> str:
        recorded(notation)
        answer = client.get(f"/pathway?{query}")
        assert answer.status_code == status
        return re.sub(r"\s+", " ", answer.text)

    return page
