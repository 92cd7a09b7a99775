"""Every call, asked right and wrong by everybody: no failure of ours, and no answer that the document does not have."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis import Case

from firmpath.registry.api import gate
from firmpath.registry.api.calls import api
from firmpath.registry.api.document import write_document
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from tests.registry.api import world
from tests.registry.api.calling import token_of

_FOUND: Final[dict[str, list[Any]]] = {
    "reference": [*(world.REFERENCES), world.NOWHERE],
    "cpl_entry_id": [1, 3, 6, 99],
    "position": [1, 2],
    "number": [1, 2, 99],
}


def document() -> Any:
    """Give the document with places where there is something, since those that are made up lead nowhere."""
    written = json.loads(json.dumps(write_document(api)))
    for methods in written["paths"].values():
        for call in methods.values():
            for each in call["parameters"]:
                if each["in"] == "path":
                    each["schema"] = {"enum": _FOUND[each["name"]], "type": each["schema"]["type"]}
    return written


def application(environ: Any, start_response: Any) -> Any:
    """Serve the register; it may be made only once the static files are there."""
    from firmpath.registry.wsgi import application as served

    return served(environ, start_response)


schema = schemathesis.openapi.from_dict(document())
schema.app = application
IS_DEEP: Final = settings.get_current_profile_name() == "deep"


@pytest.fixture
def tokens(people: Mapping[Role, Person], monkeypatch: pytest.MonkeyPatch) -> dict[Role, str]:
    monkeypatch.setattr(gate, "_limit", CallLimit(10**9))
    world.make_world(people, timezone.now())
    return {role: token_of(person, Scope.WRITE) for role, person in people.items()}


@schema.parametrize()
@settings(max_examples=200 if IS_DEEP else 12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_answers_as_documented(case: Case, tokens: dict[Role, str]) -> None:
    case.call_and_validate()
    for token in tokens.values():
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
