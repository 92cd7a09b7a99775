"""A form that was sent after the session had ended: kept for the same person, page and browser, no other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver

from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.typed import (
    KEPT,
    KEPT_S,
    MOST_OCTETS,
    STANDS_AGAIN,
    keep_typed,
    take_over,
    take_typed,
)
from firmpath.registry.submissions import drafts
from firmpath.registry.submissions.models import CorrectionRequest, Submission
from tests.registry.conftest import AT
from tests.registry.parties.steps import SIGN_IN, sign_in
from tests.registry.people import make_person
from tests.registry.submissions.drafting import who
from tests.registry.web.deciding_pages import hidden
from tests.registry.web.submitting_pages import at, text_of

People = dict[Role, Person]
TYPED = {"firmware_name": "Typed long and well", "later": "yes"}


def left_alone(client: Client) -> None:
    """Let two hours pass since the last page."""
    session = client.session
    session["seen_at"] = int((datetime.now(UTC) - timedelta(hours=2)).timestamp())
    session.save()


def back(person: Person, client: Client) -> Client:
    """Sign in again at the same browser, with the next code of the app."""
    return sign_in(person, client=client, at=2)


@pytest.fixture
def maker(people: People) -> Client:
    return sign_in(people[Role.MANUFACTURER])


def sent_too_late(client: Client, url: str, typed: dict[str, str]) -> Any:
    """Open a page, go away, and send it hours later."""
    mark = hidden(client.get(url), "shown") if "submissions" in url else ""
    left_alone(client)
    return client.post(url, {**typed, "shown": mark}, follow=True)


def test_what_was_typed_stands_in_the_form_again_unsaved(maker: Client, begun: Submission, people: People) -> None:
    url = at(begun, "1/device/")
    told = sent_too_late(maker, url, {**begun.entries.get().answers, **TYPED})
    assert KEPT in text_of(told)
    assert told.redirect_chain == [(f"{SIGN_IN}?next={url.replace('/', '%2F')}", 302)]
    again = text_of(back(people[Role.MANUFACTURER], maker).get(url))
    assert STANDS_AGAIN in again
    assert 'name="firmware_name" value="Typed long and well"' in again
    assert begun.entries.get().answers["firmware_name"] != "Typed long and well"
    assert "Typed long" not in text_of(maker.get(url))  # it was given once
    sent = maker.post(url, {**begun.entries.get().answers, **TYPED})
    assert sent.status_code == 302
    assert begun.entries.get().answers["firmware_name"] == "Typed long and well"


def test_what_a_colleague_has_saved_meanwhile_is_still_seen(
    maker: Client, begun: Submission, people: People
) -> None:
    url = at(begun, "1/device/")
    sent_too_late(maker, url, {**begun.entries.get().answers, **TYPED})
    drafts.save_answers(begun.reference, 1, {"firmware_name": "Theirs"}, who(people, Role.MANUFACTURER), AT)
    again = back(people[Role.MANUFACTURER], maker).get(url)
    sent = {**begun.entries.get().answers, **TYPED, "shown": hidden(again, "shown")}
    refused = maker.post(url, sent)
    assert refused.status_code == 422
    assert "'Theirs' was saved since you opened this page" in text_of(refused)


@pytest.mark.parametrize(
    ("page", "typed", "shown"),
    [
        ("1/base-firmware/", {"kind": "named", "others": "77", "later": "yes"}, 'value="77"'),
        ("", {"words": "It can be put on 1 too", "wanted": "x"}, "It can be put on 1 too</textarea>"),
    ],
)
def test_so_does_base_firmware_and_a_request_for_a_correction(
    maker: Client, begun: Submission, people: People, page: str, typed: dict[str, str], shown: str
) -> None:
    url = at(begun, page) if page else "/corrections/new/?entry=2"
    sent_too_late(maker, url, typed)
    assert shown in text_of(back(people[Role.MANUFACTURER], maker).get(url))
    assert not CorrectionRequest.objects.exists()


def test_nobody_else_is_given_it(maker: Client, begun: Submission, people: People) -> None:
    colleague = make_person(Role.MANUFACTURER, "Aster Metering", AT, "Ash")
    url = at(begun, "1/device/")
    sent_too_late(maker, url, {**begun.entries.get().answers, **TYPED})
    assert "Typed long" not in text_of(sign_in(colleague, client=maker, at=1).get(url))
    assert "typed" not in maker.session
    other = sign_in(people[Role.MANUFACTURER], at=2)
    assert "Typed long" not in text_of(other.get(url))


def test_it_goes_when_nobody_comes_back_for_it(maker: Client, begun: Submission, people: People) -> None:
    sent_too_late(maker, at(begun, "1/device/"), {**begun.entries.get().answers, **TYPED})
    kept = Session.objects.get(session_key=maker.session.session_key)
    assert kept.expire_date <= datetime.now(UTC) + timedelta(seconds=KEPT_S)
    Session.objects.filter(pk=kept.pk).update(expire_date=datetime.now(UTC))
    sign_in(people[Role.MAP])
    assert not Session.objects.filter(pk=kept.pk).exists()


def test_whoever_is_back_stays_signed_in_as_long_as_others(
    maker: Client, begun: Submission, people: People
) -> None:
    sent_too_late(maker, at(begun, "1/device/"), {**begun.entries.get().answers, **TYPED})
    back(people[Role.MANUFACTURER], maker)
    session = maker.session
    take_over(session, people[Role.MANUFACTURER].pk)
    assert session.get_expiry_age() == sign_in(people[Role.MAP]).session.get_expiry_age() > 2 * KEPT_S
    assert session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("person", "page", "seconds", "given"),
    [(7, "/a/", 899, True), (7, "/a/", 900, False), (8, "/a/", 1, False), (7, "/b/", 1, False)],
)
def test_it_is_given_once_to_the_person_and_for_the_page(person: int, page: str, seconds: int, given: bool) -> None:
    session = SessionStore()
    assert keep_typed(session, 7, "/a/", QueryDict("a=1&a=2&csrfmiddlewaretoken=secret"), AT)
    assert "secret" not in str(dict(session.items()))
    taken = take_typed(session, person, page, AT + timedelta(seconds=seconds))
    assert taken.urlencode() == ("a=1&a=2" if given else "")
    assert ("typed" in session) == (
        page == "/b/"
    )  # what is not given for its age, or to somebody else, is forgotten


def test_what_is_empty_or_very_long_is_not_kept() -> None:
    for text in ("", "csrfmiddlewaretoken=x", f"a={'x' * MOST_OCTETS}"):
        session = SessionStore()
        assert not keep_typed(session, 7, "/a/", QueryDict(text), AT)
        assert session.is_empty()


def test_no_page_of_the_ssc_or_of_an_account_keeps_what_was_typed() -> None:
    keeping = {
        pattern.name for part in get_resolver().url_patterns for pattern in _all(part) if _keeps(pattern.callback)
    }
    assert keeping == {"submission_part", "submission_base_firmware", "correction_new"}


def _all(part: Any) -> list[Any]:
    inner = getattr(part, "url_patterns", None)
    return [part] if inner is None else [each for one in inner for each in _all(one)]


def _keeps(view: Any) -> bool:
    while view is not None:
        if getattr(view, "keeps_typed", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False
