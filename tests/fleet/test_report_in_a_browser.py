"""The report in Chromium: it fetches nothing, axe finds nothing, nothing hangs over, tables sort and filter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from firmpath.cli.commands.demo import EXAMPLE_CPL
from tests.browser.checks import WIDTHS, assert_fits
from tests.functional.running import run_apart
from tests.notation import ON
from tests.servers.axe import assert_no_axe_faults
from tests.servers.browser import Chromium


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    common = ("--cpl", EXAMPLE_CPL, "--on", ON)
    run_apart("generate", "--fleet", 2000, *common, "--out", folder / "fleet.csv")
    limits = ("--per-day-by", "manufacturer_id=90", "--exclude", 118)
    run_apart("plan", folder / "fleet.csv", *common, *limits, "--out", folder / "plan")
    return folder / "plan" / "report.html"


@pytest.fixture
def page(chromium: Chromium, report: Path) -> Iterator[Page]:
    """Open the report; at the end the fixture fails for anything it fetched, or said on the console."""
    with chromium.page() as page:
        page.goto(f"file://{report}")
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_has_no_fault_of_accessibility_and_fits(
    chromium: Chromium, report: Path, width: int, scheme: str
) -> None:
    with chromium.page(viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        page.goto(f"file://{report}")
        assert_fits(page)
        assert_no_axe_faults(page)


_BARS = """() => [...document.querySelectorAll("td.share")].map(cell => [
    +cell.dataset.value,
    cell.querySelector(".bar").clientWidth,
    cell.querySelector("i").getBoundingClientRect().width,
])"""
_OUTSIDE = """() => [...document.querySelectorAll(".flows text, .flows path")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.left < 0 || box.right > innerWidth;
}).length"""

_CUT_OFF = """() => [...document.querySelectorAll(".scroll")]
    .filter(each => each.scrollWidth > each.clientWidth).map(each => each.ariaLabel)"""


@pytest.mark.parametrize("width", WIDTHS)
def test_bars_are_as_long_as_their_shares_and_nothing_has_to_be_pushed_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    bars = page.evaluate(_BARS)
    assert len(bars) > 2
    for share, whole, filled in bars:
        assert whole > 40
        assert abs(filled - max(1, share * whole)) < 1
    assert page.locator(".flows text").count() > 10
    assert page.evaluate(_OUTSIDE) == 0
    assert page.evaluate(_CUT_OFF) == []


_LINES = "(all) => all.map(each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"


def test_on_a_phone_no_name_takes_more_than_five_lines_and_no_entry_of_a_round_more_than_two(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    names = page.get_by_role("region", name="What to send next").locator("td:first-child div")
    assert max(names.evaluate_all(_LINES)) < 6
    entries = page.get_by_role("region", name="Expected order").locator(".line")
    assert max(entries.evaluate_all(_LINES)) < 3


def test_days_are_in_words_and_sort_as_days(page: Page) -> None:
    where = page.locator("section", has=page.get_by_role("heading", name="Which day"))
    days = column(page, "Which day", 0)
    assert days[0] == "1 June 2026"
    where.get_by_role("button", name="Date").click()
    assert column(page, "Which day", 0) == days[::-1] != sorted(days)


def column(page: Page, heading: str, at: int) -> list[str]:
    """Give the texts of a column of the table under a heading, as far as its rows are shown."""
    rows = page.locator("section", has=page.get_by_role("heading", name=heading)).locator("tbody tr:visible")
    return [row.locator("td").nth(at).inner_text() for row in rows.all()]


def test_a_table_sorts_by_number_and_by_text(page: Page) -> None:
    where = page.locator("section", has=page.get_by_role("heading", name="What to send next"))
    heading = where.get_by_role("button", name="Devices")
    heading.click()
    down = [int(each.replace(",", "")) for each in column(page, "What to send next", 2)]
    assert down == sorted(down, reverse=True)
    heading.click()
    expect(where.get_by_role("columnheader", name="Devices")).to_have_attribute("aria-sort", "ascending")
    assert [int(each.replace(",", "")) for each in column(page, "What to send next", 2)] == sorted(down)
    where.get_by_role("button", name="Service request").click()
    requests = column(page, "What to send next", 1)
    assert requests == sorted(requests, reverse=True)
    assert len(set(requests)) == 2


def test_a_long_table_filters_and_says_how_many_rows_are_left(page: Page) -> None:
    where = page.locator("section", has=page.get_by_role("heading", name="What to send next"))
    every = len(column(page, "What to send next", 0))
    where.get_by_label("Show only rows with").fill("ppmid")
    left = column(page, "What to send next", 0)
    assert 0 < len(left) < every
    assert all("PPMID" in each for each in left)
    expect(where.get_by_role("status")).to_have_text(f"{len(left)} of {every} rows")
    where.get_by_label("Show only rows with").fill("")
    assert len(column(page, "What to send next", 0)) == every


@pytest.mark.parametrize("heading", ["Who is stuck, and why", "Whom to ask"])
def test_on_a_phone_many_words_have_the_whole_width(page: Page, heading: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    where = page.locator("section", has=page.get_by_role("heading", name=heading))
    first = where.locator("tbody tr").first
    runs, words, devices = (first.locator("td").nth(at).bounding_box() for at in range(3))
    whole = first.bounding_box()
    assert runs
    assert words
    assert devices
    assert whole
    assert words["width"] == whole["width"]
    assert runs["y"] == devices["y"] < words["y"]
    assert where.get_by_role("columnheader").count() == 3
    first.evaluate("row => { row.hidden = true; }")  # as the filter does
    expect(first).to_be_hidden()


def test_everything_can_be_read_without_javascript(chromium: Chromium, report: Path) -> None:
    with chromium.page(java_script_enabled=False) as page:
        page.goto(f"file://{report}")
        assert column(page, "What to send next", 2)
        assert page.get_by_role("button").count() == 0
