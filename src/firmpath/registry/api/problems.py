"""What went wrong, as problem details. Source: RFC 9457."""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from firmpath.pathways.faults import Fault
from firmpath.pathways.json_form.others import faults_json
from firmpath.registry.parties.middleware import API_PREFIX

CONTENT_TYPE: Final = "application/problem+json"

_MOST_FAULTS: Final = 200
"""Faults that are listed; of ten thousand questions each may have some."""

WORDS: Final[Mapping[int, str]] = {
    400: "This is not JSON that can be read; check the body of the request.",
    401: "This needs a valid API token; send it as 'Authorization: Bearer …'.",
    403: "The role or the scope of this API token does not allow that.",
    404: "There is nothing at this address; /api/v1/openapi.json lists what there is.",
    405: "This address does not take that method.",
    408: "The request came too slowly to be waited for.",
    409: "That cannot be done as things stand; `faults` says why.",
    411: "The request does not say how long it is; send it with a Content-Length.",
    412: "It would now do something else than what you looked at; read the rehearsal again, then decide again.",
    413: "The body of the request is too large.",
    415: "Only JSON in UTF-8 is taken; say so with 'Content-Type: application/json'.",
    422: "Something in the request cannot be meant; `faults` says what, and what would be right.",
    429: "Too many calls; wait as long as Retry-After says.",
    500: "The register failed; it has been noted. Try again, and report it if it stays.",
    503: "The register is not ready; try again after as long as Retry-After says.",
}

NOT_READY_FOR: Final = 5
"""Seconds after which to try again when the database was busy or away."""


class ProblemError(Exception):
    """A call that is not answered, with its HTTP status; `wait_seconds` becomes Retry-After."""

    def __init__(self, status: int, detail: str = "", faults: Iterable[Fault] = (), wait_seconds: int = 0) -> None:
        super().__init__(detail or WORDS[status])
        self.status = status
        self.detail = detail or WORDS[status]
        self.faults = tuple(faults)
        self.wait_seconds = wait_seconds


def problem(status: int, detail: str = "", faults: Iterable[Fault] = (), wait_seconds: int = 0) -> HttpResponse:
    """Give the response that says what went wrong; `faults` are listed as the command line lists them."""
    found = faults_json(faults)["faults"]
    detail = detail or WORDS.get(status, HTTPStatus(status).phrase)
    if len(found) > _MOST_FAULTS:
        detail += f" The first {_MOST_FAULTS} of {len(found)} are listed."
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"faults": found[:_MOST_FAULTS]} if found else {}),
    }
    # What was refused may hold half a surrogate pair, which UTF-8 has no octets for and JSON has an escape for.
    octets = json.dumps(body, ensure_ascii=False).encode(errors="backslashreplace")
    response = HttpResponse(octets, status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Firmpath"'
    if wait_seconds:
        response.headers["Retry-After"] = str(wait_seconds)
    return response


class APIProblems:
    """See that whatever goes wrong under `/api/` is told as problem details, whoever noticed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a call."""
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "") == CONTENT_TYPE
        if not request.path.startswith(API_PREFIX) or response.status_code < HTTPStatus.BAD_REQUEST or told:
            return response
        instead = problem(response.status_code)
        if "Allow" in response.headers:
            instead.headers["Allow"] = response.headers["Allow"]
        return instead
