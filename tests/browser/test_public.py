"""Anybody reads the CPL and downloads it."""

import csv
import io
import re

from tests.browser.visits import Visits


def test_anybody_finds_an_entry_and_downloads_the_list(visits: Visits) -> None:
    with visits.desk() as visitor:
        visitor.go("/")
        visitor.is_at("What does the Device run?")
        visitor.sees("Pathways are for SEC Parties")
        visitor.follow("The CPL")
        visitor.fill({"Search": "0002049E"})
        visitor.press("Apply filters")
        visitor.sees("1 of 6")
        rows = list(csv.DictReader(io.StringIO(visitor.download("CSV").decode("utf-8-sig"))))
        assert [row["cpl_entry_id"] for row in rows] == ["118"]
        assert not {"base_cpl_entry_ids", "contact"} & set(rows[0])
        visitor.follow(re.compile("CPL entry 118"))
        visitor.is_at("Firmware 0002049E, “Merlin 2.4”")
        visitor.sees(
            "Brackenfell Metering", "Base firmware, pathways, release information and contacts are for SEC"
        )
        visitor.sees_not("New bootloader", "firmware@brackenfell.example", "Stepping stone")


def test_the_rules_of_the_house_can_be_read(visits: Visits) -> None:
    with visits.phone() as visitor:
        for name in ("Rules", "API", "Who may do what", "Accessibility"):
            visitor.go("/")
            visitor.follow(name, within="footer")
        visitor.go("/changes/")
        visitor.is_at("Changes")


def test_what_is_not_there_or_not_for_the_public_is_told_in_words(visits: Visits) -> None:
    with visits.desk() as visitor:
        visitor.go("/cpl/99999/")
        visitor.is_at("There is no CPL entry 99999")
        visitor.go("/nowhere/")
        visitor.is_at("There is no such page")
        visitor.go("/pathway?installed=118")
        visitor.is_at("Sign in")
        visitor.press("Sign in", within="main")
        visitor.is_told("E-mail address", "Password")
