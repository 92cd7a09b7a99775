"""The register as a WSGI application, and at one address what does nothing at all."""

from collections.abc import Callable, Iterable
from typing import Any

from firmpath.registry.wsgi import application as register

_HEADERS = [("Content-Type", "application/json"), ("Content-Length", "2")]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer at `/bare` without Django, and else as the register does."""
    if environ["PATH_INFO"] != "/bare":
        return register(environ, start_response)
    start_response("200 OK", _HEADERS)
    return [b"{}"]
