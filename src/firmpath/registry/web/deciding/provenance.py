"""What is asked with every change: whether what stands was a mistake, from when, why, and who answers for it."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.web.deciding.texts import (
    Answers,
    collected,
    day_or_not_known,
    evidence_text,
    one,
    require_text,
)
from firmpath.registry.web.questions import Choice, Question

MISTAKE: Final = Question(
    "stands",
    "What stands now",
    "Whichever it is, both stay readable in the history",
    "radios",
    (
        Choice("mistake", "It was a mistake", "It is corrected, and counts no more"),
        Choice("until", "It was right until now", "It keeps counting for the days before this change"),
    ),
)
EFFECTIVE: Final = Question(
    "effective_on",
    "Effective from",
    "Leave empty for today or, where a mistake is put right, for the day of what it corrects",
    "date",
    optional=True,
)
REASON: Final = Question("reason", "Reason", "Kept for good, and shown in the history", "textarea", rows=3)
CHANNEL: Final = Question(
    "channel",
    "How it came about",
    "",
    "radios",
    (
        Choice(Channel.SECAS_CORRECTION.value, "SECAS correction", "Something on record is put right or changed"),
        Choice(Channel.BEST_ENDEAVOURS.value, "Best endeavours", "Something that nobody had said is filled in"),
    ),
)
PARTY: Final = Question("party", "Responsible Party", "Who provided the information, and answers for it")
EVIDENCE: Final = Question(
    "evidence",
    "The e-mail's text",
    "Kept beside the change for SECAS. Leave out ZigBee chipset vendor and stack version",
    "textarea",
    optional=True,
)


class Provenance(NamedTuple):
    """Where a change comes from, and from when it holds."""

    is_mistake: bool
    effective_from: date | NotKnown
    reason: str
    channel: Channel
    party: str
    evidence: str


def provenance_questions(asks_mistake: bool) -> tuple[Question, ...]:
    """Ask where a change comes from; whether what stands was a mistake only where something can be."""
    return (*((MISTAKE,) if asks_mistake else ()), EFFECTIVE, REASON, CHANNEL, PARTY, EVIDENCE)


def read_provenance(answers: Answers, asks_mistake: bool) -> Provenance:
    """Read where a change comes from.

    :raises FirmpathError: every answer that cannot be one, at once.
    """
    return Provenance(
        *collected(
            lambda: asks_mistake and choice_of(answers, MISTAKE) == "mistake",
            lambda: day_or_not_known(answers, EFFECTIVE),
            lambda: require_text(answers, REASON),
            lambda: Channel(choice_of(answers, CHANNEL)),
            lambda: require_text(answers, PARTY),
            lambda: evidence_text(answers, EVIDENCE),
        )
    )


def choice_of(answers: Answers, question: Question) -> str:
    """Read which answer was chosen.

    :raises FirmpathError: none, or one that was not offered.
    """
    written = one(answers, question.name)
    if written in {choice.value for choice in question.choices}:
        return written
    wrong = "is not one of the answers" if written else "is not given"
    raise FirmpathError(Fault(question.term, written, wrong, "choose one", quoted=bool(written)))


def names_of(questions: Sequence[Question]) -> tuple[str, ...]:
    """Give the names under which a form sends the answers, those of the boxes of a date included."""
    parts = ("", "-day", "-month", "-year")
    return tuple(f"{each.name}{part}" for each in questions for part in parts)
