"""What is refused: bodies that are no JSON, names nobody knows, too much at once, and too often."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from firmpath.registry.api import about, gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.roles import Role
from tests.registry.api.calling import Caller

Record = Callable[[str], object]
STORY = "1 <- 2 <- 3 ; notice N1: 1 -> 3"


@pytest.fixture
def supplier(people: Mapping[Role, Person], recorded: Record) -> Caller:
    recorded(STORY)
    return Caller(people[Role.SUPPLIER])


def problem_of(response: HttpResponse) -> Any:
    assert response.headers["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == response.status_code
    return told


def texts(response: HttpResponse) -> list[str]:
    return [fault["text"] for fault in problem_of(response)["faults"]]


def send(caller: Caller, octets: bytes, content_type: str = "application/json") -> HttpResponse:
    headers = {"Authorization": f"Bearer {caller.token}"}
    made: Any = caller.client.generic(
        "POST", "/api/v1/pathways/batch", octets, content_type=content_type, headers=headers
    )
    return made  # type: ignore[no-any-return]  # a test response is one


@pytest.mark.parametrize(
    ("octets", "status", "said"),
    [
        (b"{", 400, "This is not JSON that can be read; check the body of the request."),
        (b'{"questions": NaN}', 400, "This is not JSON that can be read"),
        (b'{"questions": ' + b"1" * 5000 + b"}", 400, "This is not JSON that can be read"),
        (b"[" * 100_000, 400, "This is not JSON that can be read"),
        ('{"questions": []}'.encode("utf-16"), 400, "This is not JSON that can be read"),
        (b'{"questions": [{"installed": "\\ud800"}]}', 400, "This is not JSON that can be read"),
        (b'{"questions": [], "questions": []}', 400, "An object in the body has the same name twice"),
        (b" " * (9 * 1024 * 1024), 413, "Request is larger than 8 MiB; send less at a time"),
    ],
    ids=["cut off", "not a number", "huge number", "nested", "UTF-16", "half a character", "twice", "too large"],
)
def test_a_body_that_is_no_json_is_refused(supplier: Caller, octets: bytes, status: int, said: str) -> None:
    response = send(supplier, octets)
    assert response.status_code == status
    assert problem_of(response)["detail"].startswith(said)


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=latin-1", "multipart/form-data"])
def test_only_json_is_taken(supplier: Caller, content_type: str) -> None:
    response = send(supplier, b'{"questions": []}', content_type)
    assert response.status_code == 415
    assert problem_of(response)["detail"].startswith("Only JSON in UTF-8 is taken; say so with 'Content-Type:")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"questions": [], "acept": []}, "acept is no field that is known here; check its name, or leave it out"),
        (
            {"questions": [{"installed": 118}]},
            "installed is not text, in questions.0; write it in quotes",
        ),
        (
            {"questions": [{"installed": "1", "to": "3"}]},
            "to is no field that is known here, in questions.0; check",
        ),
        ({"questions": {}}, "questions is not a list; write it in square brackets"),
        ({"questions": [{}]}, "installed is not given, in questions.0; add it"),
        (
            {"questions": [{"installed": "1" * 99_999}]},
            "installed has more than 200 characters, in questions.0; shorten",
        ),
        ([], "body is not an object; write it in curly brackets"),
    ],
)
def test_what_a_body_has_no_place_for_is_refused(supplier: Caller, sent: object, said: str) -> None:
    response = supplier.post("/pathways/batch", sent)
    assert response.status_code == 422
    assert any(text.startswith(said) for text in texts(response)), texts(response)


def test_of_very_many_faults_the_first_are_listed(supplier: Caller) -> None:
    told = problem_of(supplier.post("/pathways/batch", {"questions": [{}] * 1000}))
    assert len(told["faults"]) == 200
    assert told["detail"].endswith("The first 200 of 1000 are listed.")


def test_every_fault_of_a_query_is_told_at_once(supplier: Caller) -> None:
    response = supplier.get("/entries?limit=1.5&statsu=listed&cursor=x&manufacturer_id=F001&manufacturer_id=F002")
    assert response.status_code == 422
    assert texts(response) == [
        "Limit '1.5' is not a whole number from 1 to 1000; write it in digits",
        "Cursor 'x' was not given by this register; use the one that a page gives as `next_cursor`, or none",
        "Parameter 'statsu' is not one that this call has; it has as_at, cursor, device_type, limit, "
        "manufacturer_id, status",
        "Parameter 'manufacturer_id' is given 2 times; give it once",
    ]


def test_a_parameter_that_a_call_does_not_have_is_refused_by_itself(supplier: Caller) -> None:
    assert texts(supplier.get("/head?as_at=2026-01-01")) == [
        "Parameter 'as_at' is not one that this call has; it has none"
    ]


def test_a_body_that_nobody_asked_for_is_refused(supplier: Caller) -> None:
    response = supplier.call("GET", "/head", {"as_at": "2026-01-01"})
    assert (response.status_code, problem_of(response)["detail"]) == (400, "This call takes no body.")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/entries?as_at=1999-12-31", "Day '1999-12-31' is before there was a CPL; give one from 2000-01-01"),
        ("/entries?as_at=10000-01-01", "Day '10000-01-01' is not a date; write it as 2026-01-31"),
        ("/entries?as_at=0", "Day '0' is not a date; write it as 2026-01-31"),
        ("/entries/9007199254740993", "CPL Entry ID '9007199254740993' is not a whole number from 1 to"),
        ("/entries/%D9%A3", "CPL Entry ID '٣' is not a whole number from 1 to"),
        ("/entries/1%00", "CPL Entry ID '1\\x00' is not a whole number from 1 to"),
        ("/submissions/%00?", "Submission"),
        ("/changes?model=12", "Model '12' is not 8 hex digits"),
        ("/changes?kind=x", "Kind 'x' is not a kind of change; published, band, certificates"),
    ],
)
def test_what_cannot_be_is_refused_in_words(supplier: Caller, path: str, said: str) -> None:
    response = supplier.get(path)
    assert response.status_code == 422
    assert texts(response)[0].startswith(said), texts(response)


def test_a_notice_that_is_not_open_cannot_be_accepted(supplier: Caller) -> None:
    for response in (
        supplier.get("/pathways?installed=1&target=3&accept=N1&accept=N2"),
        supplier.post("/pathways/batch", {"questions": [{"installed": "1"}], "accept": ["N1", "N2"]}),
    ):
        assert response.status_code == 409
        assert texts(response)[0].startswith("Notice 'N2' is not open on ")


@pytest.mark.parametrize("path", ["/entries/", "/nothing", "/entries/1/2/3", "/", "/openapi.json/"])
def test_under_api_everything_is_told_as_a_problem(supplier: Caller, path: str) -> None:
    assert problem_of(supplier.get(path))["status"] == 404
    assert problem_of(Client().get("/api/v2/entries"))["status"] == 404  # type: ignore[arg-type]


def test_head_goes_with_get(supplier: Caller) -> None:
    got, asked = supplier.get("/entries"), supplier.call("HEAD", "/entries")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["ETag"] == got.headers["ETag"]
    assert asked.headers["Content-Length"] == got.headers["Content-Length"]
    assert supplier.call("HEAD", "/pathways/batch").status_code == 405
    assert sorted(supplier.call("OPTIONS", "/entries").headers["Allow"].split(", ")) == ["GET", "HEAD"]


def test_a_failure_tells_nothing_of_itself(supplier: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "current", lambda: int("the secret of it"))
    supplier.client.raise_request_exception = False
    response = supplier.get("/head")
    assert problem_of(response)["detail"].startswith("The register failed; it has been noted.")
    assert (response.status_code, b"secret" in response.content) == (500, False)


def test_a_database_that_is_away_is_waited_for(
    supplier: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(about, "current", away)
    response = supplier.get("/head")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert problem_of(response)["detail"].startswith("The register is not ready;")
    noted = [getattr(record, "what", "") for record in caplog.records]
    assert "the database was not ready for a call" in noted


def test_who_calls_too_often_is_told_when_to_call_again(supplier: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_limit", CallLimit(2))
    assert [supplier.get("/head").status_code for _ in range(3)] == [200, 200, 429]
    response = supplier.get("/head")
    assert 1 <= int(response.headers["Retry-After"]) <= 30
    assert problem_of(response)["detail"] == "Too many calls; wait as long as Retry-After says."
    assert Caller().get("/head").status_code == 200  # another caller


def test_tokens_that_are_not_good_are_counted_too(recorded: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_limit", CallLimit(2))
    guesses = [Caller().get("/head", Authorization=f"Bearer {each}").status_code for each in "abc"]
    assert guesses == [401, 401, 429]


def test_who_called_before_the_clock_was_set_back_is_not_kept_waiting() -> None:
    limit, at = CallLimit(60), datetime(2026, 6, 1, tzinfo=UTC)
    assert [limit.take("a", at) for _ in range(61)][-1] == 1
    assert limit.take("a", at - timedelta(days=1)) == 0
    assert limit.take("a", at - timedelta(days=1)) == 0


def test_the_limit_fills_again_as_time_passes() -> None:
    limit, at = CallLimit(60), datetime(2026, 6, 1, tzinfo=UTC)
    assert [limit.take("a", at) for _ in range(62)] == [0] * 60 + [1, 1]
    assert limit.take("a", at + timedelta(seconds=1)) == 0
    assert limit.take("a", at + timedelta(seconds=1)) == 1
    assert limit.take("b", at) == 0


def test_the_use_of_a_token_is_noted(supplier: Caller) -> None:
    supplier.get("/head")
    used_at = APIToken.objects.get().last_used_at
    assert used_at is not None
    supplier.get("/head")
    assert APIToken.objects.get().last_used_at == used_at  # within a minute it is not written again
