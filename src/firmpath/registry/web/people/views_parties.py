"""Pages for SECAS: Parties, what is known of them, and what they answer for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, listing
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.admission import people_to_be_confirmed
from firmpath.registry.parties.models import Party
from firmpath.registry.parties.roles import Act, Role
from firmpath.registry.web.lists import csv_file, read_filters, wants_csv
from firmpath.registry.web.people.asking import ask_first, question_page
from firmpath.registry.web.people.gates import confirmed
from firmpath.registry.web.people.rows import people_file, people_shown
from firmpath.registry.web.questions import Choice, Question, asked

_ROLES = tuple(Choice(role.value, role.value) for role in Role if role is not Role.PUBLIC)
_DETAILS = (
    Question("name", actions.PARTY_NAME),
    Question("role", "Role", "What its people may do depends on it", kind="radios", choices=_ROLES),
    Question(
        "contact", actions.CONTACT, "Where other Parties can ask, for example an e-mail address", optional=True
    ),
)
_IDENTIFIER = Question("identifier", actions.IDENTIFIER, "4 hexadecimal digits, for example 1063", width=6)
_IDENTIFIERS = Question(
    "identifiers",
    actions.IDENTIFIER,
    "For a Device Manufacturer: 4 hexadecimal digits, for example 1063. Put blanks between several.",
    label="Manufacturer identifiers",
    optional=True,
)
_FILTERS = (
    Question("q", "Name, contact or manufacturer identifier", kind="search"),
    Question("role", "Role", kind="select", choices=(Choice("", "Any"), *_ROLES)),
    Question(
        "state",
        "State",
        kind="select",
        choices=(Choice("", "Any"), Choice("on", "Switched on"), Choice("off", "Switched off")),
    ),
)
_ON_A_PAGE = 50


@allowed(GET=Act.MANAGE_PEOPLE)
def parties(request: Asked) -> HttpResponse:
    """List the Parties, as a page or as CSV."""
    q, role, state, sort = read_filters(request, ("q", "role", "state", "sort")).values()
    found = listing.find_parties(q, role, state, sort or "name")
    if wants_csv(request):
        return _as_csv(list(found))
    context = {
        "page": Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page")),
        "filters": asked(_FILTERS, request.GET),
        "is_filtered": bool(q or role or state),
        "sort": sort or "name",
        "waiting_count": len(people_to_be_confirmed(request.who)),
    }
    return render(request, "people/parties.html", context)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def party_new(request: Asked) -> HttpResponse:
    """Make a Party."""
    questions = (*_DETAILS, _IDENTIFIERS)
    if request.method != "POST":
        return question_page(request, "people/party_new.html", questions, {})
    written = [request.POST.get(name, "") for name in ("name", "role", "contact", "identifiers")]
    try:
        made = actions.make_party(*written, by=request.who, at=request.at)
    except FirmpathError as refusal:
        return question_page(request, "people/party_new.html", questions, request.POST, refusal.faults)
    messages.success(request, "The Party has been made. Now invite its people.")
    return redirect("party", made.pk)


@allowed(GET=Act.MANAGE_PEOPLE)
def party(request: Asked, party_id: int) -> HttpResponse:
    """Show a Party, its people and who has been invited, or give the people as CSV."""
    shown, people = found_party(party_id), listing.people_of(party_id)
    if wants_csv(request):
        return people_file(people, request)
    context = people_shown(people, request) | {
        "party": shown,
        "invitations": listing.invitations_of(party_id),
        "acts": listing.acts_about("party", party_id),
        "at": request.at,
    }
    return render(request, "people/party.html", context)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def party_edit(request: Asked, party_id: int) -> HttpResponse:
    """Change the name, the role or the contact of a Party."""
    shown = found_party(party_id)
    if request.method != "POST":
        values = {"name": shown.name, "role": shown.role, "contact": shown.contact}
        return question_page(request, "people/party_edit.html", _DETAILS, values, party=shown)
    written = [request.POST.get(name, "") for name in ("name", "role", "contact")]
    try:
        actions.edit_party(party_id, *written, by=request.who, at=request.at)
    except FirmpathError as refusal:
        return question_page(request, "people/party_edit.html", _DETAILS, request.POST, refusal.faults, party=shown)
    messages.success(request, "The Party has been changed.")
    return redirect("party", party_id)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def party_switch(request: Asked, party_id: int) -> HttpResponse:
    """Switch a Party off, or on again, once it is clear what that does."""
    shown = found_party(party_id)
    if request.method != "POST":
        word = "off" if shown.is_active else "on"
        off = ("None of its people can sign in, and their API tokens do nothing, until it is switched on again.",)
        on = ("Its people can sign in again, except those who have been switched off themselves.",)
        back, lines = reverse("party", args=[party_id]), off if shown.is_active else on
        heading, is_harmless = f"Switch {word} {shown.name}?", not shown.is_active
        return ask_first(request, heading, lines, f"Switch {word}", back, is_harmless=is_harmless)
    actions.switch_party(party_id, not shown.is_active, by=request.who, at=request.at)
    messages.success(request, f"The Party has been switched {'off' if shown.is_active else 'on'}.")
    return redirect("party", party_id)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def identifier_add(request: Asked, party_id: int) -> HttpResponse:
    """Let a Party answer for a manufacturer identifier."""
    shown = found_party(party_id)
    template = "people/identifier_add.html"
    if request.method != "POST":
        return question_page(request, template, (_IDENTIFIER,), {}, party=shown)
    written = request.POST.get("identifier", "")
    try:
        actions.add_identifier(party_id, written, by=request.who, at=request.at)
    except FirmpathError as refusal:
        return question_page(request, template, (_IDENTIFIER,), request.POST, refusal.faults, party=shown)
    messages.success(request, "The manufacturer identifier has been added.")
    return redirect("party", party_id)


@allowed(GET=Act.MANAGE_PEOPLE, POST=Act.MANAGE_PEOPLE)
@confirmed
def identifier_remove(request: Asked, party_id: int, identifier: str) -> HttpResponse:
    """Let a Party no longer answer for a manufacturer identifier, once it is clear what that does."""
    shown = found_party(party_id)
    if identifier not in {each.identifier for each in shown.manufacturer_identifiers.all()}:
        raise Http404
    if request.method != "POST":
        heading = f"Remove manufacturer identifier {identifier} from {shown.name}?"
        lines = ("Its people can no longer submit for it. What they have submitted stays.",)
        return ask_first(request, heading, lines, "Remove", reverse("party", args=[party_id]))
    actions.remove_identifier(party_id, identifier, by=request.who, at=request.at)
    messages.success(request, "The manufacturer identifier has been removed.")
    return redirect("party", party_id)


def found_party(party_id: int) -> Party:
    """Find the Party of a page.

    :raises Http404: there is none.
    """
    found = listing.find_party(party_id)
    if found is None:
        raise Http404
    return found


def _as_csv(found: list[Party]) -> HttpResponse:
    headings = ("Party", "Role", "Contact", "Manufacturer identifiers", "People", "State")
    rows: list[tuple[object, ...]] = []
    for each in found:
        identifiers = " ".join(one.identifier for one in each.manufacturer_identifiers.all())
        state = "on" if each.is_active else "off"
        people_count: int = each.people_count  # type: ignore[attr-defined]  # `find_parties` counts them
        rows.append((each.name, each.role, each.contact, identifiers, people_count, state))
    return csv_file("parties", headings, rows)
