"""What is expected of every page: no fault of accessibility, and nothing that hangs over the side of a phone."""

import re
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.servers.axe import assert_no_axe_faults

WIDTHS: Final = (1280, 390)

_BESIDE: Final = """width => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > width + 1 && !each.closest(".scroll, .hidden, .skip"))
    .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""


_CUT_OFF: Final = """() => [...document.querySelectorAll(".scroll > .cards *")]
    .filter(each => each.getBoundingClientRect().right > each.closest(".scroll").getBoundingClientRect().right + 1)
    .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""
"""What a row that is shown as a card has outside of it; on a phone nobody looks for it there."""


class Checks:
    """Checks pages at both widths; one that differs in nothing but its numbers from another is checked once."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, ...]] = set()

    def __call__(self, page: Page) -> None:
        """Check a page, and leave it as wide as it was."""
        shape = _shape(page)
        if shape in self._seen:
            return
        self._seen.add(shape)
        before = page.viewport_size
        assert before
        for width in sorted(WIDTHS, key=lambda each: each == before["width"]):
            page.set_viewport_size({"width": width, "height": before["height"]})
            assert_fits(page)
            assert_no_axe_faults(page)


def assert_fits(page: Page) -> None:
    """Fail if a page can be pushed sideways. A phone's own window grows with what is too wide for it."""
    assert page.viewport_size
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    cut_off = page.evaluate(_CUT_OFF) if width == min(WIDTHS) else []
    assert not cut_off, f"on {page.url} cards are cut off at {cut_off}"
    assert wide <= width, f"{page.url} is {wide} wide in a window of {width}: {page.evaluate(_BESIDE, width)}"


def _shape(page: Page) -> tuple[str, ...]:
    """Give what tells kinds of pages apart: the address without its numbers, who reads it, and the parts it has."""
    parts = page.evaluate("[...document.querySelectorAll('main [class], main h2')].map(each => each.className)")
    reader = page.evaluate("document.querySelector('.account .quiet')?.textContent ?? ''")
    return (re.sub(r"[\w-]*\d[\w-]*", "1", urlsplit(page.url).path), reader, *sorted(set(parts)))
