"""Where e-mail goes out: parsed once from the one address that the environment gives."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from firmpath.pathways.faults import Fault, FirmpathError

_PORTS: Final = {"smtp": 587, "smtps": 465}
_WAIT_S: Final = 10
"""Seconds after which a mail server that does not answer is given up."""

_OUTBOX: Final = "outbox"


def parse_email_url(url: str, data_dir: Path) -> dict[str, Any]:
    """Give Django's settings for `smtp://user:password@host:587?tls=1&from=register@utility.example`.

    `smtps` encrypts from the first byte; `tls=1` begins in the clear and then encrypts (STARTTLS). Without an
    address each e-mail becomes a file in the folder `outbox` of the data folder. The address is never repeated
    in a refusal, since it may hold a password.

    :raises FirmpathError: another kind of address.
    """
    if not url:
        outbox = str(data_dir / _OUTBOX)
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": outbox}
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise _refused() from None
    options = dict(parse_qsl(parts.query))
    if not parts.hostname or parts.path.strip("/") or options.keys() - {"tls", "from"}:
        raise _refused()
    user = unquote(parts.username or "")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and options.get("tls") == "1",
        "EMAIL_TIMEOUT": _WAIT_S,
        **_sender(options.get("from", user)),
    }


def _sender(address: str) -> dict[str, str]:
    return {"DEFAULT_FROM_EMAIL": f"Firmpath <{address}>"} if "@" in address else {}


def _refused() -> FirmpathError:
    wrong = "is not the address of a mail server"
    right = "write smtp://user:password@host:587?tls=1, or smtps://user:password@host"
    return FirmpathError(Fault("EMAIL_URL", "", wrong, right, quoted=False))
