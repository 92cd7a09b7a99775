"""Every call, asked right and wrong by everybody: no failure of ours, no answer that the document lacks.

What is asked is made up from a seed, the same on every run. FIRMPATH_TEST_SEED is another one; with the profile
`deep` it is another one each time. A failure names it.
"""

import json
import os
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, note, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NotSet

from firmpath.registry.api import gate
from firmpath.registry.api.document import write_document
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import MAY, Role, Scope
from firmpath.registry.urls import api
from tests.images.making import activate_request, device, update_request
from tests.registry.api import world
from tests.registry.api.calling import scope_for, token_of

_FOUND: Final[dict[str, Any]] = {
    "reference": {"type": "string", "enum": [*world.REFERENCES, world.NOWHERE]},
    "cpl_entry_id": {"type": "integer", "minimum": 1, "maximum": 8},
    "position": {"type": "integer", "minimum": 1, "maximum": 2},
    "number": {"type": "integer", "minimum": 1, "maximum": 3},
}


def document() -> Any:
    """Give the document with addresses where there is something, and requests that are some.

    Those that are made up lead nowhere.
    """
    written = json.loads(json.dumps(write_document(api)))
    for methods in written["paths"].values():
        for call in methods.values():
            for each in call["parameters"]:
                if each["in"] == "path":
                    each["schema"] = _FOUND[each["name"]]
    requests = [update_request([device(1), device(2)]).decode(), activate_request(device(1), "0" * 64).decode()]
    written["components"]["schemas"]["PreflightIn"]["properties"]["request"] = {"enum": requests}
    return written


@cache
def served() -> Any:
    """Make the register as servers do, but for its warming up, which would end the test's connections."""
    return get_wsgi_application()  # only once the static files are there


def application(environ: Any, start_response: Any) -> Any:
    """Serve the register."""
    return served()(environ, start_response)


IS_DEEP: Final = settings.get_current_profile_name() == "deep"
SEED: Final = int(os.environ.get("FIRMPATH_TEST_SEED") or (random.getrandbits(32) if IS_DEEP else 24))

schema = schemathesis.openapi.from_dict(document(), config=SchemathesisConfig(seed=SEED))
schema.app = application
accepted = schema.config.checks.positive_data_acceptance
accepted.expected_statuses = [*accepted.expected_statuses, "412"]  # no made-up If-Match is that of the rehearsal
ACTS: Final = api.acts()


@pytest.fixture
def tokens(
    people: Mapping[Role, Person], monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[tuple[Role, Scope], str]]:
    monkeypatch.setattr(gate, "_limit", CallLimit(10**9))
    world.make_world(people, timezone.now())
    for signal in (request_started, request_finished):  # the end of a request is not that of the transaction here
        signal.disconnect(close_old_connections)
    yield {
        (role, scope): token_of(person, scope)
        for role, person in people.items()
        for scope in (Scope.WRITE, *((Scope.WRITE_SSC,) if role is Role.SSC else ()))
    }
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=200 if IS_DEEP else 12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_answers_as_documented(case: Case[Any], tokens: dict[tuple[Role, Scope], str]) -> None:
    note(f"FIRMPATH_TEST_SEED={SEED}")
    for role in callers(case):
        headers = (
            {"Authorization": f"Bearer {tokens[role, scope_for(role, case.formatted_path)]}"}
            if role is not Role.PUBLIC
            else {}
        )
        case.call_and_validate(headers=headers)


def callers(case: Case[Any]) -> set[Role]:
    """Choose somebody who may make the call, and anybody, by what is sent: the same again for the same."""
    sent = "" if isinstance(case.body, NotSet) else case.body  # as text it is another one in each process
    chosen = crc32(repr((case.path_parameters, case.query, case.headers, sent)).encode())
    may = [role for role in Role if ACTS[case.operation.definition.raw["operationId"]] in MAY[role]]
    return {may[chosen % len(may)], list(Role)[chosen % len(Role)]}
