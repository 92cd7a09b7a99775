"""Notices on record, open and closed, for the pages that show them."""

from datetime import date

from firmpath.pathways.facts import NoticeFact, NoticeOpened
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.notices import PastNotice, notices_over_time
from firmpath.pathways.statement import Statement


def past_notices(register: LivingRegister, today: date) -> tuple[PastNotice, ...]:
    """Give the notices that are closed by a day, the last that was closed first.

    Cost: linear in the statements about notices.
    """
    found = notices_over_time(register.statements_about_notices())
    closed = [each for each in found if each.closed_on and each.closed_on <= today]
    return tuple(sorted(closed, key=lambda each: (each.closed_on, each.opened.number), reverse=True))


def standing_about_notices(register: LivingRegister) -> tuple[Statement, ...]:
    """Give the statements about notices that nothing has corrected, in order of their numbers."""
    found = register.statements_about_notices()
    corrected = {each.corrects for each in found if each.corrects}
    return tuple(each for each in found if each.number not in corrected and isinstance(each.fact, NoticeFact))


def standing_about_notice(register: LivingRegister, notice_id: str) -> tuple[Statement, ...]:
    """Give the statements about one notice that nothing has corrected, in order of their numbers."""
    standing = standing_about_notices(register)
    return tuple(
        each for each in standing if isinstance(each.fact, NoticeFact) and each.fact.notice_id == notice_id
    )


def used_notice_ids(register: LivingRegister) -> frozenset[str]:
    """Give the ids of all notices that were ever opened."""
    about = register.statements_about_notices()
    return frozenset(each.fact.notice_id for each in about if isinstance(each.fact, NoticeOpened))
