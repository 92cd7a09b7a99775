"""Log what people do to their own second factors; allauth sends the signals."""

from typing import Any, Final

from allauth.mfa import signals
from allauth.mfa.models import Authenticator

from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who

_KINDS: Final = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "key",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def begin_logging() -> None:
    """Listen from now on."""
    for signal, done in (
        (signals.authenticator_added, "added"),
        (signals.authenticator_removed, "removed"),
        (signals.authenticator_reset, "made anew"),
    ):
        signal.connect(_logger(done), weak=False, dispatch_uid=f"firmpath factor {done}")


def _logger(done: str) -> Any:
    def log(request: Any, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
        what = f"{_KINDS[authenticator.type]} {done}"
        log_act(find_who(user), what, f"person {user.pk}", request.at)

    return log
