"""What each statement of a record is about, in an index that only ever grows.

One index serves every length that its record has had: who asks says how many statements are to be looked at, so
one thread can go on reading what another has added to. Source: DESIGN decision 2.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain, islice
from threading import Lock
from typing import TypeVar, overload

from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import (
    EntryPublished,
    Retracted,
    entries_of,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Statement

Subject = CPLEntryID | str
"""What a statement is about: an entry, or a notice by its id."""

_Key = TypeVar("_Key")


class Continued(Sequence[Statement]):
    """The first so many statements of a list that may have grown since, and others that go on from these."""

    def __init__(self, statements: Sequence[Statement], length: int, added: Sequence[Statement] = ()) -> None:
        self._statements = statements
        self._length = length
        self._added = added

    def __len__(self) -> int:
        return self._length + len(self._added)

    @overload
    def __getitem__(self, at: int) -> Statement: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, at: int | slice) -> Statement | tuple[Statement, ...]:
        places = range(len(self))[at]
        return tuple(map(self._at, places)) if isinstance(places, range) else self._at(places)

    def __iter__(self) -> Iterator[Statement]:
        return chain(islice(self._statements, self._length), self._added)

    def _at(self, place: int) -> Statement:
        return self._statements[place] if place < self._length else self._added[place - self._length]


class NumbersUpTo(Mapping[_Key, int]):
    """The part of a mapping to numbers that had been made when a record was so long.

    To go through it is linear in the whole; to look one up is not.
    """

    def __init__(self, numbers: Mapping[_Key, int], last: int) -> None:
        self._numbers = numbers
        self._last = last

    def __getitem__(self, key: _Key) -> int:
        number = self._numbers[key]
        if number > self._last:
            raise KeyError(key)
        return number

    def __iter__(self) -> Iterator[_Key]:
        return (key for key, number in tuple(self._numbers.items()) if number <= self._last)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class StatementIndex:
    """The statements of a sound record numbered from 1, and by what each is about the numbers of those that are.

    `published` leads to the first statement about an entry, `corrected_by` from a statement to its correction.
    Cost: as linear as the statements, about a microsecond each.
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        self.statements: list[Statement] = []
        self.published: MutableMapping[CPLEntryID, int] = {}
        self.corrected_by: MutableMapping[int, int] = {}
        self._about: dict[Subject, list[int]] = {}
        self._about_notices: list[int] = []
        self._naming: dict[CPLEntryID, dict[str, None]] = {}
        self._in_family: dict[HardwareFamily, dict[CPLEntryID, None]] = {}
        self._growing = Lock()
        self._add(statements)

    def continued(self, last: int, added: Sequence[Statement]) -> "StatementIndex":
        """Give an index whose statements up to number `last` are these, and go on with those that are added.

        It is this one, unless this one has been continued otherwise since.
        Cost: linear in those that are added; in all up to `last` where this one goes on otherwise.
        """
        with self._growing:
            if len(self.statements) == last:
                self._add(added)
                return self
            if _are_the_same(self.statements[last : last + len(added)], added):
                return self
        return StatementIndex((*islice(self.statements, last), *added))

    def numbers_about(self, subject: Subject, last: int) -> list[int]:
        """Give the numbers up to `last` of the statements about an entry or notice, retractions included."""
        numbers = self._about.get(subject, [])
        return numbers[: bisect_right(numbers, last)]

    def numbers_about_notices(self, last: int) -> list[int]:
        """Give the numbers up to `last` of the statements about any notice, retractions included."""
        return self._about_notices[: bisect_right(self._about_notices, last)]

    def notices_naming(self, cpl_entry_id: CPLEntryID) -> list[str]:
        """Give the ids of the notices that have come to name an entry, by the latest statements too."""
        return list(self._naming.get(cpl_entry_id, ()))

    def ever_in_family(self, family: HardwareFamily) -> list[CPLEntryID]:
        """Give the ids that statements have put into a HardwareFamily, even if but once, by the latest ones too."""
        return list(self._in_family.get(family, ()))

    def _add(self, added: Iterable[Statement]) -> None:
        """Add statements, each to the list only once all else about it has been noted."""
        for statement in added:
            number, fact, corrects = statement.number, statement.fact, statement.corrects
            if corrects:
                self.corrected_by[corrects] = number
            subject = subject_of(statement, self.statements)
            self._about.setdefault(subject, []).append(number)
            if isinstance(fact, EntryPublished):
                self.published.setdefault(fact.cpl_entry_id, number)
                family = fact.device_model.hardware_model.family
                self._in_family.setdefault(family, {}).setdefault(fact.cpl_entry_id)
            elif isinstance(subject, str):
                self._about_notices.append(number)
                for cpl_entry_id in entries_of(fact):
                    self._naming.setdefault(cpl_entry_id, {}).setdefault(subject)
            self.statements.append(statement)


def _are_the_same(some: Sequence[Statement], others: Sequence[Statement]) -> bool:
    """Say whether statements have the same lines: facts of two kinds are equal where their fields are."""
    return list(map(write_line, some)) == list(map(write_line, others))


def subject_of(statement: Statement, statements: Sequence[Statement]) -> Subject:
    """Say what a statement is about; a retraction is about the same as what it retracts, found by its number."""
    fact = statement.fact
    if isinstance(fact, Retracted):
        return subject_of(statements[statement.corrects - 1], statements)  # type: ignore[operator]  # in a sound record
    return fact[0]
