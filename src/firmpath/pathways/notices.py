"""Notices: warnings about upgrades, opened, extended and closed by statements.

A step under an open notice is not offered unless the notice is accepted by name. Source: FEATURES F15.
"""

from collections.abc import Iterable, Mapping
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
    """A notice over time: what opened it, what it came to be, and what closed it."""

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


def open_notices(stand: Iterable[Statement], corrects: Mapping[int, int]) -> tuple[Notice, ...]:
    """Give the notices still open after these statements about notices, in order of their ids.

    `stand` are those that nothing has corrected; `corrects` leads from each correction to what it corrects. Where a
    notice was opened again before it was closed, it covers what either opening did.
    """
    found: dict[str, Notice] = {}
    for past in _over_time(stand, corrects):
        if not past.closed:
            before = found.get(past.notice_id)
            steps = tuple(dict.fromkeys((*before.steps, *past.notice.steps))) if before else past.notice.steps
            found[past.notice_id] = past.notice._replace(steps=steps)
    return tuple(found.values())


def notices_over_time(statements: Iterable[Statement]) -> tuple[PastNotice, ...]:
    """Give every notice that was opened, closed or not, in order of ids, then of time; what was corrected is none.

    An extension that is dated before the opening counts once the notice is open: to drop it would be to offer an
    upgrade that somebody has warned of. For the same reason a closure ends only what had been opened when it was
    recorded: whoever opens a notice again has seen that it is to be closed.
    Cost: that of sorting the statements.
    """
    known = tuple(statements)
    corrects = {each.number: each.corrects for each in known if each.corrects}
    corrected = set(corrects.values())
    return _over_time((each for each in known if each.number not in corrected), corrects)


class _Extension(NamedTuple):
    """Further steps, where they stand in the record, and whether they have come to anything."""

    recorded: int
    steps: tuple[NoticeStep, ...]
    has_counted: bool


def _over_time(stand: Iterable[Statement], corrects: Mapping[int, int]) -> tuple[PastNotice, ...]:
    open_now: dict[str, dict[int, PastNotice]] = {}
    extensions: dict[str, list[_Extension]] = {}
    past: list[PastNotice] = []
    for statement in sorted(stand, key=lambda each: (each.effective_from, each.number)):
        fact, recorded = statement.fact, _first_recorded(statement.number, corrects)
        if isinstance(fact, NoticeOpened):
            said = extensions.get(fact.notice_id, [])
            counting = [each for each in said if not each.has_counted or each.recorded > recorded]
            steps = (*fact.steps, *(step for each in counting for step in each.steps))
            notice = Notice(fact, statement.effective_from, statement.party, steps)
            open_now.setdefault(fact.notice_id, {})[recorded] = PastNotice(statement, notice)
            extensions[fact.notice_id] = [each._replace(has_counted=True) for each in said]
        elif isinstance(fact, NoticeExtended):
            is_open = open_now.get(fact.notice_id, {})
            is_open |= {opening: each.extended(fact.steps) for opening, each in is_open.items()}
            extensions.setdefault(fact.notice_id, []).append(_Extension(recorded, fact.steps, bool(is_open)))
        elif isinstance(fact, NoticeClosed):
            is_open = open_now.get(fact.notice_id, {})
            for opening in [each for each in is_open if each < recorded]:
                past.append(is_open.pop(opening)._replace(closed=statement))
    past += (each for is_open in open_now.values() for each in is_open.values())
    return tuple(sorted(past, key=lambda each: (each.notice_id, each.notice.opened_on, each.opened.number)))


def _first_recorded(number: int, corrects: Mapping[int, int]) -> int:
    """Give the number of what a statement corrects in the end; its own where it corrects nothing."""
    while number in corrects:
        number = corrects[number]
    return number
