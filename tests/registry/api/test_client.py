"""The Python client, against the register as it is served."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

import firmpath.client
from firmpath.client import Register, RegisterError
from tests.docs.committed import PROJECT
from tests.images.making import device, update_request
from tests.registry.submissions.drafting import ANSWERS
from tests.servers.register import running_register

CALLS_A_MINUTE = 300


class Served(NamedTuple):
    """A register that is served: its address, and a token for each role."""

    address: str
    tokens: dict[str, str]

    def as_(self, role: str) -> Register:
        return Register(self.address, self.tokens[role])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = {"FIRMPATH_API_CALLS_A_MINUTE": str(CALLS_A_MINUTE)}
    with running_register(tmp_path_factory.mktemp("client") / "data", environment=settings) as register:
        surroundings = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        filled = subprocess.run(
            [sys.executable, "-m", "tests.registry.api.filling"],
            env=surroundings
            | {
                "FIRMPATH_DATA_DIR": str(register.data_folder),
                "DJANGO_SETTINGS_MODULE": "firmpath.registry.settings",
                "PYTHONPATH": os.pathsep.join(("src", ".")),
            },
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            check=True,
        )
        yield Served(register.address, json.loads(filled.stdout))


def test_the_example_of_the_docstring_runs(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    code = (firmpath.client.__doc__ or "").partition("\n")[2]
    given: dict[str, Any] = {"token": served.tokens["SUPPLIER"]}
    exec(code.replace("https://register.example", served.address), given)  # it is our own
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("Yes. 2 activations take a Device from CPL entry 1")
    assert [line.split()[0] for line in printed[1:3]] == ["pathway", "pathway"]
    assert any("is on the CPL, for ESME F001/00050203" in line for line in printed[3:])


def test_an_answer_that_has_not_changed_is_not_sent_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    register = served.as_("SUPPLIER")
    first, seen = register.pathway(1, 3), []
    call = register._caller.call

    def watched(*args: Any, **kwargs: Any) -> Any:
        response = call(*args, **kwargs)
        seen.append(response.status)
        return response

    monkeypatch.setattr(register._caller, "call", watched)
    assert (register.pathway(1, 3), seen) == (first, [304])


def test_the_public_reads_entries_page_by_page(served: Served) -> None:
    register = Register(served.address)
    assert [each["cpl_entry_id"] for each in register.entries(limit="2")][:5] == [1, 2, 3, 4, 5]
    assert register.entry(3)["zigbee_band"] == "Sub-GHz Only"
    with pytest.raises(RegisterError, match="This needs a valid API token") as told:
        register.pathway(1)
    assert told.value.status == 401


def test_a_submission_goes_its_whole_way(served: Served) -> None:
    maker, secas = served.as_("MANUFACTURER"), served.as_("SECAS")
    before = next(maker.changes())["number"]
    reference = maker.begin({**ANSWERS, "firmware_version": "x"})
    maker.give_zigbee(reference, 1, "Quillwort Silicon", "7.7")
    with pytest.raises(RegisterError) as told:
        maker.submit(reference)
    assert (told.value.status, told.value.faults[0]["term"]) == (409, "Firmware version")
    maker.answer(reference, 1, {"firmware_version": "00000021"})
    assert maker.submit(reference)["status"] == "with SECAS"
    outcome, etag = secas.rehearse(reference)
    with pytest.raises(RegisterError, match="read the rehearsal again") as stale:
        secas.publish(reference, f'"{"0" * 64}"')
    assert (stale.value.status, outcome["answer"]) == (412, "acceptable")
    issued = secas.publish(reference, etag)["entries"][0]["cpl_entry_id"]
    assert maker.submission(reference)["status"] == "published"
    assert "CPL entry 7 (firmware 00000021, " in maker.history(issued)[0]["text"]
    assert {each["kind"] for each in maker.changes(since=before)} >= {"published", "base", "band"}


def test_notices_and_filters(served: Served) -> None:
    register = served.as_("MAP")
    assert [each["notice_id"] for each in register.notices()] == ["N1"]
    assert {each["kind"] for each in register.changes(kind="marks")} == {"marks"}
    with pytest.raises(RegisterError, match="Parameter 'knid' is not one that this call has"):
        list(register.changes(knid="marks"))


def test_it_waits_when_it_is_asked_to(served: Served) -> None:
    waited: list[float] = []
    register = Register(served.address, served.tokens["OTHER"], wait=waited.append)
    with pytest.raises(RegisterError, match="Too many calls; wait as long as Retry-After says") as told:
        list(map(register.entry, [1] * CALLS_A_MINUTE * 2))
    assert (told.value.status, waited[:4], set(waited)) == (429, [1.0] * 4, {1.0})


def test_what_is_no_register_is_told(served: Served) -> None:
    with pytest.raises(RegisterError, match="cannot be reached") as told:
        Register("http://127.0.0.1:9").entry(1)
    assert told.value.status == 0
    with pytest.raises(RegisterError, match="404"):
        Register(f"{served.address}/nowhere").entry(1)


def test_a_request_is_checked_before_it_is_sent(served: Served) -> None:
    sent = update_request([device(1)]).decode()
    answer = served.as_("SUPPLIER").preflight(sent, [{"device_id": device(1), "cpl_entry_id": "1"}])
    assert (answer["answer"], answer["objections"][0]["kind"]) == ("no_go", "not_on_the_cpl")
    assured: dict[str, Any] = {
        "age_not_known_because": "read today",
        "in_use": [{"status": "Pending", "because": "on the wall"}],
    }
    told = served.as_("SUPPLIER").preflight(sent, [{"device_id": device(1), "cpl_entry_id": "1"}], **assured)
    assert [each["because"] for each in told["assurances"]] == ["read today", "on the wall"]
    with pytest.raises(RegisterError, match="Service request begins with the element a"):
        served.as_("SUPPLIER").preflight("<a>", [])
