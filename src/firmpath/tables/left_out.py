"""What a record has that a table does not hold, so that an export can say so.

The exported rows are read as an import would read them, and the statements that it makes are held against those
of the record. Where nothing is named, importing the table gives the same register, byte for byte.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from firmpath.pathways.facts import (
    DeadEndMarked,
    EntryReinstated,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    Retracted,
    SteppingStoneMarked,
    slot_of,
)
from firmpath.pathways.statement import Statement
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import Row
from firmpath.tables.rows import TableRows
from firmpath.tables.statements import statements_from_table

_Slot = tuple[object, object]

_WITHOUT_A_COLUMN: Final[Mapping[type[Fact], str]] = {
    **dict.fromkeys((SteppingStoneMarked, DeadEndMarked, MarkRemoved), "marks of stepping stones and dead ends"),
    **dict.fromkeys((NoticeOpened, NoticeExtended, NoticeClosed), "notices"),
    EntryReinstated: "reinstatements",
}

_CORRECTIONS: Final = "corrections and what they correct"
_COMING: Final = "statements not yet in effect on that day"
_SUPERSEDED: Final = "statements that have been superseded"
_OTHERS: Final = "statements that it has no cell for"
_IN_ORDER: Final = (
    *dict.fromkeys(_WITHOUT_A_COLUMN.values()),
    _CORRECTIONS,
    _COMING,
    _SUPERSEDED,
    _OTHERS,
    "reasons",
    "days of effect other than those of listing and removal",
    "responsible Parties other than an import's",
    "instants of recording other than an import's",
    "channels other than import",
    "names of those who entered statements",
)


def left_out_of_table(
    statements: Sequence[Statement], rows: Sequence[Row], as_at: date, party: str
) -> tuple[str, ...]:
    """Name what an export of these rows as at a day leaves out of the statements, each kind with its count.

    `party` is the responsible Party that an import gives to what it reads.
    Cost: that of importing the rows.
    """
    imported = _import(rows, party)
    made: dict[_Slot, Statement] = {slot_of(each.fact): each for each in imported}  # type: ignore[arg-type]
    counts = Counter(_lost(statements, made, as_at))
    if not counts and [each._replace(number=0) for each in statements] != [
        each._replace(number=0) for each in imported
    ]:
        return ("the order of the statements",)
    return tuple(f"{name} ({counts[name]})" for name in _IN_ORDER if counts[name])


def _import(rows: Sequence[Row], party: str) -> tuple[Statement, ...]:
    if not rows:
        return ()
    columns: dict[str, Sequence[object]] = dict(zip(COLUMN_NAMES, zip(*rows, strict=True), strict=False))
    return statements_from_table(TableRows("", list(range(len(rows))), columns, {}, []), party)


def _lost(statements: Sequence[Statement], made: Mapping[_Slot, Statement], as_at: date) -> Iterator[str]:
    """Name, once for each loss, the kind of what is lost."""
    corrected = {statement.corrects for statement in statements if statement.corrects}
    latest: dict[_Slot, Statement] = {}
    for statement in statements:
        fact = statement.fact
        if statement.corrects:
            yield _CORRECTIONS
        if statement.number in corrected or isinstance(fact, Retracted):
            continue
        if type(fact) in _WITHOUT_A_COLUMN:
            yield _WITHOUT_A_COLUMN[type(fact)]
            if not isinstance(fact, EntryReinstated):
                continue
        if statement.effective_from > as_at:
            yield _COMING
            continue
        before = latest.get(slot_of(fact))
        if before is None or before.effective_from <= statement.effective_from:
            latest[slot_of(fact)] = statement
        if before is not None:
            yield _SUPERSEDED
    yield from _differences(latest, made)


def _differences(latest: Mapping[_Slot, Statement], made: Mapping[_Slot, Statement]) -> Iterator[str]:
    """Name what an import changes of the statements that hold."""
    for slot, statement in latest.items():
        again = made.get(slot)
        if isinstance(statement.fact, EntryReinstated):
            continue
        if again is None:
            yield _COMING if ("image", slot[1]) not in made else _OTHERS
            continue
        if again.fact != statement.fact:
            yield _OTHERS
        yield from _details(statement, again)


def _details(statement: Statement, again: Statement) -> Iterator[str]:
    if statement.reason:
        yield "reasons"
    if statement.effective_from != again.effective_from:
        yield "days of effect other than those of listing and removal"
    if statement.party != again.party:
        yield "responsible Parties other than an import's"
    if statement.recorded_at != again.recorded_at:
        yield "instants of recording other than an import's"
    if statement.channel != again.channel:
        yield "channels other than import"
    if statement.entered_by:
        yield "names of those who entered statements"
