"""Whatever is sent to a page or call, by whomever, it is answered in words and never fails."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from firmpath.registry.parties.roles import Role
from tests.registry.ssc.forms import Form, forms_of
from tests.registry.ssc.scene import API, Asking, Scene, arguments, asked
from tests.registry.ssc.test_canary import log, scene
from tests.registry.ssc.test_canary_in_forms import taken_back
from tests.registry.ssc.walking import ask, every_address

__all__ = ["log", "scene"]

ODD: Final = (
    "\0",
    "\udc80",
    "\u202e\u2066abc\u2069",
    "\U0001f4a9" * 300,
    "٣²①",
    "9" * 400,
    "-1",
    "x" * 70_000,
    "a\r\nb\nc\rd",
    "=cmd|' /C calc'!A0",
    "\"'><script>alert(1)</script>{{ 7|add:7 }}",
)
"""What nobody types on purpose, and programs do."""

QUERIES: Final = (
    "?page=99999999999999999999&page=0&page=x&sort=-nothing&sort=id&format=exe",
    "?%00=%00&q=%00&manufacturer=%00&entry=%00&notice=%00&installed=%00&page=%00&on=%00",
    "?q=%ff%fe&installed=%c3%28&target=%ed%a0%80&on=%ff&known=%ff",
    "?on=2026-02-30&known=9999-99-99T99:99:99Z&on-day=%D9%A3&on-month=1&on-year=0000&installed=1&target=2",
    "?installed=" + "1," * 4000,
    "?" + "&".join(f"x{number}=1" for number in range(3000)),
)


def addresses(scene: Scene) -> list[str]:
    """Give one address of each pattern: all of them are read by the same lines."""
    return list({each.pattern: each.path for each in reversed(every_address(arguments(scene)))}.values())


def oddly_filled(form: Form, turn: int) -> dict[str, Any]:
    """Answer each question of a form with something odd, every third one with several things."""
    sends: dict[str, Any] = {}
    for number, (name, value) in enumerate(form.sends.items(), start=turn * 4):
        odd = ODD[number % len(ODD)]
        if isinstance(value, SimpleUploadedFile):
            named = odd[:90].encode("utf-8", "replace").decode()
            sends[name] = SimpleUploadedFile(f"{named}.csv", odd.encode("utf-8", "surrogateescape"))
        else:
            sends[name] = [odd, "1", odd] if number % 3 == 0 else odd
    return {name: _as_octets(value) for name, value in sends.items()}


def _as_octets(value: Any) -> Any:
    """Send half a character as the octets that it is, in a list: by themselves they are sent one by one."""
    each = value if isinstance(value, list) else [value]
    return [part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part for part in each]


def readers(scene: Scene) -> Iterator[tuple[Role, str, bytes]]:
    """Give each address with somebody who may read it, and what they read."""
    for address in addresses(scene):
        for role in (Role.SECAS, Role.MANUFACTURER, Role.DCC, Role.SSC, Role.PUBLIC):
            page = asked(scene, Asking(role, address))
            if page.status == 200:
                yield role, address, page.body
                break


def test_no_query_makes_a_page_or_call_fail(scene: Scene) -> None:
    asking = [Asking(role, address, query) for role, address, _ in readers(scene) for query in QUERIES]
    assert len(asking) > 300
    assert [each for each in asking if asked(scene, each).status >= 500] == []


@pytest.mark.parametrize("turn", range(3))
def test_no_answer_makes_a_form_fail(
    scene: Scene, turn: int, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    faults, sent = [], 0
    for role, address, page in readers(scene):
        for form in () if address.startswith(API) else forms_of(page):
            client = scene.clients[role]
            with taken_back(client, django_capture_on_commit_callbacks):
                answer = ask(client, form.action or address, method="post", data=oddly_filled(form, turn))
            sent += 1
            faults += [f"{role.value} {address} ({form.action}) {answer.status}"] if answer.status >= 500 else []
    assert not faults, "\n".join(faults)
    assert sent > 60
