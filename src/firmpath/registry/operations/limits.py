"""What is refused before anything of it is read: requests to somebody else, and those whose body is too large."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import Fault
from firmpath.registry.api.problems import problem
from firmpath.registry.parties.middleware import API_PREFIX

_MIB: Final = 1024 * 1024
_MOST_THROWN_AWAY: Final = 64 * _MIB
_AT_ONCE: Final = 256 * 1024


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
    """Refuse a body that is larger than the settings allow; one of no stated length is taken for empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        written = str(request.META.get("CONTENT_LENGTH") or "0")
        if written.isdecimal() and int(written[:18]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _let_it_come(request, int(written[:18]))
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // _MIB
            wrong = f"is larger than {most} MiB"
            return _refused(request, 413, Fault("Request", "", wrong, "send less at a time", quoted=False))
        return self.get_response(request)


def _let_it_come(request: HttpRequest, size: int) -> None:
    """Take in a body and keep nothing of it: a browser shows no answer before it has sent everything."""
    left = min(size, _MOST_THROWN_AWAY)
    while left > 0 and (came := request.META["wsgi.input"].read(min(left, _AT_ONCE))):
        left -= len(came)


def _refused(request: HttpRequest, status: int, fault: Fault) -> HttpResponse:
    if request.path.startswith(API_PREFIX):
        return problem(status, str(fault), [fault])
    return render(request, "refused.html", {"faults": [fault]}, status=status)
