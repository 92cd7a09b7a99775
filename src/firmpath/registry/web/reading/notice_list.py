"""Every notice on record: those in force, those to come, and those that are closed."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.facts import NoticeOpened, NoticeStep
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.notices import PastNotice, notices_over_time
from firmpath.registry.publication.naming import Naming

_OPEN, _COMING, _CLOSED = NOTICE_STATES = ("Open", "Not open yet", "Closed")


class NoticeShown(NamedTuple):
    """A notice with the upgrades that it is about and what puts it right, in words; and its days."""

    opened: NoticeOpened
    steps: tuple[str, ...]
    fixed_in: str
    opened_on: date
    closed_on: date | NotKnown
    responsible_party: str

    def state(self, on: date) -> str:
        """Say what it is on a day: one of `NOTICE_STATES`."""
        if self.closed_on and self.closed_on <= on:
            return _CLOSED
        return _COMING if self.opened_on > on else _OPEN


def list_notices(register: LivingRegister) -> tuple[NoticeShown, ...]:
    """Give every notice that was opened and not taken back: those not closed first, and of them the latest.

    Cost: linear in the statements about notices.
    """
    naming = Naming(register)
    found = [_shown(naming, each) for each in notices_over_time(register.statements_about_notices())]
    latest_first = sorted(found, key=lambda shown: shown.opened_on, reverse=True)
    return tuple(sorted(latest_first, key=lambda shown: bool(shown.closed_on)))


def _shown(naming: Naming, past: PastNotice) -> NoticeShown:
    opened, opened_on, responsible_party, steps = past.notice
    fixed_in = naming.short(opened.fixed_in) if opened.fixed_in else ""
    return NoticeShown(opened, _in_words(naming, steps), fixed_in, opened_on, past.closed_on, responsible_party)


def _in_words(naming: Naming, steps: tuple[NoticeStep, ...]) -> tuple[str, ...]:
    return tuple(f"{naming.short(step.from_id)} → {naming.short(step.to_id)}" for step in steps)
