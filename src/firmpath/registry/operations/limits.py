"""What is refused before anything of it is read: requests to somebody else, and those that were not taken in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import Fault
from firmpath.registry.api.problems import problem
from firmpath.registry.operations.whole_requests import CROWDED, CUT_SHORT, LATE, NO_LENGTH, REFUSED, UNREADABLE
from firmpath.registry.parties.middleware import API_PREFIX

_MIB: Final = 1024 * 1024


class KnownHosts:
    """Refuse a request that names another host than ours: links and cookies would go by that name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        try:
            request.get_host()
        except DisallowedHost:
            wrong, right = "is not a name of this register", "see that FIRMPATH_HOSTS has every name of it"
            return _refused(request, 400, Fault("Host", "", wrong, right, quoted=False))
        return self.get_response(request)


class BodyLimit:
    """Refuse a body larger than the settings allow, and a request that was not taken in for another reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        written = str(request.META.get("CONTENT_LENGTH") or "0")
        if written.isdecimal() and int(written[:18]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            wrong = f"is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // _MIB} MiB"
            return _refused(request, 413, Fault("Request", "", wrong, "send less at a time", quoted=False))
        why = request.META.get(REFUSED)
        return _not_taken_in(request, why) if why else self.get_response(request)


def _not_taken_in(request: HttpRequest, why: str) -> HttpResponse:
    status, wrong, right = _NOT_TAKEN_IN[why]
    refused = _refused(request, status, Fault("Request", "", wrong, right, quoted=False))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        refused.headers["Retry-After"] = "60"
    return refused


_NOT_TAKEN_IN: Final = {
    LATE: (408, "came too slowly to be waited for", "send it again over a better connection"),
    CROWDED: (503, "came while too much else is being sent", "send it again in a minute"),
    CUT_SHORT: (400, "was cut short", "send it again"),
    NO_LENGTH: (411, "does not say how long it is", "send it with a Content-Length"),
    UNREADABLE: (400, "has a header that is not ASCII", "remove the cookies of this site, and send it again"),
}
"""The status, what is wrong and what would be right, for each reason why a request was not taken in."""


def _refused(request: HttpRequest, status: int, fault: Fault) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem(status, str(fault), [fault])
    return render(request, "refused.html", {"faults": [fault]}, status=status)
