"""What is said of several entries that a Device may run is right for a Device that runs any of them."""

import itertools

from hypothesis import example, given

from firmpath.pathways.answers import AnswerKind, CandidatesAgree, NoPathway, Pathway
from firmpath.pathways.ask import ask_among
from firmpath.pathways.identifiers import ManufacturerImageHash
from firmpath.pathways.reference import ByHash, ByID, Newest, Target
from tests.differential.small_catalogues import small_catalogues
from tests.notation import catalogue

UNKNOWN = ByHash(ManufacturerImageHash("0" * 64))


@given(small_catalogues(fewest=3))
@example("2 <- 1 ; 1 listed=2022-01-01 ; 3 <- 5 ; 5 withdrawn ; 4 withdrawn ; 4 listed=2023-01-01")
def test_candidates_that_agree_are_to_go_to_the_same_entries(text: str) -> None:
    listed = catalogue(text)
    targets: list[Target] = [Newest(), *map(ByID, listed.entries)]
    for candidates, target in itertools.product(itertools.combinations(listed.entries, 2), targets):
        answer = ask_among(listed, UNKNOWN, candidates, target, frozenset())
        if isinstance(answer, CandidatesAgree):
            assert len({each.kind for each in answer.answers}) == 1
            assert len({_onward(each) for each in answer.answers}) == 1, (candidates, target)


def _onward(answer: object) -> tuple[int, ...]:
    """Give where the answer has a Device go, entry by entry."""
    if isinstance(answer, Pathway):
        return answer.steps[1:]
    if isinstance(answer, NoPathway) and answer.kind is not AnswerKind.DEAD_END:
        return () if answer.farthest == answer.installed else (answer.farthest,)
    return ()
