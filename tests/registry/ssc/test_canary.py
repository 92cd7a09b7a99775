"""The canary test: values are planted by every way in, then everything that anybody can get is read.

They are found in the SSC's pages, its database, and a Party's own open draft; nowhere else. The addresses are read
off the URL table, so a page that is added is read as well. Source: DESIGN decision 6; F64.
"""

import io
import json
import logging
from collections.abc import Callable, Iterator
from itertools import product
from threading import enumerate as threads
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.registry.api import gate
from firmpath.registry.api.limit import CallLimit
from firmpath.registry.operations.logs import JSONLines
from firmpath.registry.parties.mail import SENDING
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.ssc.stacks import actions, looking
from firmpath.registry.ssc.stacks.keeping import follow
from firmpath.registry.submissions import zigbee_given
from tests.registry.conftest import AT
from tests.registry.ssc.kept_elsewhere import assert_not_kept_elsewhere
from tests.registry.ssc.planting_ssc import WHATS, value_of
from tests.registry.ssc.scene import (
    API,
    MARK,
    NEEDLES,
    SSC_API,
    TURNED_AWAY,
    WAYS,
    Asking,
    Scene,
    arguments,
    asked,
    everything,
    plant,
    put_by_api,
    settle,
    value,
)
from tests.registry.ssc.walking import Answer, ask, contains, every_address, without_words

QUERIES = ("", "?format=csv", "?format=xlsx", "?format=json", "?page=2")
Captured = Callable[..., Any]  # the fixture that does, at the end of a `with`, what waits for a transaction
SEARCHES = ("q", "query", "search", "text", "manufacturer", "model", "version", "vendor", "hash", "contains")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the register writes to its log, as it writes it."""
    handler = logging.StreamHandler(lines := io.StringIO())
    handler.setFormatter(JSONLines())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def scene(
    people: dict[Role, Person],
    signed_in: Callable[[Role], Client],
    recorded: Callable[[str], object],
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Captured,
) -> Scene:
    monkeypatch.setattr(gate, "_limit", CallLimit(10_000_000))
    recorded("1 <- 2 ; notice N1: 1 -> 2")
    with django_capture_on_commit_callbacks(execute=True):
        found = plant(people, signed_in)
    wait_for_letters()
    return found


def wait_for_letters() -> None:
    """Wait until every e-mail that is on its way has been sent."""
    for each in threads():
        if each.name == SENDING:
            each.join()


def faults_of(scene: Scene, asking: Asking, answer: Answer) -> list[str]:
    """Say that somebody reads a value where they may not, or that a page fails, which would hide what it shows."""
    role, path, query = asking
    if contains(answer.readable, NEEDLES) and not scene.is_shown_to(role, path):
        return [f"{role.value} reads it at {path}{query}"]
    return [f"{path}{query} fails for {role.value}"] if answer.status == 500 else []


def test_nobody_else_reads_a_value_anywhere(scene: Scene, log: io.StringIO) -> None:
    faults: list[str] = []
    asked_for = set()
    for asking, answer in everything(scene, QUERIES):
        asked_for.add(asking.path)
        faults += faults_of(scene, asking, answer)
    assert not faults, "\n".join(faults)
    assert len(asked_for) > 100
    assert {"review", "back", "published"} <= {str(each.subject).split()[-1] for each in mail.outbox}
    assert MARK not in log.getvalue().lower()
    assert_not_kept_elsewhere()


def test_the_ssc_reads_every_value(scene: Scene) -> None:
    client = scene.clients[Role.SSC]
    listed = ask(client, reverse("ssc")).readable.decode()
    in_review = ask(client, reverse("ssc_waiting")).readable.decode()
    about = ask(client, reverse("ssc_entry", args=[2])).readable.decode()
    for way, page in (("published", listed), ("email", listed), ("in-review", in_review)):
        assert value(way, "vendor") in page
        assert value(way, "stack") in page
    assert value("email", "evidence") in about
    assert value("email", "reason") in about
    for page in (listed, in_review):
        assert value("draft", "vendor") not in page
        assert value("returned", "vendor") not in page
        assert value("spreadsheet", "vendor") not in page
        assert value("api", "vendor") not in page
    for name in ("csv", "xlsx"):
        assert contains(ask(client, reverse("ssc"), f"?format={name}").readable, NEEDLES)


def test_the_ssc_reads_what_it_wrote_itself(scene: Scene) -> None:
    """By its pages, and by a token that is made for it; so what is planted is there to be found."""
    client = scene.clients[Role.SSC]
    pages = [reverse(name) for name in ("ssc_names", "ssc_inventories", "ssc_vulnerabilities")]
    pages.append(reverse("ssc_vulnerability", args=[scene.vulnerability]))
    read = b"".join(ask(client, path).readable for path in pages).decode()
    assert [what for what in WHATS if value_of(what) not in read] == []
    for call, planted in ((f"vulnerabilities/{scene.vulnerability}", "reference"), ("names", "maker")):
        assert value_of(planted) in asked(scene, Asking(Role.SSC, f"{SSC_API}{call}")).readable.decode()
    looks = json.loads(asked(scene, Asking(Role.SSC, f"{SSC_API}looks")).body)["looks"]
    assert [each["what"].partition(", by token")[0] for each in looks[:2]] == ["log of looks", "names and worklist"]
    for role in Role:
        if role is not Role.SSC:
            assert asked(scene, Asking(role, f"/api/v1/ssc/vulnerabilities/{scene.vulnerability}")).status in (
                401,
                403,
            )


def test_what_is_written_for_others_names_no_value(scene: Scene) -> None:
    """The letters, the report and the notice are the SSC's to give away: they are read by themselves."""
    client = scene.clients[Role.SSC]
    html = ask(client, reverse("ssc_letters", args=[scene.vulnerability])).readable.decode()
    drafts = [part.partition("</textarea>")[0] for part in html.split("<textarea")[1:]]
    assert drafts
    for draft in drafts:
        assert not contains(draft.encode(), NEEDLES)
    for form in ("csv", "xlsx"):
        assert not contains(
            ask(client, reverse("ssc_operators", args=[scene.vulnerability, form])).readable, NEEDLES
        )
    called = asked(scene, Asking(Role.SSC, f"{SSC_API}vulnerabilities/{scene.vulnerability}/letters"))
    letters = json.loads(called.body)["letters"]
    assert {each["about"] for each in letters} >= {"stacks", "operators"}
    assert not [each["about"] for each in letters if contains(each["text"].encode(), NEEDLES)]
    assert "Wait for now." in ask(scene.clients[Role.SUPPLIER], reverse("notices")).readable.decode()


def test_a_party_reads_its_own_open_drafts_and_nobody_elses(scene: Scene) -> None:
    for way in ("draft", "returned", "spreadsheet", "api"):
        path = reverse("ssc_zigbee", args=[scene.entries[way].reference])
        assert value(way, "vendor") in ask(scene.clients[Role.MANUFACTURER], path).readable.decode()
        assert ask(scene.clients[Role.SUPPLIER], path).status == 404
    for way in ("in-review", "published"):
        path = reverse("ssc_zigbee", args=[scene.entries[way].reference])
        assert ask(scene.clients[Role.MANUFACTURER], path).status == 404


def test_nobody_else_learns_from_a_search_whether_a_value_is_there(scene: Scene) -> None:
    """Who searches for a value gets, but for the words they typed, what they get for any other words."""
    settle(scene)
    planted = value("published", "vendor")
    unplanted = planted.replace("Xyloquartz", "Vorplinqua")
    differ = []
    for asking, found in everything(scene, (searching(planted),)):
        if found.status == 200 and not (asking.role is Role.SSC and asking.path.startswith(("/ssc/", SSC_API))):
            other = asked(scene, asking._replace(query=searching(unplanted)))
            if without_words(found, planted) != without_words(other, unplanted):
                differ.append(f"{asking.role.value} at {asking.path}")
    assert not differ, "\n".join(differ)


def test_nobody_else_reads_a_value_after_sending_nothing(scene: Scene, log: io.StringIO) -> None:
    faults: list[str] = []
    turned_away = set()  # as in `everything`
    methods = ("post", "put", "patch", "delete")
    for role, address, method in product(scene.clients, every_address(arguments(scene)), methods):
        if (role, address.pattern, method) in turned_away:
            continue
        asking = Asking(role, address.path)
        body = {"data": "{}", "content_type": "application/json"} if address.path.startswith(API) else {}
        with transaction.atomic(), transaction.atomic(using="ssc"):
            answer = asked(scene, asking, method, **body)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="ssc")
        if answer.status in TURNED_AWAY:
            turned_away.add((role, address.pattern, method))
        faults += faults_of(scene, asking, answer)
    assert not faults, "\n".join(faults)
    assert MARK not in log.getvalue().lower()


def test_pages_of_errors_and_the_log_do_not_repeat_a_value(
    scene: Scene, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError(f"{value('published', 'vendor')} {given} {named}")

    monkeypatch.setattr(looking, "count_stacks", fail)
    monkeypatch.setattr(zigbee_given, "note_given", fail)
    monkeypatch.setattr(actions, "note_zigbee_given", fail)
    form = {"chipset_vendor": value("draft", "vendor"), "stack_version": value("draft", "stack")}
    email = {**form, "party": "Aster Metering", "evidence": value("email", "evidence"), "reason": "x"}
    paths: tuple[tuple[Role, str, str, dict[str, str], int], ...] = (
        (Role.SSC, "get", reverse("ssc_counts"), {}, 500),
        (Role.MANUFACTURER, "post", reverse("ssc_zigbee", args=[scene.entries["draft"].reference]), form, 500),
        (Role.SECAS, "post", reverse("ssc_record", args=[1]), email, 500),
        (Role.SUPPLIER, "post", reverse("ssc_zigbee", args=[scene.entries["draft"].reference]), form, 404),
        (Role.SUPPLIER, "post", reverse("ssc_record", args=[1]), email, 403),
        (Role.PUBLIC, "post", reverse("ssc_record", args=[1]), email, 302),
        (Role.SSC, "get", "/ssc/nowhere/", {}, 404),
    )
    for role, method, path, data, status in paths:
        client = scene.clients[role]
        answer = ask(client, path, method=method, data=data)
        assert (answer.status, path) == (status, path)
        assert not contains(answer.readable, NEEDLES), path
    assert put_by_api(scene, value("api", "vendor"), "1.0").status == 500
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["exception"] for line in lines if "exception" in line] == ["in what is the SSC's"] * 4
    assert MARK not in log.getvalue().lower()
    assert_not_kept_elsewhere()


def test_a_program_is_not_told_again_what_it_gave(scene: Scene, log: io.StringIO) -> None:
    vendor = value("api", "vendor")
    for unfit in (f"{vendor}\n{vendor}", vendor * 20, f"={vendor}", {"name": vendor}, [vendor]):
        answer = put_by_api(scene, unfit, "1.0")
        assert 400 <= answer.status < 500
        assert not contains(answer.readable, NEEDLES)
    assert MARK not in log.getvalue().lower()


def test_no_value_is_in_the_file_of_the_register(scene: Scene) -> None:
    """A backup holds all octets of the file, those of rows that are gone as well."""
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL backup has the rows, which another test reads")
    follow(AT)
    octets = connection.connection.serialize()
    assert b"Aster Metering" in octets
    assert not contains(octets, NEEDLES)


def test_what_is_read_would_show_a_value(scene: Scene) -> None:
    """The reading itself finds what it looks for, in rows, sessions, e-mails and answers."""
    assert contains(Answer(200, {"Location": f"/?q={MARK}"}, b"").readable, NEEDLES)
    session = SessionStore()
    session["seen"] = value("draft", "vendor")
    session.save()
    with pytest.raises(AssertionError, match="session"):
        assert_not_kept_elsewhere()
    Session.objects.all().delete()
    person = scene.people[Role.MAP]
    Person.objects.filter(pk=person.pk).update(name=value("draft", "vendor").upper())
    with pytest.raises(AssertionError, match="parties_person"):
        assert_not_kept_elsewhere()


def searching(words: str) -> str:
    return f"?{urlencode(dict.fromkeys(SEARCHES, words))}"


def test_every_way_in_was_tried(scene: Scene) -> None:
    assert {*scene.entries, "email"} == set(WAYS)
