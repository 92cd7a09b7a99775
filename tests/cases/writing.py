"""Answers as a case file writes them: every part that holds something, and nothing else.

The way that comes nearest, the entries that lead to the target, the next step, the last day and the proofs are
written only where a case gives them, because not every case is about them.
"""

from collections.abc import Mapping
from typing import Any

from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    CandidatesAgree,
    CandidatesDisagree,
    Caution,
    NoPathway,
    NotOnTheCPL,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.comparison import Difference
from firmpath.pathways.pathway import NoWay
from firmpath.pathways.pathway_changes import PathwayChange
from firmpath.pathways.sequence import SequenceCheck
from firmpath.pathways.upgrades import Bar, BarKind, Step

Written = dict[str, Any]


def write_answer(answer: Answer, asked_for: Mapping[str, Any]) -> Written:
    """Write an answer, with those of the parts named above that `asked_for` has."""
    written, besides = _parts(answer, asked_for)
    kept = {name: value for name, value in written.items() if value or name in asked_for}
    return {"answer": answer.kind.value, **kept, **{name: besides[name] for name in besides if name in asked_for}}


def write_sequence(check: SequenceCheck, asked_for: Mapping[str, Any]) -> Written:
    """Write the verdict on a planned sequence."""
    written: Written = {
        "safe": check.is_safe,
        "verdicts": [step.verdict.value for step in check.steps],
        "instead": write_answer(check.instead, asked_for.get("instead", {})),
    }
    bars = [_bar((step.from_id, step.to_id), bar) for step in check.steps for bar in step.bars]
    return {**written, "bars": bars} if bars else written


def write_difference(difference: Difference) -> Written:
    """Write every part of a difference that is not empty."""
    return {name: [_change(each) for each in part] for name, part in difference._asdict().items() if part}


def _parts(answer: Answer, asked_for: Mapping[str, Any]) -> tuple[Written, Written]:
    """Give what is always written of an answer, and what is written where it is asked for."""
    match answer:
        case Pathway():
            return _pathway(answer)
        case AlreadyThere():
            return {"cautions": _cautions(answer.cautions)}, {"installed": answer.installed}
        case NoPathway():
            return _no_pathway(answer)
        case NotOnTheCPL():
            return {"listed_from": answer.listed_from}, {}
        case SeveralTargets():
            return {"candidates": list(answer.candidates)}, {}
        case CandidatesAgree() | CandidatesDisagree():
            given = asked_for.get("candidates", [])
            each = {"installed": 0}
            wanted = [*given, *[each] * (len(answer.answers) - len(given))]
            return {"candidates": [write_answer(*both) for both in zip(answer.answers, wanted, strict=True)]}, {}


def _pathway(answer: Pathway) -> tuple[Written, Written]:
    always: Written = {
        "steps": list(answer.steps),
        "stepping_stones": [stone.cpl_entry_id for stone in answer.stepping_stones],
        "cautions": _cautions(answer.cautions),
        "valid_until": answer.valid_until,
    }
    proofs = [{"stone": stone.cpl_entry_id, "without": list(stone.without)} for stone in answer.stepping_stones]
    return always, {"installed": answer.installed, "next_step": answer.next_step, "proofs": proofs}


def _no_pathway(answer: NoPathway) -> tuple[Written, Written]:
    always: Written = {
        "farthest": answer.farthest,
        "missing": [list(each) for each in answer.missing],
        "bars": [_bar(step, bar) for step, bars in answer.bars for bar in bars],
    }
    besides: Written = {
        "installed": answer.installed,
        "way": list(answer.way),
        "leads_to_target": list(answer.leads_to_target),
    }
    return always, besides


def _cautions(cautions: tuple[Caution, ...]) -> list[Written]:
    return [
        _without_empty(
            kind=c.kind.value, entry=c.cpl_entry_id, others=list(c.others), notice=c.notice_id, why=str(c.why)
        )
        for c in cautions
    ]


def _bar(step: Step, bar: Bar) -> Written:
    entry = 0 if bar.kind is BarKind.NOTICE else bar.cpl_entry_id
    return _without_empty(step=list(step), kind=bar.kind.value, entry=entry, notice=bar.notice_id)


def _without_empty(**parts: object) -> Written:
    return {name: value for name, value in parts.items() if value}


def _change(each: object) -> object:
    if not isinstance(each, PathwayChange):
        return each
    return ["none" if isinstance(part, NoWay) else part for part in each]
