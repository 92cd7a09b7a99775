"""Makers and stacks by the API: added, changed by who saw the last revision, refused where they are not clear."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.registry.api.calling import Caller
from tests.registry.ssc.exposing import give_stacks, know_names

NAMES = "/ssc/names"
Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(people: dict[Role, Person], recorded: Callable[[str], object]) -> Call:
    recorded("1 <- 2")
    give_stacks(people, {1: "OrrinZNet 7.1.0", 2: "Brook 7.x1"})
    know_names(people)
    caller = Caller(people[Role.SSC], Scope.WRITE_SSC)

    def call(method: str, path: str = NAMES, **body: Any) -> tuple[int, Any]:
        answer = caller.call(method.upper(), path, body or None)
        return answer.status_code, json.loads(answer.content)

    return call


def test_what_matches_nothing_is_listed_until_it_is_added(call: Call) -> None:
    _, listed = call("get")
    assert [each["name"] for each in listed["makers"] + listed["stacks"]] == ["Orrin Silicon", "OrrinZNet"]
    assert listed["unmatched"] == [{"kind": "stack", "text": "Brook", "entries": 1, "references": []}]
    status, added = call(
        "post", kind="stack", name="Brook", maker=listed["makers"][0]["number"], rule="dotted numbers"
    )
    assert (status, added["unmatched"]) == (201, [])
    assert added["not_comparable"] == [{"stack": "Brook", "text": "7.x1", "entries": 1, "references": []}]


def test_a_change_names_the_revision_that_was_seen(call: Call) -> None:
    (maker,) = call("get")[1]["makers"]
    path, change = (
        f"{NAMES}/{maker['number']}",
        {"name": "Orrin", "reason": "shorter", "revision": maker["revision"]},
    )
    status, changed = call("put", path, **change)
    assert (status, changed["makers"][0]["name"]) == (200, "Orrin")
    assert changed["makers"][0]["revision"] > maker["revision"]
    status, refused = call("put", path, **change)
    assert (status, "changed in the meantime" in refused["faults"][0]["text"]) == (409, True)
    assert call("put", path, **{**change, "revision": 999})[0] == 404
    assert call("put", f"{NAMES}/999", **change)[0] == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"kind": "stack", "name": "orrin-znet", "rule": "dates"}, "is a spelling of OrrinZNet already"),
        ({"kind": "stack", "name": "Brook"}, "How versions compare has not been chosen"),
        ({"kind": "stack", "name": "Brook", "rule": "dates", "maker": 999}, "Stack maker '999'"),
        ({"kind": "maker", "name": "Brook", "rule": "dates"}, "is to be that of a maker, which has no rule"),
    ],
)
def test_what_is_not_clear_is_refused(call: Call, body: dict[str, Any], words: str) -> None:
    status, refused = call("post", **body)
    told = " ".join(each["text"] for each in refused["faults"])
    assert (status, words in told) == (409, True), told
