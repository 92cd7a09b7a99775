"""The days of pages and calls are Britain's: on a summer's night they begin an hour before those of UTC."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from firmpath.pathways.facts import EntryReinstated
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel, Statement
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.ledger.verify import verify
from firmpath.registry.parties import middleware, tokens
from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.publication.dcc_queries import loaded_days
from tests.registry.api.calling import Caller

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

BEFORE, MIDNIGHT = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)
"""The last second of 30 June in Britain, and the instant at which 1 July begins."""
CPL = "1 <- 2 ; 2 withdrawn=2026-07-01 ; 3 listed=2026-07-01"


@pytest.fixture
def stopped_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Return what stops the register's clock at an instant."""

    def stop(at: datetime) -> None:
        monkeypatch.setattr(middleware, "datetime", SimpleNamespace(now=lambda zone: at.astimezone(zone)))

    return stop


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.text)


def test_what_holds_from_a_day_holds_from_midnight_in_britain(
    signed_in: SignIn, recorded: Record, stopped_at: Callable[[datetime], None]
) -> None:
    recorded(CPL)
    client = signed_in(Role.SUPPLIER)
    for at, answer, of_three in ((BEFORE, "Next: activate", 404), (MIDNIGHT, "The pathway may not be used", 200)):
        stopped_at(at)
        assert f"<title>{answer}" in text_of(client.get("/pathway?installed=1&target=2"))
        assert client.get("/cpl/3/").status_code == of_three
        assert [each["cpl_entry_id"] for each in json.loads(Caller().get("/entries").content)["entries"]] == (
            [1, 2] if at is BEFORE else [1, 2, 3]
        )


def test_forms_offer_britains_day_and_take_it(
    signed_in: SignIn, recorded: Record, stopped_at: Callable[[datetime], None]
) -> None:
    recorded(CPL)
    dcc = signed_in(Role.DCC)
    stopped_at(MIDNIGHT)
    assert re.findall(r'name="on-(?:day|month)"[^>]*value="(\d+)"', dcc.get("/dcc/").text) == ["01", "07"]
    on = {"on-day": "1", "on-month": "7", "on-year": "2026"}
    assert dcc.post("/dcc/", {**on, "ids": "1"}).status_code == 302
    assert loaded_days() == {1: date(2026, 7, 1)}


def test_a_token_is_good_to_the_end_of_its_last_day_in_britain(people: dict[Role, Person]) -> None:
    owner = find_who(people[Role.MAP])
    tokens.make_token("x", "read", "2026-07-01", by=owner, at=MIDNIGHT)
    tokens.make_token("y", "read", "2026-12-01", by=owner, at=MIDNIGHT)
    assert [each.expires_at for each in APIToken.objects.order_by("pk")] == [
        datetime(2026, 7, 1, 23, tzinfo=UTC),
        datetime(2026, 12, 2, tzinfo=UTC),
    ]


def test_a_file_of_instants_says_the_day_and_the_time(
    people: dict[Role, Person], signed_in: SignIn, stopped_at: Callable[[datetime], None]
) -> None:
    Person.objects.filter(pk=people[Role.MAP].pk).update(joined_at=MIDNIGHT)
    stopped_at(MIDNIGHT)
    client = signed_in(Role.SECAS)
    party = f"/parties/{people[Role.MAP].party_id}/"
    assert ",2026-07-01," in client.get(f"{party}?format=csv").text
    assert '<time datetime="2026-07-01">1 July 2026</time>' in client.get(party).text


def test_a_day_by_which_something_was_known_stays_that_of_utc(signed_in: SignIn, recorded: Record) -> None:
    """What was answered before stays answered so, and the day is that of the instants as they are shown."""
    recorded("1 <- 2 ; 2 withdrawn=2026-01-02")
    with appending(MIDNIGHT) as ledger:
        stated = Stated(
            date(2026, 1, 3), "SECAS", Channel.SECAS_CORRECTION, EntryReinstated(CPLEntryID(2)), "p", "why"
        )
        ledger.record([stated])
    client = signed_in(Role.SUPPLIER)
    for known, listed in (("2026-06-29", False), ("2026-06-30", True), ("2026-06-30T22:59:59Z", False)):
        assert (">Listed<" in text_of(client.get(f"/cpl/2/as/?on=2026-07-01&known={known}"))) is listed
    assert text_of(client.get("/cpl/2/history/")).count("30 June 2026, 23:00 UTC") == 1
    assert not verify().faults
