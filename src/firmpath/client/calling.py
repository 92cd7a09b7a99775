"""One call to a register over HTTP: patient where it is asked to wait, and plain about what went wrong."""

import ipaddress
import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

Json = dict[str, Any]

_MOST_TRIES: Final = 5
_LONGEST_WAIT: Final = 120
"""Seconds; a register that asks for more is not waited for."""


class RegisterError(Exception):
    """A call that the register did not answer; `status` is 0 where it could not be reached.

    `faults` are what it refused, each with `term`, `value`, `where`, `rule`, `remedy` and `text`.
    """

    def __init__(self, status: int, detail: str, faults: tuple[Json, ...] = ()) -> None:
        super().__init__("\n".join([detail, *(fault["text"] for fault in faults)]))
        self.status = status
        self.detail = detail
        self.faults = faults


class Response(NamedTuple):
    """What came back: the status, the ETag, and the body, which is empty where nothing has changed."""

    status: int
    etag: str
    body: Json


class _StayHere(HTTPRedirectHandler):
    """A token is never sent on to wherever an answer points."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow no redirect."""


def why_unfit(address: str, token: str) -> str:
    """Say why a register is not called at an address with a token; '' where it can be.

    A token goes in clear over http, so it goes that way to this machine alone.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "is not an address of the web"
    if parts.scheme not in ("http", "https") or not host:
        return "is not an address of the web"
    if token and parts.scheme == "http" and not _is_this_machine(host):
        return "would have the API token sent in clear"
    return ""


def why_no_token(token: str) -> str:
    """Say why a text is no API token, without a character of it; '' where it can be one, or is empty.

    Nothing is mended in silence: what is stripped here would fail where the token is used by something else.
    Source: RFC 6750 section 2.1, of which a header can carry visible ASCII alone.
    """
    wrong = next((place for place, each in enumerate(token) if not "!" <= each <= "~"), -1)
    if wrong < 0:
        return ""
    if not token.rstrip("\r\n")[wrong:]:
        return "ends with a line end, as in a file with the line ends of Windows"
    return f"has a blank, or what is not ASCII, as character {wrong + 1} of {len(token)}"


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _opener(address: str) -> OpenerDirector:
    """Give what makes the calls; over http no proxy comes between, since it would read the token."""
    is_clear = urlsplit(address).scheme == "http"
    return build_opener(_StayHere, *([ProxyHandler({})] if is_clear else ()))


class Caller:
    """Makes calls to one register with one token.

    :raises RegisterError: it would not be called at that address with that token; the token is not in the words.
    """

    def __init__(self, address: str, token: str, timeout: float, wait: Callable[[float], None]) -> None:
        unfit = why_unfit(address, token)
        if unfit:
            raise RegisterError(0, f"the address of the register, {address!r}, {unfit}; give one with https://")
        broken = why_no_token(token)
        if broken:
            raise RegisterError(0, f"the API token {broken}; copy it again")
        self._address = address.rstrip("/") + "/api/v1"
        self._token = token
        self._timeout = timeout
        self._wait = wait
        self._opener = _opener(address)

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        condition: Mapping[str, str] | None = None,
    ) -> Response:
        """Call, wait and call again where the register asks for it, and give the answer.

        `condition` are headers such as If-None-Match.

        :raises RegisterError: the register refused, failed, or could not be reached.
        """
        given = [(name, value) for name, value in (query or {}).items() if value not in ("", None)]
        address = f"{self._address}{path}{'?' + urlencode(given, doseq=True) if given else ''}"
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers(data), **(condition or {})}
        request = Request(address, data, headers, method=method)  # the caller's address
        for last in (*[False] * (_MOST_TRIES - 1), True):
            try:
                with self._opener.open(request, timeout=self._timeout) as answer:
                    return Response(answer.status, answer.headers.get("ETag", ""), _body_of(answer))
            except HTTPError as error:
                if error.code == 304:
                    return Response(304, error.headers.get("ETag", ""), {})
                seconds = _seconds_to_wait(error)
                if last or seconds is None:
                    raise _told(error) from None
                self._wait(seconds)
            except URLError as error:
                raise RegisterError(0, f"{self._address} cannot be reached: {error.reason}") from None
            except (OSError, HTTPException) as error:
                why = str(error) or type(error).__name__
                raise RegisterError(0, f"{self._address} gave no whole answer: {why}") from None
        raise AssertionError("the last try returns or raises")

    def _headers(self, data: bytes | None) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "firmpath-client"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if data is not None:
            headers["Content-Type"] = "application/json"
        return headers


def _body_of(answer: HTTPResponse) -> Json:
    octets = answer.read()
    try:
        body = json.loads(octets) if octets else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise RegisterError(answer.status, _no_register(answer.status, answer.reason))
    return body


def _no_register(status: int, reason: str) -> str:
    return f"the answer was {status} {reason}, and not that of a register"


def _seconds_to_wait(error: HTTPError) -> float | None:
    written = error.headers.get("Retry-After", "")
    if error.code in (429, 503) and written.isdecimal() and int(written) <= _LONGEST_WAIT:
        return float(written)
    return None


def _told(error: HTTPError) -> RegisterError:
    """Read the problem details; what is no register answers in some other way."""
    try:
        told = json.load(error)
        return RegisterError(error.code, str(told["detail"]), tuple(told.get("faults", ())))
    except (ValueError, KeyError, TypeError, OSError, HTTPException):
        return RegisterError(error.code, _no_register(error.code, error.reason))


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)
