"""Notices on record, open and closed, for the pages that show them."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeOpened
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.statement import Statement


class PastNotice(NamedTuple):
    """A notice that was open once: the statements that opened and closed it."""

    opened: Statement
    closed: Statement

    @property
    def notice_id(self) -> str:
        """The id of the notice."""
        fact = self.opened.fact
        return fact.notice_id if isinstance(fact, NoticeOpened) else ""


def past_notices(register: LivingRegister, today: date) -> tuple[PastNotice, ...]:
    """Give the notices that are closed by a day, the last that was closed first.

    Cost: linear in the statements.
    """
    corrected = {each.corrects for each in register.statements if each.corrects}
    standing = [each for each in register.statements if each.number not in corrected]
    open_now = {each.notice_id for each in register.catalogue(today).notices}
    opened = {each.fact.notice_id: each for each in standing if isinstance(each.fact, NoticeOpened)}
    closed = {
        each.fact.notice_id: PastNotice(opened[each.fact.notice_id], each)
        for each in standing
        if isinstance(each.fact, NoticeClosed)
        and each.effective_from <= today
        and each.fact.notice_id not in open_now
    }
    return tuple(sorted(closed.values(), key=_closed_at, reverse=True))


def _closed_at(past: PastNotice) -> tuple[date, int]:
    return past.closed.effective_from, past.closed.number


def used_notice_ids(register: LivingRegister) -> frozenset[str]:
    """Give the ids of all notices that were ever opened."""
    return frozenset(each.fact.notice_id for each in register.statements if isinstance(each.fact, NoticeOpened))
