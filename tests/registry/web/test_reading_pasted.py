"""A pasted answer in the one box: which Devices it is about, what is known of each, and where that leads."""

import re
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.roles import Role

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

PASTED = "Manufacturer: F001\nModel: 00050203\nFirmware version: 00000002"


def test_the_type_in_an_inventory_answer_tells_entries_apart(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 7 type=PPMID version=00000002")
    client = signed_in(Role.SUPPLIER)
    assert client.post("/", {"installed": f"Device type: PPMID\n{PASTED}"})["Location"] == "/pathway?installed=7"
    assert "00050203" in client.post("/", {"installed": PASTED})["Location"]


DEVICE_ID = "00-DB-12-34-56-78-90-A0"
ABOUT = f"<p>This is about Device <code>{DEVICE_ID}</code>.</p>"


@pytest.mark.parametrize("written", [DEVICE_ID, "00:db:12:34:56:78:90:a0", "00db1234567890a0"])
def test_the_page_that_follows_says_which_device_it_is_about(
    signed_in: SignIn, client: Client, recorded: Record, written: str
) -> None:
    recorded("1 <- 2 <- 3")
    pasted = {"installed": f"Device ID: {written}\n{PASTED}"}
    shown = signed_in(Role.SUPPLIER).post("/", pasted, follow=True)
    assert shown.redirect_chain[-1][0].endswith(f"&device={DEVICE_ID}")
    assert ABOUT in shown.text
    assert shown.text.count(DEVICE_ID) == 1, "a link to share tells of no Device"
    public = client.post("/", pasted, follow=True)
    assert public.redirect_chain[-1][0].startswith("/cpl/2/")
    assert ABOUT in public.text
    onwards = f"installed%3DF001%252F00050203%254000000002%26device%3D{DEVICE_ID}"
    assert onwards in public.text, "and after signing in the pathway says so"


def test_which_device_it_is_about_goes_along_where_something_is_chosen(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 4 ; 1 <- 3 ; 3 version=00000002 ; 3 dead-end")
    client = signed_in(Role.SUPPLIER)
    page = client.post("/", {"installed": f"Device ID: {DEVICE_ID}\n{PASTED}"}, follow=True).text
    assert ABOUT in page
    assert f'<a href="/pathway?installed=2&amp;device={DEVICE_ID}">CPL entry 2' in page
    refused = client.get("/pathway?installed=2&device=<b>you</b>")
    assert refused.status_code == 422
    assert "Device ID &#x27;&lt;b&gt;you&lt;/b&gt;&#x27; is not an EUI-64" in refused.text
    assert "This is about Device" not in client.get("/cpl/2/?device=nonsense").text
    assert ABOUT in client.get(f"/cpl/?device={DEVICE_ID}").text


def test_an_answer_about_several_devices_asks_which(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    other = PASTED.replace("00000002", "00000001")
    page = signed_in(Role.SUPPLIER).post("/", {"installed": f"{PASTED}\n{other}\nManufacturer: F001\nModel: zz"})
    assert "Which Device do you ask about?" in page.text
    assert 'href="/pathway?installed=F001%2F00050203%4000000001"' in page.text
    said = "DeviceFirmwareVersion is not given; paste the whole answer, or write manufacturer/model@version"
    assert f"<li>{said} (F001/00050203@0002012F)</li>" in page.text


def test_the_answer_of_a_device_itself_asks_which_entry_it_is(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 7 model=0007 version=00000002")
    client = signed_in(Role.SUPPLIER)
    page = client.post("/", {"installed": "Firmware version: 00000002"}).text
    name = "Device, if it runs CPL entry 7 (firmware 00000002, &quot;v7&quot;)"
    assert f'<a href="/pathway?installed=7">{name}</a><br>for ESME F001/00070203' in page
    assert (
        "<p>The Device runs firmware version 00000002, which is that of 2 CPL entries. Whom to ask about it: "
        "Brackenfell Metering. Next: read the Device&#x27;s inventory (service request 8.2), which gives "
        "manufacturer and model, and identify it by that.</p>"
    ) in page
    page = client.post("/", {"installed": "Firmware version: 00000001"}).text
    assert (
        '<a href="/pathway?installed=1">Device, if it runs CPL entry 1 (firmware 00000001, &quot;v1&quot;)' in page
    )
    assert "Only its firmware version was read, and only this entry of the CPL has that." in page
    page = client.post("/", {"installed": "Firmware version: 38040404"}).text
    assert "What the answer says leads to no one entry of the CPL." in page
    assert "The Device runs firmware version 38040404, which is not on this CPL as at " in page
    assert "<p>Next: read the Device&#x27;s inventory (service request 8.2), which gives manufacturer" in page
    assert "What cannot be looked up" not in page


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_device_whose_status_is_a_doubt_is_led_nowhere(
    signed_in: SignIn, client: Client, recorded: Record, is_signed_in: bool
) -> None:
    recorded("1 <- 2")
    client = signed_in(Role.SUPPLIER) if is_signed_in else client
    for status, said, next_step in (
        (
            "Suspended",
            "The Device is Suspended: after an activation without a response",
            "Next: read the Device's firmware version (service request 11.2).",
        ),
        (
            "Decommissioned",
            "The Device is Decommissioned: it is no longer in use.",
            "Next: take it off the list, or read its inventory anew (service request 8.2).",
        ),
    ):
        page = client.post("/", {"installed": f"Status: {status}\n{PASTED}"})
        main = unescape(page.text.partition("<main")[2].partition("</main>")[0])
        assert page.status_code == 200
        assert "<h1>No pathway is shown</h1>" in main
        assert "What the answer says cannot be relied on yet." in main
        assert 'The Device runs CPL entry 2 (firmware 00000002, "v2"), for ESME F001/00050203.' in main
        assert said in main
        assert next_step in main
        assert "installed=" not in main


def test_whom_to_ask_about_a_pasted_answer_is_told_to_those_who_read_the_fir(
    signed_in: SignIn, client: Client, recorded: Record
) -> None:
    recorded("1 <- 2 ; 2 contact=firmware@brackenfell.example")
    said = "<p>Whom to ask about it, by other firmware of this model: Brackenfell Metering (firmware@brackenfell"
    no_gas_meter = {"installed": f"{PASTED}\nDevice type: GSME"}
    assert said in signed_in(Role.SUPPLIER).post("/", no_gas_meter).text
    page = client.post("/", no_gas_meter).text
    assert "for ESME, and not for GSME." in page
    assert "Whom to ask" not in page
    assert "brackenfell.example" not in page.partition("<main")[2]


def test_what_is_a_doubt_of_one_device_bars_no_other(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    both = f"Status: Suspended\n{PASTED}\n\nStatus: Commissioned\n{PASTED.replace('00000002', '00000001')}"
    page = unescape(signed_in(Role.SUPPLIER).post("/", {"installed": both}).text)
    assert "Choose one to see where it may go." in page
    assert re.findall(r'href="/pathway\?installed=([^"]*)"', page) == ["F001%2F00050203%4000000001"]


@pytest.mark.parametrize("entries", ["1 <- 2", "1 <- 2 ; 7 model=0007 version=00000002", "1"])
def test_a_version_alone_of_a_doubted_device_leads_nowhere_either(
    signed_in: SignIn, recorded: Record, entries: str
) -> None:
    recorded(entries)
    typed = {"installed": "Status: Withdrawn\nFirmware version: 00000002"}
    page = signed_in(Role.SUPPLIER).post("/", typed).text
    assert "The Device is Withdrawn: it is no longer in use." in page
    assert "installed=" not in page.partition("<main")[2]


def test_what_is_pasted_whole_is_not_searched_for_on_the_cpl(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    for typed in ("<Request/>", "{}", "Manufacturer: zz"):
        answer = signed_in(Role.SUPPLIER).post("/", {"installed": typed})
        assert answer.status_code == 422
        assert "No entry of the CPL has" not in answer.text


def test_a_device_type_that_leaves_several_entries_asks_which_of_these(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 5 version=00000002 ; 6 version=00000002 type=GSME")
    page = signed_in(Role.SUPPLIER).post("/", {"installed": f"{PASTED}\nDevice type: ESME"}).text
    assert re.findall(r'href="/pathway\?installed=([^"]*)">([^<]*), if it runs', page) == [
        ("2", "ESME"),
        ("5", "ESME"),
    ]
