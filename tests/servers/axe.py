"""Faults of accessibility, found by axe in a page that is open in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

WCAG_22_AA: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The tags of axe's rules that together are WCAG 2.2, levels A and AA."""


def assert_no_axe_faults(page: Page) -> None:
    """Fail with every fault of accessibility of the page as it stands: rule, element and remedy."""
    faults = find_axe_faults(page)
    assert not faults, f"axe finds faults in {page.url} at {page.viewport_size}:\n" + "\n".join(faults)


def find_axe_faults(page: Page) -> list[str]:
    """Describe every fault of WCAG 2.2 AA in the page.

    The debugger's protocol puts axe into the page, so that the page's own Content-Security-Policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    asked = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    with _scripts_running(page):
        results = page.evaluate("asked => axe.run(document, asked)", asked)
    if not results["passes"]:
        return [f"no rule of axe applies to {page.url}: the page is empty"]
    return [_describe(rule, part) for rule in results["violations"] for part in rule["nodes"]]


@contextmanager
def _scripts_running(page: Page) -> Iterator[None]:
    """Let axe wait for its own timers in a page without JavaScript, whose own scripts have been passed over."""
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        yield
        return
    # A connection can allow only what it has forbidden; and once it is closed, scripts are allowed for good.
    debugger = page.context.new_cdp_session(page)
    for forbidden in (True, False):
        debugger.send("Emulation.setScriptExecutionDisabled", {"value": forbidden})
    yield
    debugger.send("Emulation.setScriptExecutionDisabled", {"value": True})


def _describe(rule: dict[str, Any], part: dict[str, Any]) -> str:
    place = " ".join(str(step) for step in part["target"])
    remedy = part["failureSummary"].replace("\n", "\n    ")
    return f"  {rule['id']}: {rule['help']}\n    {place}\n    {part['html']}\n    {remedy}"


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
