"""Publish a submission, or show what has changed since somebody looked at it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.publishing import publish
from firmpath.registry.submissions.queries import find_submission
from firmpath.registry.web.submitting.views_one import reading_page


@allowed(POST=Act.REVIEW)
def publish_it(request: Request, reference: str) -> HttpResponse:
    """Publish what was looked at; whatever else it would do now is shown anew instead."""
    try:
        done = publish(reference, request.POST.get("seen", ""), request.who, request.at)
    except FirmpathError as error:
        return reading_page(request, find_submission(request.who, reference), list(error.faults), 409)
    messages.success(request, f"Submission {done.reference} is published.")
    return redirect("submission", done.reference)
