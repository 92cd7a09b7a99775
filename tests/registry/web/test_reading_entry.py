"""The page of an entry: what the public sees, what the FIR adds, other days, and its history."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.test import Client

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.facts import BaseFirmwareDeclared, Retracted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel, Statement
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.registry.ledger.append import Stated, appending
from firmpath.registry.parties.roles import Role
from tests.registry.conftest import AT

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]

CPL = "1 <- 2 <- 3 ; 2 contact=firmware@brackenfell.example ; 4 version=00000002 ; 2 stone ; notice N1: 2 -> 3"


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.text)


def declaration_of_two(made: Sequence[Statement]) -> int:
    facts = ((each.number, each.fact) for each in made)
    return next(
        number for number, fact in facts if isinstance(fact, BaseFirmwareDeclared) and fact.cpl_entry_id == 2
    )


def correct(number: int, bases: int, reason: str) -> None:
    """Let SECAS say otherwise what 2 can be applied to."""
    fact = BaseFirmwareDeclared(CPLEntryID(2), Bases((CPLEntryID(bases),)))
    stated = Stated(date(2020, 1, 3), "SECAS", Channel.SECAS_CORRECTION, fact, "person 7", reason, corrects=number)
    with appending(AT) as ledger:
        ledger.record([stated])


def test_the_public_sees_the_cpl_and_is_told_to_sign_in_for_the_rest(client: Client, recorded: Record) -> None:
    recorded(CPL)
    page = text_of(client, "/cpl/2/")
    assert "Firmware 00000002, “v2”" in page
    assert "Brackenfell Metering (F001)" in page
    assert "are for SEC Parties" in page
    for kept in ("firmware@brackenfell.example", "Base firmware</dt>", "Stepping stone", "N1", "History", "<svg"):
        assert kept not in page


def test_others_see_what_the_fir_adds(signed_in: SignIn, recorded: Record) -> None:
    recorded(CPL)
    page = text_of(signed_in(Role.SUPPLIER), "/cpl/2/")
    assert "firmware@brackenfell.example" in page
    assert '<a href="/cpl/1/">CPL entry 1 (firmware 00000001, &quot;v1&quot;)</a>' in page
    assert "Marked as a stepping stone" in page
    assert "On the step 2 (00000002) → 3 (00000003) there is an open notice." in page
    assert "Notice N1, &#x27;Notice N1&#x27;: do not do it yet." in page
    assert 'href="/pathway?installed=2"' in page
    assert "<svg" in page


def test_a_session_without_second_factor_sees_what_the_public_sees(signed_in: SignIn, recorded: Record) -> None:
    recorded(CPL)
    client = signed_in(Role.SUPPLIER)
    Authenticator.objects.all().delete()
    page = text_of(client, "/cpl/2/")
    assert "firmware@brackenfell.example" not in page
    assert "Base firmware</dt>" not in page


def test_twins_are_named_with_what_tells_them_apart(client: Client, recorded: Record) -> None:
    recorded(CPL)
    page = text_of(client, "/cpl/2/")
    assert "Another entry has this firmware version for the same model." in page
    assert '<a href="/cpl/4/">CPL entry 4 (firmware 00000002, &quot;v4&quot;)</a>, hash 00000000…' in page


def test_the_three_states_of_base_firmware_are_three_texts(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 ; 4 ?")
    client = signed_in(Role.MAP)
    assert "N/A: there is no previous version" in text_of(client, "/cpl/1/")
    assert "Nobody has said what it can be applied to" in text_of(client, "/cpl/4/")
    assert "No declared upgrade leads here or away from here." in text_of(client, "/cpl/4/")


def test_no_such_entry_and_one_to_come_are_told_apart(client: Client, recorded: Record) -> None:
    recorded("1 <- 2 ; 3 listed=2999-01-01")
    none = text_of(client, "/cpl/9/", status=404)
    assert "<h1>There is no CPL entry 9</h1>" in none
    assert "a CPL Entry ID is not the firmware version" in none
    coming = text_of(client, "/cpl/3/", status=404)
    assert "<h1>CPL entry 3 is not listed yet</h1>" in coming
    assert '<time datetime="2999-01-01">1 January 2999</time>: firmware 00000003' in coming


def test_history_keeps_what_was_corrected_beside_its_correction(signed_in: SignIn, recorded: Record) -> None:
    made = recorded("1 <- 2 ; 3")
    number = declaration_of_two(made)
    correct(number, 3, "misread")
    page = text_of(signed_in(Role.SUPPLIER), "/cpl/2/history/")
    assert "CPL entry 2 (firmware 00000002, &quot;v2&quot;) can be applied to 3 (00000003)." in page
    assert "can be applied to 1 (00000001)." in page
    assert "Reason: misread" in page
    assert f'It corrects <a href="#statement-{number}">' in page
    assert "It was corrected by" in page
    assert ">Counts no more<" in page
    assert f"SHA-256 of statement {number}<" in page
    assert statement_sha256(made[number - 1]) in page.replace("<wbr>", "")


def test_who_entered_a_statement_is_shown_to_secas_alone(signed_in: SignIn, recorded: Record) -> None:
    made = recorded("1 <- 2 ; 3")
    correct(declaration_of_two(made), 3, "misread")
    assert "Entered by person 7" in text_of(signed_in(Role.SECAS), "/cpl/2/history/")
    for role in (Role.SUPPLIER, Role.MANUFACTURER, Role.SSC, Role.DCC):
        assert "person 7" not in text_of(signed_in(role), "/cpl/2/history/")


def test_an_entry_as_at_a_day_says_what_differs_since(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3 ; 3 listed=2023-05-01 ; 2 withdrawn=2024-01-01")
    page = text_of(signed_in(Role.SUPPLIER), "/cpl/2/as/?on=2023-04-30")
    assert 'This is the entry as at <time datetime="2023-04-30">30 April 2023</time>.' in page
    assert ">Listed<" in page
    assert "1 entry withdrawn: 2 (00000002)." in page


def test_an_entry_as_known_on_a_day_leaves_out_what_was_recorded_later(signed_in: SignIn, recorded: Record) -> None:
    made = recorded("1 <- 2 ; 3")
    number = declaration_of_two(made)
    correct(number, 3, "misread")
    client = signed_in(Role.SUPPLIER)
    known_then = "known-day=2&known-month=1&known-year=2026"
    assert 'dd><a href="/cpl/1/">CPL entry 1' in text_of(client, f"/cpl/2/as/?{known_then}")
    assert 'dd><a href="/cpl/1/">CPL entry 1' in text_of(client, "/cpl/2/as/?known=2026-01-01T00:00:00Z")
    assert 'dd><a href="/cpl/3/">CPL entry 3' in text_of(client, "/cpl/2/as/")
    assert "was not on the CPL" in text_of(client, "/cpl/2/as/?known=2025-12-31T00:00:00Z", status=404)


def test_days_that_are_none_are_asked_again(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    page = text_of(signed_in(Role.SUPPLIER), "/cpl/2/as/?on=2023-02-30&known=never", status=422)
    assert "As at &#x27;2023-02-30&#x27; is not a date" in page
    assert "As known on &#x27;never&#x27; is not a date" in page


def test_what_was_taken_back_is_shown_as_such(signed_in: SignIn, recorded: Record) -> None:
    made = recorded("1 <- 2")
    mistake = Stated(
        date(2020, 1, 4), "SECAS", Channel.SECAS_CORRECTION, Retracted(), corrects=declaration_of_two(made)
    )
    with appending(AT) as ledger:
        ledger.record([mistake])
    page = text_of(signed_in(Role.SUPPLIER), "/cpl/2/history/")
    assert "Taken back: CPL entry 2 (firmware 00000002, &quot;v2&quot;) can be applied to 1 (00000001)." in page
    assert "It was corrected by" in page


def test_secas_gets_a_link_to_edit(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2")
    assert "Edit this entry" in text_of(signed_in(Role.SECAS), "/cpl/2/")
    assert "Edit this entry" not in text_of(signed_in(Role.SUPPLIER), "/cpl/2/")
    assert 'href="/corrections/new/?entry=2"' in text_of(signed_in(Role.SUPPLIER), "/cpl/2/")
