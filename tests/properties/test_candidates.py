"""What is said of several entries that a Device may run is right for a Device that runs any of them."""

import itertools
from collections.abc import Iterator

from hypothesis import example, given

from firmpath.pathways.answers import AlreadyThere, AnswerKind, CandidatesAgree, NoPathway, Pathway
from firmpath.pathways.ask import ask_among
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.identifiers import CPLEntryID, ManufacturerImageHash
from firmpath.pathways.reference import ByHash, ByID, Newest, Target
from firmpath.pathways.stepping_stones import proof_holds
from tests.differential.small_catalogues import small_catalogues
from tests.notation import catalogue

UNKNOWN = ByHash(ManufacturerImageHash("0" * 64))


@given(small_catalogues(fewest=3))
@example("2 <- 1 ; 1 listed=2022-01-01 ; 3 <- 5 ; 5 withdrawn ; 4 withdrawn ; 4 listed=2023-01-01")
def test_candidates_that_agree_are_to_go_to_the_same_entries(text: str) -> None:
    listed = catalogue(text)
    for candidates, target in _questions(listed):
        answer = ask_among(listed, UNKNOWN, candidates, target, frozenset())
        if isinstance(answer, CandidatesAgree):
            assert len({each.kind for each in answer.answers}) == 1
            assert len({_onward(each) for each in answer.answers}) == 1, (candidates, target)


@given(small_catalogues(fewest=3))
@example("1, 2 <- 3 ; 3 <- 4 ; 2 <- 5 ; 5 <- 4")
def test_the_stops_of_candidates_that_agree_are_proved_for_each(text: str) -> None:
    listed = catalogue(text)
    for (candidates, target), accepted in itertools.product(_questions(listed), (frozenset(), frozenset({"N1"}))):
        answer = ask_among(listed, UNKNOWN, candidates, target, accepted)
        if isinstance(answer, CandidatesAgree) and isinstance(answer.shared, Pathway):
            pathways = [each for each in answer.answers if isinstance(each, Pathway)]
            upgrades = listed.upgrades(listed.family_of(candidates[0]), accepted)
            for stone in answer.shared.stepping_stones:
                assert all(proof_holds(upgrades.open, stone, each.installed, each.target) for each in pathways)
            everywhere = [{stone.cpl_entry_id for stone in each.stepping_stones} for each in pathways]
            found = {stone.cpl_entry_id for stone in answer.shared.stepping_stones}
            assert found == set.intersection(*everywhere)


def test_what_is_to_be_known_of_any_candidate_is_said_where_none_goes_anywhere() -> None:
    listed = catalogue("1 listed=2023-01-01 ; 2 listed=2023-01-01 ; 2 withdrawn ; 2 dead-end")
    answer = ask_among(listed, UNKNOWN, (CPLEntryID(1), CPLEntryID(2)), Newest(), frozenset())
    assert isinstance(answer, CandidatesAgree)
    assert isinstance(answer.shared, AlreadyThere)
    assert [each.kind for each in answer.shared.cautions] == ["stays_withdrawn", "stays_in_dead_end"]
    assert explain(listed, answer).lines[1:] == (
        'CPL entry 2 (firmware 00000002, "v2") was withdrawn from the CPL on 1 January 2025.',
        'CPL entry 2 (firmware 00000002, "v2") is marked as a dead end: it says so.',
    )


def _questions(listed: Catalogue) -> Iterator[tuple[tuple[CPLEntryID, ...], Target]]:
    """Give every two entries that a Device could be running, with every target."""
    targets: list[Target] = [Newest(), *map(ByID, listed.entries)]
    return itertools.product(itertools.combinations(listed.entries, 2), targets)


def _onward(answer: object) -> tuple[int, ...]:
    """Give where the answer has a Device go, entry by entry."""
    if isinstance(answer, Pathway):
        return answer.steps[1:]
    if isinstance(answer, NoPathway) and answer.kind is not AnswerKind.DEAD_END:
        return () if answer.farthest == answer.installed else (answer.farthest,)
    return ()
