"""Answers that are read from the register: conditional on the ledger's head, and the same bytes for the same head.

Source: RFC 9110 section 13.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import parse_etags, quote_etag

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act


class Reading(NamedTuple):
    """What a call reads from: the register, its Catalogue of the day that is asked about, and who asks."""

    register: LivingRegister
    catalogue: Catalogue
    sees_fir: bool


def read(request: Asked, make: Callable[[Reading], Json], as_at: date | None = None) -> HttpResponseBase:
    """Answer with what `make` gives, or that nothing has changed since the caller's ETag.

    Cost: one small query where the caller has the answer already.
    """
    head = current()
    day = as_at or request.at.date()
    sees_fir = request.who.may(Act.READ_FIR)
    etag = quote_etag(f"{head.chain[:32]}.{day}.{'fir' if sees_fir else 'cpl'}")
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in wanted or "*" in wanted:
        response: HttpResponse = HttpResponse(status=304)
    else:
        response = json_response(make(Reading(head.register, head.register.catalogue(day), sees_fir)))
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Authorization"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """Give a body as JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type="application/json")


def write_cursor(last: int) -> str:
    """Give the cursor of the page that follows an id or a number."""
    return urlsafe_b64encode(f"after:{last}".encode()).decode().rstrip("=")


def read_cursor(written: str) -> int:
    """Give the id or number that a cursor follows; 0 where there is no cursor.

    :raises FirmpathError: it is not one of ours.
    """
    if not written:
        return 0
    try:
        word, _, last = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode().partition(":")
        if word == "after" and last.isdecimal() and last.isascii() and len(last) <= 16:
            return int(last)
    except ValueError:
        pass
    right = "use the one that a page gives as `next_cursor`, or none"
    raise FirmpathError(Fault("Cursor", written, "was not given by this register", right))
