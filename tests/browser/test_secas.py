"""SECAS decides, withdraws, warns, asks and invites."""

import re

from tests.browser.joining import SECOND_SECAS, join, link_in
from tests.browser.visitor import Visitor
from tests.browser.visits import Visits

WHY = {"Reason": "The manufacturer has written."}


def test_a_second_person_approves_what_adds_an_upgrade(visits: Visits) -> None:
    with visits.desk("SECAS") as first:
        first.go("/cpl/108/")
        first.sees("Nobody has said what it can be applied to")
        first.follow("Edit this entry")
        first.follow("Change the base firmware")
        first.press("See its effect")
        first.is_told("Base firmware", "Reason is not given")
        first.tick(re.compile("CPL entry 107"), "Best endeavours")
        first.fill(WHY)
        first.select("Responsible Party", "Brackenfell Metering")
        first.press("See its effect")
        first.sees("a second person of SECAS has to approve it")
        first.press("Propose it to a second person")
        first.sees("You proposed this change, so somebody else of SECAS has to decide it.")
        address = first.page.url
    with visits.desk(SECOND_SECAS) as second:
        second.go("/proposals/")
        second.sees("108")
        second.page.goto(address)
        second.press("Approve and record it")
        second.sees("Recorded")
        second.go("/cpl/108/history/")
        second.sees("The manufacturer has written.")


def test_an_entry_is_withdrawn_at_once(visits: Visits) -> None:
    with visits.phone("SECAS") as secas:
        secas.go("/edit/entries/153/")
        secas.follow("Withdraw")
        say_why(secas, "Fennimore's Switchgear")
        secas.press("See its effect")
        secas.sees("This adds no upgrade, so it can be recorded at once.")
        secas.press("Record it")
        secas.go("/cpl/153/")
        secas.sees("Withdrawn")


def test_a_notice_is_opened(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/edit/notices/")
        secas.follow("Open a notice")
        secas.fill({"Notice": "N-7", "Name": "Clock stops", "Text": "The clock stops.", "Upgrades": "147 to 150"})
        say_why(secas, "Ottermoor Instruments")
        secas.press("See its effect")
        secas.is_told("147 to 150")
        secas.fill({"Upgrades": "147 -> 150"})
        secas.press("See its effect")
        secas.press("Record it")
        secas.go("/notices/")
        secas.sees("Notice N-7: Clock stops", "Open")


def say_why(secas: Visitor, party: str) -> None:
    secas.fill(WHY)
    secas.tick("SECAS correction")
    secas.select("Responsible Party", "Another Party, named below")
    secas.fill({"Another Party (optional)": party})


def test_a_manufacturer_is_asked_for_what_is_missing(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/worklist/")
        secas.follow("Thistlewick & Tarn, Limited")
        secas.sees("The letter")
        secas.fill({"Sent to": ""})
        secas.press("Record as sent")
        secas.is_told("Sent to")
        secas.fill({"Sent to": "post@thistlewick.example"})
        secas.press("Record as sent")
        secas.sees("To post@thistlewick.example.")
        secas.go("/worklist/")
        secas.sees("Sent")


def test_a_request_for_correction_is_refused_with_a_reason(visits: Visits) -> None:
    with visits.desk("Supplier") as clerk:
        clerk.go("/corrections/new/?entry=161")
        clerk.fill({"What is wrong, and what would be right": "This meter is green."})
        clerk.press("Send to SECAS")
    with visits.desk("SECAS") as secas:
        secas.go("/corrections/?state=open")
        secas.sees("This meter is green.")
        secas.follow(re.compile("161"), within="table")
        secas.follow("Refuse it")
        secas.press("Refuse the request")
        secas.is_told("Reason")
        secas.page.get_by_role("textbox").fill("The colour is not on the CPL.")
        secas.press("Refuse the request")
        secas.sees("The colour is not on the CPL.")
    assert "The colour is not on the CPL." in visits.e_mails("Supplier")[-1].get_content()


def test_somebody_is_invited_and_joins(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/parties/")
        secas.follow("Harbour Supply")
        secas.follow("Invite somebody")
        secas.fill({"E-mail address": "nobody"})
        secas.press("Invite")
        secas.is_told("E-mail address")
        secas.fill({"E-mail address": "ifan@supply.example"})
        secas.press("Invite")
        secas.follow("Back to Harbour Supply")
        secas.sees("ifan@supply.example", "Open")
    with visits.desk() as visitor:
        member = join(visitor.page, link_in(visits.e_mails_to("ifan@supply.example")[-1]), "Ifan Reed", "")
        visitor.page.context.clear_cookies()
        visitor.go("/account/sign-in/")
        visitor.fill({"E-mail address": "ifan@supply.example", "Password": "not this one"})
        visitor.press("Sign in", within="main")
        visitor.is_told("The e-mail address or the password is not right.")
        visitor.fill({"Password": "walnut ferry lantern"})
        visitor.press("Sign in", within="main")
        visitor.is_at("Second step of signing in")
        visitor.fill({"Code": member.recovery_codes[0]})
        visitor.press("Sign in", within="main")
        visitor.go("/account/")
        visitor.sees("Ifan Reed", "9 left")
