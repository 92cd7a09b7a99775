"""The browser of tests: what it shows, what it does not let pass, and that Django goes on working beside it."""

import asyncio
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.axe import assert_no_axe_faults, find_axe_faults
from tests.servers.browser import Chromium, find_chromium
from tests.servers.register import running_register
from tests.servers.wanted import NotInstalledError

if TYPE_CHECKING:
    from playwright.sync_api import Page

STAND_IN = str(Path(__file__).with_name("stand_in.py"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A few pages under a policy as strict as the register's."""
    folder = tmp_path_factory.mktemp("stand-in") / "data"
    with running_register(folder, command=[sys.executable, STAND_IN, "0"]) as stand_in:
        yield stand_in.address


def test_a_page_runs_its_scripts(page: "Page", address: str) -> None:
    page.goto(f"{address}/script")
    assert page.inner_text("h1") == "Changed"
    assert page.evaluate("[innerWidth, innerHeight]") == [1280, 900]


def test_a_phone_is_narrow(phone: "Page", address: str) -> None:
    phone.goto(address)
    assert phone.evaluate("screen.width") == 390


def test_without_javascript_no_script_runs(without_javascript: "Page", address: str) -> None:
    without_javascript.goto(f"{address}/script")
    assert without_javascript.inner_text("h1") == "Entries"


def test_a_page_without_javascript_is_checked_too(without_javascript: "Page", address: str) -> None:
    without_javascript.goto(f"{address}/faulty")
    assert len(find_axe_faults(without_javascript)) == 2
    without_javascript.goto(f"{address}/script")
    assert_no_axe_faults(without_javascript)
    assert without_javascript.inner_text("h1") == "Entries"
    without_javascript.reload()
    assert without_javascript.inner_text("h1") == "Entries"


def test_a_page_that_is_refused_is_no_fault(page: "Page", address: str) -> None:
    answer = page.goto(f"{address}/nowhere")
    assert answer
    assert answer.status == 404
    assert_no_axe_faults(page)


def test_axe_tells_rule_element_and_remedy(page: "Page", address: str) -> None:
    page.goto(f"{address}/faulty")
    with pytest.raises(AssertionError) as told:
        assert_no_axe_faults(page)
    said = str(told.value)
    assert said.startswith(
        f"axe finds faults in {address}/faulty at {{'width': 1280, 'height': 900}}:\n  image-alt:"
    )
    assert '<img src="data:,">' in said
    assert "Element does not have an alt attribute" in said
    assert '  label: Form elements must have labels\n    input\n    <input type="text">' in said


def test_axe_knows_the_rules_that_came_with_wcag_22(page: "Page", address: str) -> None:
    page.goto(f"{address}/small")
    assert {fault.split(":")[0].strip() for fault in find_axe_faults(page)} == {"target-size"}


def test_axe_leaves_a_good_page_and_its_policy_alone(page: "Page", address: str) -> None:
    page.goto(address)
    assert_no_axe_faults(page)


def test_axe_does_not_pass_an_empty_page(page: "Page") -> None:
    assert find_axe_faults(page) != []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/inline", "Content Security Policy"),
        ("/failing", "a script failed: "),
    ],
)
def test_what_no_page_of_ours_does_fails_the_test(chromium: Chromium, address: str, path: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said) as told, chromium.page() as opened:
        opened.goto(f"{address}{path}")
    assert f"{address}{path}: " in str(told.value)


def test_a_page_that_fetches_from_elsewhere_fails_the_test(chromium: Chromium, address: str) -> None:
    said = re.escape("a page asked for http://register.example/logo.png, which is not ours")
    with pytest.raises(AssertionError, match=said), chromium.page() as opened:
        opened.goto(f"{address}/elsewhere")


def test_the_loop_is_in_sight_only_while_there_is_a_page(chromium: Chromium) -> None:
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()
    with chromium.page():
        assert asyncio.get_running_loop() is chromium.loop
        with chromium.page() as second:
            assert second.evaluate("1 + 1") == 2
        assert asyncio.get_running_loop() is chromium.loop
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()


@pytest.mark.django_db
def test_django_uses_its_database_once_a_page_is_closed(chromium: Chromium) -> None:
    from django.core.exceptions import SynchronousOnlyOperation
    from django.db import connection

    with chromium.page(), pytest.raises(SynchronousOnlyOperation):
        connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_where_there_is_no_browser_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalledError) as missing:
        find_chromium()
    assert str(missing.value) == "Chromium is not installed here. On Debian: apt-get install chromium"
