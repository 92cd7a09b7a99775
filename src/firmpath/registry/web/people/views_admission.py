"""Pages for SECAS and the SSC: who has been let into the SSC; and, for the SSC, to confirm that they are of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import admission
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.people.asking import ask_first
from firmpath.registry.web.people.gates import confirmed


@allowed(GET=Act.SEE_ADMISSIONS)
def to_be_confirmed(request: Asked) -> HttpResponse:
    """List who has been let into the SSC and waits for a second person."""
    context = {"waiting": admission.people_to_be_confirmed(request.who)}
    return render(request, "people/to_be_confirmed.html", context)


@allowed(GET=Act.ADMIT, POST=Act.ADMIT)
@confirmed
def person_admit(request: Asked, person_id: int) -> HttpResponse:
    """Confirm that somebody is of the SSC, once it is clear what that does."""
    found = admission.find_to_be_confirmed(person_id, request.who)
    if found is None:
        raise Http404("Nobody of that number waits to be confirmed.")
    person = found.person
    if request.method != "POST" and not found.why_not:
        lines = (
            f"They joined with the e-mail address {person.email}, and were let in by {found.let_in_by}.",
            "Make sure that it is really them: ask them, by a number you know, whether they have joined.",
            "From then on they see all that is kept for the Security Sub-Committee. Everybody of it is told by "
            "e-mail.",
        )
        heading = f"Confirm that {person.name} is of {person.party.name}?"
        return ask_first(request, heading, lines, "Confirm", reverse("to_be_confirmed"))
    try:
        admission.admit(person_id, by=request.who, at=request.at)
    except FirmpathError as refusal:
        messages.error(request, str(refusal))
        return redirect("to_be_confirmed")
    messages.success(request, f"{person.name} is of the Security Sub-Committee from now on.")
    return redirect("to_be_confirmed")
