"""Answers outside take the same work, whatever the SSC holds and looks at: the same queries, the same caches.

A difference in time is a way to learn something. Time itself is never measured here: what takes it is counted.
Source: FEATURES F64.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.api import gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.ledger import current as ledger
from firmpath.registry.ledger.current import current
from firmpath.registry.parties import middleware
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT
from tests.registry.ssc.scene import API, Asking, Scene, arguments, asked, plant, settle
from tests.registry.ssc.test_same_bytes import Stopped, change_everything
from tests.registry.ssc.walking import every_address

OUTSIDE = (Role.PUBLIC, Role.SUPPLIER, Role.SECAS)
LOOKS = ("ssc_vulnerability", "ssc_exposure", "ssc_ways_out", "ssc_letters", "ssc_openvex")


@pytest.fixture
def scene(
    people: dict[Role, Person],
    signed_in: Callable[[Role], Client],
    recorded: Callable[[str], object],
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    monkeypatch.setattr(gate, "_limit", CallLimit(10_000_000))
    recorded("1 <- 2 ; notice N1: 1 -> 2")
    found = plant(people, signed_in)
    settle(found)
    monkeypatch.setattr(middleware, "datetime", Stopped)  # that a token was used is noted once a minute
    for role in Role:
        asked(found, Asking(role, "/api/v1/me"))
    return found


def test_the_same_queries_are_made_whatever_the_ssc_holds(scene: Scene) -> None:
    before = dict(queries_of_all(scene))
    change_everything(scene)
    look_at_everything(scene)
    after = dict(queries_of_all(scene))
    assert len(before) > 150
    assert [asking for asking in before if before[asking] != after[asking]] == []


def test_nobody_outside_asks_the_database_of_the_ssc(scene: Scene) -> None:
    asked_it = {asking.path for asking, (_, theirs) in queries_of_all(scene) if theirs}
    assert asked_it <= {"/health/ready"}  # whether it is there; what submitters and SECAS give it goes by POST


def test_what_the_ssc_looks_at_leaves_no_trace_in_the_register_in_memory(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = current()
    monkeypatch.setattr(ledger, "_held", held)  # which a process does that is in no transaction
    register = held.register
    today = register.catalogue(AT.date())  # the day on which the clock stands still
    kept, days = today.kept_upgrades(), set(register._kept._kept)
    look_at_everything(scene)
    change_everything(scene)
    look_at_everything(scene, "?on=2024-02-29&known_on=2026-06-01")
    assert today.kept_upgrades() == kept
    assert {day for day in register._kept._kept if day.year == 2024} <= days


def test_what_a_notice_would_do_is_worked_out_apart_from_what_others_are_answered_from(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = LivingRegister.build(current().register.statements)
    monkeypatch.setattr(ledger, "_held", current()._replace(register=register))
    today = register.catalogue(AT.date())
    derived = set(vars(today))
    notice = {"notice_id": "W2", "name": "Wait", "text": "Wait for now.", "steps": "any -> 2"}
    seen = scene.clients[Role.SSC].post(reverse("ssc_notice", args=[scene.vulnerability]), notice)
    assert "Record this change?" in seen.content.decode()
    assert register._kept._kept.keys() == {AT.date()}
    assert (today.kept_upgrades(), today._upgrades_accepting, set(vars(today))) == ({}, {}, derived)


def test_the_ssc_itself_makes_as_many_queries_whatever_it_finds(scene: Scene) -> None:
    client = scene.clients[Role.SSC]

    def count(name: str) -> int:
        return sum(len(each) for each in captured(lambda: client.get(reverse(name, args=[scene.vulnerability]))))

    look_at_everything(scene)
    before = [count(name) for name in LOOKS]
    change_everything(scene)
    assert [count(name) for name in LOOKS] == before


def look_at_everything(scene: Scene, query: str = "") -> None:
    for name in LOOKS:
        answer = scene.clients[Role.SSC].get(reverse(name, args=[scene.vulnerability]) + query)
        assert answer.status_code in (200, 404, 422)  # 422: of what was known before the vulnerability was recorded


def queries_of_all(scene: Scene) -> Iterator[tuple[Asking, tuple[list[str], list[str]]]]:
    """Ask for every address that is not the SSC's, and give the queries of each, without what they name."""
    for role in OUTSIDE:
        for path, _ in every_address(arguments(scene)):
            if not path.startswith(("/ssc/", "/account/", "/socialaccount/")) or path.startswith(API):
                asking = Asking(role, path)
                yield asking, captured(partial(asked, scene, asking))


def captured(ask: Callable[[], object]) -> tuple[list[str], list[str]]:
    with ExitStack() as stack:
        contexts = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in ("default", "ssc")]
        ask()
    ours, theirs = ([shape_of(each["sql"]) for each in context.captured_queries] for context in contexts)
    return ours, theirs


def shape_of(sql: str) -> str:
    """Give a query without the values in it."""
    return re.sub(r"'[^']*'|\b\d+\b", "?", sql)
