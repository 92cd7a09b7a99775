"""A Supplier's clerk finds the next step on a phone, and whom to ask where there is none."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import Visits

INVENTORY = """
Device ID: 00-DB-12-34-56-78-90-A0
Manufacturer: F001
Model: 00050202
Firmware version: 0002012F
"""


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_next_step_is_on_the_first_screen(visits: Visits, with_scripts: bool) -> None:
    with visits.phone("Supplier", with_scripts=with_scripts) as clerk:
        clerk.go("/")
        clerk.fill({"What does the Device run?": "118"})
        clerk.press("Find the next step")
        clerk.is_at("Next: activate firmware 0003030D")
        box = clerk.page.locator("h1").bounding_box()
        assert box
        assert box["y"] + box["height"] < 844
        assert clerk.page.evaluate("scrollY") == 0
        clerk.sees("Stepping stone", "Release notes", "firmware@brackenfell.example")


def test_why_not_and_whom_to_ask(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        clerk.go("/")
        clerk.fill({"What does the Device run?": "118"})
        clerk.unfold("To a particular firmware, or on another day")
        clerk.fill({"Which firmware should it run in the end? (optional)": "146"})
        clerk.press("Find the next step")
        clerk.sees("CPL entry 142 (firmware 000501EB", "Whom to ask", "firmware@brackenfell.example")
        clerk.unfold("The text of the letter")
        letter = clerk.page.locator("main details[open]").get_by_text("base firmware", exact=False)
        expect(letter.last).to_be_visible()


def test_a_drawing_wider_than_the_phone_is_shown_from_where_the_device_is(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        clerk.go("/pathway?installed=118&target=146")
        area = clerk.page.locator(".drawing .scroll").bounding_box()
        device = clerk.page.locator(".drawing [data-role='installed']").bounding_box()
        assert area
        assert device
        assert area["x"] <= device["x"]
        assert device["x"] + device["width"] <= area["x"] + area["width"]


def test_the_words_of_a_drawing_are_whole_on_a_phone(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        for address in ("/pathway?installed=110&target=140", "/pathway?installed=118&target=146"):
            clerk.go(address)
            area = clerk.page.locator(".drawing .scroll").bounding_box()
            title = clerk.page.locator(".drawing svg text[font-size='18']").first.bounding_box()
            assert area
            assert title
            assert area["x"] <= title["x"]
            assert title["x"] + title["width"] <= area["x"] + area["width"]


def test_the_answer_of_an_inventory_is_pasted(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        clerk.go("/")
        clerk.fill({"What does the Device run?": INVENTORY})
        clerk.press("Find the next step")
        clerk.is_at("Next: activate firmware")


def test_what_cannot_be_understood_is_told_beside_the_field(visits: Visits) -> None:
    with visits.phone("Supplier") as clerk:
        clerk.go("/")
        clerk.fill({"What does the Device run?": "a grey one"})
        clerk.press("Find the next step")
        clerk.is_told("a grey one")
        clerk.is_told_beside("What does the Device run?", "a grey one")
        clerk.follow("I know none of this: help me to find the firmware")
        clerk.select("What kind of Device is it?", "ESME")
        clerk.press("Continue")
        clerk.sees("Your answers", "ESME")


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_correction_is_asked_for(visits: Visits, with_scripts: bool) -> None:
    with visits.phone("Supplier", with_scripts=with_scripts) as clerk:
        clerk.go("/cpl/107/")
        clerk.follow("Request a correction")
        clerk.press("Send to SECAS")
        clerk.is_told("What is wrong, and what would be right")
        clerk.fill({"What is wrong, and what would be right": "The release notes have moved."})
        clerk.give_file("Files (optional)", "moved.txt", b"They moved in May.")
        clerk.press("Send to SECAS")
        clerk.sees("The release notes have moved.", "moved.txt", "Open")
