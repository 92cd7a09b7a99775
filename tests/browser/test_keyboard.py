"""Pages without a mouse: the order of the stops, the way past the frame, and the menu of a phone."""

from itertools import pairwise

import pytest

from tests.browser.visits import Visits


@pytest.mark.parametrize(
    ("who", "path"),
    [("", "/account/sign-in/"), ("Supplier", "/"), ("Supplier", "/pathway?installed=118"), ("SECAS", "/worklist/")],
)
def test_the_tab_key_goes_down_the_page(visits: Visits, who: str, path: str) -> None:
    with visits.desk(who) as visitor:
        visitor.go(path)
        stops = visitor.stops()
        assert [words for words, _, _ in stops[:2]] == ["Skip to main content", "Firmpath"]
        assert stops[-1][0] == "Accessibility"
        for before, after in pairwise(stops[1:]):
            assert after[2] > before[1], f"from {before[0]!r} the focus goes up the page to {after[0]!r}"


def test_the_frame_can_be_skipped(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/cpl/118/")
        secas.page.keyboard.press("Tab")
        secas.page.keyboard.press("Enter")
        secas.page.keyboard.press("Tab")
        assert secas.page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_places_are_in_a_menu(visits: Visits, with_scripts: bool) -> None:
    with visits.phone("SECAS", with_scripts=with_scripts) as secas:
        secas.go("/")
        assert not secas.page.get_by_role("link", name="Parties and people").is_visible()
        secas.unfold("Menu")
        secas.follow("Parties and people")
        secas.is_at("Parties and people")


def test_at_a_desk_the_places_stand_in_a_row(visits: Visits) -> None:
    with visits.desk("SECAS") as secas:
        secas.go("/")
        assert not secas.page.locator("summary").filter(has_text="Menu").is_visible()
        secas.follow("Parties and people")
        secas.is_at("Parties and people")


def test_on_a_phone_filters_are_folded_until_they_are_wanted(visits: Visits) -> None:
    with visits.phone() as visitor:
        visitor.go("/cpl/")
        assert not visitor.page.get_by_role("button", name="Apply filters").is_visible()
        visitor.unfold("Filters")
        visitor.fill({"Search": "0002049E"})
        visitor.press("Apply filters")
        visitor.sees("Merlin 2.4")
