"""What the SSC's page for the ZigBee chipset vendor and stack version asks and tells this side: no values."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models import SubmissionEntry
from firmpath.registry.submissions.sealed import ZigBeeStack, the_slot
from firmpath.registry.submissions.standing import locked, require_act
from firmpath.registry.submissions.status import OPEN

NOT_FOUND = "There is no such entry of a submission that you may write to."


def find_open_entry(who: Who, reference: UUID) -> SubmissionEntry:
    """Give the entry of a submission of their own Party that has not been submitted, or has come back.

    :raises Http404: there is none, or it is not theirs to write to; which of the two is not said.
    """
    found = None
    if who.may(Act.SUBMIT):
        entries = SubmissionEntry.objects.select_related("submission")
        theirs = entries.filter(submission__party_id=who.party_id, submission__status__in=OPEN)
        found = theirs.filter(reference=reference).first()
    if found is None:
        raise Http404(NOT_FOUND)
    return found


def put_and_note(reference: UUID, stack: ZigBeeStack, by: Who, at: datetime) -> SubmissionEntry:
    """Pass on to the SSC what a submitter gives with an entry, and note on this side that it is given.

    The submission is locked meanwhile, so that nothing is kept for one that has just been sent in. If the process
    dies between the two databases, the value is there and not noted here: the submitter is asked for it again.

    :raises FirmpathError: a text that may not be written; no value is repeated.
    :raises Http404: there is no such entry that they may write to.
    """
    require_act(by, Act.SUBMIT)
    with transaction.atomic():
        entry = find_open_entry(by, reference)
        if not locked(entry.submission).is_open:
            raise Http404(NOT_FOUND)
        note_given(entry, bool(stack.chipset_vendor), bool(stack.stack_version), at)
        the_slot().put(reference, stack, by, at)
    return entry


def note_given(entry: SubmissionEntry, vendor: bool, stack: bool, at: datetime) -> None:
    """Note which of the two have been given with an entry that `find_open_entry` gave.

    :raises Http404: it was submitted or discarded in the meantime.
    """
    still_open = SubmissionEntry.objects.filter(pk=entry.pk, submission__status__in=OPEN)
    if not still_open.update(vendor_given=vendor, stack_given=stack, changed_at=at):
        raise Http404(NOT_FOUND)
