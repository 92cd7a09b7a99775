"""Save a picture of every page that the tests come to, and of an empty register.

Run it as `python -m tests.browser.look FOLDER`.
"""

import inspect
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser import test_clerk, test_dcc, test_public, test_secas, test_ssc, test_submission
from tests.browser.checks import WIDTHS
from tests.browser.joining import SECAS, Member, first_link, join, join_all
from tests.browser.visits import Visits
from tests.servers.browser import Chromium, running_chromium
from tests.servers.register import SERVE, running_register

_JOBS: Final = (test_public, test_clerk, test_submission, test_dcc, test_secas, test_ssc)
_READ: Final = {
    "": (
        "/account/sign-in/",
        "/account/forgotten/",
        "/account/join/cut-off/",
        "/changes/",
        "/cpl/118/",
        "/about/api/",
    ),
    "Supplier": (
        "/cpl/142/",
        "/pathway?installed=118&target=146",
        "/pathway?installed=110&target=140",
        "/pathway?installed=F001/00050202@00030432",
        "/pathway?installed=147&target=150",
        "/pathway?installed=F001/00050202@00020999&device=00-DB-12-34-56-78-90-A0",
        "/choose/",
        "/notices/",
    ),
    "SECAS": ("/", "/proposals/", "/corrections/", "/worklist/", "/parties/", "/edit/entries/118/", "/account/"),
    "Device Manufacturer": ("/submissions/", "/account/tokens/", "/account/tokens/new/"),
    "DCC": ("/dcc/", "/dcc/loaded/", "/dcc/extracts/", "/submissions/"),
    "SSC": (
        *("/ssc/", "/ssc/counts/", "/ssc/in-review/", "/ssc/looks/", "/ssc/names/", "/ssc/inventories/"),
        *("/ssc/vulnerabilities/?inventory=1", "/ssc/vulnerabilities/1/?inventory=1", "/submissions/"),
    ),
}
"""Further pages, by who reads them."""

_EMPTY: Final = (
    *("/", "/cpl/", "/changes/", "/submissions/", "/corrections/", "/proposals/", "/edit/notices/"),
    *("/worklist/", "/notices/", "/parties/"),
)


class Camera:
    """Saves pages into a folder, numbered in the order in which somebody came to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def __call__(self, page: Page) -> None:
        """Save a page at both widths, and leave it as wide as it was."""
        words = f"{urlsplit(page.url).path} {page.locator('h1').first.inner_text()}"
        name = f"{next(self._numbers):03}-{re.sub('[^A-Za-z0-9]+', '-', words).strip('-')[:70]}"
        before = page.viewport_size
        assert before
        for width in sorted(WIDTHS, key=lambda each: each == before["width"]):
            page.set_viewport_size({"width": width, "height": before["height"]})
            page.screenshot(path=self._folder / f"{name}-{width}.png", full_page=True, scale="css")


def look(folder: Path) -> None:
    """Play the tests of this folder once more, and save what they come to."""
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(folder)
    with running_chromium() as chromium, tempfile.TemporaryDirectory(prefix="firmpath-look-") as kept:
        _look_at_the_empty(Path(kept) / "empty", chromium, camera)
        command = (*SERVE, "--with-example")
        with running_register(Path(kept) / "full", command=command) as register:
            visits = Visits(chromium, register, join_all(chromium, register), camera)
            for job in _jobs():
                job(visits)
            _read_further(visits)
            _print(visits, folder)


def _look_at_the_empty(folder: Path, chromium: Chromium, camera: Camera) -> None:
    with running_register(folder) as register:
        with chromium.page() as page:
            first = join(page, first_link(register), SECAS, "sally@secas.example", camera)
        visits = Visits(chromium, register, {"SECAS": Member(*first)}, camera)
        for who in ("", "SECAS"):
            with visits.desk(who) as visitor:
                for path in _EMPTY if who else _EMPTY[:3]:
                    visitor.go(path)


def _jobs() -> Iterator[Callable[..., None]]:
    for module in _JOBS:
        for name, job in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_") and inspect.getmodule(job) is module:
                yield (
                    partial(job, with_scripts=True) if "with_scripts" in inspect.signature(job).parameters else job
                )


def _read_further(visits: Visits) -> None:
    for who, paths in _READ.items():
        with visits.desk(who) as visitor:
            for path in paths:
                visitor.go(path)


def _print(visits: Visits, folder: Path) -> None:
    with visits.desk("Supplier") as visitor:
        visitor.page.goto(f"{visits.register.address}/pathway?installed=110&target=140")
        visitor.page.pdf(path=folder / "pathway.pdf", prefer_css_page_size=True, format="A4")


if __name__ == "__main__":
    look(Path(sys.argv[1]))
