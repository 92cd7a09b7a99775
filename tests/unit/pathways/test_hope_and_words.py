"""From where a way may yet open, what a rehearsal hears of, and the words for what is missing."""

from datetime import timedelta

import pytest

from firmpath.pathways.ask import ask
from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.facts import NoticeClosed, Retracted
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import find_hopeful
from firmpath.pathways.reference import parse_reference, parse_target
from firmpath.pathways.register_fields import read_notice_id
from firmpath.pathways.rehearsal import rehearse
from tests.notation import ON, catalogue, statements


@pytest.mark.parametrize(
    ("text", "hopeful"),
    [
        ("1 <- 2 <- 9 ; 3", {1, 2, 9}),
        ("1 <- 2 <- 9 ; notice N1: any -> 9", {1, 2, 9}),
        ("1 <- 2 <- 9 ; 2 withdrawn ; 9 cpa=2020-12-31", {1, 2, 9}),
        ("1 ; 2 ; 9 ?", {1, 2, 9}),
        ("1 <- 2 <- 9 ; 2 dead-end", {9}),
        ("1 ; 2 dead-end ; 9 ?", {1, 9}),
        ("1 <- 2 ; 1 <- 9 ; 2 <- 9 ; 2 stone dead-end", {9}),
    ],
)
def test_hope_outlasts_all_but_marks(text: str, hopeful: set[int]) -> None:
    listed = catalogue(text)
    (family,) = listed.families
    assert find_hopeful(listed.upgrades(family), CPLEntryID(9)) == hopeful


def test_a_rehearsal_hears_of_a_closure_and_of_a_retraction() -> None:
    record = statements("1 <- 2 ; 3 ; notice N1: 1 -> 2")
    closing = record[-1]._replace(fact=NoticeClosed("N1"))
    assert [tuple(each)[:2] for each in rehearse(record, [closing], ON).difference.gained] == [(1, 2)]
    declared = next(
        each.number for each in record if each.fact[:1] == (2,) and "Declared" in type(each.fact).__name__
    )
    retracting = record[-1]._replace(fact=Retracted(), corrects=declared)
    found = rehearse(record, [retracting], ON)
    assert [finding.rule for finding in found.findings if finding.cpl_entry_id == 2]


@pytest.mark.parametrize("good", ["N1", "a", "2026-07_x.1", "N" * 64])
def test_a_notice_id_is_what_people_can_type(good: str) -> None:
    assert read_notice_id(good) == good


@pytest.mark.parametrize("bad", ["", "N 1", "N" * 65, "N\n", "é", "--because", ".", 7])
def test_a_notice_id_that_nobody_can_type_is_refused(bad: object) -> None:
    with pytest.raises(FirmpathError, match=r"is not 1 to 64 letters, digits, '.', '_' and '-'"):
        read_notice_id(bad)


def test_of_several_missing_declarations_none_is_said_to_be_enough() -> None:
    listed = catalogue("1 ; 2 ? ; 9 ? cpa=2030-01-01 ; notice N1: 1 -> 9")
    lines = explain(listed, ask(listed, parse_reference("1"), parse_target("9"))).lines
    together = [line for line in lines if "Together with what else is missing, " in line]
    assert len(together) == 2
    assert all("would open a way. Ask Brackenfell Metering." in line for line in together)


@pytest.mark.parametrize(
    ("text", "asked", "settles"),
    [
        ("1 hash=AA ; 2 hash=AA model=0007 ; 1 <- 3", f"{'AA':0>64}", "look up the Device type and model"),
        ("1 version=00000007 ; 2 version=00000007 ; 1 <- 3", "F001/00050203@00000007", "hash"),
        (
            "1 version=00000007 hash=AA ; 2 version=00000007 hash=AA ; 1 <- 3",
            f"{'AA':0>64}",
            "nothing on record tells",
        ),
    ],
)
def test_what_settles_a_disagreement_is_what_differs(text: str, asked: str, settles: str) -> None:
    listed = catalogue(text)
    answer = ask(listed, parse_reference(asked), parse_target("3"))
    assert answer.kind == "candidates_disagree"
    assert settles in str(explain(listed, answer))


def test_a_pathway_holds_no_longer_than_what_is_on_record_lets_it() -> None:
    tomorrow = ON + timedelta(days=1)
    listed = catalogue(f"1 <- 2 ; 2 withdrawn={tomorrow}")
    lines = explain(listed, ask(listed, parse_reference("1"), parse_target("2"))).lines
    assert f"By what is on record today, this holds until {day_in_words(ON)}." in lines


def of_the_way_back(text: str) -> str:
    """Give the headline of why there is no pathway from 2 to 1."""
    listed = catalogue(text)
    return explain(listed, ask(listed, parse_reference("2"), parse_target("1"))).headline


def test_a_target_that_came_onto_the_list_earlier_is_said_to_be_perhaps_older() -> None:
    """The days are fact, and the versions are not compared: here they say the opposite."""
    days = "1 listed=2021-03-13 version=00000009 ; 2 listed=2021-05-17 version=00000001"
    assert of_the_way_back(f"1 <- 2 ; {days}").endswith(
        "is declared. The entry that the Device runs came onto the CPL on 17 May 2021, after the target (13 March "
        "2021): the target may be older firmware."
    )


@pytest.mark.parametrize("day", ["2021-05-17", "2021-05-18"])
def test_of_a_target_of_the_same_day_or_later_nothing_is_said(day: str) -> None:
    told = of_the_way_back(f"1 ; 2 ; 2 <- 3 ; 3 listed=2022-01-01 ; 2 listed=2021-05-17 ; 1 listed={day}")
    assert told.startswith("No. No pathway from")
    assert told.endswith("is declared.")
