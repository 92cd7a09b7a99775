"""One's own account: joining, the second factor, API tokens."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import actions, invitations, listing, tokens
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.queries import find_invitation
from firmpath.registry.parties.roles import Act, Scope
from firmpath.registry.parties.who import Who
from firmpath.registry.web.lists import wants_csv
from firmpath.registry.web.people.asking import ask_first, question_page
from firmpath.registry.web.people.forms import PASSWORD_HINT
from firmpath.registry.web.people.gates import confirmed, limited, with_second_factor
from firmpath.registry.web.people.rows import tokens_file, tokens_shown
from firmpath.registry.web.questions import Choice, Question, written_day

_NAME = Question("name", "Your name", "As it stands in the history of what you do here", autocomplete="name")
_EMAIL = Question("email", "E-mail address", "You sign in with it", kind="email", autocomplete="username")
_PASSWORDS = (
    Question("password", "Password", PASSWORD_HINT, kind="password", autocomplete="new-password"),
    Question("again", "Password again", kind="password", autocomplete="new-password"),
)
_SCOPES = {
    Scope.READ: Choice(Scope.READ.value, "Read", "What you may read yourself"),
    Scope.WRITE: Choice(
        Scope.WRITE.value, "Read and write", "What you may do yourself; never manage people or accounts"
    ),
    Scope.READ_SSC: Choice(
        Scope.READ_SSC.value, "Read what only the SSC sees", "And the CPL and the FIR; every look is logged"
    ),
    Scope.WRITE_SSC: Choice(
        Scope.WRITE_SSC.value,
        "Read and write what only the SSC sees",
        "And the CPL and the FIR; every look is logged",
    ),
}
_TOKEN_NAME = Question("name", tokens.TOKEN_NAME, "What the program is that will use it, for example Asset system")
_EXPIRES_ON = Question(
    "expires_on", tokens.EXPIRES_ON, "It stops working after this day; a year from now at most", kind="date"
)


def _token_questions(who: Who) -> tuple[Question, ...]:
    scopes = tuple(_SCOPES[each] for each in tokens.scopes_for(who))
    return _TOKEN_NAME, Question("scope", tokens.SCOPE, kind="radios", choices=scopes), _EXPIRES_ON


@allowed(GET=Act.READ_CPL, POST=Act.READ_CPL)
@limited("join")
def join(request: Asked, token: str) -> HttpResponse:
    """Join by the link of an invitation."""
    invitation = find_invitation(token, request.at)
    if invitation is None or request.who.is_signed_in:
        return render(request, "people/link_is_over.html", status=404 if invitation is None else 409)
    questions = (_NAME, *_PASSWORDS) if invitation.email else (_NAME, _EMAIL, *_PASSWORDS)
    if request.method != "POST":
        return question_page(request, "people/join.html", questions, {}, invitation=invitation)
    written = [request.POST.get(each, "") for each in ("name", "email", "password", "again")]
    try:
        person = invitations.accept(token, *written, at=request.at)
    except FirmpathError as refusal:
        return question_page(
            request, "people/join.html", questions, request.POST, refusal.faults, invitation=invitation
        )
    get_adapter(request).login(request, person)
    return redirect("second_factor")


@allowed(GET=Act.OWN_ACCOUNT)
def second_factor(request: Asked) -> HttpResponse:
    """Choose the second step of signing in, which comes before any other page."""
    return redirect("account") if request.has_second_factor else render(request, "people/second_factor.html")


@allowed(GET=Act.OWN_ACCOUNT)
def account(request: Asked) -> HttpResponse:
    """Show one's account and what can be changed about it."""
    factors = listing.second_factors_of(request.who.person_id)
    of = Authenticator.Type
    context = {
        "person": listing.find_person(request.who.person_id),
        "app": next((each for each in factors if each.type == of.TOTP), None),
        "keys": [each for each in factors if each.type == of.WEBAUTHN],
        "codes_left": [len(each.wrap().get_unused_codes()) for each in factors if each.type == of.RECOVERY_CODES],
        "token_count": len(listing.tokens_of(request.who.person_id)),
        "has_second_factor": request.has_second_factor,
    }
    return render(request, "people/account.html", context)


@allowed(GET=Act.OWN_ACCOUNT)
def to_account(request: Asked) -> HttpResponse:
    """Lead to the account, where allauth would show lists of its own."""
    return redirect("account")


@allowed(GET=Act.OWN_ACCOUNT, POST=Act.OWN_ACCOUNT)
def account_name(request: Asked) -> HttpResponse:
    """Change one's name."""
    if request.method != "POST":
        return question_page(request, "people/account_name.html", (_NAME,), {"name": request.who.name})
    try:
        actions.rename_oneself(request.POST.get("name", ""), by=request.who, at=request.at)
    except FirmpathError as refusal:
        return question_page(request, "people/account_name.html", (_NAME,), request.POST, refusal.faults)
    messages.success(request, "Your name has changed.")
    return redirect("account")


@allowed(GET=Act.OWN_ACCOUNT, POST=Act.OWN_ACCOUNT)
def sign_out_everywhere(request: Asked) -> HttpResponse:
    """End every session of one's own, this one too."""
    if request.method != "POST":
        lines = ("Every browser in which you are signed in is signed out, this one too. API tokens keep working.",)
        return ask_first(request, "Sign out everywhere?", lines, "Sign out everywhere", reverse("account"))
    actions.end_sessions(by=request.who, at=request.at)
    messages.success(request, "You have been signed out everywhere.")
    return redirect("account_login")


@allowed(GET=Act.OWN_ACCOUNT)
@with_second_factor
def token_list(request: Asked) -> HttpResponse:
    """Show one's API tokens, or give the list of them as CSV."""
    found = listing.tokens_of(request.who.person_id)
    if wants_csv(request):
        return tokens_file(found, request)
    return render(request, "people/tokens.html", tokens_shown(found, request))


@allowed(GET=Act.OWN_ACCOUNT, POST=Act.OWN_ACCOUNT)
@with_second_factor
@confirmed
def token_new(request: Asked) -> HttpResponse:
    """Make an API token, and show it once."""
    questions = _token_questions(request.who)
    if request.method != "POST":
        return question_page(request, "people/token_new.html", questions, {"scope": Scope.READ.value})
    name, scope = request.POST.get("name", ""), request.POST.get("scope", "")
    try:
        made = tokens.make_token(
            name, scope, written_day(request.POST, "expires_on"), by=request.who, at=request.at
        )
    except FirmpathError as refusal:
        return question_page(request, "people/token_new.html", questions, request.POST, refusal.faults)
    return render(request, "people/token_made.html", {"token": made})


@allowed(GET=Act.OWN_ACCOUNT, POST=Act.OWN_ACCOUNT)
@with_second_factor
def token_revoke(request: Asked, token_id: int) -> HttpResponse:
    """Revoke one of one's API tokens, once it is clear which."""
    token = listing.find_token(token_id, request.who.person_id)
    if token is None:
        raise Http404
    if request.method != "POST":
        lines = ("Programs that use it are refused from then on.", "You cannot undo this.")
        return ask_first(request, f"Revoke the token “{token.name}”?", lines, "Revoke the token", reverse("tokens"))
    tokens.revoke_token(token_id, by=request.who, at=request.at)
    messages.success(request, "The token has been revoked.")
    return redirect("tokens")
