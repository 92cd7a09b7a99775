"""What was stated about one entry over time: the original of every correction stays readable.

Source: DESIGN decision 1; FEATURES F9 and F12.
"""

from collections.abc import Sequence
from typing import NamedTuple

from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeOpened, Retracted, entries_of
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Statement


class PastStatement(NamedTuple):
    """A statement, and the number of the one that corrected it; 0 where it stands."""

    statement: Statement
    corrected_by: int


def history_of(statements: Sequence[Statement], cpl_entry_id: CPLEntryID) -> tuple[PastStatement, ...]:
    """Give every statement about an entry, and about notices that name it, in order of their numbers.

    Cost: linear in the statements.
    """
    corrected_by = {statement.corrects: statement.number for statement in statements if statement.corrects}
    about: set[int] = set()
    notices: set[str] = set()
    for statement in statements:
        if _is_about(statement, cpl_entry_id, about, notices):
            about.add(statement.number)
    return tuple(
        PastStatement(statement, corrected_by.get(statement.number, 0))
        for statement in statements
        if statement.number in about
    )


def _is_about(statement: Statement, cpl_entry_id: CPLEntryID, about: set[int], notices: set[str]) -> bool:
    fact = statement.fact
    match fact:
        case Retracted():
            return statement.corrects in about
        case NoticeOpened() | NoticeExtended():
            if cpl_entry_id in entries_of(fact):
                notices.add(fact.notice_id)
            return fact.notice_id in notices
        case NoticeClosed():
            return fact.notice_id in notices
        case _:
            return fact.cpl_entry_id == cpl_entry_id
