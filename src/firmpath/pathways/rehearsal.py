"""What a submission would change, shown before it is accepted. Source: FEATURES F30."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import Difference, changed_families, compare
from firmpath.pathways.facts import EntryPublished, entries_of
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.fold import fold
from firmpath.pathways.pathway import Steps
from firmpath.pathways.rules import Finding, Severity, check_catalogue, check_entry
from firmpath.pathways.rules.checking import once_each
from firmpath.pathways.statement import Statement


class Rehearsal(NamedTuple):
    """The CPL before and after a submission, the difference, and what the rules say of it.

    `findings` are those that the submission brings: about its own entries, and new ones about others.
    """

    before: Catalogue
    after: Catalogue
    new_entries: Steps
    difference: Difference
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether some rule refuses the submission."""
        return any(finding.severity is Severity.REFUSE for finding in self.findings)


def rehearse(record: Sequence[Statement], submission: Sequence[Statement], on: date) -> Rehearsal:
    """Show what the statements of a submission would do to a record, on a day or on the day they take effect.

    The submission is numbered on from the record, and recorded no earlier than its last statement.
    :raises FirmpathError: the submission contradicts the record; every such fault.
    """
    on = max([on, *(statement.effective_from for statement in submission)])
    refuse_if_any(_used_again(record, submission))
    added = _continued(record, submission)
    before, after = fold(record, on), fold([*record, *added], on)
    new = tuple(
        statement.fact.cpl_entry_id
        for statement in added
        if isinstance(statement.fact, EntryPublished) and statement.fact.cpl_entry_id not in before
    )
    return Rehearsal(before, after, new, compare(before, after), _findings(before, after, new, added))


def _used_again(record: Sequence[Statement], submission: Sequence[Statement]) -> Iterator[Fault]:
    """Find the ids of new entries that the CPL has already, and say so in the submitter's words."""
    published = {statement.fact.cpl_entry_id for statement in record if isinstance(statement.fact, EntryPublished)}
    for statement in submission:
        fact = statement.fact
        if isinstance(fact, EntryPublished) and not statement.corrects and fact.cpl_entry_id in published:
            wrong = "is on the CPL already, and an id is never used twice"
            right = "give the new entry an id of its own, or take it out of the submission"
            yield Fault("CPL Entry ID", str(fact.cpl_entry_id), wrong, right, rule="R17", quoted=False)


def _continued(record: Sequence[Statement], submission: Sequence[Statement]) -> list[Statement]:
    last = max((statement.number for statement in record), default=0)
    latest = max((statement.recorded_at for statement in record), default=None)
    return [
        statement._replace(
            number=last + at, recorded_at=max(statement.recorded_at, latest) if latest else statement.recorded_at
        )
        for at, statement in enumerate(submission, 1)
    ]


def _findings(before: Catalogue, after: Catalogue, new: Steps, added: Sequence[Statement]) -> tuple[Finding, ...]:
    """Findings that were there before are not the submission's doing."""
    touched = {each for statement in added for each in entries_of(statement.fact) if each in after}
    families = {after.family_of(each) for each in touched} | changed_families(before, after)
    known = set(check_catalogue(before, families=(family for family in families if family in before.families)))
    still = [family for family in families if family in after.families]
    found = [finding for each in new for finding in check_entry(after, each)]
    found += (finding for finding in check_catalogue(after, families=still) if finding.cpl_entry_id not in new)
    brought = once_each(finding for finding in found if finding not in known)
    return tuple(sorted(brought, key=lambda finding: (finding.cpl_entry_id, finding.rule, finding.text)))
