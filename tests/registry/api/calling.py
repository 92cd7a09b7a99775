"""Programs for tests: a client with somebody's API token."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.queries import token_sha256
from firmpath.registry.parties.roles import Role, Scope


class Caller:
    """Calls the API as one person, or as nobody."""

    def __init__(self, person: Person | None = None, scope: Scope = Scope.WRITE) -> None:
        self.client = Client()
        self.token = token_of(person, scope) if person else ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Call, and give the response."""
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = "" if body is None else json.dumps(body)
        send = self.client.generic
        response: HttpResponse = send(
            method, f"/api/v1{path}", data, content_type="application/json", headers=headers
        )  # type: ignore[assignment]  # a test response is one
        return response

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Call GET."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Call POST with a JSON body."""
        return self.call("POST", path, body, **headers)


def scope_for(role: Role, path: str) -> Scope:
    """Give the scope with which a role may do most at an address."""
    return Scope.WRITE_SSC if role is Role.SSC and path.startswith("/api/v1/ssc") else Scope.WRITE


def token_of(person: Person, scope: Scope) -> str:
    """Make a token that is good for a year."""
    now = timezone.now()
    token = f"test-token-{person.pk}-{scope.name}"
    APIToken.objects.create(
        person=person,
        name="test",
        token_sha256=token_sha256(token),
        scope=scope.value,
        created_at=now,
        expires_at=now + timedelta(days=365),
    )
    return token
