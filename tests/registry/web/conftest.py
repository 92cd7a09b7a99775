"""A draft of a submission, and whoever makes it at a browser, for the tests of the pages."""

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
