"""What is refused before anything of it is read: requests whose body is too large."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import Fault
from firmpath.registry.api.problems import problem
from firmpath.registry.parties.middleware import API_PREFIX

_MIB: Final = 1024 * 1024


class BodyLimit:
    """Refuse a body that is larger than the settings allow; one of no stated length is taken for empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        written = str(request.META.get("CONTENT_LENGTH") or "0")
        if written.isdecimal() and int(written[:18]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return _too_large(request)
        return self.get_response(request)


def _too_large(request: HttpRequest) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // _MIB
    fault = Fault("Request", "", f"is larger than {most} MiB", "send less at a time", quoted=False)
    if request.path.startswith(API_PREFIX):
        return problem(413, faults=[fault])
    return render(request, "refused.html", {"faults": [fault]}, status=413)
