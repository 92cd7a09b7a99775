"""A register in memory: what is shared, what is kept, what is refused, and that threads do not disturb it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier, Event

import pytest

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import (
    EntryPublished,
    EntryReinstated,
    EntryWithdrawn,
    Fact,
    NoticeClosed,
    NoticeOpened,
    NoticeStep,
    Retracted,
)
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.kept_catalogues import MOST_DAYS, KeptCatalogues
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.statement import Statement
from tests.notation import ON, statements

_THREADS = 8


def going_on(register: LivingRegister, *facts: Fact) -> list[Statement]:
    last = register.statements[-1]
    return [
        last._replace(number=register.last_number + at, effective_from=ON, fact=fact, corrects=NOT_KNOWN)
        for at, fact in enumerate(facts, 1)
    ]


def at_once(call: Callable[[int], object]) -> list[object]:
    """Call a function in several threads that begin together; whatever one raises is raised here."""
    barrier = Barrier(_THREADS)

    def called(at: int) -> object:
        barrier.wait()
        return call(at)

    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(called, range(_THREADS)))


def test_a_register_without_statements() -> None:
    empty = LivingRegister.build(())
    assert (empty.last_number, empty.last_recorded_at, empty.largest_cpl_entry_id) == (0, NOT_KNOWN, 0)
    assert tuple(empty.statements) == ()
    assert len(empty.catalogue(ON)) == len(empty.entry_as(CPLEntryID(1), ON)) == 0
    assert empty.statements_about(CPLEntryID(1)) == ()
    assert empty.grown(statements("1")).catalogue(ON) == fold(statements("1"), ON)


def test_the_largest_id_counts_entries_that_were_withdrawn_or_are_yet_to_be_listed() -> None:
    register = LivingRegister.build(statements("1 ; 7 withdrawn"))
    assert register.largest_cpl_entry_id == 7
    later = LivingRegister.build(statements("1 ; 9 listed=2030-01-01"))
    assert later.largest_cpl_entry_id == 9
    first = later.statements[0].fact
    assert isinstance(first, EntryPublished)
    assert later.grown(going_on(later, first._replace(cpl_entry_id=CPLEntryID(4)))).largest_cpl_entry_id == 9


def test_a_closure_can_be_taken_back_once_the_register_has_grown() -> None:
    opened = LivingRegister.build(statements("1 <- 2 ; notice N1: 1 -> 2"))
    closed = opened.grown(going_on(opened, NoticeClosed("N1")))
    assert closed.catalogue(ON).notices == ()
    (retracting,) = going_on(closed, Retracted())
    again = closed.grown([retracting._replace(corrects=closed.last_number)])
    assert again.catalogue(ON) == fold(again.statements, ON)
    assert [notice.notice_id for notice in again.catalogue(ON).notices] == ["N1"]
    with pytest.raises(FirmpathError, match="which is open already"):
        again.grown(going_on(again, NoticeOpened("N1", "a name", "a text", ())))


def test_statements_can_be_cut_out_of_the_record() -> None:
    said = statements("1 <- 2 ; 3")
    register = LivingRegister.build(said[:3]).grown(said[3:])
    assert register.statements[1:4] == tuple(said[1:4])
    assert (register.statements[0], register.statements[-1]) == (said[0], said[-1])
    with pytest.raises(IndexError):
        register.statements[len(said)]


def test_an_older_value_does_not_see_what_was_added() -> None:
    register = LivingRegister.build(statements("1 <- 2"))
    register.grown(going_on(register, EntryWithdrawn(CPLEntryID(2))))
    with pytest.raises(IndexError):
        register.statements[register.last_number]
    assert register.statements[-1].number == len(tuple(register.statements)) == register.last_number
    assert not register.catalogue(ON)[CPLEntryID(2)].withdrawn_on


def test_statements_of_two_kinds_are_told_apart_when_a_value_grows_twice() -> None:
    """Named tuples of two kinds are equal where their fields are, and these have the same."""
    register = LivingRegister.build(statements("1 <- 2"))
    withdrawn = register.grown(going_on(register, EntryWithdrawn(CPLEntryID(2))))
    reinstated = register.grown(going_on(register, EntryReinstated(CPLEntryID(2))))
    assert withdrawn.catalogue(ON)[CPLEntryID(2)].withdrawn_on == ON
    assert not reinstated.catalogue(ON)[CPLEntryID(2)].withdrawn_on


def test_a_gap_in_the_numbers_is_refused() -> None:
    register = LivingRegister.build(statements("1"))
    later = going_on(register, EntryWithdrawn(CPLEntryID(1)))[0]._replace(number=5)
    with pytest.raises(FirmpathError) as refused:
        register.grown([later])
    assert str(refused.value) == "Statement 5 stands where statement 3 should; a record has every one, in order"


def test_a_gap_is_refused_once_not_for_all_that_follows() -> None:
    register = LivingRegister.build(statements("1"))
    added = going_on(register, *(EntryWithdrawn(CPLEntryID(1)) for _ in range(3)))
    with pytest.raises(FirmpathError) as refused:
        register.grown(added[1:])
    assert [fault.value for fault in refused.value.faults] == ["4"]


def test_an_instant_that_goes_back_is_refused() -> None:
    register = LivingRegister.build(statements("1"))
    (early,) = going_on(register, EntryWithdrawn(CPLEntryID(1)))
    with pytest.raises(FirmpathError) as refused:
        register.grown([early._replace(recorded_at=early.recorded_at - timedelta(seconds=1))])
    assert str(refused.value) == "Statement 3 is recorded before the statement that it follows"


def test_every_contradiction_is_refused_at_once() -> None:
    register = LivingRegister.build(statements("1 ; notice N1: any -> 1"))
    nowhere = NoticeOpened("N1", "a name", "a text", (NoticeStep(CPLEntryID(8), CPLEntryID(1)),))
    with pytest.raises(FirmpathError) as refused:
        register.grown(going_on(register, nowhere, EntryWithdrawn(CPLEntryID(9)), NoticeClosed("N2")))
    assert [fault.value for fault in refused.value.faults] == ["4", "4", "5", "6"]
    assert "opens the notice 'N1', which is open already" in str(refused.value)


def test_only_a_few_days_are_kept_those_asked_about_most() -> None:
    register = LivingRegister.build(statements("1 <- 2"))
    days = [ON + timedelta(days=each) for each in range(3 * MOST_DAYS)]
    first, *others = [register.catalogue(day) for day in days[:MOST_DAYS]]
    assert register.catalogue(days[0]) is first
    for day in days[MOST_DAYS:]:
        register.catalogue(day)
    assert register.catalogue(days[0]) is first
    assert register.catalogue(days[1]) is not others[0]
    assert register.catalogue(days[1]) == others[0]


def test_what_was_worked_out_is_kept_when_the_register_grows() -> None:
    register = LivingRegister.build(statements("1 <- 2 ; 5 <- 6 ; 5 model=0007 ; 6 model=0007"))
    before = register.catalogue(ON)
    for family in before.families:
        before.upgrades(family)
    grown = register.grown(going_on(register, EntryWithdrawn(CPLEntryID(2)))).catalogue(ON)
    mine, other = before.family_of(CPLEntryID(1)), before.family_of(CPLEntryID(5))
    assert grown.upgrades(other) is before.upgrades(other)
    assert grown.upgrades(mine) != before.upgrades(mine)
    assert grown.families is before.families


def test_what_is_asked_of_a_register_set_apart_leaves_no_trace() -> None:
    register = LivingRegister.build(statements("1 <- 2 <- 3 ; 4 model=0008"))
    shared = register.catalogue(ON)
    derived = set(vars(shared))
    apart = register.apart()
    for day in (ON, ON + timedelta(days=1)):
        own = apart.catalogue(day)
        assert own == fold(register.statements, day)
        for family in own.families:
            own.upgrades(family)
    assert apart.grown(()).catalogue(ON) == shared
    assert (shared.kept_upgrades(), set(vars(shared))) == ({}, derived)
    assert register._kept._kept.keys() == {ON}


def test_a_notice_that_anybody_can_make_up_is_not_kept_as_accepted() -> None:
    listed = LivingRegister.build(statements("1 <- 2 ; notice N1: 1 -> 2")).catalogue(ON)
    (family,) = listed.families
    assert listed.upgrades(family, frozenset({"made up"})) is listed.upgrades(family)
    accepting = listed.upgrades(family, frozenset({"N1"}))
    assert listed.upgrades(family, frozenset({"N1", "made up"})) is accepting is not listed.upgrades(family)


def test_a_day_that_several_threads_ask_about_is_worked_out_once() -> None:
    """The first to come goes on only once another has been let in, or has had every chance to be."""
    kept = KeptCatalogues()
    other_is_in = Event()
    folded: list[Catalogue] = []

    def fold_anew(as_at: date) -> Catalogue:
        found = Catalogue(as_at, {})
        folded.append(found)
        if len(folded) > 1:
            other_is_in.set()
        other_is_in.wait(0.2)
        return found

    found = at_once(lambda at: kept.get(ON, fold_anew, lambda earlier: earlier.catalogue))
    assert len(folded) == 1
    assert all(each is folded[0] for each in found)


def test_threads_that_ask_for_a_day_at_once_get_one_catalogue() -> None:
    register = LivingRegister.build(statements(" <- ".join(map(str, range(1, 200)))))
    found = at_once(lambda at: register.catalogue(ON))
    assert all(each is found[0] for each in found)


def test_threads_that_grow_one_value_at_once_get_the_same_contents() -> None:
    register = LivingRegister.build(statements("1 <- 2 <- 3"))
    added = going_on(register, EntryWithdrawn(CPLEntryID(2)))
    grown = at_once(lambda at: register.grown(added))
    expected = [*register.statements, *added]
    assert all(isinstance(each, LivingRegister) and list(each.statements) == expected for each in grown)


def test_threads_read_and_grow_side_by_side() -> None:
    """One thread adds entries; the others ask all that the values before and after it can be asked."""
    registers = [LivingRegister.build(statements("1 <- 2 <- 3 ; notice N1: 1 -> 2"))]
    first = registers[0].statements[0]
    assert isinstance(first.fact, EntryPublished)
    pattern = first.fact

    def grow() -> None:
        for new in range(10, 150):
            fact = pattern._replace(cpl_entry_id=CPLEntryID(new))
            registers.append(registers[-1].grown(going_on(registers[-1], fact)))

    def ask() -> None:
        for _ in range(120):
            register = registers[-1]
            listed = register.catalogue(ON)
            assert len(listed) == register.last_number - 4
            (family,) = listed.families
            assert len(listed.upgrades(family).entries) == len(listed)
            assert len(register.history_of(CPLEntryID(1))) == 3
            assert register.entry_as(CPLEntryID(2), date(2030, 1, 1)).entries == listed.entries

    at_once(lambda at: ask() if at else grow())
    assert registers[-1].catalogue(ON) == fold(registers[-1].statements, ON)
