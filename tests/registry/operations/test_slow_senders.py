"""Whoever sends slowly, or too much at once, is told so in the end, and keeps nobody else waiting."""

import asyncio
import logging
import resource
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from firmpath.registry.operations.logs import JSONLines
from firmpath.registry.operations.whole_requests import CROWDED, CUT_SHORT, REFUSED, Limits, WholeRequests
from tests.registry.operations.calling import ask
from tests.servers.register import Register, running_register
from tests.waiting import LONGEST_WAIT_S

MANY = 20
"""Connections; `firmpath serve` has four threads."""

SILENT = 1200
"""Connections; granian takes 1,024 at once unless it is told."""

HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"

READ_TO_THE_END = f"Cookie: csrftoken={'a' * 32}\r\n"
"""With it a form is read in search of the token that belongs to it; without it, it is refused unread."""


@contextmanager
def begun(register: Register, sent: str) -> Iterator[socket.socket]:
    """Send the beginning of a request, and nothing more."""
    port = int(register.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_WAIT_S) as connection:
        connection.sendall(sent.encode())
        yield connection


def said_to(register: Register, sent: str) -> bytes:
    """Give what is answered before the connection is closed."""
    with begun(register, sent) as connection:
        return answer_to(connection)


def answer_to(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as answer:
        return answer.read()


def test_more_slow_senders_than_threads_keep_nobody_waiting(tmp_path: Path) -> None:
    with running_register(tmp_path / "data") as register, ExitStack() as senders:
        sent = HEAD.format("/account/sign-in/") + READ_TO_THE_END + "Content-Length: 100\r\n\r\nlogin="
        for _ in range(MANY):
            senders.enter_context(begun(register, sent))
            senders.enter_context(begun(register, sent.partition("Content-Length")[0]))
        assert ask(register.address, "/cpl/").status == 200
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert ask(register.address, "/account/sign-in/", "POST", b"login=", form).status == 403
        register.kill()  # which does not wait for them


def test_a_slow_sender_is_told_when_the_time_is_over(tmp_path: Path) -> None:
    with running_register(tmp_path / "data", environment={"FIRMPATH_SECONDS_TO_SEND": "1"}) as register:
        sent = HEAD + "Content-Length: 100\r\n\r\nlogin="
        with (
            begun(register, sent.format("/account/sign-in/")) as page,
            begun(register, sent.format("/api/v1/pathways/batch")) as call,
            begun(register, HEAD.format("/")) as head,
        ):
            said = b"Request came too slowly to be waited for; send it again over a better connection"
            for answer in (answer_to(page), answer_to(call)):
                assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
                assert said in answer
            assert answer_to(head) == b""  # nobody knows yet what it wants
        assert '"status": 408' in register.printed


def test_more_silent_connections_than_a_server_mostly_takes_keep_nobody_waiting(tmp_path: Path) -> None:
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < 2 * SILENT:
        pytest.skip(f"A process may open {most} files here; {2 * SILENT} are wanted")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(files, 2 * SILENT), most))
    patient = {"FIRMPATH_SECONDS_TO_SEND": "3600"}
    with running_register(tmp_path / "data", environment=patient) as register, ExitStack() as silent:
        for _ in range(SILENT):
            silent.enter_context(begun(register, ""))
        assert ask(register.address, "/health/live").status == 200
        register.kill()  # which does not wait for them
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))


def test_what_is_far_too_large_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    with running_register(tmp_path / "data", environment={"FIRMPATH_SECONDS_TO_SEND": "3600"}) as register:
        sent = HEAD.format("/account/sign-in/") + f"Content-Length: {10**9}\r\nExpect: 100-continue\r\n\r\n"
        answer = said_to(register, sent)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Request is larger than 8 MiB; send less at a time" in answer


@pytest.mark.parametrize("header", ["Cookie: elsewhere=é", "X-Forwarded-For: é"])
def test_a_header_that_cannot_be_read_is_not_left_out_in_silence(header: str, tmp_path: Path) -> None:
    with running_register(tmp_path / "data") as register:
        answer = said_to(register, f"{HEAD.format('/')}{header}\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    said = "Request has a header that is not ASCII; remove the cookies of this site, and send it again"
    assert said in unescape(answer.decode())


def test_a_body_of_no_stated_length_or_of_another_is_refused(tmp_path: Path) -> None:
    with running_register(tmp_path / "data") as register:
        sent = HEAD.format("/api/v1/pathways/batch") + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        answer = said_to(register, sent + "5\r\nlogin\r\n0\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 411 Length Required\r\n")
        assert b"Request does not say how long it is; send it with a Content-Length" in answer
        sent = HEAD.format("/account/sign-in/") + "Content-Length: 100\r\n\r\nlogin="
        with begun(register, sent):
            pass  # and its sender is gone
        register.kept.wait_until(lambda: '"status": 400' in register.printed, LONGEST_WAIT_S)


class Scope(NamedTuple):
    """What granian says of a request."""

    headers: Any
    method: str = "POST"
    path: str = "/"
    query_string: str = ""
    client: str = "192.0.2.1:5000"
    server: str = "192.0.2.2:8000"
    scheme: str = "http"
    http_version: str = "1.1"


class Protocol:
    """A sender whose octets come as a test lets them."""

    def __init__(self, octets: Iterable[bytes], *, is_all: bool = False) -> None:
        self._octets, self._is_all = octets, is_all
        self.status = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for each in self._octets:
            yield each
        if not self._is_all:
            await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: object, octets: bytes) -> None:
        """Take the answer."""
        self.status = status


def test_all_bodies_together_have_a_limit_and_give_their_room_back() -> None:
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(environ)
        start("200 OK", [])
        return [environ["wsgi.input"].read()]

    async def send() -> None:
        requests = WholeRequests(application, 1, Limits(10, 15, 3600))
        scope = Scope({"content-length": "9"})
        waiting = asyncio.create_task(requests(scope, Protocol([b"x" * 9])))
        await asyncio.sleep(0)
        await requests(scope, Protocol([b"y" * 9], is_all=True))
        assert [each[REFUSED] for each in seen] == [CROWDED]
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        for _ in range(5):
            await requests(scope, Protocol([b"z" * 9], is_all=True))
            await requests(scope, Protocol([b"z" * 4, b"z" * 5], is_all=True))
            await requests(scope, Protocol([b"z" * 8], is_all=True))

    asyncio.run(send())
    assert [each[REFUSED] for each in seen[1:]] == ["", "", CUT_SHORT] * 5
    assert [each["wsgi.input"].tell() for each in seen] == [0, *[9, 9, 0] * 5]


def test_a_name_with_an_underline_does_not_pass_for_that_of_a_proxy() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        seen.update(environ)
        start("200 OK", [])
        return []

    several = [("cookie", "a=1"), ("cookie", "b=2"), ("accept", "x"), ("accept", "y")]
    requests = WholeRequests(application, 1, Limits(10, 15, 3600))
    asyncio.run(requests(Scope(_Repeated([("x_forwarded_proto", "https"), *several])), Protocol([])))
    assert "HTTP_X_FORWARDED_PROTO" not in seen
    assert (seen["HTTP_COOKIE"], seen["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")


class _Repeated(dict[str, str]):
    """Headers of which some are there twice."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def items(self) -> Any:
        """Give every one."""
        return self._pairs


def test_what_fails_outside_of_django_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        start("200 OK", [])
        yield b"half of it"
        raise RuntimeError("what was typed")

    answered = Protocol([])
    asyncio.run(WholeRequests(application, 1, Limits(10, 15, 3600))(Scope({}), answered))
    assert answered.status == 500
    (record,) = caplog.records
    line = JSONLines().format(record)
    assert '"exception": "RuntimeError"' in line
    assert "what was typed" not in line
    told = logging.LogRecord("_granian", logging.ERROR, "", 1, "It failed\nRuntimeError: what was typed", (), None)
    assert '"what": "server: It failed"' in JSONLines().format(told)
