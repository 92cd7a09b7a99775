"""Whatever the SSC's database holds, everything outside answers with the same octets. Source: FEATURES F64."""

from collections.abc import Callable
from datetime import datetime, tzinfo

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from firmpath.registry.api import gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties import middleware
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.models import (
    AssessmentStatement,
    DraftStack,
    InventoryCount,
    LookLog,
    NameRevision,
    StackStatement,
    SteeringNotice,
    VulnerabilityRevision,
)
from firmpath.registry.ssc.wall import ssc_open
from tests.registry.conftest import AT
from tests.registry.ssc.scene import Asking, Scene, asked, everything, plant, settle
from tests.registry.ssc.walking import Answer, without_tokens

_OWN_HEADERS = ("Cookie csrftoken", "Cookie firmpath", "X-Request-ID")
"""Drawn anew for every answer."""

_CHALLENGES = ("/account/sign-in/", "/account/keys/", "/account/confirm/key/", "/account/app/")
"""Pages that draw a challenge or a secret anew for every answer."""


class Stopped(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Stopped":
        return cls.combine(AT.date(), AT.timetz())


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
    monkeypatch.setattr(middleware, "datetime", Stopped)
    return found


def test_what_the_ssc_holds_changes_no_answer_outside(scene: Scene) -> None:
    settle(scene)
    before, others_before = answers(scene), (len(mail.outbox), rows_outside())
    change_everything(scene)
    after, others_after = answers(scene), (len(mail.outbox), rows_outside())
    assert len(before) > 800
    assert [asking for asking in before if before[asking] != after[asking]] == []
    assert others_before == others_after


def test_a_change_outside_is_seen(scene: Scene) -> None:
    """The comparison would show a difference: a name that pages show is changed."""
    asking = Asking(Role.MAP, "/")
    before = comparable(asked(scene, asking))
    assert before == comparable(asked(scene, asking))
    Person.objects.filter(pk=scene.people[Role.MAP].pk).update(name="Another Name")
    assert before != comparable(asked(scene, asking))


def answers(scene: Scene) -> dict[Asking, tuple[int, bytes]]:
    """Ask for everything that is not the SSC's, as everybody."""
    return {
        asking: comparable(answer)
        for asking, answer in everything(scene, ("", "?format=csv"))
        if not scene.is_shown_to(asking.role, asking.path) and not asking.path.startswith(_CHALLENGES)
    }


def comparable(answer: Answer) -> tuple[int, bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in _OWN_HEADERS}
    return answer.status, without_tokens(answer._replace(headers=headers).readable)


def change_everything(scene: Scene) -> None:
    """Give every entry and every draft another value, longer and more of them."""
    with ssc_open():
        for number in (1, 2, 3, 999):
            StackStatement.objects.create(
                cpl_entry_id=number,
                chipset_vendor=f"Another vendor, of {number}",
                stack_version="9.9" * 40,
                party="Somebody else",
                entered_by="person 1",
                recorded_at=AT,
                channel="best endeavours",
                evidence="a long e-mail " * 100,
            )
        DraftStack.objects.update(chipset_vendor="Changed", stack_version="9.9.9")
        DraftStack.objects.filter(reference=scene.entries["draft"].reference).delete()
        LookLog.objects.create(looked_at=AT, person_id=1, what="list", rows=12)
        change_what_the_ssc_writes(scene.vulnerability)


def change_what_the_ssc_writes(vulnerability: int) -> None:
    """Make another vulnerability, with other names, that is assessed, weighed and steered otherwise."""
    by = {"entered_by": "person 1", "recorded_at": AT}
    maker = NameRevision.objects.create(content={"kind": "maker", "name": "Another vendor"}, **by)
    stack = {"kind": "stack", "name": "Another", "maker": maker.pk, "rule": "dotted numbers"}
    NameRevision.objects.create(content=stack, **by)
    for number in range(20):
        ranges = [{"stack": "Another", "up_to": f"{number}.1"}]
        VulnerabilityRevision.objects.create(content={"reference": f"A-{number}", "ranges": ranges}, **by)
    for each in (1, 2, 3):
        AssessmentStatement.objects.create(
            vulnerability=vulnerability,
            cpl_entry_id=each,
            kind="not affected",
            justification="",
            reason="looked at",
            **by,
        )
    InventoryCount.objects.create(name="x", counted_on=AT.date(), counts={"1": 5}, devices=5, **by)
    SteeringNotice.objects.create(vulnerability=2, notice_id="N1", **by)


def rows_outside() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts
