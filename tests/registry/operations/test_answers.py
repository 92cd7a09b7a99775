"""What every answer of a served register has, and what its log has of every request."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registry.operations.calling import Got, ask
from tests.registry.operations.running import program, settings_of
from tests.registry.operations.test_serving import open_database
from tests.servers.register import SERVE, Register, running_register
from tests.waiting import LONGEST_WAIT_S

CANARY = "canary-in-the-mine"
MIB = 1024 * 1024
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Serve the example for all tests here."""
    folder = tmp_path_factory.mktemp("answers") / "data"
    with running_register(folder, command=[*SERVE, "--with-example"]) as started:
        yield started


def style_sheet(register: Register) -> str:
    page = ask(register.address, "/").body.decode()
    return page.partition('rel="stylesheet" href="')[2].partition('"')[0]


def broken(register: Register, path: str) -> Got:
    """Ask while the ledger's table has another name, so that whatever needs it fails."""
    database = open_database(register.data_folder)
    database.execute("ALTER TABLE ledger_ledgerrow RENAME TO elsewhere")
    try:
        return ask(register.address, path)
    finally:
        database.execute("ALTER TABLE elsewhere RENAME TO ledger_ledgerrow")
        database.close()


def lines_of_log(register: Register) -> list[dict[str, Any]]:
    return [json.loads(line) for line in register.printed.splitlines() if line.startswith("{")]


def test_every_kind_of_answer_has_the_headers(register: Register) -> None:
    answers = {
        200: ask(register.address, "/cpl/"),
        302: ask(register.address, "/account/"),
        304: ask(register.address, "/api/v1/entries", headers={"If-None-Match": "*"}),
        400: ask(register.address, "/", headers={"Host": "evil.example"}),
        401: ask(register.address, "/api/v1/pathways?installed=110"),
        404: ask(register.address, "/nothing"),
        405: ask(register.address, "/api/v1/entries", "DELETE"),
        500: broken(register, "/cpl/"),
    }
    assert {status: got.status for status, got in answers.items()} == {status: status for status in answers}
    file = ask(register.address, style_sheet(register))
    assert file.status == 200
    for got in [*answers.values(), file]:
        assert {name: got.headers.get(name) for name in HEADERS} == HEADERS
        assert "strict-transport-security" not in got.headers
    assert file.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert answers[200].headers["cache-control"] == "no-store"
    assert "set-cookie" not in answers[304].headers


def test_with_https_cookies_are_kept_to_it_and_browsers_are_told(tmp_path: Path) -> None:
    variables = {"FIRMPATH_PUBLIC_URL": "https://register.example"}
    done = program("sign_in_page", environment=settings_of(tmp_path / "data", variables))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    assert told["cookies"] == {"csrftoken": [True, True, "Lax"]}
    assert told["session_cookie_is_secure"]


def test_another_host_is_refused_in_words(register: Register) -> None:
    page = ask(register.address, "/", headers={"Host": "evil.example"})
    assert page.status == 400
    assert b"Host is not a name of this register; see that FIRMPATH_HOSTS has every name of it" in page.body
    call = ask(register.address, "/api/v1/entries", headers={"Host": "evil.example"})
    assert (call.status, call.headers["content-type"]) == (400, "application/problem+json")
    assert "Host is not a name of this register" in json.loads(call.body)["detail"]
    assert b"evil" not in page.body + call.body


@pytest.mark.parametrize("size", [8 * MIB, 8 * MIB + 1])
def test_a_body_of_more_than_8_mib_is_refused(register: Register, size: int) -> None:
    form, json_ = ({"Content-Type": f"application/{each}"} for each in ("x-www-form-urlencoded", "json"))
    page = ask(register.address, "/account/sign-in/", "POST", b"x" * size, form)
    if size <= 8 * MIB:
        assert page.status == 403  # it has no token against forgery
        return
    call = ask(register.address, "/api/v1/pathways/batch", "POST", b"x" * size, json_)
    assert (page.status, call.status) == (413, 413)
    assert b"Request is larger than 8 MiB; send less at a time" in page.body
    assert json.loads(call.body)["detail"] == "Request is larger than 8 MiB; send less at a time"


def test_the_log_has_a_line_for_each_request_and_nothing_that_was_typed(register: Register) -> None:
    form = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": CANARY,
        "Cookie": f"firmpath={CANARY}",
    }
    ask(register.address, f"/cpl/?q={CANARY}")
    ask(register.address, f"/{CANARY}/{CANARY}")
    ask(register.address, f"/static/{CANARY}.css")
    ask(register.address, "/api/v1/entries/101")
    ask(register.address, f"/api/v1/entries/{CANARY}", headers={"Authorization": f"Bearer {CANARY}"})
    ask(register.address, "/", headers={"Host": f"{CANARY}.example"})
    ask(register.address, "/account/sign-in/", "POST", f"login={CANARY}".encode(), form)
    ask(register.address, "/", CANARY.upper())
    ask(register.address, "/ssc/counts/")
    ask(register.address, "/api/v1/ssc/vulnerabilities/7/openvex")
    broken(register, f"/cpl/?q={CANARY}")
    assert CANARY not in register.printed.lower()

    lines = lines_of_log(register)
    requests = [(each["method"], each["route"], each["status"]) for each in lines if each["what"] == "request"]
    for expected in [
        ("GET", "entries", 200),
        ("GET", "", 404),
        ("GET", "static", 404),
        ("GET", "api-v1:read_entry", 200),
        ("GET", "", 400),
        ("POST", "account_login", 403),
        ("GET", "entries", 500),
        ("other", "home", 403),
        ("GET", "ssc", 302),
        ("GET", "ssc", 401),
    ]:
        assert expected in requests
    timed = {each["route"]: each.get("milliseconds") for each in lines if each["what"] == "request"}
    assert timed.pop("ssc") is None  # nor which page it was: that would tell what the committee looks at
    assert all(isinstance(each, float) for each in timed.values())
    (failed, *_) = [each for each in lines if each.get("exception") == "OperationalError"]
    assert failed["where"][-1].startswith("django/db/")
    assert "no such table" not in register.printed

    others = [line for line in register.printed.splitlines() if line and not line.startswith("{")]
    assert [line.split()[0] for line in others[:2]] == ["The", "Nobody"]
    assert len(others) == 4, "the address, who has joined, the link, and how the SSC is let in"


def test_a_process_that_dies_is_replaced_and_the_log_says_so(register: Register) -> None:
    keeper = register.kept.process.pid
    (served,) = children_of(keeper)
    (worker,) = children_of(served)
    os.kill(worker, signal.SIGKILL)
    register.kept.wait_until(
        lambda: any(each != worker and answers(register) for each in children_of(served)), LONGEST_WAIT_S
    )
    said = [each for each in lines_of_log(register) if each["what"] == "server: Unexpected exit from worker-1"]
    assert [each["level"] for each in said] == ["error"]


def children_of(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def answers(register: Register) -> bool:
    try:
        return ask(register.address, "/health/ready").status == 200
    except OSError:
        return False
