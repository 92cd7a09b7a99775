"""The canary test goes on: every form is filled in and sent, and values are sent where nobody asks for them."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from firmpath.registry.parties.roles import Role
from tests.registry.ssc.forms import Form, forms_of
from tests.registry.ssc.kept_elsewhere import assert_not_kept_elsewhere
from tests.registry.ssc.scene import (
    API,
    MARK,
    NEEDLES,
    TURNED_AWAY,
    Asking,
    Scene,
    arguments,
    asked,
    everything,
    value,
)
from tests.registry.ssc.test_canary import (
    Captured,
    faults_of,
    log,
    scene,
    wait_for_letters,
)
from tests.registry.ssc.walking import Answer, ask, contains, every_address

__all__ = ["log", "scene"]

MOST_PAGES_ON = 3
"""Pages that are followed from a form that was sent: to be confirmed, and then done."""


@contextmanager
def taken_back(client: Client, captured: Captured) -> Iterator[None]:
    """Do something, e-mails included, then take back what it did to the register and to who is signed in."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic(), transaction.atomic(using="ssc"):
        with captured(execute=True):
            yield
        wait_for_letters()
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="ssc")
    client.cookies.clear()
    client.cookies.load(cookies)


def send(client: Client, page: str, form: Form, sends: dict[str, Any]) -> Iterator[tuple[str, Answer]]:
    """Send a form, and go on from page to page: where it leads, and through what has to be confirmed."""
    path = urlsplit(urljoin(page, form.action or page))._replace(fragment="").geturl()
    for _ in range(MOST_PAGES_ON):
        answer = ask(client, path, method="post", data=sends)
        yield path, answer
        location = answer.headers.get("Location", "")
        if location.startswith("/"):
            yield location, ask(client, location)
            return
        onward = [each for each in forms_of(answer.body) if "seen" in each.sends]
        if answer.status >= 400 or not onward:
            return
        sends, path = onward[0].sends, urljoin(path, onward[0].action or path)


def test_nobody_else_reads_a_value_after_sending_any_form(
    scene: Scene, log: io.StringIO, django_capture_on_commit_callbacks: Captured
) -> None:
    faults, sent, went_on = [], 0, 0
    pages = (found for found in everything(scene) if found[1].status == 200)
    for (role, path, _), page in pages:
        client = scene.clients[role]
        if path.startswith(API):
            continue
        for form in forms_of(page.body):
            for sends in form.filled:
                with taken_back(client, django_capture_on_commit_callbacks):
                    for to, answer in send(client, path, form, sends):
                        sent, went_on = sent + 1, went_on + (answer.status in (200, 302))
                        faults += faults_of(scene, Asking(role, urlsplit(to).path), answer)
    assert not faults, "\n".join(faults)
    assert sent > 300
    assert went_on > 150
    assert len(mail.outbox) > 10
    assert MARK not in log.getvalue().lower()
    assert_not_kept_elsewhere()


def test_a_value_that_is_sent_where_nobody_asks_for_it_goes_nowhere(
    scene: Scene, log: io.StringIO, django_capture_on_commit_callbacks: Captured
) -> None:
    """It is written into forms and calls under its own name; no answer, row or line of log has it."""
    given = {"chipset_vendor": value("draft", "vendor"), "stack_version": value("draft", "stack")}
    faults = []
    turned_away = set()
    for role, address in product(scene.clients, every_address(arguments(scene))):
        if address.path.startswith("/ssc/") or (role, address.pattern) in turned_away:
            continue
        asking = Asking(role, address.path)
        body = {"data": json.dumps({**given, "answers": given}), "content_type": "application/json"}
        with taken_back(scene.clients[role], django_capture_on_commit_callbacks):
            answer = asked(scene, asking, "post", **(body if address.path.startswith(API) else {"data": given}))
            faults += faults_of(scene, asking, answer)
            if answer.status < 400:
                assert_not_kept_elsewhere()
        if answer.status in TURNED_AWAY:
            turned_away.add((role, address.pattern))
    assert not faults, "\n".join(faults)
    assert MARK not in log.getvalue().lower()


def test_the_letters_about_what_was_planted_are_read(
    scene: Scene, django_capture_on_commit_callbacks: Captured
) -> None:
    client, waiting = scene.clients[Role.SECAS], scene.entries["in-review"].submission
    page = reverse("submission", args=[waiting.reference])
    (publish, *_) = [each for each in forms_of(ask(client, page).body) if "seen" in each.sends]
    with taken_back(client, django_capture_on_commit_callbacks):
        assert [answer.status for _, answer in send(client, page, publish, publish.sends)] == [302, 200]
    assert mail.outbox
    assert_not_kept_elsewhere()


def test_a_form_is_read_with_all_that_it_sends() -> None:
    (form,) = forms_of(
        b"<form method=post action=/there/><input type=hidden name=seen value=abc><input name=when-day>"
        b"<input type=radio name=kind value=a><input type=radio name=kind value=b checked>"
        b"<select name=of><option value=''>Choose<option value=x>X<option value=y selected>Y</select>"
        b"<textarea name=why>\nbecause</textarea><button name=do value=it>Go</button></form>"
        b"<form><input name=q></form>"
    )
    assert form.action == "/there/"
    assert form.sends == {"seen": "abc", "when-day": "1", "kind": "b", "of": "y", "why": "\nbecause"}
    assert list(form.filled) == [{**form.sends, "do": "it"}]
    assert not contains(b"", NEEDLES)
