"""Vulnerabilities by what people call them, by the API: asked in a body, never in an address, and logged."""

import json
from collections.abc import Callable

import pytest

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.looks.reading import looks
from tests.registry.api.calling import Caller
from tests.registry.ssc.exposing import VULNERABILITY, know_names, know_vulnerability

FIND = "/ssc/vulnerabilities/find"


@pytest.fixture
def caller(people: dict[Role, Person], recorded: Callable[[str], object]) -> Caller:
    recorded("1 <- 2")
    know_names(people)
    know_vulnerability(people)
    know_vulnerability(people, VULNERABILITY._replace(reference="OS-2026-8"))
    know_vulnerability(people, VULNERABILITY._replace(reference="OS-2026-9", cves=(), is_withdrawn=True))
    return Caller(people[Role.SSC], Scope.READ_SSC)


def test_they_are_found_by_reference_and_by_cve_id_whatever_the_letters(caller: Caller) -> None:
    asked = ["OS-2026-7", "cve-2026-1234", "os-2026-9", "CVE-2026-9999", "OS-2026-7"]
    answer = caller.call("POST", FIND, {"identifiers": asked})
    assert answer.status_code == 200
    found = json.loads(answer.content)
    assert found["version"] == 1
    named = {each["identifier"]: [one["reference"] for one in each["vulnerabilities"]] for each in found["found"]}
    assert named == {
        "OS-2026-7": ["OS-2026-7"],
        "cve-2026-1234": ["OS-2026-7", "OS-2026-8"],
        "os-2026-9": ["OS-2026-9"],
        "CVE-2026-9999": [],
    }
    first, withdrawn = (found["found"][at]["vulnerabilities"][0] for at in (0, 2))
    number = first["number"]
    read = json.loads(caller.call("GET", f"/ssc/vulnerabilities/{number}").content)
    assert read["vulnerability"]["reference"] == "OS-2026-7"
    assert first == {
        "number": number, "reference": "OS-2026-7", "cves": ["CVE-2026-1234"], "is_withdrawn": False,
    }  # fmt: skip
    assert (withdrawn["is_withdrawn"], "cves" in withdrawn) == (True, False)


def test_it_is_a_look(caller: Caller) -> None:
    caller.call("POST", FIND, {"identifiers": ["CVE-2026-1234"]})
    (look,) = looks(0, 1)
    assert look.what.startswith("vulnerabilities by identifier, by token ")
    assert look.rows == 2


@pytest.mark.parametrize("asked", [[], [""], ["x"] * 1001, ["a" * 201], ["CVE-2026-1234\u200b"]])
def test_what_names_nothing_is_refused(caller: Caller, asked: list[str]) -> None:
    assert caller.call("POST", FIND, {"identifiers": asked}).status_code == 422
