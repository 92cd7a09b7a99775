"""The page that checks a service request: the API's answer in words, with lists to take away, and nothing kept."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import MAY, Act, Role, Scope
from tests.images.making import activate_request, device, hash_of, request, update_request
from tests.registry.api.calling import Caller
from tests.registry.web.submitting_pages import text_of

Record = Callable[[str], Sequence[Statement]]
ONE, TWO, THREE, FOUR = map(device, (1, 2, 3, 4))
IMAGE = b"an invented image"
STORY = f"1 <- 2 <- 3; 2 version=0002012F hash={hash_of(IMAGE)}"
TODAY = timezone.now().date().isoformat()
ROWS = f"""Device ID,CPL entry ID,Status,read_on
{ONE},1,Commissioned,{TODAY}
{TWO},2,Commissioned,{TODAY}
{THREE},1,Suspended,{TODAY}
"""
URL = "/preflight/"


@pytest.fixture
def supplier(signed_in: Callable[[Role], Client], recorded: Record) -> Client:
    recorded(STORY)
    return signed_in(Role.SUPPLIER)


def sent(request_: bytes = b"", inventory: str = ROWS, **more: Any) -> dict[str, Any]:
    whole = request_ or update_request([FOUR, ONE, TWO, THREE])
    return {"request": whole.decode(), "inventory": inventory, **more}


def lists(page: str) -> dict[str, str]:
    """Give what a page has to take away, by the names of the files."""
    links = re.findall(r'<a href="data:([^"]+)" download="([^"]+)"', page)
    return {name: unquote(link.partition(",")[2]) for link, name in links}


def test_every_device_has_its_answer(supplier: Client) -> None:
    response = supplier.post(URL, sent())
    assert response.status_code == 200
    said = text_of(response)
    for words in (
        "No-go. This 11.1 must not be sent as it is: 3 of 4 Devices may not take it.",
        "make it anew for 1 Device that may take it (the list is below), and check it again.",
        "It is not in the inventory, so what it runs is not known.",
        "It is Suspended: after an activation without a response the inventory keeps the old version.",
        "Go: 1 Device",
    ):
        assert words in said
    assert "--" not in said.partition("Check again")[0].replace("firmpath requests --devices", "")
    taken = lists(response.content.decode())
    assert taken["repaired.txt"] == f"{ONE}\n"
    assert list(csv.DictReader(io.StringIO(taken["verdicts.csv"]))) == [
        {"device_id": FOUR, "go": "no-go", "reason": "not_in_the_inventory"},
        {"device_id": ONE, "go": "go", "reason": "go"},
        {"device_id": TWO, "go": "no-go", "reason": "already_there"},
        {"device_id": THREE, "go": "no-go", "reason": "suspended"},
    ]


def test_the_api_answers_alike(supplier: Client, people: dict[Role, Person]) -> None:
    taken = lists(supplier.post(URL, sent()).content.decode())
    columns = ("device_id", "cpl_entry_id", "device_status", "read_on")
    devices = [dict(zip(columns, line.split(","), strict=True)) for line in ROWS.splitlines()[1:]]
    called = Caller(people[Role.SUPPLIER], Scope.READ).post(
        "/preflight", {"request": sent()["request"], "devices": devices}
    )
    answer = json.loads(called.content)
    assert taken["repaired.txt"].split() == answer["repaired"]
    assert [(each["device_id"], each["reason"]) for each in answer["devices"]] == [
        (each["device_id"], each["reason"]) for each in csv.DictReader(io.StringIO(taken["verdicts.csv"]))
    ]


def test_files_and_tables_as_a_spreadsheet_copies_them_are_taken(supplier: Client) -> None:
    whole = update_request([ONE])
    files = {
        "request_file": SimpleUploadedFile("a.xml", whole),
        "inventory_file": SimpleUploadedFile("a.csv", b"\xef\xbb\xbf" + ROWS.encode()),
    }
    assert "Go. This 11.1 may take 1 Device" in text_of(supplier.post(URL, files))
    pasted = sent(whole, ROWS.replace(",", "\t").replace("\n", "\r\n"))
    assert "Go. This 11.1 may take 1 Device" in text_of(supplier.post(URL, pasted))


def test_what_is_not_known_is_a_go_on_your_word_alone(supplier: Client) -> None:
    rows = f"device_id,cpl_entry_id\n{ONE},1\n{TWO},1\n"
    whole = update_request([ONE, TWO])
    said = text_of(supplier.post(URL, sent(whole, rows)))
    assert "say why it is in use all the same (below, under “What you answer for”)" in said
    word = {"status_not_known_because": "seen today", "age_not_known_because": "read today"}
    said = text_of(supplier.post(URL, sent(whole, rows, **word)))
    assert "Go, on your word." in said
    assert "On your word, 2 Devices whose status is not known, counted as in use: seen today" in said
    rows = f"device_id,cpl_entry_id,device_status,read_on\n{ONE},1,Pending,{TODAY}\n"
    said = text_of(supplier.post(URL, sent(update_request([ONE]), rows, in_use="Pending=on the wall\n\n")))
    assert "1 Device with the status Pending, counted as in use: on the wall" in said
    old = f"device_id,cpl_entry_id,device_status,read_on\n{ONE},1,Commissioned,2020-01-01\n"
    assert "stale" in text_of(supplier.post(URL, sent(update_request([ONE]), old)))
    lenient = sent(update_request([ONE]), old, stale_after_days="36500")
    assert "Go. This 11.1" in text_of(supplier.post(URL, lenient))


def test_notices_are_accepted_and_entries_left_out(signed_in: Callable[[Role], Client], recorded: Record) -> None:
    recorded(f"{STORY}; notice N1: 1 -> 2")
    client, whole = signed_in(Role.SUPPLIER), update_request([ONE])
    assert "No-go" in text_of(client.post(URL, sent(whole)))
    assert "Go. This 11.1" in text_of(client.post(URL, sent(whole, accept="N1", because="tried it")))
    said = text_of(client.post(URL, sent(whole, exclude="2")))
    assert "No-go" in said
    assert "Left out" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"request": ""}, "Service request is not given; choose a file, or paste it"),
        ({"inventory": " "}, "Inventory is not given; choose a file, or paste it"),
        ({"request": "<a/>"}, "Service request"),
        ({"request": '<!DOCTYPE a SYSTEM "x"><a/>'}, "Service request begins with a document type (DTD)"),
        ({"request": request("12.2", "<sr:Other/>").decode()}, "Service request 12.2 (Other) brings no firmware"),
        (
            {"request": update_request(map(device, range(10_001))).decode()},
            "DeviceIDList names 10,001 Devices, and 10,000 are answered for at once; send it in parts",
        ),
        ({"inventory": "a;b\n1;2"}, "Inventory has semicolons between its columns"),
        ({"inventory": "device_id,colour\n"}, "Inventory has neither cpl_entry_id nor manufacturer_id"),
        ({"in_use": "Suspended=why"}, "Status &#x27;Suspended&#x27; is never in use"),
        ({"in_use": "Pending"}, "Status &#x27;Pending&#x27; is in use without a reason"),
        ({"in_use": "Pending=a\n" * 21}, "Status are 21, more than 20"),
        ({"stale_after_days": "0"}, "Days &#x27;0&#x27; is not a whole number from 1 to 36,500"),
        ({"accept": "N9", "because": "why"}, "Notice &#x27;N9&#x27; is not open"),
        ({"accept": "N9"}, "Reason is not given"),
        ({"because": "why"}, "Reason &#x27;why&#x27; is given, but no notice is accepted"),
        ({"exclude": "9"}, "9"),
        ({"exclude": "1 " * 101}, "Entry is given 101 times, more than 100"),
        (
            {"request_file": SimpleUploadedFile("a.xml", b"<a/>")},
            "Service request is given as a file and pasted; give it once",
        ),
        (
            {"inventory": "", "inventory_file": SimpleUploadedFile("a.csv", b"device_id\n\xff")},
            "Inventory is not in UTF-8 in line 2; save it as CSV in UTF-8",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_beside_its_field(supplier: Client, change: dict[str, Any], said: str) -> None:
    response = supplier.post(URL, sent() | change)
    page = response.content.decode()
    assert (response.status_code, "There is a problem" in page) == (422, True)
    assert said in page
    assert ROWS.splitlines()[1] in page or "inventory" in change  # what was pasted stands there still


def test_several_faults_are_told_at_once(supplier: Client) -> None:
    page = supplier.post(URL, {"stale_after_days": "x", "in_use": "y"}).content.decode()
    assert page.count('class="fault"') == 3


def test_nothing_is_kept(supplier: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        response = supplier.post(URL, sent())
    assert response.headers["Cache-Control"] == "no-store"
    written = [each["sql"] for each in asked if not each["sql"].startswith("SELECT")]
    assert [each for each in written if "django_session" not in each and "SAVEPOINT" not in each] == []
    for session in Session.objects.all():  # it has when somebody was last here, and no word of what they gave
        assert not re.search(r"sr:|[0-9A-F]{2}(-[0-9A-F]{2}){7}|Suspended", str(session.get_decoded()))


def test_an_activation_says_when(supplier: Client) -> None:
    whole = activate_request(ONE, hash_of(IMAGE))
    said = text_of(supplier.post(URL, sent(whole)))
    assert "<dt>To be executed</dt><dd>At once</dd>" in said
    later = activate_request(ONE, hash_of(IMAGE), "2900-01-15T09:00:00.00Z")
    said = text_of(supplier.post(URL, sent(later)))
    assert "15 January 2900, 09:00 UTC" in said
    assert "more than 30 days after its row was read" in said


def test_who_may_is_who_may_by_the_api(signed_in: Callable[[Role], Client], recorded: Record) -> None:
    recorded(STORY)
    for role in Role:
        client = signed_in(role)
        may = Act.READ_FIR in MAY[role]
        assert (client.get(URL).status_code == 200) is may
        assert ("Check a request" in client.get("/").content.decode()) is may
