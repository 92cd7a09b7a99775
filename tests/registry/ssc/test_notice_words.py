"""A public notice with words by which the SSC knows a stack or a vulnerability is opened only if they are meant."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firmpath.pathways.facts import NoticeOpened
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.steering.telling_words import find_telling_words
from firmpath.registry.ssc.versions.known_names import STACK, KnownName, add_name
from firmpath.registry.ssc.wall import ssc_open
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import give_stacks
from tests.registry.ssc.planting import who
from tests.registry.ssc.test_steering_and_assessing import NOTICE, client, number

__all__ = ["client", "number"]

TELLING = {**NOTICE, "name": "Wait for orrin-znet", "text": "See cve-2026-1234 of Orrin. Do not take Devices to 2."}


def opened() -> list[str]:
    facts = [each.fact for each in current().register.statements]
    return [fact.notice_id for fact in facts if isinstance(fact, NoticeOpened)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wait with 2.", []),
        ("Orrinth, and 17.1.0: neither is a word that is known", []),
        ("OrrinZNet PRO", ["OrrinZNet PRO"]),
        ("Orrin ZNet-Pro!", ["Orrin ZNet-Pro"]),
        ("those with 7.1.0", ["7.1.0"]),
        ("OS-2026-7", ["OS-2026-7"]),
        ("CVE 2031-99999 is not on record here", ["CVE 2031-99999"]),
    ],
)
def test_the_very_words_are_found(text: str, words: list[str], number: int) -> None:
    with ssc_open():
        assert sorted(find_telling_words([text])) == sorted(words)


def test_a_version_without_order_is_found_as_well(people: dict[Role, Person], number: int) -> None:
    add_name(KnownName(STACK, "ValeStack", rule="equal or not"), who(people, Role.SSC), AT)
    give_stacks(people, {3: "ValeStack VS-1840"})
    with ssc_open():
        assert find_telling_words(["those with VS 1840, not VS 1841"]) == ["VS 1840"]


def test_words_that_tell_are_shown_and_asked_about_before_the_effect(client: Client, number: int) -> None:
    path = reverse("ssc_notice", args=[number])

    def told(**form: str) -> str:
        answer: Any = client.post(path, {**TELLING, **form}, follow=True)
        return html.unescape(answer.content.decode())

    asked = told()
    assert "Tell everybody these words?" in asked
    assert re.findall("<li><strong>(.*?)</strong>", asked) == ["orrin-znet", "cve-2026-1234", "Orrin"]
    assert "Record this change?" not in asked
    assert "Tell everybody these words?" in told(seen="anything")  # what was seen does not say what was meant
    assert "Tell everybody these words?" in told(words_meant="orrin-znet")
    meant = asked.split('name="words_meant" value="')[1].partition('"')[0]
    confirm = told(words_meant=meant)
    assert "Record this change?" in confirm
    seen = confirm.split('name="seen" value="')[1].partition('"')[0]
    assert f'name="words_meant" value="{meant}"' in confirm
    assert opened() == []
    said = told(words_meant=meant, seen=seen)
    assert "Notice W7 is open: everybody who signs in can read it." in said
    assert opened() == ["W7"]


def test_what_was_written_can_be_changed_after_the_question(client: Client, number: int) -> None:
    answer = client.post(reverse("ssc_notice", args=[number]), {**TELLING, "again": "yes"})
    assert "See cve-2026-1234 of Orrin." in answer.content.decode()
    assert opened() == []
