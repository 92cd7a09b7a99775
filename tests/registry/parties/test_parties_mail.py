"""E-mail that is sent while the page is answered already: by few threads, and none is lost."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from firmpath.registry.parties import mail
from firmpath.registry.parties.letters import Letter
from tests.registry.ledger.staging import program
from tests.registry.parties import held_mail
from tests.waiting import LONGEST_WAIT_S

LETTER = Letter("About the register", "There is news.")


@pytest.fixture
def server(settings: Any) -> Iterator[held_mail.Server]:
    """A mail server that takes its time; in the end it lets everything go."""
    settings.EMAIL_BACKEND = "tests.registry.parties.held_mail.EmailBackend"
    running = held_mail.Server()
    held_mail.SERVERS.append(running)
    yield running
    running.goes_on.set()
    wait_for_senders()
    held_mail.SERVERS.remove(running)


def senders() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == mail.SENDING]


def wait_for_senders() -> None:
    for each in senders():
        each.join()


def send(count: int) -> list[str]:
    to = [f"person{number}@supply.example" for number in range(count)]
    for each in to:
        mail.send_soon(each, LETTER)
    return to


def test_few_threads_send_all_that_waits(server: held_mail.Server) -> None:
    to = send(50)
    for _ in range(mail.MOST_SENDERS):
        assert server.come.acquire(timeout=LONGEST_WAIT_S)
    assert len(senders()) == mail.MOST_SENDERS
    server.goes_on.set()
    wait_for_senders()
    assert sorted(server.kept) == sorted(to)
    assert senders() == [], "they end once nothing waits"
    to += send(1)
    wait_for_senders()
    assert sorted(server.kept) == sorted(to), "and others begin when something does"


def test_where_too_many_wait_the_page_waits_and_none_is_lost(
    server: held_mail.Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(mail, "MOST_WAITING", 2)
    to = send(mail.MOST_SENDERS)
    for _ in to:
        assert server.come.acquire(timeout=LONGEST_WAIT_S)
    to += send(2)
    with caplog.at_level(logging.WARNING, "firmpath"), ThreadPoolExecutor(1) as pages:
        page = pages.submit(mail.send_soon, "last@supply.example", LETTER)
        assert server.come.acquire(timeout=LONGEST_WAIT_S), "it is sent, though others wait"
        assert not page.done()
        server.goes_on.set()
        page.result(LONGEST_WAIT_S)
    assert [vars(each)["what"] for each in caplog.records] == ["e-mail sent while a page waits"]
    wait_for_senders()
    assert sorted(server.kept) == sorted([*to, "last@supply.example"])


def test_one_that_fails_keeps_back_none(server: held_mail.Server, caplog: pytest.LogCaptureFixture) -> None:
    server.goes_on.set()
    for _ in range(2 * mail.MOST_SENDERS):
        mail.send_soon("nobody@supply.example", Letter("", "broken"))
    to = send(3)
    wait_for_senders()
    assert sorted(server.kept) == to
    told = [vars(each)["fields"] for each in caplog.records if vars(each).get("what") == "e-mail not sent"]
    assert told == [{"because": "ZeroDivisionError"}] * 2 * mail.MOST_SENDERS


_SEND_AND_END = f"""
import sys, threading, django
django.setup()
from firmpath.registry.parties.letters import Letter
from firmpath.registry.parties.mail import send_soon
threading.stack_size(int(sys.argv[1]))
for number in range(40):
    send_soon(f"person{{number}}@supply.example", Letter{tuple(LETTER)!r})
"""
_MORE_THAN_THERE_IS = 2**46


@pytest.mark.parametrize("stack_size", [0, _MORE_THAN_THERE_IS], ids=["threads", "no thread can be begun"])
def test_a_process_that_ends_sends_everything_first(tmp_path: Path, stack_size: int) -> None:
    started = program("", tmp_path, {}) | {"args": [sys.executable, "-c", _SEND_AND_END, str(stack_size)]}
    done = subprocess.run(**started, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")
    files = [each.read_text() for each in (tmp_path / "outbox").iterdir()]
    sent = {line for text in files for line in text.splitlines() if line.startswith("To: ")}
    assert sent == {f"To: person{number}@supply.example" for number in range(40)}
