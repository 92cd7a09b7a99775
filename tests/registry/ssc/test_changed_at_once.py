"""Two people have one form open: whoever sends it second is told, and overwrites nothing."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities
from tests.registry.ssc.exposing import know_names, know_vulnerability
from tests.registry.ssc.forms import forms_of

People = dict[Role, Person]
IN_THE_MEANTIME = "was made to what somebody else has changed in the meantime; look at it again"


def form_of(client: Client, path: str) -> dict[str, str]:
    """Give what the form at an address would send as it stands."""
    page = client.get(path).content
    (found,) = (each for each in forms_of(page) if "reason" in each.sends)
    return found.sends


@pytest.mark.parametrize("what", ["name", "vulnerability"])
def test_a_form_that_was_open_while_somebody_else_changed_it_is_refused(
    what: str, people: People, signed_in: Callable[[Role], Client], recorded: Callable[[str], object]
) -> None:
    recorded("1")
    know_names(people)
    number = know_vulnerability(people)
    client = signed_in(Role.SSC)
    (stack,) = known_names().stacks
    if what == "name":
        path, term = reverse("ssc_name", args=[stack]), "name"
    else:
        path, term = reverse("ssc_vulnerability_edit", args=[number]), "title"
    mine, theirs = form_of(client, path), form_of(client, path)
    assert client.post(path, {**theirs, term: "Theirs", "reason": "found out"}).status_code == 302
    refused = client.post(path, {**mine, term: "Mine", "reason": ""})
    assert refused.status_code == 422
    revision = re.search(rb'name="revision" value="(\d+)"', refused.content)
    assert revision  # the form that is shown again is still that of what was seen
    again = client.post(path, {**mine, term: "Mine", "reason": "put right", "revision": revision[1].decode()})
    assert again.status_code == 422
    assert IN_THE_MEANTIME in html.unescape(again.content.decode())
    names = known_names().stacks[stack].name, known_vulnerabilities()[number].vulnerability.title
    assert "Theirs" in names
    assert "Mine" not in names
