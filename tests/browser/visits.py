"""Sittings of people of every role at one register."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, Final, NamedTuple

from tests.browser.joining import Member, e_mails
from tests.browser.visitor import Look, Visitor
from tests.servers.browser import Chromium
from tests.servers.register import Register

DESK: Final[Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: Final[Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}


class Visits(NamedTuple):
    """A register, who has joined it, and what is done with every page that anybody comes to."""

    chromium: Chromium
    register: Register
    members: dict[str, Member]
    look: Look

    @contextmanager
    def desk(self, who: str = "", *, with_scripts: bool = True) -> Iterator[Visitor]:
        """Sit down at a desk, with a keyboard; nobody is signed in unless it is said who."""
        with self.chromium.page(**DESK, **self._signed_in(who), java_script_enabled=with_scripts) as page:
            yield Visitor(page, self.register.address, self.look)

    @contextmanager
    def phone(self, who: str = "", *, with_scripts: bool = True) -> Iterator[Visitor]:
        """Take a phone out."""
        with self.chromium.page(**PHONE, **self._signed_in(who), java_script_enabled=with_scripts) as page:
            yield Visitor(page, self.register.address, self.look, by_touch=True)

    def e_mails(self, who: str) -> list[EmailMessage]:
        """Read what somebody has got by e-mail, the oldest first."""
        return self.e_mails_to(self.members[who].email)

    def e_mails_to(self, address: str) -> list[EmailMessage]:
        """Read what has gone to an address, the oldest first."""
        return e_mails(self.register, address)

    def _signed_in(self, who: str) -> dict[str, Any]:
        return {"storage_state": self.members[who].storage} if who else {}
