"""Calls that read: answers, pages, conditions, and problems in words."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.http import HttpResponse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.registry.api.calling import Caller

Record = Callable[[str], object]
People = Mapping[Role, Person]
STORY = "1 <- 2 <- 3 ; 4 ? ; 3 contact=ask@aster.example ; 3 band=Sub-GHz Only"


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


@pytest.fixture
def supplier(people: People) -> Caller:
    return Caller(people[Role.SUPPLIER])


def test_a_pathway_is_answered_as_the_command_line_answers_it(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    answer = body(supplier.get("/pathways?installed=1&target=3"))
    assert (answer["answer"], answer["steps"], answer["next_step"]) == ("pathway", [1, 2, 3], 2)
    assert answer["entries"]["2"]["firmware_version"]
    assert answer["explanation"]["headline"]


def test_the_public_gets_no_pathway(recorded: Record) -> None:
    recorded(STORY)
    response = Caller().get("/pathways?installed=1")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="Firmpath"'
    assert body(response)["detail"] == "This needs a valid API token; send it as 'Authorization: Bearer …'."


@pytest.mark.parametrize("written", ["Bearer nonsense", "Basic abc", "Bearer", "x"])
def test_a_token_that_is_not_valid_is_refused_even_where_none_is_needed(recorded: Record, written: str) -> None:
    recorded(STORY)
    assert Caller().get("/entries", Authorization=written).status_code == 401


def test_a_session_of_the_pages_does_not_count(recorded: Record, signed_in: Callable[[Role], Any]) -> None:
    recorded(STORY)
    assert signed_in(Role.SUPPLIER).get("/api/v1/pathways?installed=1").status_code == 401


def test_the_public_sees_the_public_fields_of_an_entry(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    public = body(Caller().get("/entries/3"))["entry"]
    assert public["zigbee_band"] == "Sub-GHz Only"
    assert public.keys().isdisjoint({"base_firmware", "contact", "notes", "release_notes_url", "marks"})
    full = body(supplier.get("/entries/3"))["entry"]
    assert (full["base_firmware"], full["contact"]) == ([2], "ask@aster.example")


def test_pages_follow_one_another_to_the_end(recorded: Record) -> None:
    recorded("1 <- 2 <- 3 ; 4 ? ; 5 N/A")
    found, cursor = [], ""
    for _ in range(3):
        page = body(Caller().get(f"/entries?limit=2&cursor={cursor}"))
        found += [each["cpl_entry_id"] for each in page["entries"]]
        cursor = page.get("next_cursor", "")
    assert (found, cursor) == ([1, 2, 3, 4, 5], "")


def test_entries_are_narrowed_down(recorded: Record) -> None:
    recorded("1 N/A ; 2 N/A type=GSME ; 3 N/A maker=F002 ; 3 withdrawn")
    ids = {
        query: [each["cpl_entry_id"] for each in body(Caller().get(f"/entries?{query}"))["entries"]]
        for query in ("device_type=GSME", "manufacturer_id=F002", "status=removed", "status=listed")
    }
    assert list(ids.values()) == [[2], [3], [3], [1, 2]]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/entries?cursor=x", "Cursor 'x' was not given by this register; use the one that a page gives"),
        ("/entries?manufacturer_id=zz", "Manufacturer identifier 'zz' is not 4 hex digits"),
        ("/entries?device_type=GPF", "Device type 'GPF' is outside the scope of MP231"),
        ("/entries?limit=0", "Limit '0' is not a whole number from 1 to 1000"),
        ("/pathways?installed=%C3%A9", "Entry 'é' is not a way to name one"),
        ("/pathways", "installed is refused: Field required"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(recorded: Record, supplier: Caller, path: str, said: str) -> None:
    recorded(STORY)
    response = supplier.get(path)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert said in " ".join(fault["text"] for fault in body(response)["faults"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/entries/99", 404),
        ("DELETE", "/entries", 405),
        ("POST", "/entries/1", 405),
    ],
)
def test_every_problem_is_told_as_one(recorded: Record, method: str, path: str, status: int) -> None:
    recorded(STORY)
    response = Caller().call(method, path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert body(response)["status"] == status


def test_an_answer_is_given_once_for_each_head_of_the_ledger(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    first = supplier.get("/pathways?installed=1")
    etag = first.headers["ETag"]
    again = supplier.get("/pathways?installed=1", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert supplier.get("/pathways?installed=1", **{"If-None-Match": '"other"'}).content == first.content
    assert Caller().get("/entries").headers["ETag"] != supplier.get("/entries").headers["ETag"]


def test_many_questions_are_answered_in_their_order(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    asked = [{"installed": "1", "target": "3"}, {"installed": "x"}, {"installed": "3", "target": "3"}]
    answers = body(supplier.post("/pathways/batch", {"questions": asked}))["answers"]
    assert [each["answer"] for each in answers] == ["pathway", "refused", "already_there"]
    assert answers[0]["next_step"] == 2
    assert answers[1]["text"].startswith("Entry 'x' is not a way to name one")
    assert all(each["text"] for each in answers)


def test_more_than_ten_thousand_questions_are_refused(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    response = supplier.post("/pathways/batch", {"questions": [{"installed": "1"}] * 10_001})
    assert response.status_code == 422
    assert "at most 10000 items" in body(response)["faults"][0]["text"]


def test_history_says_what_was_corrected(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    statements = body(supplier.get("/entries/3/history"))["statements"]
    assert [len(each["sha256"]) for each in statements] == [64] * len(statements)
    assert "published" in statements[0]["text"]


def test_a_token_for_reading_reads(recorded: Record, people: People) -> None:
    recorded(STORY)
    assert Caller(people[Role.MAP], Scope.READ).get("/pathways?installed=1").status_code == 200
