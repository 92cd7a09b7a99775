"""Where the SSC's code fails is for the SSC to read: the log of the server has a reference, and so has theirs."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import LookLog
from firmpath.registry.ssc.wall import ssc_open
from tests.registry.api.calling import Caller
from tests.registry.ssc.test_canary import log

__all__ = ["log"]


@contextmanager
def failing(table: str, kind: type[Exception] = LookupError) -> Iterator[None]:
    """Let the database fail where a table of the SSC is asked."""

    def execute(run: Callable[..., Any], sql: str, *more: Any) -> Any:
        if table in sql:
            raise kind("OrrinZNet")
        return run(sql, *more)

    with connections[SSC].execute_wrapper(execute):
        yield


@pytest.mark.parametrize("by", ["page", "call"])
def test_an_error_of_the_ssc_is_told_by_a_reference_alone(
    by: str,
    people: dict[Role, Person],
    recorded: Callable[[str], object],
    signed_in: Callable[[Role], Client],
    log: io.StringIO,
) -> None:
    recorded("1 <- 2")
    client, caller = signed_in(Role.SSC), Caller(people[Role.SSC], Scope.READ_SSC)
    client.raise_request_exception = caller.client.raise_request_exception = False
    with failing("ssc_namerevision"):
        answer = client.get(reverse("ssc_names")) if by == "page" else caller.get("/ssc/names")
    assert answer.status_code == 500
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (told,) = [each for each in lines if "exception" in each]
    assert told.keys() == {"at", "level", "what", "status", "exception", "reference"}
    assert told["exception"] == "in what is the SSC's"
    for secret in ("LookupError", "ssc/", "names", "Orrin"):
        assert secret not in log.getvalue().replace('"route": "ssc"', "")
    with ssc_open():
        kept = LookLog.objects.get(what__contains=told["reference"])
    assert kept.what.startswith(f"error {told['reference']}: LookupError in revisions.py, line ")
    assert kept.person_id == people[Role.SSC].pk


def test_where_the_log_of_the_ssc_fails_the_reference_leads_nowhere(
    signed_in: Callable[[Role], Client], log: io.StringIO
) -> None:
    client = signed_in(Role.SSC)
    client.raise_request_exception = False
    with failing("ssc_looklog", DatabaseError):
        assert client.get(reverse("ssc_looks")).status_code == 500
    assert "looks" not in log.getvalue()
