"""Read what the SSC has; whatever leaves here is a value, and asks the database no more."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ssc.models import DraftStack, StackStatement
from firmpath.registry.ssc.people import named_in
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.models_deciding import ZigBeeNote
from firmpath.registry.submissions.sealed import ZigBeeStack
from firmpath.registry.submissions.status import WAITING


class KnownStack(NamedTuple):
    """What is known of an entry: of each of the two, the last that anybody said."""

    chipset_vendor: str | NotKnown = NOT_KNOWN
    stack_version: str | NotKnown = NOT_KNOWN


class PastStack(NamedTuple):
    """One statement of an entry's history."""

    number: int
    stack: KnownStack
    recorded_at: datetime
    party: str
    entered_by: str
    channel: str
    evidence: str
    reason: str
    supersedes: int | NotKnown


class Stacks(NamedTuple):
    """What is known of every entry, and a number for each text: that of the statement which first said it."""

    by_entry: dict[CPLEntryID, KnownStack]
    vendor_numbers: dict[str, int]
    version_numbers: dict[str, int]


class Waiting(NamedTuple):
    """An entry of a submission that was sent in and is not published."""

    submission: str
    party: str
    status: str
    manufacturer_id: str
    firmware_version: str
    stack: KnownStack


@ssc_open()
def typed_by(reference: UUID) -> ZigBeeStack:
    """Give what was typed with an entry of a submission; for its submitter, while it is open."""
    found = DraftStack.objects.filter(reference=reference).values_list("chipset_vendor", "stack_version").first()
    return ZigBeeStack(*found) if found else ZigBeeStack("", "")


def find_given(cpl_entry_id: CPLEntryID) -> tuple[bool, bool]:
    """Say whether vendor and stack version were given for an entry, as the register's own database notes it."""
    entries = SubmissionEntry.objects.filter(cpl_entry_id=cpl_entry_id)
    notes = ZigBeeNote.objects.filter(cpl_entry_id=cpl_entry_id)
    flags = [*entries.values_list("vendor_given", "stack_given"), *notes.values_list("vendor_given", "stack_given")]
    return any(vendor for vendor, _ in flags), any(stack for _, stack in flags)


@ssc_open()
def known_stacks(known_at: datetime | NotKnown = NOT_KNOWN) -> Stacks:
    """Give what is known of every entry, or was known at an instant.

    Cost: one query, linear in the statements.
    """
    found = Stacks({}, {}, {})
    known = StackStatement.objects.filter(recorded_at__lte=known_at) if known_at else StackStatement.objects
    rows = known.order_by("pk").values_list("pk", "cpl_entry_id", "chipset_vendor", "stack_version")
    for number, entry_number, vendor, version in rows.iterator(chunk_size=5000):
        cpl_entry_id = CPLEntryID(entry_number)
        before = found.by_entry.get(cpl_entry_id, KnownStack())
        after = KnownStack(vendor or before.chipset_vendor, version or before.stack_version)
        found.by_entry[cpl_entry_id] = after
        if vendor:
            found.vendor_numbers.setdefault(vendor, number)
        if version:
            found.version_numbers.setdefault(version, number)
    return found


@ssc_open()
def history_of(cpl_entry_id: CPLEntryID) -> list[PastStack]:
    """Give what was said about an entry, the newest first."""
    rows = list(StackStatement.objects.filter(cpl_entry_id=cpl_entry_id).order_by("-pk"))
    name = named_in(row.entered_by for row in rows)
    return [
        PastStack(
            row.pk,
            known(row.chipset_vendor, row.stack_version),
            row.recorded_at,
            row.party,
            name(row.entered_by),
            row.channel,
            row.evidence,
            row.reason,
            NOT_KNOWN if row.supersedes_id is None else row.supersedes_id,
        )
        for row in rows
    ]


def known(vendor: str, version: str) -> KnownStack:
    """Make a value of two texts, '' being what was not said."""
    return KnownStack(vendor or NOT_KNOWN, version or NOT_KNOWN)


@ssc_open()
def waiting() -> list[Waiting]:
    """Give the entries of submissions that wait to be published, the longest waiting first."""
    entries = SubmissionEntry.objects.select_related("submission__party").filter(submission__status__in=WAITING)
    drafts = dict(_drafts(DraftStack.objects.all()))
    return [
        Waiting(
            entry.submission.reference,
            entry.submission.party.name,
            entry.submission.status,
            entry.answers.get("manufacturer_id", ""),
            entry.answers.get("firmware_version", ""),
            drafts.get(entry.reference, KnownStack()),
        )
        for entry in entries.order_by("submission__submitted_at", "submission_id", "position")
    ]


def _drafts(rows: Iterable[DraftStack]) -> Iterable[tuple[UUID, KnownStack]]:
    return ((row.reference, known(row.chipset_vendor, row.stack_version)) for row in rows)
