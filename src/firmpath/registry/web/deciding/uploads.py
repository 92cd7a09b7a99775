"""Files with a form: kept in memory, at most as much as five of the largest; nothing is dropped in silence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.evidence import LARGEST_FILE_OCTETS, MOST_FILES, TERM, Given, parse_files

_MOST_OCTETS = MOST_FILES * LARGEST_FILE_OCTETS + 1024 * 1024
"""All files together, and what a form sends around them."""

_View = Callable[..., HttpResponseBase]


class _InMemory(MemoryFileUploadHandler):
    """Keep files in memory, however the server is set up for other forms."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803
        """Take files unless they are too large together."""
        self.activated = content_length <= _MOST_OCTETS


def takes_files(gated: _View) -> _View:
    """Let a view that is behind its gate take files; put it above `@allowed`, whose view is `@csrf_protect`ed.

    The form is read only after the gate, so nobody can send files who may not.
    """
    return csrf_exempt(gated)


def in_memory(view: _View) -> _View:
    """Read the files of a form into memory; put it below `@allowed`."""
    protected = csrf_protect(view)

    @wraps(view)
    def reading(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [_InMemory(request)]
        return protected(request, *args, **kwargs)

    return reading


def read_files(request: Asked, name: str) -> tuple[Given, ...]:
    """Take the files that were sent with a form.

    :raises FirmpathError: every fault of every file, or that they are too large together.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_OCTETS:
        wrong, right = "are larger than 25 MB together", "send fewer or smaller ones, and choose all of them again"
        raise FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
    return parse_files([Given(each.name or "", each.read()) for each in request.FILES.getlist(name)])
