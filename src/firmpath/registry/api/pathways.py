"""Calls that ask for pathways: one question, or up to 10,000 at once."""

from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    CandidatesAgree,
    CandidatesDisagree,
    NoPathway,
    NotOnTheCPL,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.reference import parse_reference, parse_target
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Reading, json_response, read
from firmpath.registry.api.schemas.answers import AnswerOut, BriefAnswer, Exact
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act

MOST_QUESTIONS: Final = 10_000
_LONGEST = 200
_Reference = Annotated[str, Field(max_length=_LONGEST)]

router = Router(tags=["pathways"], auth=Takes(Act.READ_FIR))


class Question(Exact):
    """What a Device runs, and what it is to run; each as an id, a hash, or manufacturer/model@version."""

    installed: _Reference
    target: _Reference = "newest"


class Questions(Exact):
    """Many questions, to be answered as at one day; `accept` are ids of notices whose risk is accepted."""

    questions: Annotated[list[Question], Field(max_length=MOST_QUESTIONS)]
    accept: Annotated[list[_Reference], Field(max_length=100)] = []


class Answers(Exact):
    """The answers, in the order of the questions."""

    version: int
    as_at: str
    answers: list[BriefAnswer]


@router.get("", response=AnswerOut, summary="Find the pathway from one firmware to another")
def find_pathway(
    request: Any,
    installed: Annotated[str, Query(max_length=_LONGEST, examples=["118"])],
    target: Annotated[str, Query(max_length=_LONGEST)] = "newest",
    accept: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006  # ninja copies it
    as_at: date | None = None,
) -> HttpResponseBase:
    """Answer in full: steps, stepping stones with proofs, reasons, cautions, and words to show."""
    asked_of, wanted, accepted = parse_reference(installed), parse_target(target), frozenset(accept)

    def answer(reading: Reading) -> Json:
        return answer_json(reading.catalogue, ask(reading.catalogue, asked_of, wanted, accepted))

    return read(request, answer, as_at)


@router.post("/batch", response=Answers, summary="Answer up to 10,000 questions")
def find_pathways(request: Any, asked: Questions) -> HttpResponseBase:
    """Answer each in brief; one that cannot be understood is answered `refused`; the others are not lost."""
    catalogue = current().register.catalogue(request.at.date())
    accepted = frozenset(asked.accept)
    known: dict[tuple[str, str], Json] = {}
    answers = []
    for question in asked.questions:
        key = question.installed, question.target
        if key not in known:
            known[key] = _brief_answer(catalogue, *key, accepted)
        answers.append(known[key])
    return json_response({"version": 1, "as_at": catalogue.as_at.isoformat(), "answers": answers})


def _brief_answer(catalogue: Catalogue, installed: str, target: str, accepted: frozenset[str]) -> Json:
    try:
        answer = ask(catalogue, parse_reference(installed), parse_target(target), accepted)
    except FirmpathError as error:
        return {"answer": "refused", "text": str(error)}
    return {"answer": answer.kind.value, **_brief_fields(answer), "text": explain(catalogue, answer).headline}


def _brief_fields(answer: Answer) -> Json:
    match answer:
        case Pathway():
            stones = [stone.cpl_entry_id for stone in answer.stepping_stones]
            ends = {"installed": answer.installed, "target": answer.target, "next_step": answer.next_step}
            return {**ends, "steps": list(answer.steps), "stepping_stones": stones}
        case NoPathway():
            return {"installed": answer.installed, "target": answer.target, "farthest": answer.farthest}
        case AlreadyThere():
            return {"installed": answer.installed}
        case CandidatesAgree():
            candidates = {"candidates": list(answer.candidates)}
            shared = answer.shared
            if not isinstance(shared, Pathway):
                return candidates
            return candidates | {"target": shared.target, "next_step": shared.next_step}
        case CandidatesDisagree() | SeveralTargets():
            return {"candidates": list(answer.candidates)}
        case NotOnTheCPL():
            return {}
