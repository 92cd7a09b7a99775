"""What every request gets before a view sees it: the instant it came, and who asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from firmpath.pathways.days import britains_day
from firmpath.registry.parties.access import acts_of
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.sessions import SWITCHED_OFF, why_over
from firmpath.registry.parties.who import NOBODY, Who

Answerer = Callable[[HttpRequest], HttpResponse]
API_PREFIX = "/api/"


class WhoAndWhen:
    """Put `at`, `today` and `who` on every request; this is the one place of the register that reads the clock."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer a request."""
        request.at = datetime.now(UTC)
        request.today = britains_day(request.at)
        if not request.path.startswith(API_PREFIX):  # calls bring a token, which the API looks at
            request.signed_out = 0
            request.who = _who_goes_on(request)
            request.has_second_factor = request.who.is_signed_in and _has_second_factor(request.who.person_id)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuse a view that does not say who may use it; the API's calls say so themselves."""
        if not request.path.startswith(API_PREFIX) and not acts_of(view):
            raise PermissionDenied("This page does not say who may see it.")


def _who_goes_on(request: Any) -> Who:
    """Say who asks, once a session that is over has ended.

    That of somebody whose Party has been switched off ends too: to allauth they would still be signed in. Whose
    session has ended for its age alone is noted as `signed_out`.
    """
    who = find_who(request.user)
    if not request.user.is_authenticated:
        return who
    why = why_over(request.session, request.at) if who.is_signed_in else SWITCHED_OFF
    if not why:
        return who
    request.signed_out = who.person_id
    logout(request)
    messages.info(request, why)
    return NOBODY


def _has_second_factor(person_id: int) -> bool:
    codes = Authenticator.Type.RECOVERY_CODES  # they stand in for a factor, and are none by themselves
    return bool(Authenticator.objects.filter(user_id=person_id).exclude(type=codes).exists())
