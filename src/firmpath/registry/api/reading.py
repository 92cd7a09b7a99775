"""Answers that are read from the register: conditional on the ledger's head, and the same bytes for the same head.

Source: RFC 9110 section 13.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple
from zlib import crc32

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import parse_etags, quote_etag
from ninja import Router

from firmpath import __version__
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.current import Current, current
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act

CONDITIONAL: Final[Json] = {"x-conditional": True}
"""Marks a call in the document as one that answers 304; what goes with it is added there."""


class Reading(NamedTuple):
    """What a call reads from: the register, its Catalogue of the day that is asked about, and who asks."""

    register: LivingRegister
    catalogue: Catalogue
    sees_fir: bool


class Calls(Router):
    """Calls of one area; what takes GET takes HEAD too."""

    def get(self, path: str, **more: Any) -> Callable[[Any], Any]:
        """Add a call that reads."""
        return self.api_operation(["GET", "HEAD"], path, **more)


def read(request: Asked, make: Callable[[Reading], Json], as_at: date | None = None) -> HttpResponseBase:
    """Answer with what `make` gives, or that nothing has changed since the caller's ETag.

    Cost: one small query where the caller has the answer already.
    """

    def answer(head: Current, sees_fir: bool) -> HttpResponse:
        return json_response(make(Reading(head.register, head.register.catalogue(day), sees_fir)))

    day = as_at or request.today
    return conditional(request, answer, str(day))


def conditional(request: Asked, answer: Callable[[Current, bool], HttpResponseBase], what: str) -> HttpResponseBase:
    """Answer, or say that nothing has changed; `what` is what the answer depends on beside ledger and rights."""
    head, sees_fir = current(), request.who.may(Act.READ_FIR)
    address = crc32(request.get_full_path().encode())
    etag = quote_etag(f"{head.chain[:32]}.{what}.{'fir' if sees_fir else 'cpl'}.{address:08x}.{__version__}")
    wanted = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    response = HttpResponse(status=304) if etag in wanted else answer(head, sees_fir)
    if "*" in wanted:  # whatever there is, if there is anything
        response = HttpResponse(status=304)
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Authorization"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """Give a body as JSON."""
    return HttpResponse(write_json(body), status=status, content_type="application/json")


def write_json(body: Any) -> str:
    """Write JSON without space."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
