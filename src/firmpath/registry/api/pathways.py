"""Calls that ask for pathways: one question, or up to 10,000 at once."""

from typing import Annotated, Any, Final

from django.http import HttpResponse, HttpResponseBase
from ninja import Query
from pydantic import ConfigDict, Field

from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.brief_answers import brief_answers
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import CONDITIONAL, Calls, Reading, read
from firmpath.registry.api.schemas.answers import AnswerOut, BriefAnswer, Exact
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import (
    LONGEST_REFERENCE,
    AsAt,
    InstalledReference,
    Taken,
    TargetReference,
)
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.preflights import accepted_notices as notices_among

MOST_QUESTIONS: Final = 10_000
_Written = Annotated[str, Field(max_length=LONGEST_REFERENCE)]
_EXAMPLE: Final[Any] = {"questions": [{"installed": "110"}, {"installed": "118", "target": "140"}]}

_Accept = Annotated[
    list[Annotated[str, Field(max_length=64)]],
    Query([], max_length=20, description="ids of open notices whose risk is accepted"),
]

router = Calls(tags=["pathways"], auth=Takes(Act.READ_FIR))


class Question(Taken):
    """What a Device runs, and what it is to run; each as an id, a hash, or manufacturer/model@version."""

    installed: _Written
    target: _Written = "newest"


class Questions(Taken):
    """Many questions, to be answered as at today; `accept` are ids of open notices whose risk is accepted."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    questions: Annotated[list[Question], Field(max_length=MOST_QUESTIONS)]
    accept: Annotated[list[_Written], Field(max_length=100)] = []


class Answers(Exact):
    """The answers, in the order of the questions."""

    version: int
    as_at: str
    answers: list[BriefAnswer]


@router.get(
    "",
    response=AnswerOut,
    summary="Find the pathway from one firmware to another",
    openapi_extra=CONDITIONAL | CONFLICTS,
)
def find_pathway(
    request: Any,
    installed: InstalledReference,
    target: TargetReference,
    accept: _Accept,
    as_at: AsAt,
) -> HttpResponseBase:
    """Answer in full: steps, stepping stones with proofs, reasons, cautions, and words to show."""

    def answered(reading: Reading) -> Json:
        accepted = accepted_notices(reading.catalogue, accept)
        answer = ask(reading.catalogue, installed, target, accepted)
        return answer_json(reading.catalogue, answer, is_register=True)

    return read(request, answered, as_at)


@router.post("/batch", response=Answers, summary="Answer up to 10,000 questions", openapi_extra=CONFLICTS)
def find_pathways(request: Any, asked: Questions) -> HttpResponseBase:
    """Answer each in brief; one that cannot be understood is answered `refused`; the others are not lost."""
    catalogue = current().register.catalogue(request.today)
    answers = brief_answers(catalogue, accepted_notices(catalogue, asked.accept))
    written = ",".join([answers.answer(question.installed, question.target) for question in asked.questions])
    text = f'{{"version":1,"as_at":"{catalogue.as_at}","answers":[{written}]}}'
    return HttpResponse(text, content_type="application/json")


def accepted_notices(catalogue: Catalogue, written: list[str]) -> frozenset[str]:
    """Give the notices that are accepted.

    :raises ProblemError: one that is not open, since its id is mistyped, or nothing is left to accept.
    """
    with as_things_stand():
        return notices_among(catalogue, written)
