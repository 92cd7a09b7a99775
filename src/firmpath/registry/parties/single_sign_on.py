"""Single sign-on by OpenID Connect: its settings, from the four variables of the environment."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

PROVIDER_ID: Final = "sso"
"""What the provider is called in addresses: it sends people back to /account/single-sign-on/sso/back/."""

_NEEDED: Final = ("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
_OF_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")


def single_sign_on(oidc: Mapping[str, str]) -> dict[str, Any]:
    """Give allauth's settings of the provider; none where no variable is set.

    People are found by the e-mail address that the provider has verified, and nothing else of them is kept.

    :raises FirmpathError: only some of the variables are set, or the provider would be asked in the clear.
    """
    if not oidc:
        return {}
    refuse_if_any(
        Fault(name, "", "is not set, while others of OpenID Connect are", "set all four or none", quoted=False)
        for name in _NEEDED
        if not oidc.get(name)
    )
    _check_address(oidc["OIDC_SERVER_URL"])
    provider = {
        "provider_id": PROVIDER_ID,
        "name": oidc["OIDC_NAME"],
        "client_id": oidc["OIDC_CLIENT_ID"],
        "secret": oidc["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": oidc["OIDC_SERVER_URL"],
            "oauth_pkce_enabled": True,
            "email_authentication": True,
        },
    }
    return {"openid_connect": {"APPS": [provider]}}


def _check_address(address: str) -> None:
    """Hold it to https: the tokens come over this connection, and are believed because of it."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in _OF_THIS_MACHINE:
        return
    wrong, right = "is not an https address", "write it as https://sign-in.utility.example"
    raise FirmpathError(Fault("OIDC_SERVER_URL", address, wrong, right))
