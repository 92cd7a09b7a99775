"""Asking a served register, as a browser or a program does that follows no link by itself."""

import http.client
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.waiting import LONGEST_WAIT_S


class Got(NamedTuple):
    """What was answered; the names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    address: str, path: str, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Got:
    """Send one request, and give the whole answer."""
    to = urlsplit(address)
    connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=LONGEST_WAIT_S)
    try:
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before everything is sent
            connection.request(method, path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()
