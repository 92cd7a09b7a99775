"""The one box and the guided way: where they lead, for whom, and what they say when something is wrong."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from tests.registry.parties.steps import SECOND_STEP, SIGN_IN, code
from tests.registry.people import PASSWORD

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

PASTED = "Manufacturer: F001\nModel: 00050203\nFirmware version: 00000002"


def test_an_id_leads_to_the_next_step_in_one_go(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3")
    page = signed_in(Role.SUPPLIER).post("/", {"installed": "1"}, follow=True)
    assert page.redirect_chain == [("/pathway?installed=1", 302)]
    assert "<h1>Next: activate firmware 00000002 (“v2”), CPL entry 2</h1>" in page.text


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("0" * 63 + "2", "/pathway?installed=" + "0" * 63 + "2"),
        ("F001/00050203@00000002", "/pathway?installed=F001%2F00050203%4000000002"),
        (PASTED, "/pathway?installed=F001%2F00050203%4000000002"),
        ("f001, 00050203, 00000002", "/pathway?installed=F001%2F00050203%4000000002"),
        ("F001\t00050203\t00000002", "/pathway?installed=F001%2F00050203%4000000002"),
    ],
)
def test_whatever_the_box_takes_leads_to_the_pathway(
    signed_in: SignIn, recorded: Record, typed: str, address: str
) -> None:
    recorded("1 <- 2 <- 3")
    assert signed_in(Role.SUPPLIER).post("/", {"installed": typed})["Location"] == address


def test_target_and_day_go_along(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3")
    day = {"on-day": "2", "on-month": "1", "on-year": "2024"}
    answer = signed_in(Role.SUPPLIER).post("/", {"installed": "1", "target": "2", **day})
    assert answer["Location"] == "/pathway?installed=1&target=2&on=2024-01-02"


def test_every_fault_stands_at_the_top_and_beside_its_field(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    page = signed_in(Role.SUPPLIER).post(
        "/", {"installed": "zz", "target": "0002", "on-day": "31", "on-month": "2"}
    )
    assert page.status_code == 422
    assert "<title>Error: What does the Device run? – Firmpath</title>" in page.text
    for field, words in (
        ("installed", "Entry &#x27;zz&#x27; is not a way to name one"),
        ("target", "CPL Entry ID &#x27;0002&#x27; begins with a zero, as firmware versions do"),
        ("on-day", "Day &#x27;31/2/&#x27; is not a date"),
    ):
        assert f'<a href="#{field}">{words}' in page.text
        assert page.text.count(words) == 2
    assert 'value="zz"' in page.text


@pytest.mark.parametrize(
    ("typed", "fault", "link", "words"),
    [
        ("00000002", "Firmware version '00000002' does not name an entry by itself; give manufacturer", "2", ""),
        ("v2", "Entry 'v2' does not say which entry is meant; give a CPL Entry ID (311), a Manu", "1", ""),
        ("v9", "Entry 'v9' is not a way to name one; give", "", "No entry of the CPL has “v9” in it."),
    ],
)
@pytest.mark.parametrize("field", ["installed", "target"])
def test_a_version_or_a_name_alone_is_looked_up_on_the_cpl(
    signed_in: SignIn, recorded: Record, typed: str, fault: str, link: str, words: str, field: str
) -> None:
    recorded("1 <- 2 ; 3 model=0007 version=00000002")
    page = unescape(signed_in(Role.SUPPLIER).post("/", {"installed": "1", field: typed}).text)
    assert f'<a href="#{field}">{fault}' in page
    count = "the entry" if link == "1" else f"the {link} entries"
    looked_up = f'That is not enough: many models can have the same version or name. <a href="/cpl/?q={typed}">See'
    assert words in page
    assert (f"{looked_up} {count} of the CPL with “{typed}”</a>" in page) == bool(link)


def test_digits_that_are_a_version_and_no_id_are_looked_up_too(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 3 version=38040404")
    client = signed_in(Role.SUPPLIER)
    page = unescape(client.post("/", {"installed": "38040404"}).text)
    assert "CPL Entry ID '38040404' is that of no entry, but the firmware version of some; give manuf" in page
    assert '<a href="/cpl/?q=38040404">See the entry of the CPL' in page
    assert client.post("/", {"installed": "38040405"})["Location"] == "/pathway?installed=38040405"


def test_the_example_in_the_box_is_an_entry_of_the_cpl(signed_in: SignIn, recorded: Record) -> None:
    client = signed_in(Role.SUPPLIER)
    assert "A CPL Entry ID, or manufacturer/model@firmware version, or a Manufacturer Image" in client.get("/").text
    recorded("3 type=GSME ; 5 withdrawn ; 6 version=0000000A ; 7 version=0000000A ; 8 <- 9")
    assert "For example 8, or F001/00050203@00000008, or a Manufacturer Image hash" in client.get("/").text


def test_nothing_typed_is_told_what_to_type(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    assert "Entry is not given; write what the Device runs, for example 118" in (
        signed_in(Role.SUPPLIER).post("/", {"installed": " "}).text
    )


def test_the_public_is_led_to_what_it_may_read(client: Client, recorded: Record) -> None:
    recorded("1 <- 2 ; 3 version=00000002")
    assert client.post("/", {"installed": "1"})["Location"] == "/cpl/1/?installed=1"
    named = "F001%2F00050203%4000000002"
    assert client.post("/", {"installed": PASTED})["Location"] == f"/cpl/?q={named}&installed={named}"
    assert "Pathways are for SEC Parties" in client.get("/").text
    listed = client.get("/cpl/?q=F001%2F00050203%4000000002").text
    assert "2 of 3 entries" in listed
    assert client.get("/pathway?installed=1").status_code == 302


@pytest.mark.parametrize("installed", ["1", "F001/00050203@00000002"])
def test_a_question_goes_along_through_sign_in(
    client: Client, people: dict[Role, Person], recorded: Record, installed: str
) -> None:
    recorded("1 <- 2 <- 4 ; 3 version=00000002")
    page = client.post("/", {"installed": installed, "target": "4", "on": "2026-02-03"}, follow=True).text
    (link,) = re.findall('<a href="([^"]+)">Sign in, and see the pathway that you asked for</a>', page)
    question = f"/pathway?{urlencode({'installed': installed, 'target': '4', 'on': '2026-02-03'})}"
    assert parse_qs(urlsplit(unescape(link)).query) == {"next": [question]}
    client.post(SIGN_IN, {"login": people[Role.MAP].email, "password": PASSWORD, "next": question})
    assert client.post(SECOND_STEP, {"code": code()})["Location"] == question


def test_only_a_question_goes_along(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    false = "//false.example"
    pages = [client.get("/cpl/1/", query).text for query in ({"next": false}, {"installed": false, "accept": "N1"})]
    links = [unquote(each) for page in pages for each in re.findall(f'href="{SIGN_IN}[?]next=([^"]+)"', page)]
    assert {each.partition("?")[0] for each in links} == {"/cpl/1/", "/pathway"}
    assert "/pathway?installed=%2F%2Ffalse.example" in links


def test_whoever_signs_in_comes_back_to_the_page_they_read(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    assert f'<a href="{SIGN_IN}?next=%2Fcpl%2F1%2F%3Fa%3D1">Sign in</a>' in client.get("/cpl/1/?a=1").text
    for address in ("/", SIGN_IN, "/no-such-page"):
        assert f'<a href="{SIGN_IN}">Sign in</a>' in client.get(address).text


def test_the_guided_way_asks_one_question_a_page(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 8 type=GSME maker=F002")
    client = signed_in(Role.SUPPLIER)
    first = client.get("/choose/").text
    assert "What kind of Device is it?" in first
    assert '<option value="GSME">GSME</option>' in first
    second = client.get("/choose/?device_type=ESME").text  # one manufacturer and one model leave no choice
    assert "Which firmware does it run?" in second
    assert '<option value="00000001">00000001 “v1”</option>' in second
    assert 'Change<span class="hidden"> the answer to: What kind of Device is it?</span>' in second
    assert client.get("/choose/?device_type=ESME&firmware_version=00000001")["Location"] == "/pathway?installed=1"


def test_the_guided_way_leads_to_twins_together(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 3 version=00000002")
    answer = signed_in(Role.SUPPLIER).get("/choose/?firmware_version=00000002")
    assert answer["Location"] == "/pathway?installed=F001%2F00050203%4000000002"


def test_an_empty_register_says_so_and_to_secas_how_to_fill_it(signed_in: SignIn) -> None:
    for address in ("/", "/choose/", "/cpl/"):
        assert "No CPL has been loaded yet." in signed_in(Role.SUPPLIER).get(address).text
        assert "firmpath ledger load" not in signed_in(Role.SUPPLIER).get(address).text
        assert "firmpath ledger load" in signed_in(Role.SECAS).get(address).text
