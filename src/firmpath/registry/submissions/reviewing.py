"""What the DCC and SECAS do with a submission before it is published: endorse, return, correct with a reason."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import read_answers, term_of
from firmpath.registry.submissions.corrected import Edit, answered
from firmpath.registry.submissions.drafts import keep_counts
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_submission
from firmpath.registry.submissions.rehearsing import Outcome, has_hub, rehearse_answered, wanted_of
from firmpath.registry.submissions.standing import locked, note, put_back_as_sent, require_act, stand
from firmpath.registry.submissions.status import WAITING, Happening, Status
from firmpath.registry.submissions.telling import tell, tell_of_correction

_LONGEST_REASON: Final = 4000
_MODEL: Final = ("device_type", "manufacturer_id", "model_id", "hardware_version")


def endorse(reference: str, by: Who, at: datetime) -> Submission:
    """Let the DCC endorse a submission with a Communications Hub, which then goes to SECAS.

    :raises FirmpathError: it does not wait for the DCC.
    """
    require_act(by, Act.ENDORSE)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        _require_status(submission, (Status.WITH_DCC,))
        submission.endorsed_at = at
        stand(submission, Status.WITH_SECAS, at)
        note(submission, Happening.ENDORSED, by, at)
        tell(submission)
    return submission


def return_(reference: str, reason: str, by: Who, at: datetime) -> Submission:
    """Return a submission to whoever made it, with the reason: the DCC what waits for it, SECAS whatever waits.

    It goes back as it was submitted; what SECAS corrected stays in its history.

    :raises FirmpathError: no reason, or it does not wait for them.
    """
    desks = _desks_of(by)
    why = parse_reason(reason)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        _require_status(submission, desks)
        put_back_as_sent(submission, at)
        submission.returned_reason, submission.endorsed_at = why, None
        stand(submission, Status.RETURNED, at)
        note(submission, Happening.RETURNED, by, at, why)
        tell(submission)
    return submission


def edit(
    reference: str, position: int, answers: Mapping[str, Any], reason: str, by: Who, at: datetime
) -> SubmissionEntry:
    """Correct answers of a submission that waits for SECAS; what was submitted is kept, and stated, beside them.

    One with a Communications Hub goes to the DCC again, which endorsed something else.

    :raises FirmpathError: no reason, nothing that differs, or answers that could not be published as a correction.
    """
    require_act(by, Act.EDIT)
    why, given = parse_reason(reason), read_answers(answers)
    judged = find_submission(by, reference)
    _judged(judged, position, given, why, by, at)  # before the lock: held, and found again under it
    with transaction.atomic():
        submission = locked(judged)
        entry, changes, outcome = _judged(submission, position, given, why, by, at)
        entry.answers_sent = entry.answers_sent or entry.answers
        entry.answers, entry.changed_at = entry.answers | given, at
        entry.save()
        keep_counts(submission, outcome)
        submission.needs_endorsement = has_hub(wanted_of(submission))
        submission.endorsed_at = None
        stand(submission, Status.WITH_DCC if submission.needs_endorsement else Status.WITH_SECAS, at)
        note(submission, Happening.EDITED, by, at, why, changes)
        tell_of_correction(submission, [term_of(each["name"]) for each in changes], position, why)
        if submission.needs_endorsement:
            tell(submission)
    return entry


def _judged(
    submission: Submission, position: int, given: Mapping[str, str], why: str, by: Who, at: datetime
) -> tuple[SubmissionEntry, list[dict[str, Any]], Outcome]:
    """Judge a correction: the entry, what changes about it, and what publishing the submission would then do."""
    _require_status(submission, (Status.WITH_SECAS,))
    entry = find_entry(submission, position)
    changes = _changes(entry, given)
    refuse_if_any(_faults_of_moving(changes))
    touched = frozenset((position, each["name"]) for each in changes)
    said = answered(submission).edited(position, given, Edit(by.party_name, by.in_record, why, touched))
    return entry, changes, rehearse_answered(submission, said, current().register, at)


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


def _desks_of(by: Who) -> tuple[Status, ...]:
    if by.may(Act.ENDORSE):
        return (Status.WITH_DCC,)
    require_act(by, Act.REVIEW)
    return WAITING


def _require_status(submission: Submission, statuses: tuple[Status, ...]) -> None:
    if submission.status not in statuses:
        right = (
            "somebody else may have dealt with it" if submission.status not in WAITING else "it is not your turn"
        )
        wrong = f"is {submission.status}, not {' or '.join(statuses)}"
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


def _faults_of_moving(changes: list[dict[str, Any]]) -> Iterator[Fault]:
    """What was submitted and its correction are about one model: its Party says which Device it submits."""
    for each in changes:
        if each["name"] in _MODEL and each["before"].strip().casefold() != each["after"].strip().casefold():
            right = "return the submission with what has to be put right, so that its Party submits it anew"
            yield Fault(term_of(each["name"]), each["after"], "would move the entry to another model", right)
