"""A line for every request: which page or call, how it was answered, and in how many milliseconds.

Neither the address nor the query string, since both hold what people type. Of what is asked of the SSC neither the
page nor the time: who reads the log would learn what the committee looks at, and how much it finds. Source: F64.
"""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_log: Final = logging.getLogger("firmpath")
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_ASKED_ALL_THE_TIME: Final = frozenset(("live", "ready"))
"""Only whatever is wrong with them is worth a line."""
_OF_THE_SSC: Final = "ssc"
_UNDER_THE_SSC: Final = ("/ssc/", "/api/v1/ssc/")


class RequestLog:
    """Log each request once it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        began = perf_counter()
        response = self.get_response(request)
        took_ms = (perf_counter() - began) * 1000
        route = route_of(request)
        if route not in _ASKED_ALL_THE_TIME or response.status_code >= 400:
            fields = {
                "status": response.status_code,
                "method": request.method if request.method in _METHODS else "other",
                "route": route,
            }
            if route != _OF_THE_SSC:
                fields["milliseconds"] = round(took_ms, 1)
            _log.info("", extra={"what": "request", "fields": fields})
        return response


def route_of(request: HttpRequest) -> str:
    """Name the page or call of a request by its pattern, or `ssc`; "" where nothing is at that address."""
    if request.path.startswith(settings.STATIC_URL):
        return "static"
    if request.path_info.startswith(_UNDER_THE_SSC):
        return _OF_THE_SSC
    match: Any = request.resolver_match
    return (match.view_name or match.route) if match else ""
