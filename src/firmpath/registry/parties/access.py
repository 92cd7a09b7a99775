"""The gate before every page: each view says, method by method, what it takes, and is refused without it.

A view that says nothing is never run. Source: the table in `roles`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.sessions import NOT_SAVED
from firmpath.registry.parties.typed import KEPT, NOTHING, STANDS_AGAIN, keep_typed, take_typed
from firmpath.registry.parties.who import Who

View = Callable[..., HttpResponseBase]


class Asked(HttpRequest):
    """A request as views get it: `at` is the instant it came, `today` the day that it was in Britain, `who` asks.

    `signed_out` is the person whose session has just ended, 0 for nobody; `typed` what they had sent to this page.
    """

    at: datetime
    today: date
    who: Who
    has_second_factor: bool
    signed_out: int
    typed: QueryDict


def allowed(**acts: Act) -> Callable[[View], View]:
    """Let a view be used by those who may do what the method takes: `@allowed(GET=Act.READ_FIR)`.

    HEAD goes with GET. Anybody else is asked to sign in, or told that this is not theirs to do.
    """
    methods = {**acts, **({"HEAD": acts["GET"]} if "GET" in acts else {})}

    def gated(view: View) -> View:
        @wraps(view)
        def gate(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            act = methods.get(request.method or "")
            if act is None:
                return HttpResponseNotAllowed(sorted(methods))
            return _turned_away(request, act, view) or view(request, *args, **kwargs)

        gate.acts = methods  # type: ignore[attr-defined]  # read by `acts_of`
        return gate

    return gated


def keeps_typed(view: View) -> View:
    """Keep a form that is sent after the session ended, to show it again by `request.typed`; within `allowed`."""

    @wraps(view)
    def keeping(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.typed = NOTHING
        if request.method == "GET":
            request.typed = take_typed(request.session, request.who.person_id, request.get_full_path(), request.at)
        if request.typed:
            messages.info(request, STANDS_AGAIN)
        return view(request, *args, **kwargs)

    keeping.keeps_typed = True  # type: ignore[attr-defined]  # read by the gate
    return keeping


def acts_of(view: object) -> Mapping[str, Act]:
    """Give what each method of a view takes; nothing where it has no gate."""
    found: Mapping[str, Act] = getattr(view, "acts", {})
    return found


def _turned_away(request: Asked, act: Act, view: View) -> HttpResponse | None:
    if not request.who.may(act):
        if request.who.is_signed_in:
            raise PermissionDenied(f"Only some roles may {act.value}.")
        if request.method not in ("GET", "HEAD"):
            messages.warning(request, KEPT if _is_kept(request, view) else NOT_SAVED)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if request.who.is_signed_in and not request.has_second_factor and act not in (Act.OWN_ACCOUNT, Act.READ_CPL):
        return redirect("second_factor")
    return None


def _is_kept(request: Asked, view: View) -> bool:
    """Keep what was sent by somebody whose session has just ended, if the view is one that shows it again."""
    if not request.signed_out or not getattr(view, "keeps_typed", False):
        return False
    return keep_typed(request.session, request.signed_out, request.get_full_path(), request.POST, request.at)
