"""Notices on record, open and closed, for the pages that show them."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeFact, NoticeOpened
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

    Cost: linear in the statements about notices.
    """
    standing = standing_about_notices(register)
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


def standing_about_notices(register: LivingRegister) -> tuple[Statement, ...]:
    """Give the statements about notices that nothing has corrected, in order of their numbers."""
    found = register.statements_about_notices()
    corrected = {each.corrects for each in found if each.corrects}
    return tuple(each for each in found if each.number not in corrected and isinstance(each.fact, NoticeFact))


def standing_about_notice(register: LivingRegister, notice_id: str) -> tuple[Statement, ...]:
    """Give the statements about one notice that nothing has corrected, in order of their numbers."""
    standing = standing_about_notices(register)
    return tuple(each for each in standing if isinstance(each.fact, NoticeFact) and each.fact.notice_id == notice_id)


def _closed_at(past: PastNotice) -> tuple[date, int]:
    return past.closed.effective_from, past.closed.number


def used_notice_ids(register: LivingRegister) -> frozenset[str]:
    """Give the ids of all notices that were ever opened."""
    about = register.statements_about_notices()
    return frozenset(each.fact.notice_id for each in about if isinstance(each.fact, NoticeOpened))
