"""Pages in a real Chromium, for tests of a register that is served by a process of its own.

Playwright keeps an event loop in the thread of the tests, and Django refuses its database to a thread that has one.
So the loop is in sight only while a test has a page: such tests use the register as its users do, and all others
use the database as ever.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.servers.wanted import NotInstalledError, go_without

if TYPE_CHECKING:  # it takes a while to import, and most runs have no page
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_DESKTOP: Final = {"width": 1280, "height": 900}
_PHONE: Final = {"width": 390, "height": 844}
_LONGEST_WAIT_MS: Final = 120_000
_HERE: Final = ("127.0.0.1", "localhost", None)
"""Hosts that a page may fetch from; None is what `data:` and `about:blank` have."""


class Chromium(NamedTuple):
    """The browser of a run, and the loop that Playwright keeps for it."""

    browser: "Browser"
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def page(self, **options: Any) -> Iterator["Page"]:
        """Open a page with storage of its own; at the end, fail for whatever the page did that it may not."""
        with _in_sight(self.loop), ExitStack() as later:
            context = self.browser.new_context(locale="en-GB", timezone_id="Europe/London", **options)
            later.callback(context.close)
            context.set_default_timeout(_LONGEST_WAIT_MS)
            faults = _watch(context)
            yield context.new_page()
            assert not faults, "The browser saw:\n" + "\n".join(faults)


def find_chromium() -> str:
    """Find the browser on this machine.

    :raises NotInstalledError: there is none.
    """
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise NotInstalledError("Chromium is not installed here. On Debian: apt-get install chromium")


@contextmanager
def running_chromium() -> Iterator[Chromium]:
    """Run the browser until the `with` is left; Playwright ends it if this process dies.

    :raises NotInstalledError: Chromium is not on this machine.
    """
    program = find_chromium()
    from playwright.sync_api import sync_playwright

    with ExitStack() as later:
        playwright = sync_playwright().start()
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        later.enter_context(_stopping(loop, playwright.stop))
        with _in_sight(loop):
            browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS), chromium_sandbox=False)
        later.enter_context(_stopping(loop, browser.close))
        yield Chromium(browser, loop)


@contextmanager
def _stopping(loop: asyncio.AbstractEventLoop, stop: Any) -> Iterator[None]:
    try:
        yield
    finally:
        with _in_sight(loop):
            stop()


@contextmanager
def _in_sight(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


def _watch(context: "BrowserContext") -> list[str]:
    """Gather what no page of ours does: break its own policy, fail in a script, fetch from elsewhere."""
    faults: list[str] = []

    def heard(message: "ConsoleMessage") -> None:
        if "Content Security Policy" in message.text:
            faults.append(f"{message.page.url if message.page else 'a page'}: {message.text}")

    def failed(error: Any) -> None:
        faults.append(f"{error.page.url if error.page else 'a page'}: a script failed: {error.error}")

    def asked(request: "Request") -> None:
        if urlsplit(request.url).hostname not in _HERE:
            faults.append(f"a page asked for {request.url}, which is not ours")

    context.on("console", heard)
    context.on("weberror", failed)
    context.on("request", asked)
    return faults


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests of a process."""
    try:
        find_chromium()
    except NotInstalledError as missing:
        go_without(missing)
    with running_chromium() as found:
        yield found


@pytest.fixture
def page(chromium: Chromium) -> Iterator["Page"]:
    """A page on a desk: 1280 by 900."""
    with chromium.page(viewport=_DESKTOP) as opened:
        yield opened


@pytest.fixture
def phone(chromium: Chromium) -> Iterator["Page"]:
    """A page on a phone: 390 by 844, touched."""
    with chromium.page(viewport=_PHONE, is_mobile=True, has_touch=True, device_scale_factor=2) as opened:
        yield opened


@pytest.fixture
def without_javascript(chromium: Chromium) -> Iterator["Page"]:
    """A page on a desk, in a browser that runs no script."""
    with chromium.page(viewport=_DESKTOP, java_script_enabled=False) as opened:
        yield opened
