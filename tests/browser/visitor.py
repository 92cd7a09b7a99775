"""Somebody who uses the register with a keyboard or a finger, and looks at every page that comes."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import ElementHandle, Locator, Page, expect

Look = Callable[[Page], None]
"""What is done with every page that somebody comes to."""

_MOST_STOPS: Final = 250

# Whether the focus is where it should be, and what has it without showing it, or out of sight. In a group of radio
# buttons the Tab key leads to one of them, and arrows to the others.
_FOCUS: Final = """target => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const isDrawn = style.outlineStyle !== "none" || style.boxShadow !== "none";
    const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const isSame = target && at.type === "radio" && at.name === target.name && at.form === target.form;
    const hidden = at === document.body || (isDrawn && isInSight) ? null : at.outerHTML.slice(0, 200);
    return {isThere: at === target || isSame, hidden};
}"""

_STOP: Final = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    if (at === document.body) return null;
    const words = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText;
    return [words.trim(), box.top + scrollY, box.bottom + scrollY];
}"""


class Visitor:
    """A person at a page; `look` is called with every page that they come to."""

    def __init__(self, page: Page, address: str, look: Look, *, by_touch: bool = False) -> None:
        self.page = page
        self._address = address
        self._look = look
        self._by_touch = by_touch

    def go(self, path: str) -> None:
        """Open an address of the register."""
        self.page.goto(f"{self._address}{path}")
        self._look(self.page)

    def follow(self, name: str | re.Pattern[str], *, within: str = "body") -> None:
        """Follow the first link of a name."""
        self._activate(self._named("link", name, within))

    def press(self, name: str | re.Pattern[str], *, within: str = "body") -> None:
        """Press a button that leads to another page."""
        self._activate(self._named("button", name, within))

    def unfold(self, name: str) -> None:
        """Show what is folded away under some words."""
        summary = self.page.locator("summary").filter(has_text=name).first
        self._do(summary, lambda: summary.tap(), "Enter")

    def fill(self, answers: Mapping[str, str]) -> None:
        """Type into fields, by their labels, in place of what they hold."""
        for label, text in answers.items():
            self._type(self.page.get_by_label(label, exact=True), text)

    def fill_named(self, answers: Mapping[str, str]) -> None:
        """Type into fields, by the names under which they are sent."""
        for name, text in answers.items():
            self._type(self.page.locator(f"[name='{name}']"), text)

    def tick(self, *labels: str | re.Pattern[str]) -> None:
        """Choose radio buttons or tick boxes, by the words beside them."""
        for label in labels:
            box = self.page.get_by_label(label, exact=isinstance(label, str)).first
            self._do(box, lambda box=box: box.check(), "")  # type: ignore[misc]
            if not self._by_touch:
                self._check(box)
            expect(box).to_be_checked()

    def select(self, label: str, option: str) -> None:
        """Choose from a list, by the words of the choice."""
        field = self.page.get_by_label(label, exact=True)
        self._do(field, lambda: None, "")
        field.select_option(label=option)

    def give_file(self, label: str, name: str, octets: bytes) -> None:
        """Choose a file."""
        file: Any = {"name": name, "mimeType": "text/csv", "buffer": octets}
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def download(self, name: str, *, within: str = "main") -> bytes:
        """Follow a link that gives a file, and read it."""
        link = self._named("link", name, within)
        with self.page.expect_download() as coming:
            self._do(link, lambda: link.tap(), "Enter")
        return Path(coming.value.path()).read_bytes()

    def stops(self) -> list[tuple[str, float, float]]:
        """Press Tab through the whole page, and give the words, top and bottom of each stop."""
        found: list[tuple[str, float, float]] = []
        for _ in range(_MOST_STOPS):
            self._tab()
            stop = self.page.evaluate(_STOP)
            if stop is None or (found and tuple(stop) == found[0]):
                return found
            found.append(tuple(stop))
        raise AssertionError(f"on {self.page.url} the Tab key never comes to the end")

    def sees(self, *texts: str) -> None:
        """Expect words in the main part of the page."""
        shown = self._shown("main")
        for text in texts:
            assert text in shown, f"{text!r} is not on {self.page.url}, which says: {shown}"

    def sees_not(self, *texts: str) -> None:
        """Expect that words are nowhere on the page."""
        shown = self._shown("body")
        for text in texts:
            assert text not in shown, f"{text!r} is on {self.page.url}"

    def is_at(self, heading: str) -> None:
        """Expect a page with this main heading."""
        shown = self._shown("h1")
        assert heading in shown, f"{self.page.url} is headed {shown!r}, not {heading!r}"

    def is_told(self, *faults: str) -> None:
        """Expect each fault in the summary, which has the focus where scripts run."""
        summary, shown = self.page.locator("#error-summary"), self._shown("#error-summary")
        for fault in faults:
            assert fault in shown, f"{self.page.url} does not say {fault!r}, but: {shown}"
        if self.page.evaluate("matchMedia('(scripting: enabled)').matches"):
            expect(summary).to_be_focused()

    def is_told_beside(self, label: str, fault: str) -> None:
        """Expect a fault beside a field, said with it to those who hear the page."""
        field = self.page.get_by_label(label, exact=True)
        expect(field).to_have_accessible_description(re.compile(re.escape(fault)))
        expect(self.page.locator(".question.at-fault").filter(has=field)).to_contain_text(fault)

    def _shown(self, selector: str) -> str:
        """Give the words that a part of the page shows, with single blanks between them."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def _named(self, role: Any, name: str | re.Pattern[str], within: str) -> Locator:
        return self.page.locator(within).get_by_role(role, name=name, exact=isinstance(name, str)).first

    def _activate(self, what: Locator) -> None:
        with self.page.expect_navigation():
            self._do(what, lambda: what.tap(), "Enter")
        self._look(self.page)

    def _type(self, field: Locator, text: str) -> None:
        self._do(field, lambda: field.tap(), "")
        field.fill(text)

    def _do(self, what: Locator, by_touch: Callable[[], Any], key: str) -> None:
        if self._by_touch:
            by_touch()
            return
        self._reach(what)
        if key:
            self.page.keyboard.press(key)

    def _tab(self, target: ElementHandle | None = None) -> bool:
        """Press Tab, see where the focus is, and say whether that is the target."""
        self.page.keyboard.press("Tab")
        focus = self.page.evaluate(_FOCUS, target)
        assert focus["hidden"] is None, f"on {self.page.url} the focus cannot be seen at {focus['hidden']}"
        return bool(focus["isThere"])

    def _check(self, box: Locator) -> None:
        for _ in range(_MOST_STOPS):
            if box.evaluate("box => document.activeElement === box"):
                break
            self.page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def _reach(self, what: Locator) -> None:
        """Press Tab until it is reached; each stop on the way is seen to have the focus."""
        target = what.element_handle()
        for _ in range(_MOST_STOPS):
            if self._tab(target):
                return
        raise AssertionError(f"on {self.page.url} the Tab key does not lead to {what}")
