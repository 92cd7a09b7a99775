"""Which problem each exception is that a call may raise."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.api.problems import NOT_READY_FOR, ProblemError, problem
from firmpath.registry.api.strictness import faults_of_query
from firmpath.registry.api.taken import FAULTS

_LOG: Final = logging.getLogger("firmpath")

_IN_WORDS: Final = {
    "missing": ("is not given", "add it"),
    "extra_forbidden": ("is no field that is known here", "check its name, or leave it out"),
    "string_type": ("is not text", "write it in quotes"),
    "int_type": ("is not a whole number", "write it in digits, without quotes"),
    "bool_type": ("is neither true nor false", "write one of them, without quotes"),
    "list_type": ("is not a list", "write it in square brackets"),
    "dict_type": ("is not an object", "write it in curly brackets"),
    "model_type": ("is not an object", "write it in curly brackets"),
    "model_attributes_type": ("is not an object", "write it in curly brackets"),
    "too_long": ("has more than {max_length:,} items", "send so many at most at once"),
    "string_too_long": ("has more than {max_length:,} characters", "shorten it"),
}
"""What is wrong, and what would be right, by what pydantic calls it; its words are for those who write programs."""


def tell_problems(api: NinjaAPI) -> None:
    """Say of each exception that a call may raise which problem it is."""

    @api.exception_handler(ProblemError)
    def _(request: HttpRequest, raised: ProblemError) -> HttpResponse:
        return problem(raised.status, raised.detail, raised.faults, raised.wait_seconds)

    @api.exception_handler(FirmpathError)
    def _(request: HttpRequest, raised: FirmpathError) -> HttpResponse:
        return problem(422, faults=raised.faults)

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, raised: ValidationError) -> HttpResponse:
        found = [fault for each in raised.errors for fault in _faults(request, each)]
        return problem(422, faults=[*found, *faults_of_query(request)])

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, raised: HttpError) -> HttpResponse:
        cause = raised.__cause__  # what our own reading of the body raised
        return api.on_exception(request, cause) if isinstance(cause, ProblemError) else problem(raised.status_code)

    _tell_those_of_django(api)


def _tell_those_of_django(api: NinjaAPI) -> None:
    @api.exception_handler(Http404)
    def _(request: HttpRequest, raised: Http404) -> HttpResponse:
        return problem(404, str(raised))

    @api.exception_handler(PermissionDenied)
    def _(request: HttpRequest, raised: PermissionDenied) -> HttpResponse:
        return problem(403)

    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(UnreadablePostError)
    def _(request: HttpRequest, raised: Exception) -> HttpResponse:
        return problem(400)

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def _(request: HttpRequest, raised: Exception) -> HttpResponse:
        _LOG.error("", exc_info=raised, extra={"what": "the database was not ready for a call"})
        return problem(503, wait_seconds=NOT_READY_FOR)


def _faults(request: HttpRequest, error: Mapping[str, Any]) -> Iterator[Fault]:
    """Say what the request's form has against a value, in the form of all other faults."""
    source, *within = error["loc"]
    *place, name = map(str, (within[1:] or [source]) if source == "body" else within)
    where = f"in {'.'.join(place)}" if place else ""
    context = error.get("ctx", {})
    found = context.get(FAULTS)
    if found:
        yield from (fault.at(where) for fault in found)
        return
    shown = request.GET.get(name, "")
    words = _IN_WORDS.get(error["type"])
    wrong, right = (each.format(**context) for each in words) if words else (f"is refused: {error['msg']}", "")
    yield Fault(name, shown, wrong, right, where=where, quoted=bool(shown))
