"""Move a submission from one state to the next, note it in its history, and tell those whom it concerns."""

import logging
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models import Submission, SubmissionEntry, SubmissionEvent
from firmpath.registry.submissions.status import Happening

_log = logging.getLogger("firmpath")


def require_act(by: Who, act: Act) -> None:
    """Refuse whoever may not do something.

    :raises PermissionDenied: they may not.
    """
    if not by.may(act):
        raise PermissionDenied(f"Only some roles may {act.value}.")


def locked(submission: Submission) -> Submission:
    """Give a submission as it is now, and keep others from changing it until the transaction ends."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    return Submission.objects.select_related("party", "made_by", "submitted_by").get(pk=submission.pk)


def stand(submission: Submission, status: str, at: datetime) -> None:
    """Save a submission with its state."""
    submission.status = status
    submission.changed_at = at
    submission.save()


def put_back_as_sent(submission: Submission, at: datetime) -> None:
    """Give the submitter their own answers back where SECAS had corrected them, so that they state no others."""
    corrected = [each for each in submission.entries.all() if each.answers_sent]
    for each in corrected:
        each.answers, each.answers_sent, each.changed_at = each.answers_sent, {}, at
    SubmissionEntry.objects.bulk_update(corrected, ["answers", "answers_sent", "changed_at"], batch_size=200)


def note(
    submission: Submission,
    what: Happening,
    by: Who,
    at: datetime,
    reason: str = "",
    changes: list[dict[str, Any]] | None = None,
) -> None:
    """Add to the history of a submission, in the transaction at hand."""
    SubmissionEvent.objects.create(
        submission=submission, at=at, by_id=by.person_id, what=what, reason=reason, changes=changes or []
    )
    fields = {"submission": submission.pk, "person": by.person_id, "entries": submission.entries.count()}
    _log.info("", extra={"what": f"submission: {what}", "fields": fields})
