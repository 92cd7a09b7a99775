"""The gate before every call: which act it takes, who brings the token, and how often they may call."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from firmpath.registry.api.limit import CallLimit
from firmpath.registry.api.problems import ProblemError
from firmpath.registry.parties.addresses import address_of
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.tokens import use_token
from firmpath.registry.parties.who import NOBODY, Who

_limit = CallLimit(settings.CONFIGURATION.api_calls_a_minute)


class Takes(HttpBearer):
    """Let through who may do `act`: by an API token, or without one where the public may.

    Sessions of the pages do not count here, so that no page of another site can make a browser call us.
    """

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act

    def __call__(self, request: HttpRequest) -> Who:
        """Say who calls.

        :raises ProblemError: nobody who may, or too often.
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
    """Say who calls, once they are counted: by their token, or by their address without one that is good."""
    written = request.headers.get("Authorization", "")
    scheme, _, token = written.partition(" ")
    who = use_token(token.strip(), request.at) if scheme.lower() == "bearer" else NOBODY
    wait_seconds = _limit.take(f"token {who.token_id}" if who.token_id else address_of(request), request.at)
    if wait_seconds:
        raise ProblemError(429, wait_seconds=wait_seconds)
    if written and not who.is_signed_in:
        raise ProblemError(401)
    return who
