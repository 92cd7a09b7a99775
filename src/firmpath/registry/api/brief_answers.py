"""The answers of a batch: each question that is asked again, in this batch or a later one, is answered from memory.

Those who plan for a fleet ask the same few thousand questions for millions of Devices.
"""

from typing import Final

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
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.reference import parse_reference, parse_target
from firmpath.registry.api.reading import write_json

_MOST_KEPT: Final = 50_000
"""Answers that are kept, of some hundred octets each."""


class BriefAnswers:
    """Answers as JSON by one Catalogue, with the same notices accepted; threads may share it."""

    def __init__(self, catalogue: Catalogue, accepted: frozenset[str]) -> None:
        self.catalogue = catalogue
        self.accepted = accepted
        self._kept: dict[tuple[str, str], str] = {}

    def answer(self, installed: str, target: str) -> str:
        """Answer a question as it was written.

        Cost: that of `ask` and `explain` for a question that was not asked before, else nothing.
        """
        key = installed, target
        found = self._kept.get(key)
        if found is None:
            found = write_json(self._made(*key))
            if len(self._kept) < _MOST_KEPT:
                self._kept[key] = found
        return found

    def _made(self, installed: str, target: str) -> Json:
        try:
            answer = ask(self.catalogue, parse_reference(installed), parse_target(target), self.accepted)
        except FirmpathError as error:
            return {"answer": "refused", "text": str(error)}
        text = explain(self.catalogue, answer).headline
        return {"answer": answer.kind.value, **_brief_fields(answer), "text": text}


_held: list[BriefAnswers] = []
"""Those of the last batch, at most."""


def brief_answers(catalogue: Catalogue, accepted: frozenset[str]) -> BriefAnswers:
    """Give the answers by a Catalogue: those that are held, while neither it nor what is accepted has changed."""
    for held in tuple(_held):
        if held.catalogue is catalogue and held.accepted == accepted:
            return held
    made = BriefAnswers(catalogue, accepted)
    _held[:] = [made]
    return made


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
