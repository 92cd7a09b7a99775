"""Findings, faults, planned sequences and differences as JSON."""

from collections.abc import Iterable, Sequence
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import Difference
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.faults import Fault, shortened
from firmpath.pathways.json_form.answers import answer_json, caution_json
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.pathway import NoWay
from firmpath.pathways.pathway_changes import PathwayChange
from firmpath.pathways.rules import RULES, Finding, Severity
from firmpath.pathways.sequence import SequenceCheck

_LONGEST_VALUE: Final = 1_000
"""Characters of what was refused that are given back: all of anything that can be meant."""


def faults_json(faults: Iterable[Fault]) -> Json:
    """Give what was refused: `{"version": 1, "answer": "refused", "faults": […]}`."""
    listed = [
        {
            "term": fault.term,
            "value": shortened(fault.value, _LONGEST_VALUE),
            "where": fault.where,
            "rule": fault.rule,
            "remedy": fault.right,
            "text": str(fault),
        }
        for fault in faults
    ]
    return {"version": 1, "answer": "refused", "faults": listed}


def findings_json(catalogue: Catalogue, findings: Sequence[Finding]) -> Json:
    """Give the findings of the rules, and how many there are of each severity."""
    fields: Json = {
        "version": 1,
        "as_at": catalogue.as_at.isoformat(),
        "counts": {
            severity.value: sum(finding.severity is severity for finding in findings) for severity in Severity
        },
        "findings": [
            {
                "rule": finding.rule,
                "title": RULES[finding.rule].title,
                "severity": finding.severity.value,
                "cpl_entry_id": finding.cpl_entry_id,
                "text": finding.text,
                "remedy": finding.remedy,
            }
            for finding in findings
        ],
    }
    return {**fields, "entries": named_json(fields, catalogue)}


def sequence_json(catalogue: Catalogue, check: SequenceCheck, more: Json) -> Json:
    """Give the verdict on each planned step, the answer to what to do instead, and `more` fields."""
    steps = [
        {
            "from": step.from_id,
            "to": step.to_id,
            "verdict": step.verdict.value,
            "reasons": [bar_in_words(catalogue, (step.from_id, step.to_id), bar) for bar in step.bars],
        }
        for step in check.steps
    ]
    fields: Json = {
        "version": 1,
        "answer": "safe" if check.is_safe else "not_safe",
        "as_at": catalogue.as_at.isoformat(),
        "steps": steps,
        "cautions": [caution_json(catalogue, caution) for caution in check.cautions],
        "instead": answer_json(catalogue, check.instead),
        **more,
    }
    named = named_json(fields, catalogue)
    return {**fields, "entries": named, "explanation": explain_sequence(catalogue, check)._asdict()}


def difference_json(before: Catalogue, after: Catalogue, difference: Difference) -> Json:
    """Give what changed: lists of ids, and lists of pathways with the activations before and after (null: none).

    `pathway_counts` says how many of these there are: of very many, not all are listed.
    """
    fields: Json = {"version": 1, "before": before.as_at.isoformat(), "after": after.as_at.isoformat()}
    for name, changes in difference._asdict().items():
        if name != "left_out":
            fields[name] = [_change(each) if isinstance(each, PathwayChange) else each for each in changes]
    fields["pathway_counts"] = dict(difference.pathway_counts)
    named = named_json(fields, after, before)
    return {**fields, "entries": named, "explanation": explain_difference(before, after, difference)._asdict()}


def _change(change: PathwayChange) -> Json:
    before = None if isinstance(change.before, NoWay) else change.before
    after = None if isinstance(change.after, NoWay) else change.after
    return {"from": change.from_id, "to": change.to_id, "before": before, "after": after}
