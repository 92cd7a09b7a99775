"""What is taken away is of the day that was asked for, or not given at all: never silently of another."""

import html
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.registry.ssc.exposing import give_stacks, know_names, know_vulnerability

People = dict[Role, Person]


@pytest.mark.parametrize("query", ["on=2026-13-01", "known_on=yesterday", "inventory=99"])
@pytest.mark.parametrize(
    ("page", "more", "form"),
    [
        ("ssc_exposure", (), "csv"),
        ("ssc_exposure", (), "xlsx"),
        ("ssc_operators", ("csv",), ""),
        ("ssc_openvex", (), ""),
        ("ssc_letters", (), ""),
    ],
)
def test_what_cannot_be_meant_gives_no_file(
    page: str,
    more: tuple[str, ...],
    form: str,
    query: str,
    people: People,
    signed_in: Callable[[Role], Client],
    recorded: Callable[[str], object],
) -> None:
    recorded("1 <- 2")
    give_stacks(people, {1: "OrrinZNet 7.1.0", 2: "OrrinZNet 7.4.0"})
    know_names(people)
    path = reverse(page, args=[know_vulnerability(people), *more])
    answer = signed_in(Role.SSC).get(f"{path}?{query}&format={form}")
    assert (answer.status_code, answer.headers.get("Content-Disposition")) == (422, None)
    shown = html.unescape(answer.content.decode())
    assert query.partition("=")[2] in shown
    assert "There is a problem" in shown
