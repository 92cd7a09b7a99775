"""What is written for the SSC by others: the submitter's values, and what SECAS takes from an e-mail."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import StackStatement
from firmpath.registry.ssc.stacks.keeping import follow, latest_about
from firmpath.registry.ssc.stacks.parsing import VENDOR, check_line, check_paragraphs, check_stack
from firmpath.registry.ssc.stacks.queries import find_given
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.sealed import ZigBeeStack
from firmpath.registry.submissions.worklist import note_zigbee_given
from firmpath.registry.submissions.zigbee_given import put_and_note

PARTY, EVIDENCE, REASON = "Party that sent it", "Text of the e-mail", "Reason"


class FromEmail(NamedTuple):
    """What SECAS took from an e-mail: whose it is, its whole text, and why it replaces what was recorded."""

    stack: ZigBeeStack
    party: str
    evidence: str
    reason: str


def give(reference: UUID, stack: ZigBeeStack, by: Who, at: datetime) -> SubmissionEntry:
    """Keep what a submitter gives with an entry of an open submission; faults repeat it, on their own page alone.

    :raises FirmpathError: every fault of both texts.
    :raises Http404: there is no such entry that they may write to.
    """
    refuse_if_any(check_stack(stack))
    return put_and_note(reference, stack, by, at)


@ssc_open()
def record_from_email(cpl_entry_id: CPLEntryID, given: FromEmail, by: Who, at: datetime) -> None:
    """Record what an authorised e-mail said about a CPL entry, with the e-mail as evidence.

    :raises FirmpathError: every fault at once.
    """
    before = find_given(cpl_entry_id)
    refuse_if_any(_faults_of_email(given, is_replacing=_replaces(given.stack, before)))
    follow(at)  # what came with the submission was said before this
    with transaction.atomic():
        note_zigbee_given(cpl_entry_id, bool(given.stack.chipset_vendor), bool(given.stack.stack_version), at)
        log_act(by, "ZigBee information recorded for the SSC", f"entry {cpl_entry_id}", at)
        with transaction.atomic(using=SSC):
            StackStatement.objects.create(
                cpl_entry_id=cpl_entry_id,
                chipset_vendor=given.stack.chipset_vendor,
                stack_version=given.stack.stack_version,
                party=given.party,
                entered_by=by.in_record,
                recorded_at=at,
                channel=Channel.BEST_ENDEAVOURS,
                evidence=given.evidence,
                reason=given.reason,
                supersedes=latest_about(cpl_entry_id),
            )


def _replaces(stack: ZigBeeStack, before: tuple[bool, bool]) -> bool:
    return any(text and was_given for text, was_given in zip(stack, before, strict=True))


def _faults_of_email(given: FromEmail, *, is_replacing: bool) -> list[Fault]:
    faults = list(check_stack(given.stack))
    if not any(given.stack):
        wrong = "and ZigBee stack version are both not given"
        faults.append(Fault(VENDOR, "", wrong, "write at least one of them", quoted=False))
    if given.party:
        faults += check_line(given.party, PARTY)
    else:
        faults.append(Fault(PARTY, "", "is not given", "name who answers for the information", quoted=False))
    if given.evidence:
        faults += check_paragraphs(given.evidence, EVIDENCE)
    else:
        faults.append(Fault(EVIDENCE, "", "is not given", "paste the e-mail; only the SSC reads it", quoted=False))
    if given.reason:
        faults += check_paragraphs(given.reason, REASON)
    elif is_replacing:
        wrong, right = "is not given", "say why this replaces what was recorded before"
        faults.append(Fault(REASON, "", wrong, right, quoted=False))
    return faults
