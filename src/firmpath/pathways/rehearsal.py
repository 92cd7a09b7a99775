"""What a submission would change, shown before it is accepted. Source: FEATURES F30."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.comparison import Difference, Touched, anything, changed_families, compare
from firmpath.pathways.facts import EntryPublished, entries_of
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.rules import Finding, Severity, check_catalogue
from firmpath.pathways.rules.checking import once_each
from firmpath.pathways.statement import Statement


class Verdict(StrEnum):
    """What the rules make of a submission, as it stands under `"answer"` in JSON."""

    REFUSED = "refused"
    NEEDS_REASON = "needs_reason"
    ACCEPTABLE = "acceptable"


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

    @property
    def verdict(self) -> Verdict:
        """What the gravest of the findings makes of the submission."""
        if self.is_refused:
            return Verdict.REFUSED
        wants_reason = any(finding.severity is Severity.NEEDS_REASON for finding in self.findings)
        return Verdict.NEEDS_REASON if wants_reason else Verdict.ACCEPTABLE

    @property
    def is_worse(self) -> bool:
        """Whether the rules speak against the submission, or it takes a pathway away or makes one longer."""
        difference = self.difference
        return self.verdict is not Verdict.ACCEPTABLE or bool(difference.lost or difference.lengthened)


def rehearse(record: Sequence[Statement], submission: Sequence[Statement], on: date) -> Rehearsal:
    """Show what the statements of a submission would do to a record, on a day or on the day they take effect.

    The submission is numbered on from the record, and recorded no earlier than its last statement.
    :raises FirmpathError: the submission contradicts the record; every such fault.
    """
    on = day_of_rehearsal(submission, on)
    published = {statement.fact.cpl_entry_id for statement in record if isinstance(statement.fact, EntryPublished)}
    refuse_if_any(faults_of_used_again(published, submission))
    last = max((statement.number for statement in record), default=0)
    latest = max((statement.recorded_at for statement in record), default=NOT_KNOWN)
    added = numbered_on(submission, last, latest)
    before, after = fold(record, on), fold([*record, *added], on)
    with collection_paused():
        return rehearsal_of(before, after, added, anything(before, after))


def rehearsal_of(before: Catalogue, after: Catalogue, added: Sequence[Statement], touched: Touched) -> Rehearsal:
    """Show what statements have changed between two Catalogues of one day, given all that they can have touched."""
    new = tuple(
        statement.fact.cpl_entry_id
        for statement in added
        if isinstance(statement.fact, EntryPublished) and statement.fact.cpl_entry_id not in before
    )
    found = _findings(before, after, new, added, touched)
    return Rehearsal(before, after, new, compare(before, after, touched), found)


def day_of_rehearsal(submission: Iterable[Statement], on: date) -> date:
    """Give the day asked about, or a later one from which the whole submission is in effect."""
    return max([on, *(statement.effective_from for statement in submission)])


def faults_of_used_again(published: Container[CPLEntryID], submission: Iterable[Statement]) -> Iterator[Fault]:
    """Find the ids of new entries that the CPL has already, and say so in the submitter's words."""
    for statement in submission:
        fact = statement.fact
        if isinstance(fact, EntryPublished) and not statement.corrects and fact.cpl_entry_id in published:
            wrong = "is on the CPL already, and an id is never used twice"
            right = "give the new entry an id of its own, or take it out of the submission"
            yield Fault("CPL Entry ID", str(fact.cpl_entry_id), wrong, right, rule="R17", quoted=False)


def numbered_on(submission: Iterable[Statement], last: int, latest: datetime | NotKnown) -> tuple[Statement, ...]:
    """Number the statements of a submission on from the record's `last`, and record none before its `latest`."""
    return tuple(
        statement._replace(
            number=last + at,
            recorded_at=max(statement.recorded_at, latest) if latest else statement.recorded_at,
        )
        for at, statement in enumerate(submission, 1)
    )


def _findings(
    before: Catalogue, after: Catalogue, new: Steps, added: Sequence[Statement], touched: Touched
) -> tuple[Finding, ...]:
    """Findings that were there before are not the submission's doing."""
    named = {each for statement in added for each in entries_of(statement.fact) if each in after}
    families = {after.family_of(each) for each in named} | changed_families(before, after, touched)
    known = set(check_catalogue(before, families=(family for family in families if family in before.families)))
    still = [family for family in families if family in after.families]
    found = check_catalogue(after, families=still, new=frozenset(new))
    brought = once_each(finding for finding in found if finding not in known)
    return tuple(sorted(brought, key=lambda finding: (finding.cpl_entry_id, finding.rule, finding.text)))
