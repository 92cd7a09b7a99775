"""Passkeys and security keys in a real browser, with a virtual key in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.axe import assert_no_axe_faults
from tests.servers.register import Register, running_register

if TYPE_CHECKING:
    from playwright.sync_api import Page

GOOD = "three green kettles"
EMAIL = "kim@secas.example"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def register(tmp_path: Path, fresh_databases: Any) -> Iterator[Register]:
    with running_register(tmp_path / "data", environment=fresh_databases()) as running:
        yield running


@pytest.fixture
def at(register: Register) -> str:
    """Give the address at which browsers have passkeys: by name, not by number."""
    return register.address.replace("127.0.0.1", "localhost")


def add_key(page: "Page", **changes: Any) -> tuple[Any, str]:
    """Put a virtual key into the browser; give its session and its number."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | changes})
    return session, added["authenticatorId"]


def join(page: "Page", register: Register, at: str) -> None:
    link = re.search(r"http://\S+(/account/join/\S+)", register.printed)
    assert link
    page.goto(at + link[1])
    page.get_by_label("Your name").fill("Kim Hale")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(GOOD)
    page.get_by_label("Password again").fill(GOOD)
    assert_no_axe_faults(page)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/account/second-step/")
    assert_no_axe_faults(page)


def sign_out(page: "Page") -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You have signed out.").wait_for()


def test_a_passkey_from_joining_to_signing_in(page: "Page", register: Register, at: str) -> None:
    session, key = add_key(page)
    join(page, register, at)
    page.get_by_role("link", name="Set up a passkey or security key").click()
    page.get_by_label("Name of the key").fill("Work laptop")
    assert_no_axe_faults(page)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert page.locator("main li code").count() == 10
    assert_no_axe_faults(page)
    page.get_by_role("link", name="I have kept them: go on").click()
    assert session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"][0][
        "isResidentCredential"
    ]
    page.goto(f"{at}/account/")
    page.get_by_text("Work laptop signs in by itself").wait_for()
    assert_no_axe_faults(page)
    sign_out(page)

    page.goto(f"{at}/account/sign-in/?next=/account/")
    assert_no_axe_faults(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Your account").wait_for()
    sign_out(page)

    page.goto(f"{at}/account/sign-in/?next=/account/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(GOOD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Second step of signing in").wait_for()
    assert_no_axe_faults(page)
    page.get_by_role("button", name="Use my passkey or security key").click()
    page.get_by_role("heading", name="Your account").wait_for()

    page.goto(f"{at}/account/confirm/key/?next=/account/tokens/")
    assert_no_axe_faults(page)
    page.get_by_role("button", name="Use my passkey or security key").click()
    page.get_by_role("heading", name="API tokens").wait_for()


def test_a_key_that_does_not_know_its_owner_is_said_so(page: "Page", register: Register, at: str) -> None:
    add_key(page, isUserVerified=False)
    join(page, register, at)
    page.goto(f"{at}/account/keys/add/")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("That did not work, or it was cancelled. Try again, or use a code instead.").wait_for()
    page.goto(f"{at}/account/")
    page.get_by_text("You have no second step of signing in yet.").wait_for()


def test_a_security_key_without_a_memory_is_the_second_step(page: "Page", register: Register, at: str) -> None:
    add_key(page, transport="usb", hasResidentKey=False, hasUserVerification=False)
    join(page, register, at)
    page.goto(f"{at}/account/keys/add/")
    page.get_by_label("Sign in with this key alone, without the password").uncheck()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    page.goto(f"{at}/account/")
    page.get_by_text("after the password").wait_for()
    sign_out(page)
    page.goto(f"{at}/account/sign-in/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(GOOD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use my passkey or security key").click()
    page.get_by_role("button", name="Sign out").wait_for()


def test_where_a_browser_has_no_passkeys_the_page_says_so(page: "Page", register: Register, at: str) -> None:
    page.add_init_script("delete window.PublicKeyCredential")
    join(page, register, at)
    page.goto(f"{at}/account/keys/add/")
    page.get_by_text("This browser has no passkeys, or this address is not secure enough for them.").wait_for()
    assert page.get_by_role("button", name="Add", exact=True).count() == 0
    sign_out(page)
    page.goto(f"{at}/account/sign-in/")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
