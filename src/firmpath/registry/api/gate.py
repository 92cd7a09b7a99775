"""The gate before every call: which act it takes, who brings the token, and how often they may call."""

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from firmpath.registry.api.problems import ProblemError
from firmpath.registry.parties.queries import find_who_by_token
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import NOBODY, Who


class Takes(HttpBearer):
    """Let through who may do `act`: by an API token, or without one where the public may.

    Sessions of the pages do not count here, so that no page of another site can make a browser call us.
    """

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act

    def __call__(self, request: HttpRequest) -> Who:
        """Say who calls.

        :raises ProblemError: nobody who may.
        """
        who = _who_calls(request)
        if not who.may(self.act):
            raise ProblemError(403 if who.is_signed_in else 401)
        request.who = who  # type: ignore[attr-defined]  # views read it from there
        return who

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Not used: the token is optional where the public may call."""
        raise NotImplementedError


def _who_calls(request: Any) -> Who:
    written = request.headers.get("Authorization", "")
    if not written:
        return NOBODY
    scheme, _, token = written.partition(" ")
    who = find_who_by_token(token.strip(), request.at) if scheme.lower() == "bearer" else NOBODY
    if not who.is_signed_in:
        raise ProblemError(401)
    return who


class PerCaller(SimpleRateThrottle):
    """So many calls a minute for each token, and for each address without one, in each process."""

    cache = caches["process"]

    def get_cache_key(self, request: HttpRequest) -> str:
        """Name the caller."""
        who: Who = getattr(request, "who", NOBODY)
        return f"calls-{who.token_id or request.META.get('REMOTE_ADDR', '')}"
