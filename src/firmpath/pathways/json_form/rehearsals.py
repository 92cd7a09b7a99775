"""What a submission would change, as JSON."""

from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.json_form.others import difference_json, findings_json
from firmpath.pathways.rehearsal import Rehearsal


def rehearsal_json(rehearsal: Rehearsal) -> Json:
    """Give the verdict as the answer, the new entries, the difference, and the findings with their counts."""
    after = rehearsal.after
    findings = findings_json(after, rehearsal.findings)
    fields = {
        "version": 1,
        "answer": rehearsal.verdict.value,
        "new_entries": list(rehearsal.new_entries),
        **difference_json(rehearsal.before, after, rehearsal.difference),
        "counts": findings["counts"],
        "findings": findings["findings"],
    }
    return fields | {"entries": named_json(fields, after, rehearsal.before)}
