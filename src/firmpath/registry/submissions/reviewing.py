"""What the DCC and SECAS do with a submission before it is published: endorse, return, correct with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import read_answers
from firmpath.registry.submissions.drafts import keep_counts
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_submission
from firmpath.registry.submissions.rehearsing import has_hub, rehearse_submission, wanted_of
from firmpath.registry.submissions.standing import locked, note, stand
from firmpath.registry.submissions.status import WAITING, Happening, Status
from firmpath.registry.submissions.telling import tell

_LONGEST_REASON = 4000


def endorse(reference: str, by: Who, at: datetime) -> Submission:
    """Let the DCC endorse a submission with a Communications Hub, which then goes to SECAS.

    :raises FirmpathError: it does not wait for the DCC.
    """
    require_act(by, Act.ENDORSE)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        _require_status(submission, Status.WITH_DCC)
        submission.endorsed_at = at
        stand(submission, Status.WITH_SECAS, at)
        note(submission, Happening.ENDORSED, by, at)
        tell(submission)
    return submission


def return_(reference: str, reason: str, by: Who, at: datetime) -> Submission:
    """Return a submission to whoever made it, with the reason: the DCC what waits for it, SECAS what waits for it.

    :raises FirmpathError: no reason, or it does not wait for them.
    """
    desk = _desk_of(by)
    why = parse_reason(reason)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        _require_status(submission, desk)
        submission.returned_reason, submission.endorsed_at = why, None
        stand(submission, Status.RETURNED, at)
        note(submission, Happening.RETURNED, by, at, why)
        tell(submission)
    return submission


def edit(
    reference: str, position: int, answers: Mapping[str, Any], reason: str, by: Who, at: datetime
) -> SubmissionEntry:
    """Correct answers of a submission that waits for SECAS; what stood there before is kept with the reason.

    One with a Communications Hub goes to the DCC again, which endorsed something else.

    :raises FirmpathError: no reason, nothing that differs, or answers that could not be published.
    """
    require_act(by, Act.EDIT)
    why, given = parse_reason(reason), read_answers(answers)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        _require_status(submission, Status.WITH_SECAS)
        entry = find_entry(submission, position)
        changes = _changes(entry, given)
        entry.answers, entry.changed_at = entry.answers | given, at
        entry.save()
        keep_counts(submission, rehearse_submission(submission, current().register, at))
        submission.needs_endorsement = has_hub(wanted_of(submission))
        submission.endorsed_at = None
        stand(submission, Status.WITH_DCC if submission.needs_endorsement else Status.WITH_SECAS, at)
        note(submission, Happening.EDITED, by, at, why, changes)
        if submission.needs_endorsement:
            tell(submission)
    return entry


def parse_reason(text: str) -> str:
    """Read the reason for what is done to a submission.

    :raises FirmpathError: there is none, or it is no fit text.
    """
    written = text.strip().replace("\r\n", "\n")
    if not written:
        raise FirmpathError(Fault("Reason", "", "is empty", "say why, so that others understand it", quoted=False))
    if len(written) > _LONGEST_REASON:
        wrong = f"has {len(written)} characters, more than {_LONGEST_REASON}"
        raise FirmpathError(Fault("Reason", written, wrong, "shorten it"))
    return parse_text(written, "Reason")


def require_act(by: Who, act: Act) -> None:
    """Refuse whoever may not do something.

    :raises PermissionDenied: they may not.
    """
    if not by.may(act):
        raise PermissionDenied(f"Only some roles may {act.value}.")


def _desk_of(by: Who) -> Status:
    if by.may(Act.ENDORSE):
        return Status.WITH_DCC
    require_act(by, Act.REVIEW)
    return Status.WITH_SECAS


def _require_status(submission: Submission, status: Status) -> None:
    if submission.status != status:
        right = (
            "somebody else may have dealt with it" if submission.status not in WAITING else "it is not your turn"
        )
        wrong = f"is {submission.status}, not {status}"
        raise FirmpathError(Fault("Submission", submission.reference, wrong, right))


def _changes(entry: SubmissionEntry, given: Mapping[str, str]) -> list[dict[str, Any]]:
    changes = [
        {"position": entry.position, "name": name, "before": entry.answers.get(name, ""), "after": text}
        for name, text in given.items()
        if entry.answers.get(name, "") != text
    ]
    if not changes:
        wrong = "has these answers already"
        raise FirmpathError(Fault("Entry", str(entry.position), wrong, "change something, or go back"))
    return changes
