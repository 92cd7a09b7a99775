"""Whatever the SSC's database holds, everything outside answers with the same octets. Source: FEATURES F64."""

from collections.abc import Callable
from datetime import datetime, tzinfo

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client

from firmpath.registry.api import gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.parties import middleware
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import (
    AssessmentStatement,
    DraftStack,
    InventoryCount,
    LookLog,
    NameRevision,
    StackStatement,
    SteeringNotice,
    TakenName,
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


def test_the_change_turns_all_that_could_be_told_of_what_the_ssc_holds(scene: Scene) -> None:
    """A leak of no more than whether a length or a count is even would be seen."""
    before, texts_before = rows_inside(), texts_inside()
    change_everything(scene)
    after, texts_after = rows_inside(), texts_inside()
    assert {name for name in before if (after[name] - before[name]) % 2 == 0} == set()
    assert len(texts_before) > 10
    in_both = texts_before.keys() & texts_after.keys()
    assert texts_before.keys() - in_both  # and one that was there is no longer
    for key in in_both:
        was, now = texts_before[key], texts_after[key]
        assert (len(now) - len(was)) % 2 == 1
        assert len(now) > len(was)
        assert set(was).isdisjoint(now)


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
    """Change every value and how many there are: letters, length, and whether either is even."""
    with ssc_open():
        for number in (1, 2, 3, 998, 999):
            before = StackStatement.objects.filter(cpl_entry_id=number).last()
            texts = {name: turned(getattr(before, name, "")) for name in STATED}
            StackStatement.objects.create(
                cpl_entry_id=number, entered_by="person 1", recorded_at=AT, channel="best endeavours", **texts
            )
        DraftStack.objects.filter(reference=scene.entries["draft"].reference).delete()
        for draft in DraftStack.objects.all():
            draft.chipset_vendor, draft.stack_version = turned(draft.chipset_vendor), turned(draft.stack_version)
            draft.save()
        LookLog.objects.create(looked_at=AT, person_id=1, what="list", rows=12)
        change_what_the_ssc_writes(scene.vulnerability)


STATED = ("chipset_vendor", "stack_version", "party", "evidence", "reason")


def turned(text: str) -> str:
    """Give a text that is longer, has no letter of the one before, and is of even length where that was not."""
    return "9" * (len(text) + 1)


def change_what_the_ssc_writes(vulnerability: int) -> None:
    """Make another vulnerability, with other names, that is assessed, weighed and steered otherwise."""
    by = {"entered_by": "person 1", "recorded_at": AT}
    maker = NameRevision.objects.create(content={"kind": "maker", "name": "Another vendor"}, **by)
    stack = {"kind": "stack", "name": "Another", "maker": maker.pk, "rule": "dotted numbers"}
    NameRevision.objects.create(content=stack, **by)
    third = NameRevision.objects.create(content={"kind": "maker", "name": "A third vendor"}, **by)
    TakenName.objects.create(kind="maker", name="a third vendor", number=third.pk)
    for number in range(21):
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


def rows_inside() -> dict[str, int]:
    with ssc_open():
        return {
            model.__name__: model._default_manager.count()
            for model in apps.get_app_config(SSC).get_models()
            if model is not LookLog  # which grows as the SSC looks
        }


def texts_inside() -> dict[tuple[object, str], str]:
    """Give the texts about each entry and each draft, as they are known last."""
    found: dict[tuple[object, str], str] = {}
    with ssc_open():
        for row in StackStatement.objects.order_by("pk"):
            found |= {(row.cpl_entry_id, name): getattr(row, name) for name in STATED}
        for draft in DraftStack.objects.all():
            found[draft.reference, "chipset_vendor"] = draft.chipset_vendor
            found[draft.reference, "stack_version"] = draft.stack_version
    return found
