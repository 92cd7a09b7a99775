"""Drafts: begun, written to, sent in, or thrown away by the Party that makes the submission."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.rules import Severity
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.models import ManufacturerIdentifier, Party
from firmpath.registry.parties.roles import MAY, Act, Role
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.answers import PARTS, Place, Wanted, place_in_submission, read_answers, term_of
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_open_submission, find_submission
from firmpath.registry.submissions.rehearsing import (
    Outcome,
    faults_of_findings,
    has_hub,
    rehearse_submission,
    wanted_of,
)
from firmpath.registry.submissions.sealed import the_slot
from firmpath.registry.submissions.standing import locked, note, put_back_as_sent, require_act, stand
from firmpath.registry.submissions.status import OPEN, WAITING, Happening, Status
from firmpath.registry.submissions.telling import tell, tell_of_recall

MOST_ENTRIES: Final = 1000
"""The most entries of one submission."""
MOST_OPEN: Final = 200
"""The most submissions of one Party that are still to be submitted."""


def create_draft(by: Who, at: datetime, answers: Mapping[str, Any] | None = None) -> Submission:
    """Begin a submission of one entry.

    :raises FirmpathError: answers to what is not asked.
    """
    given = read_answers(answers or {})
    with transaction.atomic():
        submission = begin(by, at)
        SubmissionEntry.objects.create(submission=submission, position=1, answers=given, changed_at=at)
    return submission


def begin(by: Who, at: datetime) -> Submission:
    """Begin a submission without an entry yet, in the transaction at hand.

    :raises FirmpathError: the Party has as many still to be submitted as there can be.
    """
    require_act(by, Act.SUBMIT)
    take_turn(f"submissions of Party {by.party_id}")
    if Submission.objects.filter(party_id=by.party_id, status__in=OPEN).count() >= MOST_OPEN:
        wrong = f"has {MOST_OPEN} submissions that are still to be submitted, the most there can be"
        raise FirmpathError(Fault("Party", by.party_name, wrong, "submit some of them, or discard them"))
    made = Submission.objects.create(
        party_id=by.party_id, made_by_id=by.person_id, status=Status.DRAFT, begun_at=at, changed_at=at
    )
    note(made, Happening.BEGUN, by, at)
    return made


class SavedMeanwhileError(FirmpathError):
    """The answers of a page have been saved, and are others now, since it was shown to whoever sends it."""


def mark_of_answers(entry: SubmissionEntry, part: str) -> str:
    """Give a mark by which the answers of a page, as it showed them, are known again when it comes back."""
    return sha256(json.dumps([entry.answers.get(name, "") for name in PARTS[part]]).encode()).hexdigest()[:16]


class Seen(NamedTuple):
    """The page of an entry that somebody sends, and the mark of the answers that it showed."""

    part: str
    mark: str


def save_answers(
    reference: str, position: int, answers: Mapping[str, Any], by: Who, at: datetime, seen: Seen | None = None
) -> SubmissionEntry:
    """Keep answers of an entry as they were typed, right or wrong; those that are not named stay as they are.

    :raises SavedMeanwhileError: they are not the ones any more that were `seen`; nothing is kept.
    :raises FirmpathError: answers to what is not asked.
    """
    given = read_answers(answers)
    with transaction.atomic():
        submission = open_to_write(reference, by)
        entry = find_entry(submission, position)
        if seen and seen.mark != mark_of_answers(entry, seen.part):
            _refuse_to_replace(entry, given)
        entry.answers = entry.answers | given
        entry.changed_at = at
        entry.save()
        stand(submission, submission.status, at)
    return entry


def _refuse_to_replace(entry: SubmissionEntry, given: Mapping[str, str]) -> None:
    wrong, right = "was saved since you opened this page", "to replace it with what stands below, save again"
    now = {name: entry.answers.get(name, "") for name in given}
    faults = [Fault(term_of(name), now[name], wrong, right) for name in given if given[name] != now[name]]
    if faults:
        raise SavedMeanwhileError(*faults)


def add_entry(reference: str, by: Who, at: datetime) -> SubmissionEntry:
    """Add an entry for the same hardware as the last one, with nothing said yet about its firmware.

    :raises FirmpathError: the submission is full.
    """
    with transaction.atomic():
        submission = open_to_write(reference, by)
        entries = list(submission.entries.all())
        if len(entries) >= MOST_ENTRIES:
            wrong = f"has {len(entries)} entries, the most there can be"
            raise FirmpathError(Fault("Submission", submission.reference, wrong, "begin another submission"))
        names = [name for name in PARTS["device"] if not name.startswith(("firmware", "manufacturer_image"))]
        answers = {name: entries[-1].answers[name] for name in names if name in entries[-1].answers}
        added = SubmissionEntry.objects.create(
            submission=submission, position=entries[-1].position + 1, answers=answers, changed_at=at
        )
        stand(submission, submission.status, at)
        note(submission, Happening.ADDED, by, at, f"entry {added.position}")
    return added


def remove_entry(reference: str, position: int, by: Who, at: datetime) -> None:
    """Take an entry out of a submission that has several; the others keep their positions.

    :raises FirmpathError: it is the only one.
    """
    with transaction.atomic():
        submission = open_to_write(reference, by)
        entry = find_entry(submission, position)
        if submission.entries.count() == 1:
            wrong, right = "has only this entry", "discard the submission instead"
            raise FirmpathError(Fault("Submission", submission.reference, wrong, right))
        forgotten = entry.reference
        entry.delete()
        stand(submission, submission.status, at)
        note(submission, Happening.REMOVED, by, at, f"entry {position}")
        transaction.on_commit(lambda: the_slot().discard([forgotten]))


def discard(reference: str, by: Who, at: datetime) -> None:
    """Throw a draft away, or a submission that came back; what was given for the SSC is forgotten too."""
    with transaction.atomic():
        submission = open_to_write(reference, by)
        forgotten: list[UUID] = list(submission.entries.values_list("reference", flat=True))
        submission.entries.all().delete()
        stand(submission, Status.DISCARDED, at)
        note(submission, Happening.DISCARDED, by, at)
        transaction.on_commit(lambda: the_slot().discard(forgotten))


def submit(reference: str, by: Who, at: datetime) -> Submission:
    """Send a submission in: to the DCC if a Communications Hub is in it, else to SECAS.

    :raises FirmpathError: every fault of its answers; or else what the rules refuse or want a reason for.
    """
    require_act(by, Act.SUBMIT)
    judged = find_open_submission(by, reference)
    outcome = require_fit(judged, at)  # before the transaction, which would keep other writers waiting
    with transaction.atomic():
        submission = open_to_write(reference, by)
        if _stated_in(submission) != _stated_in(judged):
            outcome = require_fit(submission, at)
        submission.needs_endorsement = has_hub(wanted_of(submission))
        submission.submitted_by_id = by.person_id
        submission.submitted_at, submission.endorsed_at, submission.returned_reason = at, None, ""
        keep_counts(submission, outcome)
        stand(submission, Status.WITH_DCC if submission.needs_endorsement else Status.WITH_SECAS, at)
        note(submission, Happening.SUBMITTED, by, at)
        tell(submission)
    return submission


def recall(reference: str, by: Who, at: datetime) -> Submission:
    """Take back a submission that waits for the DCC or SECAS: a draft again, as it was submitted.

    :raises FirmpathError: it does not wait for anybody.
    """
    require_act(by, Act.SUBMIT)
    with transaction.atomic():
        submission = locked(find_submission(by, reference))
        desk = submission.status
        if desk not in WAITING:
            right = "it is yours to write to" if submission.is_open else "ask SECAS for a correction"
            raise FirmpathError(Fault("Submission", submission.reference, f"is {desk}", right))
        put_back_as_sent(submission, at)
        submission.submitted_at, submission.endorsed_at = None, None
        stand(submission, Status.DRAFT, at)
        note(submission, Happening.RECALLED, by, at)
        tell_of_recall(submission, Status(desk))
    return submission


def require_fit(submission: Submission, at: datetime) -> Outcome:
    """Give the outcome of a submission that nothing speaks against.

    :raises FirmpathError: every fault of its answers; or else what the rules refuse or want a reason for.
    """
    faults = faults_beside_answers(submission)
    try:
        outcome = rehearse_submission(submission, current().register, at)
    except FirmpathError as error:
        raise FirmpathError(*error.faults, *faults) from None
    faults += faults_of_findings(outcome.blocking)
    if faults:
        raise FirmpathError(*faults)
    return outcome


def faults_beside_answers(submission: Submission) -> list[Fault]:
    """Find what is missing for the SSC, and entries that are not the Party's to submit."""
    entries = list(submission.entries.all())
    wanted = [Wanted(each.position, each.answers) for each in entries]
    place = place_in_submission(wanted)
    faults = faults_of_identifiers(submission.party, wanted)
    for index, entry in enumerate(entries):
        for term, is_given in (
            ("ZigBee chipset vendor", entry.vendor_given),
            ("ZigBee stack version", entry.stack_given),
        ):
            if not is_given:
                right = "every submission has it; only the Security Sub-Committee will see it"
                faults.append(Fault(term, "", "is not given", right, place(index, term), quoted=False))
    return faults


def faults_of_identifiers(party: Party, wanted: Sequence[Wanted], place: Place | None = None) -> list[Fault]:
    """Find entries that are not the Party's to submit; a Supplier submits for any manufacturer."""
    role = Role(party.role)
    if Act.SUBMIT not in MAY[role] or not party.is_active:
        wrong, right = "does not make submissions any more", "ask SECAS"
        return [Fault("Party", party.name, wrong, right)]
    if role is not Role.MANUFACTURER:
        return []
    own = sorted(ManufacturerIdentifier.objects.filter(party=party).values_list("identifier", flat=True))
    right = f"its own are {', '.join(own)}; ask SECAS if one is missing" if own else "ask SECAS to record its own"
    wrong = f"is not one of {party.name}'s own, and a Device Manufacturer submits for those alone"
    place = place or place_in_submission(wanted)
    return [
        Fault("Manufacturer identifier", written, wrong, right, place(index, "manufacturer_id"))
        for index, each in enumerate(wanted)
        if (written := each.answers.get("manufacturer_id", "").strip().upper()) and written not in own
    ]


def keep_counts(submission: Submission, outcome: Outcome) -> None:
    """Keep the numbers of findings with the submission, for lists; it is saved by whoever calls."""
    submission.refusals = outcome.count(Severity.REFUSE)
    submission.reasons_wanted = outcome.count(Severity.NEEDS_REASON)
    submission.notes = outcome.count(Severity.NOTE)


def _stated_in(submission: Submission) -> list[object]:
    """Give all that a submission is judged by."""
    return [(each.pk, each.answers, each.vendor_given, each.stack_given) for each in submission.entries.all()]


def open_to_write(reference: str, by: Who) -> Submission:
    """Lock a submission that somebody may write to, so that whatever else happens to it waits."""
    require_act(by, Act.SUBMIT)
    found = locked(find_open_submission(by, reference))
    if not found.is_open:
        raise Http404("It was submitted or discarded in the meantime.")
    return found
