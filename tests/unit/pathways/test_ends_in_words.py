"""What a person is told where nothing leads on from a target, each reason in its own words, and each thing once."""

import pytest

from firmpath.pathways.ask import ask
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import parse_reference, parse_target
from tests.notation import catalogue

TWO = 'CPL entry 2 (firmware 00000002, "v2")'
ASK = "; ask for the pathway from there, and the answer says more."


def lines(text: str, target: str, excluded: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Give what is said beneath the headline of how to go from entry 1 to a target, the steps aside."""
    listed = catalogue(text).excluding(map(CPLEntryID, excluded))
    told = explain(listed, ask(listed, parse_reference("1"), parse_target(target))).lines
    return tuple(line for line in told if not line[0].isdecimal() and not line.startswith("Every pathway stops"))


@pytest.mark.parametrize(
    ("text", "excluded", "why", "stays"),
    [
        ("1 <- 2 ; 3", (), f"Nothing is declared to lead on from {TWO}.", "a Device comes no farther than {}"),
        (
            "1 <- 2 ; 3 ?",
            (),
            f"Nobody has said whether anything leads on from {TWO}.",
            "a Device stays at {} until somebody does",
        ),
        (
            "1 <- 2 <- 3 ; notice N1: 2 -> 3",
            (),
            f"There is a notice on what leads on from {TWO}.",
            "a Device stays at {} while it is open",
        ),
        (
            "1 <- 2 <- 3 <- 4 ; 3 withdrawn",
            (),
            f"What is declared to lead on from {TWO} may not be used.",
            "a Device stays at {} while that is so",
        ),
        (
            "1 <- 2 <- 3 <- 4",
            (3,),
            f"What leads on from {TWO} is excluded.",
            "a Device stays at {} while it is",
        ),
        (
            "1 <- 2 <- 5 <- 4 ; 5 listed=2020-01-01",  # on by way of what is older
            (5,),
            f"What leads on from {TWO} is excluded.",
            "a Device stays at {} while it is",
        ),
    ],
)
def test_why_nothing_leads_on_is_said_in_its_own_words(
    text: str, excluded: tuple[int, ...], why: str, stays: str
) -> None:
    newer = "4 (00000004)" if "4" in text else "3 (00000003)"
    told = f"{why} There is newer firmware, {newer}, but {stays.format('2 (00000002)')}{ASK}"
    assert lines(text, "2", excluded) == (told,)
    assert lines(text, "newest", excluded) == (told,), "newer firmware is spoken of once"


@pytest.mark.parametrize(
    "text",
    [
        "1 <- 2",
        "1 <- 2 <- 3",
        "1 <- 2 <- 5 <- 3 ; 5 listed=2020-01-01",  # on by way of what is older
        "1 <- 2 ; 3 withdrawn",
        "1 <- 2 ; 3 dead-end",
        "1 <- 2 ; 3 listed=2020-01-03",  # the same day
        "1 <- 2 ; 3 model=0007",
    ],
)
def test_nothing_is_said_where_something_leads_on_or_there_is_nothing_newer(text: str) -> None:
    assert lines(text, "2") == ()


def test_a_marked_dead_end_is_told_as_such_alone() -> None:
    (told,) = lines("1 <- 2 ; 3 ; 2 dead-end", "2")
    assert told.startswith(f"{TWO} is marked as a dead end: ")


def test_what_is_not_reached_is_told_where_something_else_leads_on() -> None:
    (told,) = lines("1 <- 2 <- 3 ; 2 <- 4 ; notice N1: 2 -> 4", "newest")
    assert told.startswith("There is newer firmware, 4 (00000004), but no pathway to it is open;")
