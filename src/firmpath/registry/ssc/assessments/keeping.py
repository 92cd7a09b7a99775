"""Assessments as they are kept: read as known at an instant, added, and taken back by a further statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.assessments.assessment import JUSTIFICATIONS, Assessment
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.models import AssessmentStatement
from firmpath.registry.ssc.people import named_in
from firmpath.registry.ssc.stacks.parsing import check_paragraphs
from firmpath.registry.ssc.wall import ssc_open

ENTRIES: Final = "CPL entries"
KIND, WHY_NOT, REASON = "What the SSC says", "Why it is not affected", "Reason"
TAKEN_BACK: Final = ""
"""The kind of a statement that takes back what was said of an entry."""

_AT_ONCE: Final = 1000


class Said(NamedTuple):
    """What somebody of the SSC says of a vulnerability and entries; `kind` is '' to take back what was said."""

    kind: str
    justification: str
    reason: str


class PastAssessment(NamedTuple):
    """One statement of an entry's assessments."""

    cpl_entry_id: CPLEntryID
    said: Said
    entered_by: str
    recorded_at: datetime


@ssc_open()
def assessments_of(vulnerability: int, known_at: datetime | NotKnown = NOT_KNOWN) -> dict[CPLEntryID, Assessment]:
    """Give what the SSC last said of each entry, as known at an instant; what was taken back is left out.

    Cost: two queries, the second for the names of those who said it.
    """
    return with_names(_standing(_rows(known_at).filter(vulnerability=vulnerability)).get(vulnerability, {}))


def with_names(found: Mapping[CPLEntryID, Assessment]) -> dict[CPLEntryID, Assessment]:
    """Give the same with the names of those who said it.

    Cost: one query, none where nobody has said anything.
    """
    name = named_in(each.entered_by for each in found.values())
    return {number: each._replace(entered_by=name(each.entered_by)) for number, each in found.items()}


@ssc_open()
def all_assessments(known_at: datetime | NotKnown = NOT_KNOWN) -> dict[int, dict[CPLEntryID, Assessment]]:
    """Give what the SSC last said, by vulnerability and entry, with people by number.

    Cost: one query.
    """
    return _standing(_rows(known_at))


@ssc_open()
def past_assessments(vulnerability: int, known_at: datetime | NotKnown = NOT_KNOWN) -> list[PastAssessment]:
    """Give every statement about a vulnerability, as known at an instant, the newest first."""
    rows = list(_rows(known_at).filter(vulnerability=vulnerability).order_by("-pk"))
    name = named_in(row.entered_by for row in rows)
    return [
        PastAssessment(
            CPLEntryID(row.cpl_entry_id),
            Said(row.kind, row.justification, row.reason),
            name(row.entered_by),
            row.recorded_at,
        )
        for row in rows
    ]


def assess(vulnerability: int, ids: Sequence[CPLEntryID], said: Said, by: Who, at: datetime) -> None:
    """State of a vulnerability and some entries what the SSC has found out; an entry that is named twice is one.

    :raises FirmpathError: every fault of what was written; an entry is not on the CPL, or nothing was said of it
        that could be taken back.
    """
    refuse_if_any([*_faults_of_entries(vulnerability, ids, said, at), *_faults_of(said)])
    rows = [
        AssessmentStatement(
            vulnerability=vulnerability,
            cpl_entry_id=each,
            kind=said.kind,
            justification=said.justification,
            reason=said.reason,
            entered_by=by.in_record,
            recorded_at=at,
        )
        for each in dict.fromkeys(ids)
    ]
    with ssc_open(), transaction.atomic(using=SSC):
        AssessmentStatement.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _rows(known_at: datetime | NotKnown) -> QuerySet[AssessmentStatement]:
    rows = AssessmentStatement.objects.order_by("pk")
    return rows.filter(recorded_at__lte=known_at) if known_at else rows


def _standing(rows: Iterable[AssessmentStatement]) -> dict[int, dict[CPLEntryID, Assessment]]:
    found: dict[int, dict[CPLEntryID, Assessment]] = {}
    for row in rows:
        of_one = found.setdefault(row.vulnerability, {})
        cpl_entry_id = CPLEntryID(row.cpl_entry_id)
        if row.kind == TAKEN_BACK:
            of_one.pop(cpl_entry_id, None)
        else:
            kind = VerdictKind(row.kind)
            of_one[cpl_entry_id] = Assessment(kind, row.justification, row.reason, row.entered_by, row.recorded_at)
    return found


def _faults_of_entries(vulnerability: int, ids: Sequence[CPLEntryID], said: Said, at: datetime) -> Iterable[Fault]:
    """Yield what is wrong with the entries; what was said of one that has left the CPL since can be taken back."""
    if not ids:
        yield Fault(ENTRIES, "", "are not given", "name at least one by its CPL Entry ID", quoted=False)
    if said.kind == TAKEN_BACK:
        known, wrong = {*assessments_of(vulnerability)}, "of which nothing is said that could be taken back"
    else:
        known, wrong = {*current().register.catalogue(britains_day(at)).entries}, "which is not on the CPL"
    for each in dict.fromkeys(ids):
        if each not in known:
            yield Fault(ENTRIES, "", f"name {each}, {wrong}", "check the id", quoted=False)


def _faults_of(said: Said) -> Iterable[Fault]:
    kinds = {TAKEN_BACK, *(kind.value for kind in VerdictKind)}
    if said.kind not in kinds:
        yield Fault(KIND, said.kind, "is none of the answers", "choose one of them")
    if said.kind == VerdictKind.NOT_AFFECTED and said.justification not in JUSTIFICATIONS:
        right = "choose why; others act on it"
        yield Fault(WHY_NOT, said.justification, "has not been chosen", right, quoted=bool(said.justification))
    if said.kind != VerdictKind.NOT_AFFECTED and said.justification:
        yield Fault(WHY_NOT, said.justification, "is given for what is not called unaffected", "leave it out")
    if said.reason:
        yield from check_paragraphs(said.reason, REASON)
    else:
        yield Fault(REASON, "", "is not given", "say how it was found out, and by whom", quoted=False)
