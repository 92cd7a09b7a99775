"""What is asked with every change: whether what stands was a mistake, from when, why, and who answers for it."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.web.deciding.texts import (
    Answers,
    day_or_not_known,
    evidence_text,
    one,
    require_text,
)
from firmpath.registry.web.questions import Choice, Question
from firmpath.tables.free_text import parse_free_name

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
    "Leave empty for the day on which it is recorded or, where a mistake is put right, for the day of that mistake",
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
PARTY: Final = Question("party", "Responsible Party", "Who provided the information, and answers for it", "select")
OTHER: Final = "another"
"""The answer that none of the Parties that are known is the responsible one."""

_ANOTHER: Final = "Another Party, named below"
OTHER_PARTY: Final = Question(
    "party_other", "Another Party", "Its name in full, if it is not among those above", optional=True
)
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


def provenance_questions(asks_mistake: bool, parties: Sequence[str]) -> tuple[Question, ...]:
    """Ask where a change comes from; whether what stands was a mistake only where something can be.

    `parties` are those that can be chosen as responsible.
    """
    return (*((MISTAKE,) if asks_mistake else ()), EFFECTIVE, *source_questions(parties))


def source_questions(parties: Sequence[str]) -> tuple[Question, ...]:
    """Ask where a change comes from whose day is that of what it corrects."""
    return REASON, CHANNEL, _party_question(parties), OTHER_PARTY, EVIDENCE


def read_provenance(answers: Answers, asks_mistake: bool, parties: Sequence[str]) -> Provenance:
    """Read where a change comes from.

    :raises FirmpathError: every answer that cannot be one, at once.
    """
    return Provenance(
        *all_parsed(
            lambda: asks_mistake and choice_of(answers, MISTAKE) == "mistake",
            lambda: day_or_not_known(answers, EFFECTIVE),
            lambda: require_text(answers, REASON),
            lambda: Channel(choice_of(answers, CHANNEL)),
            lambda: _party(answers, parties),
            lambda: evidence_text(answers, EVIDENCE),
        )
    )


def _party_question(parties: Sequence[str]) -> Question:
    known = (Choice(name, name) for name in parties)
    return PARTY._replace(choices=(*known, Choice(OTHER, _ANOTHER)))


def _party(answers: Answers, parties: Sequence[str]) -> str:
    chosen = choice_of(answers, _party_question(parties))
    if chosen == OTHER:
        return require_text(answers, OTHER_PARTY, parse_free_name)
    if one(answers, OTHER_PARTY.name):
        wrong = "is written, though a Party is chosen above"
        right = f"choose '{_ANOTHER}' above, or leave this empty"
        raise FirmpathError(Fault(OTHER_PARTY.term, one(answers, OTHER_PARTY.name), wrong, right))
    return chosen


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
