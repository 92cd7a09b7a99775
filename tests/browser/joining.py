"""People of every role, made through the pages alone: joining by a link, a second step, an invitation by e-mail."""

import base64
import hmac
import re
import struct
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.sync_api import Page

from tests.browser.visitor import Look
from tests.servers.browser import Chromium
from tests.servers.register import Register

PASSWORD: Final = "walnut ferry lantern"
SECAS, SECOND_SECAS = "Sally Marsh", "Sanjay Moor"

_LINK: Final = re.compile(r"https?://\S+/account/join/\S+")
_PERIOD_S: Final = 30


class Member(NamedTuple):
    """Somebody who has joined: how they sign in, their recovery codes, and the storage of their browser."""

    name: str
    email: str
    recovery_codes: tuple[str, ...]
    storage: Any


class Wanted(NamedTuple):
    """Somebody to be invited, and the Party they belong to."""

    name: str
    email: str
    party: str
    role: str
    identifiers: str = ""


PEOPLE: Final = {
    each.role if each.name != SECOND_SECAS else SECOND_SECAS: each
    for each in (
        Wanted(SECOND_SECAS, "sanjay@secas.example", "SECAS", "SECAS"),
        Wanted("Carys Bell", "carys@supply.example", "Harbour Supply", "Supplier"),
        Wanted(
            "Marek Tarn", "marek@brackenfell.example", "Brackenfell Metering", "Device Manufacturer", "F001 F00B"
        ),
        Wanted("Dilys Crane", "dilys@dcc.example", "DCC", "DCC"),
        Wanted("Simon Fell", "simon@ssc.example", "SSC", "SSC"),
    )
}
"""Whom the first person of SECAS invites, by role; the second person of SECAS by name."""


def _pass_by(page: Page) -> None:
    """Look at nothing."""


def join_all(chromium: Chromium, register: Register) -> dict[str, Member]:
    """Let the first person join by the link that the register printed, and invite everybody else."""
    members = {}
    with chromium.page() as page:
        first = join(page, first_link(register), SECAS, "sally@secas.example")
        links = {who: _invited(page, register, wanted) for who, wanted in PEOPLE.items()}
        members["SECAS"] = first._replace(storage=page.context.storage_state())
    for who, wanted in PEOPLE.items():
        with chromium.page() as page:
            members[who] = join(page, links[who], wanted.name, wanted.email)
    with chromium.page(storage_state=members[SECOND_SECAS].storage) as page:
        page.goto(f"{register.address}/people/to-be-confirmed/")
        page.get_by_text(f"firmpath confirm {PEOPLE['SSC'].email}").wait_for()
        printed = register.run("confirm", PEOPLE["SSC"].email, "--yes")
        assert "is of the Security Sub-Committee from now on" in printed, printed
        page.reload()
        page.get_by_text("Nobody waits to be confirmed.").wait_for()
    return members


def first_link(register: Register) -> str:
    """Find the link for the first person in what the register printed."""
    found = _LINK.search(register.printed)
    assert found, register.printed
    return found[0]


def join(page: Page, link: str, name: str, email: str, look: Look = _pass_by) -> Member:
    """Join by a link, and set up an authenticator app with the key that the page shows."""
    page.goto(link)
    look(page)
    page.get_by_label("Name").fill(name)
    if (field := page.get_by_label("E-mail address")).count():
        field.fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    look(page)
    page.get_by_role("link", name="Set up an authenticator app").click()
    look(page)
    codes = _set_up_app(page, look)
    return Member(name, email, codes, page.context.storage_state())


def _set_up_app(page: Page, look: Look) -> tuple[str, ...]:
    """Type the code that an authenticator app would show, and keep the recovery codes."""
    key = page.locator("main code").inner_text()
    finished = page.get_by_role("heading", name="Your recovery codes")
    for _ in range(2):  # a code that has just expired is refused, and the page asks for another
        page.get_by_label("Code").fill(code_of(key))
        with page.expect_navigation():
            page.get_by_role("button", name="Set up").click()
        if finished.count():
            break
    look(page)
    return tuple(page.locator("main code").all_inner_texts())


def code_of(key: str) -> str:
    """Compute what an authenticator app shows now. Source: RFC 6238, RFC 4226."""
    counter = int(time.time()) // _PERIOD_S
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    octets = hmac.digest(secret, struct.pack(">Q", counter), "sha1")
    start = octets[-1] & 15
    return f"{(struct.unpack('>I', octets[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def e_mails(register: Register, to: str) -> list[EmailMessage]:
    """Read the e-mails to somebody, the oldest first."""
    files = sorted((register.data_folder / "outbox").glob("*"), key=lambda each: each.stat().st_mtime_ns)
    return [message for file in files for message in _messages(file) if message["To"] == to]


def _messages(file: Path) -> list[EmailMessage]:
    parts = re.split(rb"^-{79}\n", file.read_bytes(), flags=re.MULTILINE)
    return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]


def _invited(page: Page, register: Register, wanted: Wanted) -> str:
    """Add the Party unless it is there, invite somebody to it, and give the link of the e-mail."""
    if wanted.party == "SECAS":
        page.goto(f"{register.address}/parties/")
        page.get_by_role("table").get_by_role("link", name=wanted.party, exact=True).click()
    else:
        _add_party(page, register, wanted)
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(wanted.email)
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("link", name=f"Back to {wanted.party}").wait_for()
    return link_in(e_mails(register, wanted.email)[-1])


def link_in(message: EmailMessage) -> str:
    """Find the link to join in an e-mail."""
    found = _LINK.search(message.get_content())
    assert found, message
    return found[0]


def _add_party(page: Page, register: Register, wanted: Wanted) -> None:
    page.goto(f"{register.address}/parties/new/")
    page.locator("#name").fill(wanted.party)
    page.get_by_label(wanted.role, exact=True).check()
    page.get_by_label("Manufacturer identifiers").fill(wanted.identifiers)
    page.get_by_role("button", name="Add the Party").click()
    page.get_by_role("heading", level=1, name=wanted.party).wait_for()
