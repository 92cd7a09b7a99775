"""The pathway page: the next step first, every other answer in its own words, and what can be done about it."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client

from firmpath.pathways.statement import Statement
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import who_is
from firmpath.registry.publication.dcc_loading import Written, record_loaded
from tests.registry.conftest import AT

SignIn = Callable[[Role], Client]
Record = Callable[[str], Sequence[Statement]]


def test_the_very_next_step_is_the_heading(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3 ; 2 contact=firmware@brackenfell.example", "installed=1")
    assert "<title>Next: activate firmware 00000002 (“v2”), CPL entry 2 – Firmpath</title>" in page
    assert "<h1>Next: activate firmware 00000002 (“v2”), CPL entry 2</h1>" in page
    assert "Yes. 2 activations take a Device from CPL entry 1 (firmware 00000001, &quot;v1&quot;)" in page
    assert page.index("<h1>") < page.index("All steps") < page.index("<svg")
    assert "firmware@brackenfell.example" in page
    assert "Not on record: ask the manufacturer" in page  # release notes


def test_what_to_do_and_what_to_know_first_stands_with_the_next_step(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 2 contact=firmware@brackenfell.example ; 2 notes=charge-first", "installed=1")
    assert "<dt>The manufacturer’s note</dt><dd>charge-first</dd>" in page
    assert '<dd><a href="mailto:firmware@brackenfell.example">firmware@brackenfell.example</a></dd>' in page
    assert (
        "11.1 brings the image to the Device, and then 11.3 activates it, by the hash above. Whoever sends" in page
    )


def test_a_hub_may_be_for_the_dcc_to_upgrade(ask: Callable[..., str]) -> None:
    assert "<dt>How</dt>" not in ask("1 <- 2 ; 1 type=CHF ; 2 type=CHF", "installed=1")


def test_a_ppmid_takes_one_service_request(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 1 type=PPMID ; 2 type=PPMID", "installed=1")
    assert "<dd>Service request 11.4 brings the image to the Device and activates it." in page


def test_stepping_stones_come_with_their_proof(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3", "installed=1")
    assert "Why every pathway stops here" in page
    assert "without it a Device comes no farther than 1 (00000001)." in page


def test_the_drawing_is_inline_and_keeps_to_the_content_security_policy(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3", "installed=1")
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href=", svg)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert 'aria-label="Drawing of the pathway"' in page


def test_the_drawing_is_there_as_a_file(signed_in: SignIn, recorded: Record) -> None:
    recorded("1 <- 2 <- 3")
    client = signed_in(Role.SUPPLIER)
    answer = client.get("/pathway.svg?installed=1")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="pathway-1.svg"'
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")
    none = client.get("/pathway.svg?installed=99")
    assert none.status_code == 400
    assert "Drawing cannot be made of this answer; read it in words" in none.text


def test_alternatives_follow_best_first(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3 ; 1 <- 3", "installed=1")
    assert "Other pathways to the same firmware (1)" in page
    assert "1 (00000001) → 2 (00000002) → 3 (00000003)" in page


def test_a_pathway_as_short_that_warns_of_less_is_pointed_out(ask: Callable[..., str]) -> None:
    said = "Another pathway is just as short, and warns of less: "
    twins = "1 <- 2 ; 1 <- 3 ; 2, 3 <- 4 ; 5 version=00000002"
    page = ask(twins, "installed=1&target=4")
    assert "<h1>Next: activate firmware 00000002" in page  # which is best is said by the same rule as ever
    assert f"{said}1 (00000001) → 3 (00000003) → 4 (00000004)</p>" in page


@pytest.mark.parametrize(
    "cpl",
    [
        "1 <- 2 ; 1 <- 3 ; 2, 3 <- 4",  # nothing is warned of
        "1 <- 2 ; 1 <- 3 ; 2, 3 <- 4 ; 5 version=00000004",  # both warn of the same
        "1 <- 2 ; 1 <- 3 ; 2, 3 <- 4 ; 5 version=00000002 ; 6 version=00000003",  # each of something else
        "1 <- 2 <- 4 ; 1 <- 3 <- 6 <- 4 ; 5 version=00000002",  # the other is longer
    ],
)
def test_no_other_pathway_is_pointed_out_that_is_no_calmer(ask: Callable[..., str], cpl: str) -> None:
    assert "warns of less" not in ask(cpl, "installed=1&target=4")


def test_a_missing_declaration_names_whom_to_ask_with_a_letter(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 3 ? ; 3 contact=firmware@brackenfell.example", "installed=2&target=3")
    assert "<h1>Not known: nobody has said</h1>" in page
    assert (
        'href="mailto:firmware@brackenfell.example?subject=Firmware%20upgrade%20from%202%20%2800000002%29' in page
    )
    assert "write an e-mail to firmware@brackenfell.example" in page
    asked = "Can CPL entry 3 (firmware 00000003, &quot;v3&quot;) be applied to CPL entry 2"
    assert asked in page
    assert "Robin of Brook Energy" in page[page.index(asked) :]


def test_a_contact_that_is_no_address_is_no_link(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 3 ? ; 3 contact=Firmware desk, room 4", "installed=2&target=3")
    assert "mailto:" not in page
    assert "Brackenfell Metering: Firmware desk, room 4" in page


def test_the_farthest_safe_entry_is_a_link(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 4 ?", "installed=1&target=4")
    assert 'A Device can safely go as far as <a href="/pathway?installed=1&amp;target=2">CPL entry 2' in page


def test_a_notice_blocks_until_its_risk_is_accepted_with_a_reason(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; notice N1: 1 -> 2", "installed=1")
    assert "<h1>Not now: a notice is open</h1>" in page
    assert '<input type="hidden" name="accept" value="N1">' in page
    assert "Firmpath does not record it" in page
    assert "--accept" not in page  # that is for the command line


def test_accepting_without_a_reason_asks_for_one(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; notice N1: 1 -> 2", "installed=1&accept=N1&because=", status=422)
    assert "Reason is not given, and accepting a risk is an act that somebody answers for" in page
    assert '<a href="#because">' in page
    assert "<h1>Not now: a notice is open</h1>" in page


def test_an_accepted_risk_stands_with_the_answer_and_its_reason(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; notice N1: 1 -> 2", "installed=1&accept=N1&because=Tested+on+a+bench")
    assert "<h1>Next: activate firmware 00000002" in page
    assert "The risk on the step 1 (00000001) → 2 (00000002) is accepted." in page
    assert "because: Tested on a bench. This stands only in the link to this page" in page
    assert "installed=1&amp;accept=N1&amp;because=Tested+on+a+bench" in page.replace("<wbr>", "")  # to share


def test_a_notice_that_is_not_open_cannot_be_accepted(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2", "installed=1&accept=N7&because=x", status=400)
    assert "This cannot be understood" in page
    assert "Notice &#x27;N7&#x27; is not open on" in page


def test_twins_that_agree_are_answered_together(ask: Callable[..., str]) -> None:
    notation = "1 <- 2, 3 <- 5 ; 2 <- 4 <- 5 ; 3 version=00000002"  # from 2 there is a second pathway, from 3 none
    page = ask(notation, "installed=F001/00050203@00000002")
    assert "<h1>Next: activate firmware 00000005" in page
    assert "The Device can run 2 (00000002) or 3 (00000002). This is right whichever it is." in page
    assert "use your browser: the steps fit on a sheet of A4. To print the drawing, download it." in page
    assert "Other pathways" not in page


def test_twins_that_disagree_are_shown_together_with_what_settles_it(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 4 ; 1 <- 3 ; 3 version=00000002 ; 3 dead-end", "installed=F001/00050203@00000002")
    assert "<h1>Which of these does the Device run?</h1>" in page
    assert "your record of the last activation (service request 11.3) names the hash" in page
    assert '<a href="/pathway?installed=2">CPL entry 2' in page
    assert '<a href="/pathway?installed=3">CPL entry 3' in page
    assert "Next: activate" not in page
    assert page.count("<li>Whom to ask about it: Brackenfell Metering.</li>") == 1
    assert page.count("If it runs CPL entry") == 0, "the choices say it"
    assert "<p>To print, use your browser.</p>" in page, "there are neither steps nor a drawing"


def test_several_targets_are_offered_one_by_one(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2, 3 ; 3 version=00000002", "installed=1&target=F001/00050203@00000002")
    assert "<h1>Which target is meant?</h1>" in page
    assert '<a href="/pathway?installed=1&amp;target=3">CPL entry 3' in page


@pytest.mark.parametrize(
    ("notation", "query", "heading"),
    [
        ("1 <- 2", "installed=2", "Nothing to do"),
        ("1 <- 2", "installed=9", "This firmware is not on the CPL"),
        ("1 <- 2", "installed=1&target=9", "The target is not on the CPL"),
        ("1 <- 2 ; 5 type=GSME", "installed=1&target=5", "This firmware is for other hardware"),
        ("1 <- 2 ; 2 withdrawn", "installed=1&target=2", "The pathway may not be used"),
        ("1 <- 2 <- 3 ; 1 dead-end", "installed=1&target=3", "This is a dead end"),
        ("1 <- 2 <- 3", "installed=3&target=1", "No pathway is declared"),
    ],
)
def test_every_answer_has_its_own_heading(ask: Callable[..., str], notation: str, query: str, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in ask(notation, query)


def test_newer_firmware_that_is_not_reached_is_a_remark_with_a_way_to_ask_why(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3 ; 2 <- 4 ; notice N1: 2 -> 4", "installed=1")
    assert "There is newer firmware, 4 (00000004), but no pathway to it is open." in page
    assert '<a class="no-print" href="/pathway?installed=1&amp;target=4">Why is there no pathway to it?</a>' in page
    assert "firmpath why-not" not in page


@pytest.mark.parametrize(
    ("notation", "words", "link", "is_danger"),
    [
        ("1 <- 2 ; 4", "Nothing is declared to lead on from CPL entry 2", "Why does nothing lead on?", True),
        ("1 <- 2 ; 4 ?", "Nobody has said whether anything leads on", "Why is there no pathway to it?", False),
    ],
)
def test_nothing_leads_on_from_a_target_is_a_danger_unless_that_may_change(
    ask: Callable[..., str], notation: str, words: str, link: str, is_danger: bool
) -> None:
    page = ask(notation, "installed=1&target=2")
    assert page.count("There is newer firmware, 4 (00000004)") == 1
    assert f'<a class="no-print" href="/pathway?installed=2">{link}</a>' in page
    before, _, _ = page.partition(words)
    assert ('class="warning' in before) == is_danger


def test_another_day_is_answered_as_at_that_day(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 <- 3 ; 3 listed=2023-05-01", "installed=1&on=2023-04-30")
    assert '<time datetime="2023-04-30">30 April 2023</time>' in page
    assert "1 activation takes a Device from" in page


def test_what_cannot_be_read_is_asked_again_with_its_faults(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2", "installed=zz&on=2023-02-30", status=422)
    assert "Entry &#x27;zz&#x27; is not a way to name one" in page
    assert "Day &#x27;2023-02-30&#x27; is not a date" in page


def test_names_from_the_record_cannot_become_markup(ask: Callable[..., str]) -> None:
    page = ask("1 <- 2 ; 2 contact=<script>alert(1)</script>", "installed=1")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_those_who_may_read_the_fir_get_an_answer(client: Client, recorded: Record) -> None:
    recorded("1 <- 2")
    for address in ("/pathway?installed=1", "/pathway.svg?installed=1"):
        assert "next=%2Fpathway" in client.get(address)["Location"]


def test_whether_the_dcc_has_the_next_step_is_shown(
    signed_in: SignIn, recorded: Record, people: dict[Role, Person]
) -> None:
    recorded("1 <- 2")
    client = signed_in(Role.SUPPLIER)
    assert (
        "<dd>It is not recorded that they have it: ask the DCC before you send anything</dd>"
        in client.get("/pathway?installed=1").text
    )
    assert "It is not recorded that the DCC’s systems have it." in client.get("/cpl/2/").text
    record_loaded([Written("2")], date(2026, 5, 3), (), who_is(people[Role.DCC], ()), AT)
    day = '<time datetime="2026-05-03">3 May 2026</time>'
    assert f"<dd>Have it since {day}</dd>" in client.get("/pathway?installed=1").text
    assert f"The DCC’s systems have it since {day}." in client.get("/cpl/2/").text
