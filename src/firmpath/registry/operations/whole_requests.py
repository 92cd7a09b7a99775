"""Requests are taken in whole before any thread works on them, so who sends slowly holds a connection, no thread.

granian calls this by RSGI, and this calls Django by WSGI, in a few threads of its own. Source: ADR 0018.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, Final, NamedTuple

from django.conf import settings

_LOG: Final = logging.getLogger("firmpath")

REFUSED: Final = "firmpath.refused"
"""The key of the WSGI environment that says why a body was not taken in; `BodyLimit` puts it in words."""

LATE, CROWDED, CUT_SHORT, NO_LENGTH, UNREADABLE = "late", "crowded", "cut short", "no length", "unreadable"

_KIB: Final = 1024
_SLOWEST_A_SECOND: Final = 8 * _KIB
"""Octets a second that who has used up their time has to send to be waited for any longer."""

_MOST_HELD: Final = 256 * _KIB * _KIB
"""Octets of all bodies that one process holds at once."""

_MOST_THROWN_AWAY: Final = 64 * _KIB * _KIB
"""Octets of a body too large to keep that are taken still: a browser shows no answer before it has sent all."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A WSGI application."""


class Body(NamedTuple):
    """A body as it came: what is kept of it, how many octets there were, and why it is refused, or ""."""

    kept: bytearray
    size: int = 0
    refused: str = ""


class Answer(NamedTuple):
    """What is sent back."""

    status: int
    headers: list[tuple[str, str]]
    octets: bytes


class Limits(NamedTuple):
    """What is taken in: octets of one body, octets of all at once, and seconds before slowness counts."""

    one_body: int
    all_bodies: int
    seconds: float


class WholeRequests:
    """A WSGI application behind granian's RSGI, with its own threads."""

    def __init__(self, application: Application, threads: int, limits: Limits) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._limits = limits
        self._held = 0

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answer a request, once all of it is there."""
        body = await self._body_of(scope, protocol)
        try:
            environ = _environ(scope, body)
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ)
        finally:
            self._held -= len(body.kept)
        protocol.response_bytes(*answer)

    async def _body_of(self, scope: Any, protocol: Any) -> Body:
        """Give the body, if all came: granian ends it alike where its sender is gone, so sizes are compared."""
        if "transfer-encoding" in scope.headers:
            return Body(bytearray(), 0, NO_LENGTH)
        if {*scope.headers.keys()} != {name for name, _ in scope.headers.items()}:
            return Body(bytearray(), 0, UNREADABLE)  # granian leaves out a value that is not ASCII
        stated = int(scope.headers.get("content-length", "0"))
        if not stated or stated > _MOST_THROWN_AWAY:
            return Body(bytearray(), stated)
        body = await self._take_in(protocol)
        if body.refused or body.size == stated:
            return body
        self._let_go(body.kept)
        return body._replace(refused=CUT_SHORT)

    async def _take_in(self, protocol: Any) -> Body:
        """Take in a body, or as much of it as comes in time and has room."""
        body, loop = Body(bytearray()), asyncio.get_running_loop()
        slow_from = loop.time() + self._limits.seconds
        try:
            async with asyncio.timeout_at(slow_from) as deadline:
                async for octets in protocol:
                    body = self._with_more(body, octets)
                    deadline.reschedule(slow_from + body.size / _SLOWEST_A_SECOND)
                    if body.refused:
                        break
        except TimeoutError:
            body = body._replace(refused=LATE)
        except BaseException:
            self._let_go(body.kept)
            raise
        if body.refused:
            self._let_go(body.kept)
        return body

    def _with_more(self, body: Body, octets: bytes) -> Body:
        """Add what came; of a body that is too large nothing is kept, and its size alone goes on."""
        size = body.size + len(octets)
        if size > self._limits.one_body:
            self._let_go(body.kept)
        elif self._held + len(octets) > self._limits.all_bodies:
            return Body(body.kept, size, CROWDED)
        else:
            body.kept.extend(octets)
            self._held += len(octets)
        return Body(body.kept, size)

    def _let_go(self, kept: bytearray) -> None:
        self._held -= len(kept)
        kept.clear()

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """Answer even where the application fails: granian would log the text of the failure as well."""
        try:
            return self._answer_of_the_application(environ)
        except Exception:
            _LOG.exception("", extra={"what": "a request failed outside of Django"})
            return Answer(500, [], b"")

    def _answer_of_the_application(self, environ: dict[str, Any]) -> Answer:
        began: list[Any] = []
        parts = self._application(environ, lambda *start: began.extend(start))
        try:
            octets = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, headers = began[:2]
        return Answer(int(status[:3]), list(headers), octets)


def load(target: str, threads: int) -> WholeRequests:
    """Make the application of a process from where its WSGI application is, as in `package.module:name`."""
    module, _, name = target.partition(":")
    seconds = settings.CONFIGURATION.seconds_to_send
    limits = Limits(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, _MOST_HELD, seconds)
    return WholeRequests(getattr(import_module(module), name), threads, limits)


def _environ(scope: Any, body: Body) -> dict[str, Any]:
    """Write a request as WSGI has it. Source: PEP 3333."""
    name, _, port = scope.server.rpartition(":")
    return {
        **_headers(scope.headers.items()),
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "CONTENT_LENGTH": scope.headers.get("content-length", "0"),
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body.kept),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        REFUSED: body.refused,
    }


def _headers(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name headers as WSGI does; one that is there several times is joined.

    A name with an underline is left out: as a key it could not be told from the one with a hyphen, which a proxy
    may have set.
    """
    found: dict[str, str] = {}
    for name, value in items:
        if "_" not in name and name != "content-length":
            key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
            between = "; " if name == "cookie" else ","
            found[key] = f"{found[key]}{between}{value}" if key in found else value
    return found
