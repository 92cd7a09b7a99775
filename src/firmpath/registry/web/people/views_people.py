"""Pages for SECAS: the people of a Party, and who is invited to join it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, invitations, listing
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.models import Invitation, Person
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.people.asking import ask_first, question_page
from firmpath.registry.web.people.gates import confirmed, limited
from firmpath.registry.web.people.views_parties import found_party
from firmpath.registry.web.questions import Question

_EMAIL = Question("email", "E-mail address", "The link to join goes there", kind="email")


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
@limited("invite")
def invite(request: Asked, party_id: int) -> HttpResponse:
    """Invite somebody by e-mail to join a Party."""
    shown = found_party(party_id)
    if request.method != "POST":
        return question_page(request, "people/invite.html", (_EMAIL,), {}, party=shown)
    try:
        invited = invitations.invite(party_id, request.POST.get("email", ""), by=request.who, at=request.at)
    except FirmpathError as refusal:
        return question_page(request, "people/invite.html", (_EMAIL,), request.POST, refusal.faults, party=shown)
    return render(request, "people/invited.html", {"party": shown, "invited": invited})


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
@limited("invite")
def invitation_resend(request: Asked, invitation_id: int) -> HttpResponse:
    """Send an invitation again."""
    waiting = _waiting(invitation_id)
    back = reverse("party", args=[waiting.party_id])
    if request.method != "POST":
        lines = ("They get a new link, which can be used once in the next 7 days. The old link no longer works.",)
        heading = f"Send the invitation to {waiting.email} again?"
        return ask_first(request, heading, lines, "Send again", back, is_harmless=True)
    invited = invitations.resend(invitation_id, by=request.who, at=request.at)
    return render(request, "people/invited.html", {"party": waiting.party, "invited": invited})


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
def invitation_withdraw(request: Asked, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation, once it is clear which."""
    waiting = _waiting(invitation_id)
    back = reverse("party", args=[waiting.party_id])
    if request.method != "POST":
        heading = f"Withdraw the invitation to {waiting.email}?"
        return ask_first(request, heading, ("Its link no longer works.",), "Withdraw the invitation", back)
    invitations.withdraw(invitation_id, by=request.who, at=request.at)
    messages.success(request, "The invitation has been withdrawn.")
    return redirect(back)


@allowed(GET=Act.MANAGE_PEOPLE)
def person(request: Asked, person_id: int) -> HttpResponse:
    """Show a person, and what was done about them."""
    context = {"person": _found(person_id), "acts": listing.acts_about("person", person_id)}
    return render(request, "people/person.html", context)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def person_switch(request: Asked, person_id: int) -> HttpResponse:
    """Switch a person off, or on again, once it is clear what that does."""
    shown = _found(person_id)
    if request.method != "POST":
        word = "off" if shown.is_active else "on"
        off = ("They are signed out everywhere and cannot sign in again.", "Their API tokens are revoked for good.")
        on = ("They can sign in again. API tokens that were revoked stay revoked.",)
        back, lines = reverse("person", args=[person_id]), off if shown.is_active else on
        heading, is_harmless = f"Switch {word} {shown.name}?", not shown.is_active
        return ask_first(request, heading, lines, f"Switch {word}", back, is_harmless=is_harmless)
    actions.switch_person(person_id, not shown.is_active, by=request.who, at=request.at)
    messages.success(request, f"The person has been switched {'off' if shown.is_active else 'on'}.")
    return redirect("person", person_id)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def person_reset(request: Asked, person_id: int) -> HttpResponse:
    """Remove the second factors of somebody who lost theirs, once it is clear what that does."""
    shown = _found(person_id)
    if request.method != "POST":
        lines = (
            "Make sure that it is really them who ask: speak to them by a number you know.",
            "Their authenticator app, keys and recovery codes no longer work, and they are signed out everywhere.",
            "The next time they sign in with their password they set up a new one. They are told by e-mail.",
        )
        back = reverse("person", args=[person_id])
        return ask_first(request, f"Remove the second step of {shown.name}?", lines, "Remove", back)
    if actions.reset_second_factor(person_id, by=request.who, at=request.at):
        messages.success(request, "The second step has been removed, and the person was told by e-mail.")
    else:
        messages.warning(
            request, "The second step has been removed. The e-mail about it could not be sent: tell them."
        )
    return redirect("person", person_id)


def _found(person_id: int) -> Person:
    found = listing.find_person(person_id)
    if found is None:
        raise Http404
    return found


def _waiting(invitation_id: int) -> Invitation:
    found = listing.find_waiting_invitation(invitation_id)
    if found is None:
        raise Http404
    return found
