"""What a record has that a table has no column for, so that an export can say so."""

from collections.abc import Iterable, Iterator

from firmpath.pathways.facts import (
    DeadEndMarked,
    EntryReinstated,
    Fact,
    MarkRemoved,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    SteppingStoneMarked,
)
from firmpath.pathways.statement import Statement

_KINDS: tuple[tuple[str, tuple[type[Fact], ...]], ...] = (
    ("marks of stepping stones and dead ends", (SteppingStoneMarked, DeadEndMarked, MarkRemoved)),
    ("notices", (NoticeOpened, NoticeExtended, NoticeClosed)),
    ("reinstatements", (EntryReinstated,)),
)


def left_out_of_table(statements: Iterable[Statement]) -> Iterator[str]:
    """Name the kinds of statement that an export as a table leaves out, each with its count."""
    statements = tuple(statements)
    for name, kinds in _KINDS:
        yield from _counted(name, sum(isinstance(statement.fact, kinds) for statement in statements))
    yield from _counted("corrections and what they correct", sum(bool(each.corrects) for each in statements))
    yield from _counted("reasons", sum(bool(each.reason) for each in statements))


def _counted(name: str, count: int) -> Iterator[str]:
    if count:
        yield f"{name} ({count})"
