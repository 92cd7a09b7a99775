"""Every page and call of the register, and which role may use which method of it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from firmpath.registry.parties.access import acts_of
from firmpath.registry.parties.roles import MAY, Act, Role
from firmpath.registry.urls import api

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
API = "/api/v1/"


class Place(NamedTuple):
    """A page or a call: its address with placeholders, and what each method takes."""

    address: str
    acts: dict[str, Act]

    def roles_for(self, method: str) -> tuple[Role, ...]:
        """Give the roles that may use a method; none where there is no such method."""
        act = self.acts.get(method)
        return tuple(role for role in Role if act and act in MAY[role])


def places() -> list[Place]:
    """Give every page, then every call, in order of their addresses."""
    found = [Place(address, dict(acts_of(pattern.callback))) for address, pattern in _patterns()]
    pages = [place for place in found if not place.address.startswith(API)]
    return sorted(pages) + sorted(_calls())


def _patterns(resolver: Any = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + _readable(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        else:
            yield address, pattern


def _readable(pattern: Any) -> str:
    """Write a pattern of Django's, of either kind, with `<kind:name>` where something is to be filled in."""
    text = str(pattern)
    text = re.sub(r"\(\?P(<\w+>)[^()]*(?:\([^()]*\)[^()]*)*\)", r"\1", text)
    return text.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "")


def _calls() -> Iterator[Place]:
    acts = api.acts()
    document = api.get_openapi_schema(path_prefix=API)
    for address, methods in document["paths"].items():
        named = {method.upper(): acts[call["operationId"]] for method, call in methods.items()}
        yield Place(re.sub(r"{(\w+)}", r"<\1>", address), named)
