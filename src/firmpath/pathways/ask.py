"""The one question: this Device runs this; may it run that, by which steps, and if not, why not."""

from collections.abc import Iterator, Sequence

from firmpath.pathways.answers import (
    Answer,
    AnswerKind,
    CandidatesAgree,
    CandidatesDisagree,
    NoPathway,
    NotOnTheCPL,
    OneAnswer,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.faults import Fault
from firmpath.pathways.newest import answer_for_newest
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByID, Newest, Reference, Target, find_candidates

NO_NOTICES: frozenset[str] = frozenset()


def ask(
    catalogue: Catalogue, installed: Reference, target: Target, accepted: frozenset[str] = NO_NOTICES
) -> Answer:
    """Answer for a Device named as a person names it; for every entry it can mean, and safe only if all agree.

    `accepted` are the ids of notices whose risk is accepted.
    Cost: linear in the entries and bases of the Device's HardwareFamily; for a no, as `find_possible_way`.
    """
    return ask_among(catalogue, installed, find_candidates(catalogue, installed), target, accepted)


def ask_among(
    catalogue: Catalogue, installed: Reference, candidates: Steps, target: Target, accepted: frozenset[str]
) -> Answer:
    """Answer as `ask` does, for those entries alone that a Device can be running for all that is known of it."""
    if not candidates:
        return _not_on_the_cpl(catalogue, installed, AnswerKind.UNKNOWN_DEVICE)
    if isinstance(target, Newest):
        return answer_together(
            installed, candidates, [answer_for_newest(catalogue, each, accepted) for each in candidates]
        )
    targets = find_candidates(catalogue, target)
    if not targets:
        return _not_on_the_cpl(catalogue, target, AnswerKind.UNKNOWN_TARGET)
    if len(targets) > 1:
        return SeveralTargets(target, targets)
    return answer_together(
        installed, candidates, [answer_for(catalogue, each, targets[0], accepted) for each in candidates]
    )


def faults_of_accepting(catalogue: Catalogue, accepted: frozenset[str]) -> Iterator[Fault]:
    """Find the notices that are accepted and not open: an id is mistyped, or nothing is left to accept."""
    wrong = f"is not open on {day_in_words(catalogue.as_at)}"
    for each in sorted(accepted - {notice.notice_id for notice in catalogue.notices}):
        yield Fault("Notice", each, wrong, "check its id, or do not accept it")


def _not_on_the_cpl(catalogue: Catalogue, reference: Reference, kind: AnswerKind) -> NotOnTheCPL:
    coming = catalogue.not_yet_listed.get(reference.cpl_entry_id) if isinstance(reference, ByID) else None
    return NotOnTheCPL(kind, reference, catalogue.as_at, coming.listed_on if coming else NOT_KNOWN)


def answer_together(reference: Reference, candidates: Steps, answers: Sequence[OneAnswer]) -> Answer:
    """Put the candidates' answers together: they agree if the same is to be done whichever it is."""
    if len(answers) == 1:
        return answers[0]
    if len({_what_to_do(answer) for answer in answers}) == 1:
        return CandidatesAgree(reference, candidates, tuple(answers))
    return CandidatesDisagree(reference, candidates, tuple(answers))


def _what_to_do(answer: OneAnswer) -> tuple[object, ...]:
    if isinstance(answer, Pathway):
        return answer.kind, answer.steps[1:]
    if isinstance(answer, SeveralTargets):
        return answer.kind, answer.candidates
    if isinstance(answer, NoPathway) and answer.kind is not AnswerKind.DEAD_END:
        bars = frozenset(bar for _, bars in answer.bars for bar in bars)
        onward = () if answer.farthest == answer.installed else (answer.farthest,)
        return answer.kind, bars, answer.missing, onward
    return (answer.kind,)
