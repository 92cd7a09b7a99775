"""The pages of what is missing: who has to be asked, the letter, and when it was sent."""

from collections.abc import Callable, Sequence
from html import unescape

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models_deciding import LetterSent
from tests.registry.web.deciding_pages import hidden, text_of

SignedIn = Callable[[Role], Client]
Recorded = Callable[[str], Sequence[Statement]]


@pytest.fixture
def secas(signed_in: SignedIn, recorded: Recorded) -> Client:
    recorded("1 ?; 1 contact=help@maker.example; 2 N/A; 2 band=Dual Band; 3 maker=F002 type=GSME; 4 ?; 4 withdrawn")
    return signed_in(Role.SECAS)


def test_gaps_are_counted_by_maker(secas: Client) -> None:
    words = text_of(secas.get("/worklist/"))
    assert "3 entries of 2 manufacturers." in words
    assert "Brackenfell Metering F001 2 1 2 2 2 none sent" in words
    assert "Brackenfell Metering F002 1 0 1 1 1 none sent" in words


def test_gaps_are_filtered_and_downloaded(secas: Client) -> None:
    assert "1 entry of 1 manufacturer." in text_of(secas.get("/worklist/?type=GSME"))
    assert "1 entry of 1 manufacturer." in text_of(secas.get("/worklist/?gap=base+firmware"))
    assert "2 entries of 1 manufacturer." in text_of(secas.get("/worklist/?maker=f001"))
    assert "Nothing that matches is missing." in text_of(secas.get("/worklist/?maker=F009"))
    rows = secas.get("/worklist/?format=csv").content.decode().splitlines()
    assert rows[0].startswith("CPL Entry ID,Firmware version,Firmware name,Device type,Manufacturer identifier")
    assert rows[1] == "1,00000001,v1,ESME,F001,Brackenfell Metering,yes,yes,yes,yes,help@maker.example,"
    assert len(rows) == 4


def test_nothing_is_missing_in_an_empty_register(signed_in: SignedIn) -> None:
    assert "Nothing is missing." in text_of(signed_in(Role.SECAS).get("/worklist/"))
    assert signed_in(Role.SECAS).get("/worklist/F001/").status_code == 404


def test_the_letter_can_be_copied_downloaded_and_mailed(secas: Client) -> None:
    page = secas.get("/worklist/F001/").content.decode()
    assert "Firmware on the Central Products List: what we have to ask you" in page
    assert 'href="mailto:help@maker.example?subject=Firmware' in page
    response = secas.get("/worklist/F001/?format=txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="letter-F001-')
    assert 'CPL entry 1 (firmware 00000001, "v1"), ESME F001/00050203' in response.content.decode()
    assert "No contact is on record" in text_of(secas.get("/worklist/F002/"))


def test_a_letter_is_noted_as_sent_and_answered(secas: Client) -> None:
    sent = {"sent_on-day": "1", "sent_on-month": "6", "sent_on-year": "2026", "sent_to": "help@maker.example"}
    page = secas.get("/worklist/F001/")
    shown = {name: unescape(hidden(page, name)) for name in ("text", "mark")}
    secas.post("/worklist/F002/", {**sent, **shown})  # another's letter
    assert not LetterSent.objects.exists()
    letter = secas.get("/worklist/F001/?format=txt").content
    secas.post("/worklist/F001/", {**sent, **shown})
    done = text_of(secas.post("/worklist/F001/", {**sent, **shown}, follow=True))  # the button was pressed twice
    assert LetterSent.objects.get().text.encode() == letter
    assert "The letter has been noted as sent." in done
    assert "1 June 2026 · Robin of SECAS To help@maker.example. No answer yet." in done
    words = text_of(secas.get("/worklist/?days=0"))
    assert "1 letter without an answer after 0 days" in words
    assert "1 June 2026 by Robin of SECAS Reminder due" in words
    due = text_of(secas.get("/worklist/?due=yes&days=0"))
    assert "Brackenfell Metering F001" in due
    assert "Brackenfell Metering F002" not in due
    rows = secas.get("/worklist/?due=yes&days=0&format=csv").content.decode().splitlines()
    assert [row.split(",")[0] for row in rows] == ["CPL Entry ID", "1", "2"]
    answered = secas.post(f"/worklist/letters/{LetterSent.objects.get().pk}/answered/", follow=True)
    assert "The letter has been noted as answered." in text_of(answered)
    assert "Answered" in text_of(secas.get("/worklist/"))
    assert "Nothing that matches is missing." in text_of(secas.get("/worklist/?due=yes&days=0"))


def test_of_a_long_letter_the_page_shows_the_beginning_and_keeps_all(
    signed_in: SignedIn, recorded: Recorded
) -> None:
    recorded("; ".join(f"{number} ?" for number in range(1, 1201)))
    secas = signed_in(Role.SECAS)
    letter = secas.get("/worklist/F001/?format=txt").content
    page = secas.get("/worklist/F001/")
    assert len(page.content) < len(letter) / 2
    more = f"{len(letter.splitlines()) - 100:,} more lines are in the download."
    assert more in text_of(page)
    assert "1,200 entries" in text_of(page)
    sent = {"sent_on-day": "1", "sent_on-month": "6", "sent_on-year": "2026", "sent_to": "help@maker.example"}
    noted = secas.post(
        "/worklist/F001/", {**sent, **{name: hidden(page, name) for name in ("text", "mark")}}, follow=True
    )
    assert more.replace("the download.", "the whole letter of 1 June 2026") in text_of(noted)
    number = LetterSent.objects.get().pk
    kept = secas.get(f"/worklist/F001/?format=txt&letter={number}")
    assert kept.content == letter
    assert 'filename="letter-F001-2026-06-01.txt"' in kept["Content-Disposition"]
    assert secas.get(f"/worklist/F001/?format=txt&letter={number + 1}").status_code == 404


def test_a_letter_needs_a_day_and_somebody_it_was_sent_to(secas: Client) -> None:
    page = secas.post("/worklist/F001/", {"sent_on-day": "32"})
    assert page.status_code == 422
    assert "Sent on '32//' is not a day of the calendar" in text_of(page)
    assert "Sent to is not given" in text_of(page)
    assert not LetterSent.objects.exists()


def test_answers_are_filled_in_from_the_letter(secas: Client) -> None:
    page = secas.get("/worklist/F001/").content.decode()
    assert 'href="/edit/entries/1/base-firmware/?fills=gap"' in page
    assert 'href="/edit/entries/2/zigbee-band/?fills=gap"' in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECAS])
def test_only_secas_sees_what_is_missing(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)
    refused = 302 if role is Role.PUBLIC else 403
    for url in ("/worklist/", "/worklist/F001/", "/worklist/?format=csv"):
        assert client.get(url).status_code == refused, url
    assert client.post("/worklist/letters/1/answered/").status_code == refused
