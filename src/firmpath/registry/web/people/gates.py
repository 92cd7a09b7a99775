"""Views of allauth behind our gate, and pages for which somebody shows again that it is them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.decorators import rate_limit
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.form_questions import problems_of

View = Callable[..., HttpResponseBase]


def of_allauth(view: View, **acts: Act) -> View:
    """Put a view of allauth behind the gate, and its faults where our pages show them."""

    @allowed(**acts)
    @wraps(view)
    def gated(request: Asked, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except ReauthenticationRequired:
            return _to_confirming(request)
        context = getattr(answer, "context_data", None) or {}
        for form in (context.get("form"), context.get("webauthn_form")):
            if form is not None and form.is_bound:
                context["problems"] = problems_of(form)
        return answer

    return gated


def confirmed(view: View) -> View:
    """Run a view only for somebody who has shown lately that it is them; stands inside `allowed`."""

    @wraps(view)
    def confirming(request: Asked, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return reauthentication_required(view)(request, *args, **kwargs)  # type: ignore[no-any-return]
        except ReauthenticationRequired:
            return _to_confirming(request)

    return confirming


def limited(action: str) -> Callable[[View], View]:
    """Let a view be posted to only so often; ACCOUNT_RATE_LIMITS says how often."""
    limit: Callable[[View], View] = rate_limit(action=action)
    return limit


def with_second_factor(view: View) -> View:
    """Run a view of somebody's own account only once they have a second factor; stands inside `allowed`."""

    @wraps(view)
    def gated(request: Asked, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.has_second_factor else redirect("second_factor")

    return gated


def _to_confirming(request: Asked) -> HttpResponseRedirect:
    """Lead to the page again rather than do at once what was posted: it is to be read before it is done."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
