"""Signing in by OpenID Connect: on the way to the provider, and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from firmpath.registry.parties.access import Asked

View = Callable[[Asked, str], HttpResponseBase]


def _said_in_words(view: View) -> View:
    """Say on a page that the provider does not answer, or not as OpenID Connect has it."""

    @wraps(view)
    def tried(request: Asked, provider_id: str) -> HttpResponseBase:
        try:
            return view(request, provider_id)
        except (KeyError, RequestException, TypeError, ValueError) as wrong:
            provider = get_adapter().get_provider(request, provider_id)
            answer: Any = render_authentication_error(request, provider, exception=wrong)
            return answer  # type: ignore[no-any-return]

    return tried


@_said_in_words
def leave(request: Asked, provider_id: str) -> HttpResponseBase:
    """Go to the provider by a page, not by a redirect: our policy lets no form end at another site."""
    answer: HttpResponseBase = views.login(request, provider_id)
    if answer.status_code not in (301, 302, 303):
        return answer
    address = answer["Location"]
    page = render(request, "people/leaving.html", {"address": address})
    page["Refresh"] = f"0; url={address}"
    return page


@_said_in_words
def come_back(request: Asked, provider_id: str) -> HttpResponseBase:
    """Come back from the provider."""
    answer: HttpResponseBase = views.callback(request, provider_id)
    return answer
