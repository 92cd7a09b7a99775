"""What a submission would change, in words."""

from typing import Final, NamedTuple

from firmpath.pathways.days import day_in_words
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation, counted
from firmpath.pathways.explain.findings import FindingsOfRule, explain_findings
from firmpath.pathways.naming import listing
from firmpath.pathways.rehearsal import Rehearsal, Verdict

_IN_WORDS: Final = {
    Verdict.REFUSED: "would be refused as it stands",
    Verdict.NEEDS_REASON: "can be accepted once a reason is given",
    Verdict.ACCEPTABLE: "can be accepted",
}


class RehearsalInWords(NamedTuple):
    """The verdict in a sentence, what each rule finds, and what would change."""

    headline: str
    findings: tuple[FindingsOfRule, ...]
    difference: Explanation


def explain_rehearsal(rehearsal: Rehearsal) -> RehearsalInWords:
    """Say what becomes of a submission, what the rules find, and which entries and pathways would change."""
    after, new = rehearsal.after, rehearsal.new_entries
    what = f" of {counted(len(new), 'new entry', 'new entries')}: {listing(after, new)}," if new else ""
    return RehearsalInWords(
        f"This submission{what} {_IN_WORDS[rehearsal.verdict]}, as at {day_in_words(after.as_at)}.",
        tuple(explain_findings(rehearsal.findings)),
        explain_difference(rehearsal.before, after, rehearsal.difference),
    )
