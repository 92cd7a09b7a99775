"""The answers as JSON: `answer` has the word of FEATURES F24, `reasons` say why, `explanation` has the words."""

from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    CandidatesAgree,
    CandidatesDisagree,
    Caution,
    NoPathway,
    NotOnTheCPL,
    OneAnswer,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.cautions import caution_in_words
from firmpath.pathways.explain.contacts import explain_with_contacts
from firmpath.pathways.explain.no_pathway import missing_in_words
from firmpath.pathways.json_form.entries import Json, known
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.naming import whom_to_ask

_OF_ONE = ("answer", "installed")
"""Fields that say which of several candidates an answer is for."""


def answer_json(
    catalogue: Catalogue, answer: Answer, more: Json | None = None, *, is_register: bool = False
) -> Json:
    """Give an answer as a JSON object, with `more` fields where a command has them.

    Always there: `version`, `answer`, `as_at`, `reasons`, `entries` (names of every entry mentioned) and
    `explanation`. The rest depends on the answer, as the command-line reference lists it.
    """
    fields = {
        "version": 1,
        "answer": answer.kind.value,
        "as_at": catalogue.as_at.isoformat(),
        "reasons": [],
        **_fields(catalogue, answer),
        **(more or {}),
    }
    named = named_json(fields, catalogue)
    explanation = explain_with_contacts(catalogue, answer, is_register=is_register)
    return {**fields, "entries": named, "explanation": explanation._asdict()}


def _fields(catalogue: Catalogue, answer: Answer) -> Json:
    """Give the fields that depend on the answer."""
    match answer:
        case NotOnTheCPL():
            listed = answer.listed_from.isoformat() if answer.listed_from else answer.listed_from
            return known({"asked_for": str(answer.reference), "listed_from": listed})
        case CandidatesAgree() | CandidatesDisagree():
            each = [_one(catalogue, one) for one in answer.answers]
            fields: Json = {"candidates": list(answer.candidates), "answers": each}
            if isinstance(answer, CandidatesAgree):
                shared = _one(catalogue, answer.shared)
                fields = {name: value for name, value in shared.items() if name not in _OF_ONE} | fields
            return fields
        case _:
            return {name: value for name, value in _one(catalogue, answer).items() if name != "answer"}


def _one(catalogue: Catalogue, answer: OneAnswer) -> Json:
    kind = {"answer": answer.kind.value}
    match answer:
        case Pathway():
            return kind | _pathway(catalogue, answer)
        case AlreadyThere():
            cautions = [caution_json(catalogue, caution) for caution in answer.cautions]
            return kind | {"installed": answer.installed, "cautions": cautions}
        case SeveralTargets():
            return kind | {"targets": list(answer.candidates)}
        case NoPathway():
            return kind | _no_pathway(catalogue, answer)


def _pathway(catalogue: Catalogue, pathway: Pathway) -> Json:
    return known(
        {
            "installed": pathway.installed,
            "target": pathway.target,
            "steps": list(pathway.steps),
            "next_step": pathway.next_step,
            "activations": len(pathway.steps) - 1,
            "stepping_stones": [stone.cpl_entry_id for stone in pathway.stepping_stones],
            "proofs": [
                {"stepping_stone": stone.cpl_entry_id, "without": list(stone.without)}
                for stone in pathway.stepping_stones
            ],
            "cautions": [caution_json(catalogue, caution) for caution in pathway.cautions],
            "valid_until": pathway.valid_until.isoformat() if pathway.valid_until else pathway.valid_until,
        }
    )


def _no_pathway(catalogue: Catalogue, answer: NoPathway) -> Json:
    reasons: list[Json] = [
        {
            "kind": bar.kind.value,
            "step": list(step),
            "cpl_entry_id": bar.cpl_entry_id,
            **({"notice_id": bar.notice_id} if bar.notice_id else {}),
            "text": bar_in_words(catalogue, step, bar),
        }
        for step, bars in answer.bars
        for bar in bars
    ]
    reasons += (
        {
            "kind": "missing_declaration",
            "step": [missing.from_id, missing.to_id],
            "cpl_entry_id": missing.to_id,
            "ask": whom_to_ask(catalogue[missing.to_id]),
            "text": missing_in_words(catalogue, answer, missing),
        }
        for missing in answer.missing
    )
    if not reasons:
        reasons.append({"kind": answer.kind.value, "text": explain(catalogue, answer).headline})
    return {
        "installed": answer.installed,
        "target": answer.target,
        "farthest": answer.farthest,
        "reasons": reasons,
        "missing": [list(missing) for missing in answer.missing],
        "leads_to_target": list(answer.leads_to_target),
        "coming": list(answer.coming),
    }


def caution_json(catalogue: Catalogue, caution: Caution) -> Json:
    """Give what to know before following a pathway."""
    return {
        "kind": caution.kind.value,
        "cpl_entry_id": caution.cpl_entry_id,
        "others": list(caution.others),
        **({"notice_id": caution.notice_id} if caution.notice_id else {}),
        **({"why": caution.why} if caution.why else {}),
        "text": caution_in_words(catalogue, caution),
    }
