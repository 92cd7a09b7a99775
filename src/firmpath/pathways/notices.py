"""Notices: warnings about upgrades, opened, extended and closed by statements.

A step under an open notice is not offered unless the notice is accepted by name. Source: FEATURES F15.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeOpened, NoticeStep
from firmpath.pathways.identifiers import CPLEntryID
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


def open_notices(statements: Iterable[Statement]) -> tuple[Notice, ...]:
    """Give the notices still open after these statements about notices, in order of their ids.

    An extension that is dated before the opening counts once the notice is open: to drop it would be to offer an
    upgrade that somebody has warned of.
    """
    notices: dict[str, Notice] = {}
    waiting: dict[str, tuple[NoticeStep, ...]] = {}
    for statement in sorted(statements, key=lambda each: (each.effective_from, each.number)):
        fact = statement.fact
        if isinstance(fact, NoticeOpened):
            steps = fact.steps + waiting.pop(fact.notice_id, ())
            notices[fact.notice_id] = Notice(fact, statement.effective_from, statement.party, steps)
        elif isinstance(fact, NoticeExtended):
            notice = notices.get(fact.notice_id)
            if notice:
                notices[fact.notice_id] = notice._replace(steps=notice.steps + fact.steps)
            else:
                waiting[fact.notice_id] = waiting.get(fact.notice_id, ()) + fact.steps
        elif isinstance(fact, NoticeClosed):
            notices.pop(fact.notice_id, None)
    return tuple(notice for _, notice in sorted(notices.items()))
