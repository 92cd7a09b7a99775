"""Keeping what was given with submissions: replaced while they are open, recorded once they are published.

The two databases share no transaction. So the register's says where a submission stands, and this side follows it,
whenever it next looks: what is published is recorded, what was thrown away is forgotten, and to do so twice does
nothing more. A process may die between any two lines here or there.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.statement import Channel
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import DraftStack, StackStatement
from firmpath.registry.ssc.stacks.parsing import VENDOR, check_stack, unquoted
from firmpath.registry.ssc.stacks.standing import find_standing
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.sealed import ZigBeeStack

_LONGEST_TRANSACTION: Final = timedelta(days=1)
"""What the register does not know may belong to a transaction of it that has not ended; none takes this long."""

_AT_ONCE: Final = 500


@ssc_open()
def keep(stacks: Mapping[UUID, ZigBeeStack], by: Who, at: datetime) -> None:
    """Keep what is given with entries of open submissions, in place of what was given before.

    Cost: a few queries for each 500.

    :raises FirmpathError: a text that may not be written, or a submission that is not open; no value is repeated.
    """
    faults = (unquoted(fault) for stack in stacks.values() for fault in check_stack(stack))
    refuse_if_any(dict.fromkeys(faults))
    closed = [each for each, standing in find_standing(stacks).items() if not standing.is_open]
    right = "ask SECAS to return the submission, or send SECAS what has to be put right"
    refuse_if_any(Fault(VENDOR, "", "was given with a submission already", right, quoted=False) for _ in closed[:1])
    given = {each: stack for each, stack in stacks.items() if any(stack)}
    rows = [DraftStack(each, stack[0], stack[1], by.party_name, by.in_record, at) for each, stack in given.items()]
    with transaction.atomic(using=SSC):
        _delete(each for each in stacks if each not in given)
        DraftStack.objects.bulk_create(
            rows,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["reference"],
            update_fields=["chipset_vendor", "stack_version", "party", "entered_by", "entered_at"],
        )


@ssc_open()
def forget(references: Collection[UUID]) -> None:
    """Forget what was given with entries that the register no longer knows, or that were thrown away."""
    standing = find_standing(references)
    _delete([each for each in references if each not in standing or standing[each].is_discarded])


@ssc_open()
def follow(at: datetime) -> None:
    """Do what the register's database has led to: record what is published, forget what was thrown away.

    Cost: a query for each 500 entries of submissions that are not published.
    """
    entered = dict(DraftStack.objects.values_list("reference", "entered_at"))
    standing = find_standing(entered)
    published = {each: found.cpl_entry_id for each, found in standing.items() if found.cpl_entry_id}
    if published:
        _record(published)
    lost = [each for each in entered if each not in standing and entered[each] < at - _LONGEST_TRANSACTION]
    _delete([*lost, *(each for each, found in standing.items() if found.is_discarded)])


def _record(published: Mapping[UUID, CPLEntryID]) -> None:
    """Make statements of drafts; a second process that does the same waits, and finds nothing left to do."""
    with transaction.atomic(using=SSC):
        drafts = list(DraftStack.objects.select_for_update().filter(reference__in=published).order_by("reference"))
        for draft in drafts:
            cpl_entry_id = published[draft.reference]
            StackStatement.objects.create(
                reference=draft.reference,
                cpl_entry_id=cpl_entry_id,
                chipset_vendor=draft.chipset_vendor,
                stack_version=draft.stack_version,
                party=draft.party,
                entered_by=draft.entered_by,
                recorded_at=draft.entered_at,
                channel=Channel.SUBMISSION,
                supersedes=latest_about(cpl_entry_id),
            )
        _delete([draft.reference for draft in drafts])


def latest_about(cpl_entry_id: CPLEntryID) -> StackStatement | None:
    """Give the last statement about an entry, for the next one to supersede."""
    return StackStatement.objects.filter(cpl_entry_id=cpl_entry_id).order_by("-pk").first()


def _delete(references: Iterable[UUID]) -> None:
    gone = list(references)
    for start in range(0, len(gone), _AT_ONCE):
        DraftStack.objects.filter(reference__in=gone[start : start + _AT_ONCE]).delete()
