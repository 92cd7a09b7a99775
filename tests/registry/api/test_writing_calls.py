"""Calls that write: the whole way of a submission, corrections, and what the DCC takes and loads."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import READING, Role, Scope
from firmpath.registry.submissions.models import SubmissionEntry
from tests.registry.api import world
from tests.registry.api.calling import Caller
from tests.registry.people import make_person
from tests.registry.submissions.drafting import ANSWERS

Record = Callable[[str], object]
People = Mapping[Role, Person]
VENDOR, STACK = "Quillwort Silicon", "Zstack 7.7.7-canary"


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


def texts(response: HttpResponse) -> list[str]:
    return [fault["text"] for fault in body(response)["faults"]]


@pytest.fixture
def callers(people: People, recorded: Record) -> dict[Role, Caller]:
    recorded("1 <- 2")
    return {role: Caller(person) for role, person in people.items()}


def begin(caller: Caller, **answers: str) -> str:
    made = caller.post("/submissions", {"answers": ANSWERS | answers})
    assert made.status_code == 201, made.content
    reference: str = body(made)["reference"]
    assert made.headers["Location"] == f"/api/v1/submissions/{reference}"
    given = {"chipset_vendor": VENDOR, "stack_version": STACK}
    assert caller.call("PUT", f"/submissions/{reference}/entries/1/zigbee", given).status_code == 204
    return reference


def test_a_draft_becomes_an_entry_by_calls_alone(callers: dict[Role, Caller]) -> None:
    maker, secas = callers[Role.MANUFACTURER], callers[Role.SECAS]
    reference = begin(maker, contact="")
    asked = {"answers": {"contact": "firmware@aster.example"}}
    saved = body(maker.call("PATCH", f"/submissions/{reference}/entries/1", asked))
    assert saved["entries"][0]["answers"] == ANSWERS
    assert saved["entries"][0]["zigbee_given"] == {"chipset_vendor": True, "stack_version": True}
    assert body(maker.post(f"/submissions/{reference}/submit"))["status"] == "with SECAS"
    rehearsed = secas.get(f"/submissions/{reference}/rehearsal")
    assert (body(rehearsed)["answer"], body(rehearsed)["gained"][0]["to"]) == ("acceptable", 3)
    etag = {"If-Match": rehearsed.headers["ETag"]}
    published = body(secas.post(f"/submissions/{reference}/publish", **etag))
    assert (published["status"], published["entries"][0]["cpl_entry_id"]) == ("published", 3)
    assert [each["what"] for each in published["events"]] == ["begun", "submitted", "published"]
    assert body(maker.get("/pathways?installed=1&target=3"))["steps"] == [1, 2, 3]


def test_what_would_do_something_else_by_now_is_not_published(callers: dict[Role, Caller]) -> None:
    maker, secas = callers[Role.MANUFACTURER], callers[Role.SECAS]
    one, other = begin(maker), begin(maker, firmware_version="00000004", manufacturer_image_hash="A" * 64)
    for each in (one, other):
        assert maker.post(f"/submissions/{each}/submit").status_code == 200
    seen = {each: secas.get(f"/submissions/{each}/rehearsal").headers["ETag"] for each in (one, other)}
    assert secas.post(f"/submissions/{one}/publish", **{"If-Match": seen[one]}).status_code == 200
    before = current().number
    answers = {"answers": {"base_cpl_entry_ids": "1"}, "reason": "The release notes say so."}
    colleague = Caller(make_person(Role.SECAS, "SECAS", timezone.now(), "Sam of SECAS"))
    assert colleague.post(f"/submissions/{other}/entries/1/correct", answers).status_code == 200
    refused = secas.post(f"/submissions/{other}/publish", **{"If-Match": seen[other]})
    assert refused.status_code == 412
    assert texts(refused)[0].startswith(f"Submission '{other}' would now do something else than when you looked")
    assert current().number == before
    assert secas.post(f"/submissions/{other}/publish").status_code == 422  # nobody publishes what was not looked at


def test_what_speaks_against_a_draft_is_all_told(callers: dict[Role, Caller]) -> None:
    maker = callers[Role.MANUFACTURER]
    made = maker.post("/submissions", {"answers": ANSWERS | {"manufacturer_id": "F009", "firmware_version": "x"}})
    refused = maker.post(f"/submissions/{body(made)['reference']}/submit")
    assert refused.status_code == 409
    told = texts(refused)
    assert "Firmware version 'x' is not 8 hex digits (it has 1 character)" in told
    assert any(
        text.startswith("Manufacturer identifier 'F009' is not one of Aster Metering's own") for text in told
    )
    assert any(text.startswith("ZigBee stack version is not given") for text in told)


def test_answers_to_what_is_not_asked_are_refused(callers: dict[Role, Caller]) -> None:
    response = callers[Role.MANUFACTURER].post("/submissions", {"answers": {"firmware": "1", "model_id": "0005"}})
    assert response.status_code == 422
    assert texts(response)[0].startswith("Answer 'firmware' is not one that a submission asks for")


def test_thousands_of_names_that_nobody_asks_for_are_refused_at_once(callers: dict[Role, Caller]) -> None:
    answers = {f"firmware-{number}-{'x' * 100}": "1" for number in range(20_000)}
    refused = callers[Role.MANUFACTURER].post("/submissions", {"answers": answers})
    assert (refused.status_code, len(texts(refused))) == (422, 100)
    assert len(refused.content) < 200_000


def test_a_submission_that_waits_is_taken_back(people: People) -> None:
    world.make_world(people, timezone.now())
    maker = Caller(people[Role.MANUFACTURER])
    taken = maker.post(f"/submissions/{world.WITH_DCC}/recall")
    assert (taken.status_code, body(taken)["status"]) == (200, "draft")
    again = maker.post(f"/submissions/{world.WITH_DCC}/recall")
    assert (again.status_code, "is draft; it is yours to write to" in texts(again)[0]) == (409, True)
    assert Caller(people[Role.SUPPLIER]).post(f"/submissions/{world.WITH_DCC}/recall").status_code == 404


def test_entries_are_added_and_taken_out(callers: dict[Role, Caller]) -> None:
    maker = callers[Role.MANUFACTURER]
    reference = begin(maker)
    assert body(maker.post(f"/submissions/{reference}/entries"))["position"] == 2
    assert maker.call("DELETE", f"/submissions/{reference}/entries/1").status_code == 204
    last = maker.call("DELETE", f"/submissions/{reference}/entries/2")
    assert (last.status_code, texts(last)[0]) == (
        409,
        f"Submission '{reference}' has only this entry; discard the submission instead",
    )
    assert maker.call("DELETE", f"/submissions/{reference}").status_code == 204
    gone = maker.get(f"/submissions/{reference}")
    assert (gone.status_code, body(gone)["detail"].partition(" on ")[0]) == (
        404,
        f"Submission {reference} was discarded",
    )
    assert body(gone)["detail"].endswith(
        " by Robin of Aster Metering of Aster Metering. Nothing typed in it was kept."
    )


def test_what_goes_to_the_ssc_never_comes_back(callers: dict[Role, Caller]) -> None:
    maker = callers[Role.MANUFACTURER]
    reference = begin(maker)
    assert (entry := SubmissionEntry.objects.get()).vendor_given
    assert VENDOR not in json.dumps(entry.answers)
    for path in ("/submissions", f"/submissions/{reference}", f"/submissions/{reference}/rehearsal", "/changes"):
        for caller in callers.values():
            assert VENDOR.encode() not in caller.get(path).content
    for sent in ({"chipset_vendor": VENDOR}, {"chipset_vendor": f"={VENDOR}", "stack_version": f"{STACK}\n"}):
        refused = maker.call("PUT", f"/submissions/{reference}/entries/1/zigbee", sent)
        assert refused.status_code == 422
        assert (VENDOR.encode() in refused.content, STACK.encode() in refused.content) == (False, False)


def test_a_hub_goes_by_the_dcc(people: People) -> None:
    world.make_world(people, timezone.now())
    dcc, maker = Caller(people[Role.DCC]), Caller(people[Role.MANUFACTURER])
    listed = body(dcc.get("/submissions"))["submissions"]
    assert [each["reference"] for each in listed] == [world.WITH_DCC]
    no_reason = dcc.post(f"/submissions/{world.WITH_DCC}/return-to-sender", {"reason": "  "})
    assert (no_reason.status_code, texts(no_reason)[0][:25]) == (422, "Reason '  ' is empty; lea")
    assert body(dcc.post(f"/submissions/{world.WITH_DCC}/endorse"))["status"] == "with SECAS"
    again = dcc.post(f"/submissions/{world.WITH_DCC}/endorse")
    assert (again.status_code, "is with SECAS, not with the DCC" in texts(again)[0]) == (409, True)
    returned = Caller(people[Role.SECAS]).post(f"/submissions/{world.WITH_DCC}/return", {"reason": "Not yet."})
    assert (body(returned)["status"], body(returned)["entries"]) == ("returned", [])  # their Party's alone again
    assert body(maker.get(f"/submissions/{world.WITH_DCC}"))["returned_reason"] == "Not yet."


def test_nobody_finds_the_submissions_of_others(people: People) -> None:
    world.make_world(people, timezone.now())
    for caller in [Caller(people[role]) for role in (Role.SUPPLIER, Role.DCC, Role.SECAS)]:
        for path in (f"/submissions/{world.DRAFT}", f"/submissions/{world.DRAFT}/rehearsal"):
            response = caller.get(path)
            assert (response.status_code, body(response)["detail"]) == (
                404,
                "There is no such submission, or it is not yours to see.",
            )


def test_a_correction_is_asked_for_and_followed(callers: dict[Role, Caller]) -> None:
    supplier = callers[Role.SUPPLIER]
    made = supplier.post("/corrections", {"cpl_entry_id": 2, "words": "It can be applied to 7 as well."})
    number = body(made)["correction"]["number"]
    assert (made.status_code, made.headers["Location"]) == (201, f"/api/v1/corrections/{number}")
    followed = body(supplier.get(f"/corrections/{number}"))["correction"]
    assert (followed["state"], followed["cpl_entry_id"]) == ("open", 2)
    assert callers[Role.MAP].get(f"/corrections/{number}").status_code == 404
    assert len(body(callers[Role.SECAS].get("/corrections"))["corrections"]) == 1


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"cpl_entry_id": 9, "words": "x"}, 409, "CPL entry 9 is not there on "),
        ({"notice_id": "N9", "words": "x"}, 409, "Notice 'N9' is not there on "),
        ({"words": "x"}, 422, "body is refused: Value error, give either cpl_entry_id or notice_id"),
        ({"cpl_entry_id": 2, "words": " "}, 422, "Words ' ' is empty"),
        ({"cpl_entry_id": 2, "words": "a\x00b"}, 422, "Words 'a\\x00b' has the character U+0000"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(
    callers: dict[Role, Caller], sent: object, status: int, said: str
) -> None:
    response = callers[Role.SUPPLIER].post("/corrections", sent)
    assert response.status_code == status
    assert texts(response)[0].startswith(said), texts(response)


def test_the_dcc_takes_extracts_and_says_what_it_loaded(callers: dict[Role, Caller]) -> None:
    dcc = callers[Role.DCC]
    assert dcc.post("/dcc/extracts", {"kind": "changes"}).status_code == 409
    taken = dcc.post("/dcc/extracts", {})
    assert [each["cpl_entry_id"] for each in body(taken)["entries"]] == [1, 2]
    assert dcc.get(f"/dcc/extracts/{body(taken)['extract']}").content == taken.content
    assert body(dcc.get("/dcc/extracts"))["extracts"][0]["extract"] == body(taken)["extract"]
    assert body(dcc.post("/dcc/loads", {"cpl_entry_ids": [1.0, 2], "loaded_on": "2026-06-01"}))["recorded"] == 2
    again = dcc.post("/dcc/loads", {"cpl_entry_ids": [1]})
    assert (again.status_code, "is recorded as loaded on 1 June 2026 already" in texts(again)[0]) == (409, True)
    assert body(dcc.post("/dcc/loads", {"kind": "removed", "cpl_entry_ids": [2]}))["recorded"] == 1
    loads = body(dcc.get("/dcc/loads"))
    assert loads["loaded"] == [{"cpl_entry_id": 1, "loaded_on": "2026-06-01"}]
    assert [each["cpl_entry_id"] for each in loads["not_loaded"]] == [2]


def test_a_token_for_reading_writes_nothing(people: People) -> None:
    from firmpath.registry.api.document import write_document
    from firmpath.registry.urls import api

    world.make_world(people, timezone.now())
    callers = [Caller(person, Scope.READ) for person in people.values()]
    acts, tried = api.acts(), 0
    for address, methods in write_document(api)["paths"].items():
        for method, call in methods.items():
            if acts[call["operationId"]] in READING:
                continue
            path = address.removeprefix("/api/v1").format(reference=world.DRAFT, position=1, number=1)
            assert {caller.call(method.upper(), path, {}).status_code for caller in callers} == {403}
            tried += 1
    assert tried >= 15
