"""The whole record in memory: the CPL of any day, everything about any entry, and growth in little time.

A value: to grow is to give another one, and the old one stays as it is for the threads that still use it. What they
share only ever grows. Source: DESIGN decision 2.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple, TypeVar

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.changed_catalogue import continue_catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.comparison import Touched
from firmpath.pathways.facts import EntryPublished
from firmpath.pathways.faults import refuse_if_any
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.history import PastStatement, history_of
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.kept_catalogues import Earlier, KeptCatalogues
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.one_family import family_on_record, restricted_to
from firmpath.pathways.record import Seen, faults_of_more, faults_of_numbers
from firmpath.pathways.rehearsal import (
    Rehearsal,
    day_of_rehearsal,
    faults_of_used_again,
    numbered_on,
    rehearsal_of,
)
from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_index import Continued, NumbersUpTo, StatementIndex

_Key = TypeVar("_Key")


class _State(NamedTuple):
    """What the last statement of a record leaves behind for those that follow it."""

    last_number: int = 0
    last_recorded_at: datetime | NotKnown = NOT_KNOWN
    largest_cpl_entry_id: int = 0
    open_notices: frozenset[str] = frozenset()
    closures: Mapping[str, Statement] = {}


class LivingRegister:
    """A record as long as it was when this value was made. Threads may share it.

    `statements` are all of them, in order of their numbers, which begin at 1.
    """

    def __init__(self, index: StatementIndex, state: _State, kept: KeptCatalogues) -> None:
        self._index = index
        self._state = state
        self._kept = kept
        self.statements: Sequence[Statement] = Continued(index.statements, state.last_number)

    @classmethod
    def build(cls, statements: Iterable[Statement]) -> "LivingRegister":
        """Take in a whole record.

        Cost: linear.
        :raises FirmpathError: the statements contradict one another, or some are missing; every such fault.
        """
        empty = cls(StatementIndex(), _State(), KeptCatalogues())
        with collection_paused():
            return empty.grown(sorted(statements, key=attrgetter("number")))

    def grown(self, added: Sequence[Statement]) -> "LivingRegister":
        """Go on with further statements, numbered on from these.

        Cost: linear in the statements that are added; in all of them where this value has grown otherwise before.
        :raises FirmpathError: they contradict the record, or some are missing; every such fault.
        """
        refuse_if_any(faults_of_numbers(added, self.last_number, self.last_recorded_at))
        state = self._checked(added)
        index = self._index.continued(self.last_number, added)
        return LivingRegister(index, state, KeptCatalogues(self._kept.as_earlier(self.last_number)))

    def apart(self) -> "LivingRegister":
        """Give the same record with Catalogues of its own: what is asked of it leaves no trace here.

        Cost: nothing; a day that is kept here takes a copy when it is asked for, any other as `catalogue`.
        """
        earlier = self._kept.as_earlier(self.last_number)
        kept = KeptCatalogues({day: _bare(each) for day, each in earlier.items()})
        return LivingRegister(self._index, self._state, kept)

    @property
    def last_number(self) -> int:
        """The number of the last statement, and how many there are; 0 where there is none."""
        return self._state.last_number

    @property
    def last_recorded_at(self) -> datetime | NotKnown:
        """The instant at which the last statement was recorded."""
        return self._state.last_recorded_at

    @property
    def largest_cpl_entry_id(self) -> int:
        """The largest id that was ever published, withdrawn entries included; 0 where there is none."""
        return self._state.largest_cpl_entry_id

    def catalogue(self, as_at: date) -> Catalogue:
        """Give the CPL of a day: what `fold` gives of all the statements.

        Cost: nothing for a day that is kept; for one that was before the register grew, as `continue_catalogue`;
        linear for any other.
        """
        return self._kept.get(as_at, self._folded, self._continued)

    def statements_about(self, cpl_entry_id: CPLEntryID) -> tuple[Statement, ...]:
        """Give every statement about an entry, and about notices that name it, in order of their numbers.

        Cost: linear in these, and in all about the notices.
        """
        return tuple(past.statement for past in self.history_of(cpl_entry_id))

    def statements_about_notices(self) -> tuple[Statement, ...]:
        """Give every statement about a notice, retractions included, in order of their numbers.

        Cost: linear in these.
        """
        return tuple(self._numbered(self._index.numbers_about_notices(self.last_number)))

    def corrected_by(self, number: int) -> int:
        """Give the number of the statement that corrects a statement; 0 where none does."""
        return NumbersUpTo(self._index.corrected_by, self.last_number).get(number, 0)

    def numbers_about_models(self, is_sought: Callable[[EntryPublished], bool]) -> list[int]:
        """Give the numbers of the statements about every entry that was ever published so that it is sought.

        Cost: linear in the entries, and in those statements.
        """
        last, index = self.last_number, self._index
        found: set[int] = set()
        for cpl_entry_id in self._published:
            about = index.numbers_about(cpl_entry_id, last)
            facts = (index.statements[number - 1].fact for number in about)
            if any(isinstance(fact, EntryPublished) and is_sought(fact) for fact in facts):
                found.update(about)
        return sorted(found)

    def history_of(self, cpl_entry_id: CPLEntryID) -> tuple[PastStatement, ...]:
        """Give what was stated about an entry over time: what `history_of` gives of all the statements.

        Cost: as `statements_about`.
        """
        numbers = set(self._index.numbers_about(cpl_entry_id, self.last_number))
        for notice_id in self._index.notices_naming(cpl_entry_id):
            numbers.update(self._index.numbers_about(notice_id, self.last_number))
        return history_of(self._numbered(numbers), cpl_entry_id)

    def entry_as(
        self, cpl_entry_id: CPLEntryID, as_at: date, known_at: datetime | NotKnown = NOT_KNOWN
    ) -> Catalogue:
        """Give the CPL of a day, as it was known at an instant, with no other HardwareFamily than that of an entry.

        It has every notice. Where the entry was not on record yet, it has no entries.
        Cost: linear in the statements about the family, and about notices.
        """
        last = self.last_number
        own = _known_by(known_at, self._numbered(self._index.numbers_about(cpl_entry_id, last)))
        family = family_on_record(fold_sound(own, as_at), cpl_entry_id)
        ids = () if isinstance(family, NotKnown) else self._index.ever_in_family(family)
        numbers = {number for each in ids for number in self._index.numbers_about(each, last)}
        numbers.update(self._index.numbers_about_notices(last))
        known = _known_by(known_at, self._numbered(numbers))
        return restricted_to(family, fold_sound(known, as_at))

    def rehearse(self, submission: Sequence[Statement], on: date) -> Rehearsal:
        """Show what the statements of a submission would do: what `rehearse` gives of all the statements.

        Cost: that of `catalogue` for the day, and of judging and comparing the families that are touched.
        :raises FirmpathError: the submission contradicts the record; every such fault.
        """
        return rehearsal_of(*self._without_and_with(submission, day_of_rehearsal(submission, on)))

    def without_and_with(self, submission: Sequence[Statement], on: date) -> tuple[Catalogue, Catalogue]:
        """Give the CPL of a day without the statements of a submission and with them, and judge neither.

        Cost: that of `catalogue` for the day, and of a copy.
        :raises FirmpathError: the submission contradicts the record; every such fault.
        """
        before, after, _, _ = self._without_and_with(submission, on)
        return before, after

    def _without_and_with(
        self, submission: Sequence[Statement], on: date
    ) -> tuple[Catalogue, Catalogue, tuple[Statement, ...], Touched]:
        refuse_if_any(faults_of_used_again(self._published, submission))
        added = numbered_on(submission, self.last_number, self.last_recorded_at)
        self._checked(added)
        before = self.catalogue(on)
        after, touched = continue_catalogue(before, self._index, self.last_number, added)
        return before, after, added, touched

    @property
    def _published(self) -> NumbersUpTo[CPLEntryID]:
        return NumbersUpTo(self._index.published, self.last_number)

    def _checked(self, added: Sequence[Statement]) -> _State:
        """Give the state that statements leave behind that are added.

        :raises FirmpathError: they contradict the record; every such fault.
        """
        state = self._state
        seen = Seen(
            Continued(self._index.statements, state.last_number, added),
            _noted_beside(self._published),
            set(state.open_notices),
            dict(state.closures),
            _noted_beside(NumbersUpTo(self._index.corrected_by, state.last_number)),
        )
        refuse_if_any(faults_of_more(added, seen))
        if not added:
            return state
        new = (each.fact.cpl_entry_id for each in added if isinstance(each.fact, EntryPublished))
        largest = max(new, default=0)
        return _State(
            added[-1].number,
            added[-1].recorded_at,
            max(largest, state.largest_cpl_entry_id),
            frozenset(seen.notices),
            seen.closures,
        )

    def _folded(self, as_at: date) -> Catalogue:
        with collection_paused():
            return fold_sound(self.statements, as_at)

    def _continued(self, earlier: Earlier) -> Catalogue:
        added = self.statements[earlier.last :]
        return continue_catalogue(earlier.catalogue, self._index, earlier.last, added)[0]

    def _numbered(self, numbers: Iterable[int]) -> list[Statement]:
        return [self._index.statements[number - 1] for number in sorted(numbers)]


def _bare(earlier: Earlier) -> Earlier:
    shared = earlier.catalogue
    return earlier._replace(catalogue=Catalogue(shared.as_at, shared.entries, shared.notices, shared.ahead))


def _noted_beside(numbers: NumbersUpTo[_Key]) -> ChainMap[_Key, int]:
    """Give a mapping in which more can be noted, and the one beside it stays as it is."""
    return ChainMap({}, numbers)  # type: ignore[arg-type]  # only the first of a chain is ever written to


def _known_by(known_at: datetime | NotKnown, statements: Iterable[Statement]) -> Iterator[Statement]:
    return (statement for statement in statements if not known_at or statement.recorded_at <= known_at)
