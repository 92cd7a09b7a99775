"""What went wrong, as problem details. Source: RFC 9457."""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.json_form.others import faults_json
from firmpath.registry.parties.middleware import API_PREFIX

CONTENT_TYPE: Final = "application/problem+json"

WORDS: Final[Mapping[int, str]] = {
    400: "This is not JSON that can be read; check the body of the request.",
    401: "This needs a valid API token; send it as 'Authorization: Bearer …'.",
    403: "The role or the scope of this API token does not allow that.",
    404: "There is nothing at this address; /api/v1/openapi.json lists what there is.",
    405: "This address does not take that method.",
    406: "Only JSON is given.",
    409: "That cannot be done in the state it is in.",
    412: "The register has changed since; read again, then decide again.",
    413: "The body of the request is too large.",
    415: "Only JSON is taken.",
    422: "Something in the request cannot be meant; `faults` says what, and what would be right.",
    429: "Too many calls; wait as long as Retry-After says.",
    500: "The register failed; it has been noted. Try again, and report it if it stays.",
    503: "The register is not ready; try again after as long as Retry-After says.",
}


class ProblemError(Exception):
    """A call that is not answered, with its HTTP status."""

    def __init__(self, status: int, detail: str = "", faults: Iterable[Fault] = ()) -> None:
        super().__init__(detail or WORDS[status])
        self.status = status
        self.detail = detail or WORDS[status]
        self.faults = tuple(faults)


def problem(status: int, detail: str = "", faults: Iterable[Fault] = ()) -> HttpResponse:
    """Give the response that says what went wrong; `faults` are listed as the command line lists them."""
    found = faults_json(faults)["faults"]
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or WORDS.get(status, HTTPStatus(status).phrase),
    }
    if found:
        body["faults"] = found
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Firmpath"'
    return response


def tell_problems(api: NinjaAPI) -> None:
    """Say of each exception that a call may raise which problem it is."""

    @api.exception_handler(ProblemError)
    def _(request: HttpRequest, raised: ProblemError) -> HttpResponse:
        return problem(raised.status, raised.detail, raised.faults)

    @api.exception_handler(FirmpathError)
    def _(request: HttpRequest, raised: FirmpathError) -> HttpResponse:
        return problem(422, faults=raised.faults)

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, raised: ValidationError) -> HttpResponse:
        return problem(422, faults=[_fault(request, each) for each in raised.errors])

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, raised: HttpError) -> HttpResponse:
        return problem(raised.status_code)

    @api.exception_handler(Throttled)
    def _(request: HttpRequest, raised: Throttled) -> HttpResponse:
        response = problem(429)
        response.headers["Retry-After"] = str(max(1, round(raised.wait or 1)))
        return response


def _fault(request: HttpRequest, error: Mapping[str, Any]) -> Fault:
    """Say what the request's form has against a value, in the form of all other faults."""
    *place, name = [str(each) for each in error["loc"] if each not in ("body", "query", "path")] or ["body"]
    shown = request.GET.get(name, "")
    where = f"in {'.'.join(place)}" if place else ""
    return Fault(name, shown, f"is refused: {error['msg']}", where=where, quoted=bool(shown))


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
