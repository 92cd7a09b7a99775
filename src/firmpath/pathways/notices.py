"""Notices: warnings about upgrades, opened, extended and closed by statements.

A step under an open notice is not offered unless the notice is accepted by name. Source: FEATURES F15.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeOpened, NoticeStep
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Statement


class Notice(NamedTuple):
    """A notice that is open on the day asked about; `steps` are all that it has come to cover."""

    opened: NoticeOpened
    opened_on: date
    responsible_party: str
    steps: tuple[NoticeStep, ...]

    @property
    def notice_id(self) -> str:
        """The id by which the notice is accepted, extended and closed."""
        return self.opened.notice_id

    def covers(self, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
        """Say whether this notice is about the upgrade from `from_id` to `to_id`."""
        return any(step.covers(from_id, to_id) for step in self.steps)


class PastNotice(NamedTuple):
    """A notice over time: what opened it, what it came to be, and what closed it or opened it anew."""

    opened: Statement
    notice: Notice
    closed: Statement | NotKnown = NOT_KNOWN

    @property
    def notice_id(self) -> str:
        """The id of the notice."""
        return self.notice.notice_id

    @property
    def closed_on(self) -> date | NotKnown:
        """The day from which it is closed, perhaps one to come; not known while nobody has closed it."""
        return self.closed.effective_from if self.closed else NOT_KNOWN

    def extended(self, steps: tuple[NoticeStep, ...]) -> "PastNotice":
        """Return this notice with further steps."""
        return self._replace(notice=self.notice._replace(steps=self.notice.steps + steps))


def open_notices(statements: Iterable[Statement]) -> tuple[Notice, ...]:
    """Give the notices still open after these statements about notices, in order of their ids."""
    return tuple(each.notice for each in notices_over_time(statements) if not each.closed)


def notices_over_time(statements: Iterable[Statement]) -> tuple[PastNotice, ...]:
    """Give every notice that was opened, closed or not, in order of ids, then of time; what was corrected is none.

    An extension that is dated before the opening counts once the notice is open: to drop it would be to offer an
    upgrade that somebody has warned of.
    Cost: that of sorting the statements.
    """
    known = tuple(statements)
    corrected = {each.corrects for each in known if each.corrects}
    stand = (each for each in known if each.number not in corrected)
    open_now: dict[str, PastNotice] = {}
    waiting: dict[str, tuple[NoticeStep, ...]] = {}
    past: list[PastNotice] = []
    for statement in sorted(stand, key=lambda each: (each.effective_from, each.number)):
        fact = statement.fact
        if isinstance(fact, NoticeOpened):
            steps = fact.steps + waiting.pop(fact.notice_id, ())
            notice = Notice(fact, statement.effective_from, statement.party, steps)
            if fact.notice_id in open_now:
                past.append(open_now[fact.notice_id]._replace(closed=statement))
            open_now[fact.notice_id] = PastNotice(statement, notice)
        elif isinstance(fact, NoticeExtended) and fact.notice_id in open_now:
            open_now[fact.notice_id] = open_now[fact.notice_id].extended(fact.steps)
        elif isinstance(fact, NoticeExtended):
            waiting[fact.notice_id] = waiting.get(fact.notice_id, ()) + fact.steps
        elif isinstance(fact, NoticeClosed) and fact.notice_id in open_now:
            past.append(open_now.pop(fact.notice_id)._replace(closed=statement))
    return tuple(sorted((*past, *open_now.values()), key=lambda each: (each.notice_id, each.notice.opened_on)))
