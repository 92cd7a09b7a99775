"""Calls that read: answers, pages, conditions, and problems in words."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from django.http import HttpResponse

from firmpath.pathways.register_reader import read_register
from firmpath.pathways.statement import Statement
from firmpath.registry.api.brief_answers import brief_answers
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.notation import catalogue
from tests.registry.api.calling import Caller

Record = Callable[[str], Sequence[Statement]]
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
    answer = body(supplier.get("/pathways?installed=F001/00050203@FFFFFFFF"))["explanation"]
    assert (
        "Whom to ask about it, by other firmware of this model: Brackenfell Metering (ask@aster.example)."
        in answer["lines"]
    )
    assert answer["next_step"] == "Next: check what was typed, and ask about it. Do not upgrade the Device yet."


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
        ("/pathways", "installed is not given; add it"),
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
    assert supplier.get("/pathways?installed=1", **{"If-None-Match": f'"other", W/{etag}'}).status_code == 304
    assert supplier.get("/pathways?installed=2", **{"If-None-Match": etag}).status_code == 200
    assert supplier.get("/pathways?installed=1", **{"If-None-Match": "*"}).status_code == 304
    assert supplier.get("/entries/99", **{"If-None-Match": "*"}).status_code == 404
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
    assert (
        "questions has more than 10,000 items; send so many at most at once" in body(response)["faults"][0]["text"]
    )


def test_history_says_what_was_corrected(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    statements = body(supplier.get("/entries/3/history"))["statements"]
    assert [len(each["sha256"]) for each in statements] == [64] * len(statements)
    assert " is on the CPL, for ESME " in statements[0]["text"]


def test_a_token_for_reading_reads(recorded: Record, people: People) -> None:
    recorded(STORY)
    assert Caller(people[Role.MAP], Scope.READ).get("/pathways?installed=1").status_code == 200


def test_changes_are_listed_newest_first_and_followed_by_number(recorded: Record, supplier: Caller) -> None:
    recorded("1 <- 2 <- 3 ; 2 stone ; 3 withdrawn")
    page = body(supplier.get("/changes?limit=2"))
    assert [each["kind"] for each in page["changes"]] == ["withdrawn", "base"]
    last = page["changes"][0]
    assert last["text"] == 'CPL entry 3 (firmware 00000003, "v3") is withdrawn from the CPL.'
    assert (last["cpl_entry_ids"], last["party"], last["channel"]) == ([3], "Brackenfell Metering", "import")
    rest = body(supplier.get(f"/changes?cursor={page['next_cursor']}"))
    assert [each["number"] for each in rest["changes"]] == list(range(last["number"] - 2, 0, -1))
    assert "next_cursor" not in rest
    newer = body(supplier.get(f"/changes?since={last['number'] - 1}&limit=1"))
    assert ([each["number"] for each in newer["changes"]], "next_cursor" in newer) == ([last["number"]], False)
    assert body(supplier.get(f"/changes?since={last['number']}"))["changes"] == []


def test_changes_are_narrowed_down(recorded: Record, supplier: Caller) -> None:
    recorded("1 N/A ; 2 N/A maker=F002 ; 3 N/A model=0007 ; 2 contact=ask@larch.example")

    def about(query: str) -> set[int]:
        found = body(supplier.get(f"/changes?{query}"))["changes"]
        return {each for change in found for each in change["cpl_entry_ids"]}

    assert (about("manufacturer_id=F002"), about("model=00070203"), about("kind=release")) == ({2}, {3}, {2})


def test_the_public_sees_changes_of_the_cpl_alone(recorded: Record, supplier: Caller) -> None:
    recorded("1 <- 2 ; 2 stone ; 2 contact=ask@aster.example ; 2 band=Sub-GHz Only")
    public = body(Caller().get("/changes"))["changes"]
    assert {each["kind"] for each in public} == {"published", "band"}
    assert all(each.keys().isdisjoint({"party", "channel", "reason"}) for each in public)
    assert Caller().get("/changes?kind=base").status_code == 401


def test_open_notices_are_listed_with_their_upgrades(recorded: Record, supplier: Caller) -> None:
    recorded("1 <- 2 <- 3 ; notice N1: 1 -> 3, any -> 2")
    listed = body(supplier.get("/notices"))
    (notice,) = listed["notices"]
    assert (notice["notice_id"], notice["opened_on"]) == ("N1", "2025-06-01")
    assert notice["steps"] == [{"from": 1, "to": 3}, {"from": "any", "to": 2}]
    assert listed["entries"]["3"]["firmware_version"] == "00000003"
    assert body(supplier.get("/notices?as_at=2025-05-31"))["notices"] == []


def test_the_record_is_given_line_by_line(recorded: Record, people: People, supplier: Caller) -> None:
    made = recorded(STORY)
    response = supplier.get("/register")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    assert response.headers["Content-Type"] == "application/jsonl"
    assert read_register(text.splitlines()) == tuple(made)
    later = b"".join(supplier.get("/register?from=3").streaming_content).decode()  # type: ignore[attr-defined]
    assert later.splitlines()[1:] == text.splitlines()[3:]
    etag = response.headers["ETag"]
    assert supplier.get("/register", **{"If-None-Match": etag}).status_code == 304
    assert supplier.call("HEAD", "/register").headers["ETag"] == etag
    assert Caller().get("/register").status_code == 401


def test_a_batch_accepts_notices(recorded: Record, supplier: Caller) -> None:
    recorded("1 <- 2 <- 3 ; notice N1: 2 -> 3")
    asked = {"questions": [{"installed": "1", "target": "3"}] * 2}
    answers = [*body_of(supplier.post("/pathways/batch", asked).content)]
    answers += body_of(supplier.post("/pathways/batch", asked | {"accept": ["N1"]}).content)
    assert [each["answer"] for each in answers] == ["blocked_by_notice"] * 2 + ["pathway"] * 2


def test_answers_are_kept_for_one_catalogue_and_what_is_accepted() -> None:
    known, nothing, notice = catalogue("1 <- 2 <- 3 ; notice N1: 2 -> 3"), frozenset[str](), frozenset({"N1"})
    first = brief_answers(known, nothing)
    assert json.loads(first.answer("1", "3"))["answer"] == "blocked_by_notice"
    assert brief_answers(known, nothing) is first
    assert first.answer("1", "3") is first.answer("1", "3")
    assert json.loads(brief_answers(known, notice).answer("1", "3"))["answer"] == "pathway"
    other = brief_answers(catalogue("1 <- 3"), notice)
    assert json.loads(other.answer("1", "3"))["steps"] == [1, 3]


def body_of(octets: bytes) -> Any:
    return json.loads(octets)["answers"]
