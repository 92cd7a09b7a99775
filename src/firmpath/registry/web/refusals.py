"""What cannot be understood is refused on a page that says what, where, and what would be right."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.queries import DiscardedError


class Refusals:
    """Turn a refusal that no view has dealt with into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the faults of a refusal, or that something was discarded; leave every other exception to Django."""
        if isinstance(exception, DiscardedError):
            can_submit = request.who.may(Act.SUBMIT)  # type: ignore[attr-defined]  # the gate has let them in
            context = {"discarded": exception, "can_submit": can_submit}
            return render(request, "submitting/discarded.html", context, status=HTTPStatus.GONE)
        if not isinstance(exception, FirmpathError):
            return None
        return render(request, "refused.html", {"faults": exception.faults}, status=400)
