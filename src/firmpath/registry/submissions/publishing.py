"""Publish a submission: judged again by the CPL of that moment, and recorded in one transaction, or not at all.

Source: MP231 section 3; FEATURES F7, F8, F30.
"""

from datetime import datetime
from typing import NamedTuple, NoReturn

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.append import Ledger, appending
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.corrected import Answered, answered
from firmpath.registry.submissions.drafts import faults_of_identifiers
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_submission
from firmpath.registry.submissions.rehearsing import Outcome, faults_of_findings, rehearse_answered, wanted_of
from firmpath.registry.submissions.standing import locked, note, require_act, stand
from firmpath.registry.submissions.status import Happening, Status
from firmpath.registry.submissions.telling import tell


class OutcomeChangedError(FirmpathError):
    """The CPL or the submission has changed since the reviewer looked: publishing would do something else."""


class _Ahead(NamedTuple):
    """The outcome of a submission as it was judged before the lock was taken, and what it was judged by."""

    register: LivingRegister
    said: Answered
    outcome: Outcome


def publish(reference: str, seen: str, by: Who, at: datetime) -> Submission:
    """Publish a submission whose outcome somebody at SECAS has `seen`; published already, it stays as it is.

    Cost: a rehearsal; others who publish wait for it only where the CPL has changed in the meantime.

    :raises OutcomeChangedError: the outcome would be another one.
    :raises FirmpathError: it does not wait for SECAS, they had a part in it, or something speaks against it by now.
    """
    require_act(by, Act.REVIEW)
    ahead = _judge_ahead(find_submission(by, reference), at)
    with appending(at) as ledger:
        submission = locked(find_submission(by, reference))
        if submission.status == Status.PUBLISHED:
            return submission
        _require_publishable(submission, by)
        outcome = _require_seen(submission, seen, ledger, ahead, at)
        ledger.record(outcome.stated)
        _issue(submission, outcome, at)
        submission.decided_at = at
        stand(submission, Status.PUBLISHED, at)
        note(submission, Happening.PUBLISHED, by, at)
        tell(submission)
    return submission


def why_not_publish(submission: Submission, by: Who) -> str:
    """Say why somebody at SECAS may not be the one who publishes a submission; "" if they may."""
    if by.person_id in (submission.made_by_id, submission.submitted_by_id):
        return "you made it, so somebody else has to publish it"
    if submission.events.filter(by_id=by.person_id, what=Happening.EDITED).exists():
        return "you corrected it, so somebody else has to publish it"
    return ""


def _require_publishable(submission: Submission, by: Who) -> None:
    if submission.status != Status.WITH_SECAS:
        wrong = f"is {submission.status}, not {Status.WITH_SECAS}"
        _refuse(submission, wrong, "only what waits for SECAS is published")
    why = why_not_publish(submission, by)
    if why:
        _refuse(submission, "cannot be published by you", why)


def _judge_ahead(submission: Submission, at: datetime) -> _Ahead | None:
    """Judge it while others can still write; what was judged so holds if nothing has changed under the lock."""
    register = current().register
    try:
        said = answered(submission)
        return _Ahead(register, said, rehearse_answered(submission, said, register, at))
    except FirmpathError:
        return None


def _require_seen(submission: Submission, seen: str, ledger: Ledger, ahead: _Ahead | None, at: datetime) -> Outcome:
    """Judge it again under the lock, when nobody else can change the CPL any more."""
    faults = faults_of_identifiers(submission.party, wanted_of(submission))
    if faults:
        raise FirmpathError(*faults)
    said = answered(submission)
    if ahead and ahead.register is ledger.register and ahead.said == said:
        outcome = ahead.outcome
    else:
        outcome = rehearse_answered(submission, said, ledger.register, at)
    if outcome.seen != seen:
        wrong = "would now do something else than when you looked at it"
        right = "look at the rehearsal below again, and publish it if that is right"
        raise OutcomeChangedError(Fault("Submission", submission.reference, wrong, right))
    if outcome.blocking:
        raise FirmpathError(*faults_of_findings(outcome.blocking))
    return outcome


def _issue(submission: Submission, outcome: Outcome, at: datetime) -> None:
    """Give each entry the CPL Entry ID under which it was recorded."""
    entries = list(submission.entries.all())
    for entry in entries:
        entry.cpl_entry_id, entry.changed_at = outcome.ids[entry.position], at
    SubmissionEntry.objects.bulk_update(entries, ["cpl_entry_id", "changed_at"], batch_size=200)


def _refuse(submission: Submission, wrong: str, right: str) -> NoReturn:
    raise FirmpathError(Fault("Submission", submission.reference, wrong, right))
