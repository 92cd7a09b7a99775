"""`POST /api/v1/preflight`: the same answer as the command's, for as many Devices as one call may name."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest
from django.http import HttpResponse
from django.utils import timezone

from firmpath.cli.commands import preflight as command
from firmpath.cli.main import main
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Statement
from firmpath.registry.api import gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties import middleware
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.images.making import device, hash_of, request, update_request
from tests.notation import statements
from tests.registry.api.calling import Caller

Record = Callable[[str], Sequence[Statement]]
People = Mapping[Role, Person]
STORY = f"1 <- 2 <- 3; 2 version=0002012F hash={hash_of(b'an invented image')}"
ONE, TWO, THREE, FOUR = map(device, (1, 2, 3, 4))
PLAIN = {"device_status": "Commissioned", "read_on": timezone.now().date().isoformat()}
DEVICES = [
    {"device_id": ONE, "cpl_entry_id": "1", **PLAIN},
    {"device_id": TWO.replace("-", ":").lower(), "cpl_entry_id": "2", **PLAIN},
    {"device_id": THREE.replace("-", ""), "cpl_entry_id": "1", **PLAIN, "device_status": "Suspended"},
]
SENT = {"request": update_request([FOUR, ONE, TWO, THREE]).decode(), "devices": DEVICES}


class SummerNight(datetime):
    """A clock that stands at half past midnight in Britain, when UTC has the day before."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 6, 30, 23, 30, tzinfo=tz)


def body(response: HttpResponse) -> Any:
    return json.loads(response.content)


@pytest.fixture
def supplier(people: People) -> Caller:
    return Caller(people[Role.SUPPLIER], Scope.READ)


def test_every_device_is_answered_for(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    answer = body(supplier.post("/preflight", SENT))
    assert (answer["answer"], answer["repaired"], answer["targets"]) == ("no_go", [ONE], [2])
    assert [(each["device_id"], each["go"], each["reason"]) for each in answer["devices"]] == [
        (FOUR, False, "not_in_the_inventory"),
        (ONE, True, "go"),
        (TWO, False, "already_there"),
        (THREE, False, "suspended"),
    ]
    assert (answer["not_known"], answer["assurances"]) == ([], [])


def test_a_device_that_names_no_firmware_is_told_by_the_fields_that_were_given(
    recorded: Record, supplier: Caller
) -> None:
    recorded(STORY)
    for given, said in (
        ({"cpl_entry_id": ""}, "cpl_entry_id is empty; "),
        ({"manufacturer_id": "F001", "model": "", "firmware_version": ""}, "model, firmware_version are empty; "),
    ):
        asked = {"request": update_request([ONE]).decode(), "devices": [{"device_id": ONE, **PLAIN, **given}]}
        (group,) = body(supplier.post("/preflight", asked))["groups"]
        assert group["reason"] == "inventory_not_understood"
        assert group["text"].startswith(said)


def test_the_command_answers_alike(
    recorded: Record,
    supplier: Caller,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorded(STORY)
    monkeypatch.setenv("FIRMPATH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.xml").write_text(str(SENT["request"]))
    (tmp_path / "a.csv").write_text(
        "\n".join((",".join(DEVICES[0]), *(",".join(each.values()) for each in DEVICES)))
    )
    (tmp_path / "cpl.register").write_text("".join(write_register(statements(STORY))))
    files = [
        str(tmp_path / "a.xml"),
        "--inventory",
        str(tmp_path / "a.csv"),
        "--cpl",
        str(tmp_path / "cpl.register"),
    ]
    main(["preflight", *files, "--on", "2026-07-01", "--json"])
    said = capsys.readouterr().out
    monkeypatch.setattr(gate, "_limit", CallLimit(9))  # the other one has seen later times
    for module in (middleware, command):
        monkeypatch.setattr(module, "datetime", SummerNight)
    main(["preflight", *files, "--json"])
    assert capsys.readouterr().out == said
    assert json.loads(said) == body(supplier.post("/preflight", SENT))


def test_what_is_not_known_is_a_go_on_the_callers_word_alone(recorded: Record, supplier: Caller) -> None:
    recorded(STORY)
    bare = {"device_id": ONE, "cpl_entry_id": "1", "device_status": "Pending"}
    sent = {"request": update_request([ONE]).decode(), "devices": [bare]}
    answer = body(supplier.post("/preflight", sent))
    assert (answer["answer"], answer["devices"][0]["reason"]) == ("no_go", "status_not_understood")
    assured = sent | {
        "age_not_known_because": "read today",
        "in_use": [{"status": "Pending", "because": "on the wall"}],
    }
    answer = body(supplier.post("/preflight", assured))
    assert (answer["answer"], answer["assurances"]) == (
        "go",
        [
            {"reason": "not_known_when_read", "because": "read today", "devices": 1},
            {"reason": "status_not_understood", "status": "Pending", "because": "on the wall", "devices": 1},
        ],
    )


def test_settings_go_along(recorded: Record, supplier: Caller) -> None:
    recorded(f"{STORY}; notice N1: 1 -> 2")
    day = timezone.now().date().isoformat()
    fresh = [{"device_id": ONE, "cpl_entry_id": "1", "device_status": "Commissioned", "read_on": day}]
    sent = {"request": update_request([ONE]).decode(), "devices": fresh}
    assert body(supplier.post("/preflight", sent))["devices"][0]["reason"] == "blocked_by_notice"
    assert body(supplier.post("/preflight", sent | {"accept": ["N1"]}))["answer"] == "go"
    assert supplier.post("/preflight", sent | {"accept": ["N9"]}).status_code == 409
    left_out = body(supplier.post("/preflight", sent | {"exclude": ["N1"]}))
    assert (left_out["excluded_entries"], left_out["devices"][0]["reason"]) == ([2], "pathway_closed")
    assert supplier.post("/preflight", sent | {"exclude": ["9"]}).status_code == 409
    old = [{**fresh[0], "read_on": "2020-01-01"}]
    assert body(supplier.post("/preflight", sent | {"devices": old}))["devices"][0]["reason"] == "stale"
    lenient = sent | {"devices": old, "accept": ["N1"], "stale_after_days": 36_500.0}
    assert body(supplier.post("/preflight", lenient))["answer"] == "go"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"request": SENT["request"][:-1]}, "Service request is not whole XML"),
        ({"request": '<!DOCTYPE a SYSTEM "x"><a/>'}, "Service request begins with a document type (DTD)"),
        ({"request": update_request([ONE], b"no image").decode()}, "OTA file begins with 6E 6F 20 69"),
        ({"request": request("12.2", "<sr:Other/>").decode()}, "Service request 12.2 (Other) brings no firmware"),
        ({"devices": [{"device_id": "zz"}]}, "Device ID 'zz' is not an EUI-64, in devices.0; write it as in 00-DB"),
        (
            {"devices": [{"device_id": ONE, "cpl_entry_id": 1}]},
            "cpl_entry_id is not text, in devices.0; write it in",
        ),
        (
            {"devices": [{"device_id": ONE, "colour": "grey"}]},
            "colour is no field that is known here, in devices.0",
        ),
        ({"devices": [{"device_id": ONE}] * 10_001}, "devices has more than 10,000 items; send so many at"),
        (
            {"request": update_request(map(device, range(10_001))).decode()},
            "DeviceIDList names 10,001 Devices, and 10,000 are answered for at once; send it in parts, or use",
        ),
        ({"stale_after_days": 0}, "stale_after_days is refused"),
        ({"age_not_known_because": " "}, "Reason ' ' is empty"),
        (
            {"in_use": [{"status": "Suspended", "because": "why"}]},
            "Status 'Suspended' is never in use; read such a Device anew",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    recorded: Record, supplier: Caller, change: dict[str, Any], said: str
) -> None:
    recorded(STORY)
    response = supplier.post("/preflight", SENT | change)
    assert response.status_code == 422
    assert said in " ".join(fault["text"] for fault in body(response)["faults"])


def test_it_is_for_those_who_read_the_fir(recorded: Record) -> None:
    recorded(STORY)
    assert Caller().post("/preflight", SENT).status_code == 401


def test_who_calls_too_often_is_told_when_to_come_back(
    recorded: Record, supplier: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(STORY)
    monkeypatch.setattr(gate, "_limit", CallLimit(1))
    supplier.post("/preflight", SENT)
    response = supplier.post("/preflight", SENT)
    assert (response.status_code, int(response.headers["Retry-After"]) > 0) == (429, True)
