"""What is promised of folding statements, whatever the statements."""

import random as randomness
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    EntryPublished,
    NoticeClosed,
    NoticeExtended,
    NoticeOpened,
    Retracted,
)
from firmpath.pathways.fold import fold
from firmpath.pathways.statement import Statement
from tests.properties.records import DAYS, MANY, records

A_DAY = st.sampled_from(DAYS)


@MANY
@given(records(), A_DAY, st.randoms())
def test_the_order_in_which_statements_are_given_does_not_matter(
    statements: list[Statement], day: date, random: randomness.Random
) -> None:
    shuffled = random.sample(statements, len(statements))
    assert fold(shuffled, day) == fold(statements, day)


@settings(MANY, suppress_health_check=[HealthCheck.filter_too_much])  # many neighbours are about the same thing
@given(records(), A_DAY, st.integers(0, 1_000))
def test_two_neighbours_about_different_things_can_change_places(
    statements: list[Statement], day: date, at: int
) -> None:
    """Their numbers change; nothing else does, so long as neither publishes, opens or corrects for the other."""
    at %= len(statements)
    assume(at + 1 < len(statements))
    first, second = statements[at : at + 2]
    founding = EntryPublished | NoticeOpened
    assume(not first.corrects and not second.corrects)
    assume(not isinstance(first.fact, founding | Retracted) and not isinstance(second.fact, founding | Retracted))
    assert not isinstance(first.fact, Retracted)
    assert not isinstance(second.fact, Retracted)
    assume(first.fact[0] != second.fact[0])
    renumbered = {first.number: second.number, second.number: first.number}
    swapped = [
        each._replace(
            number=renumbered.get(each.number, each.number),
            corrects=renumbered.get(each.corrects, each.corrects) if each.corrects else each.corrects,
        )
        for each in statements
    ]
    assert fold(swapped, day) == fold(statements, day)


@MANY
@given(records(), A_DAY, st.integers(0, 1_000))
def test_what_was_known_then_is_what_had_been_recorded_by_then(
    statements: list[Statement], day: date, at: int
) -> None:
    instant = statements[at % len(statements)].recorded_at
    recorded = [each for each in statements if each.recorded_at <= instant]
    assert fold(statements, day, instant) == fold(recorded, day)
    just_before = instant - timedelta(seconds=1)
    earlier = [each for each in statements if each.recorded_at < instant]
    assert fold(statements, day, just_before) == fold(earlier, day)


@MANY
@given(records(), A_DAY)
def test_what_takes_effect_later_changes_nothing_today(statements: list[Statement], day: date) -> None:
    """Except corrections: those count from the instant at which they are recorded."""
    later = {each.number for each in statements if each.effective_from > day}
    corrected = {each.corrects for each in statements}
    assume(not any(each.corrects for each in statements if each.number in later))
    founding = EntryPublished | NoticeOpened | NoticeClosed  # what later statements stand on
    kept = {each.number for each in statements if isinstance(each.fact, founding)}
    dropped = later - corrected - kept
    without, folded = fold([each for each in statements if each.number not in dropped], day), fold(statements, day)
    assert without.entries == folded.entries
    assert without.notices == folded.notices
    assert without.not_yet_listed == folded.not_yet_listed


@MANY
@given(records(), A_DAY)
def test_a_correction_that_is_not_yet_known_leaves_the_original_in_force(
    statements: list[Statement], day: date
) -> None:
    last = statements[-1]
    original = next((each for each in statements if not each.corrects and takes_a_base(each)), None)
    assume(original is not None)
    assert original is not None
    assume(original.number not in {each.corrects for each in statements})
    correction = last._replace(
        number=last.number + 1,
        recorded_at=last.recorded_at + timedelta(seconds=1),
        fact=Retracted(),
        corrects=original.number,
    )
    corrected = [*statements, correction]
    assert fold(corrected, day, last.recorded_at) == fold(statements, day)
    without = [each for each in statements if each.number != original.number]
    assert fold(corrected, day) == fold(without, day)


def takes_a_base(statement: Statement) -> bool:
    return isinstance(statement.fact, BaseFirmwareDeclared)


@MANY
@given(records())
def test_days_between_two_effective_dates_are_alike(statements: list[Statement]) -> None:
    """A Catalogue changes on the days that the statements name, and on no other."""
    far, farther = DAYS[-1] + timedelta(days=10), DAYS[-1] + timedelta(days=11)
    assert fold(statements, far).entries == fold(statements, farther).entries
    assert fold(statements, far).notices == fold(statements, farther).notices
    assert len(fold(statements, DAYS[0] - timedelta(days=1))) == 0


@MANY
@given(records(), A_DAY)
def test_every_notice_that_is_open_covers_all_that_it_was_extended_to_while_open(
    statements: list[Statement], day: date
) -> None:
    for notice in fold(statements, day).notices:
        counted = [each for each in statements if each.effective_from <= day and not_corrected(each, statements)]
        for each in counted:
            fact = each.fact
            if isinstance(fact, NoticeExtended | NoticeClosed) and fact.notice_id == notice.notice_id:
                opened = opened_by(notice, counted)
                in_effect_after = (each.effective_from, each.number) > (notice.opened_on, opened)
                knew_of_it = first_recorded(each.number, statements) > first_recorded(opened, statements)
                assert not (isinstance(fact, NoticeClosed) and in_effect_after and knew_of_it)
                if isinstance(fact, NoticeExtended) and in_effect_after:
                    assert set(fact.steps) <= set(notice.steps)


def not_corrected(statement: Statement, statements: list[Statement]) -> bool:
    return statement.number not in {each.corrects for each in statements}


def first_recorded(number: int, statements: list[Statement]) -> int:
    corrects = statements[number - 1].corrects
    return first_recorded(corrects, statements) if corrects else number


def opened_by(notice: object, counted: list[Statement]) -> int:
    return max(each.number for each in counted if each.fact == getattr(notice, "opened", None))
