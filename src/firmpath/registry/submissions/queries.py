"""Look up submissions: whoever asks finds those that concern them, and no others."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from firmpath.pathways.days import instant_in_words
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.status import OPEN, Happening, Status

_NOT_FOUND = "There is no such submission, or it is not yours to see."


class DiscardedError(Http404):
    """A submission that somebody could see before it was discarded; only its own Party is told by which person."""

    def __init__(self, reference: str, at: datetime, by: str) -> None:
        when = instant_in_words(at)
        super().__init__(f"Submission {reference} was discarded on {when} by {by}. Nothing typed in it was kept.")
        self.reference, self.at, self.by = reference, at, by


def submissions_for(who: Who) -> QuerySet[Submission]:
    """Give the submissions that somebody may see, the newest first.

    A Party sees its own. The DCC sees those with a Communications Hub, and SECAS all, once they were submitted.
    """
    return _submissions_for(who).exclude(status=Status.DISCARDED)


def _submissions_for(who: Who) -> QuerySet[Submission]:
    """Give also those that were discarded."""
    found = Submission.objects.select_related("party", "made_by", "submitted_by").order_by("-changed_at", "-id")
    sent = found.exclude(submitted_at=None)
    if who.may(Act.REVIEW):
        return sent
    if who.may(Act.ENDORSE):
        return sent.filter(needs_endorsement=True)
    if who.may(Act.READ_SUBMISSIONS):
        return found.filter(party_id=who.party_id)
    return found.none()


def find_submission(who: Who, reference: str) -> Submission:
    """Give a submission that somebody may see.

    :raises Http404: there is none, or it is not theirs to see; which of the two is not said.
    :raises DiscardedError: it was theirs to see until it was discarded.
    """
    found = submissions_for(who).filter(reference=reference.upper()).first()
    if found is None:
        raise _missing(who, reference)
    return found


def find_open_submission(who: Who, reference: str) -> Submission:
    """Give a submission of their own Party that has not been submitted, or has come back.

    :raises Http404: there is none that they may write to.
    :raises DiscardedError: there was one until it was discarded.
    """
    theirs = Submission.objects.select_related("party").filter(party_id=who.party_id, status__in=OPEN)
    found = theirs.filter(reference=reference.upper()).first() if who.may(Act.SUBMIT) else None
    if found is None:
        raise _missing(who, reference)
    return found


def _missing(who: Who, reference: str) -> Http404:
    """Say of a submission that is not found, to those who could see it, that it was discarded."""
    gone = _submissions_for(who).filter(reference=reference.upper(), status=Status.DISCARDED).first()
    event = gone.events.select_related("by").filter(what=Happening.DISCARDED).last() if gone else None
    if gone is None or event is None:
        return Http404(_NOT_FOUND)
    by = f"{event.by.name} of {gone.party.name}" if gone.party_id == who.party_id else gone.party.name
    return DiscardedError(gone.reference, event.at, by)


def find_entry(submission: Submission, position: int) -> SubmissionEntry:
    """Give an entry of a submission by its position.

    :raises Http404: it has no such entry.
    """
    found = submission.entries.filter(position=position).first()
    if found is None:
        raise Http404(f"The submission has no entry {position}.")
    return found


def may_read_answers(who: Who, submission: Submission) -> bool:
    """Say whether somebody may read what was answered: others see no more of one that has gone back than that."""
    return submission.party_id == who.party_id or not submission.is_open


def waiting_for(who: Who) -> Q:
    """Give what selects, of the submissions somebody may see, those that wait for them."""
    if who.may(Act.REVIEW):
        return Q(status=Status.WITH_SECAS)
    if who.may(Act.ENDORSE):
        return Q(status=Status.WITH_DCC)
    return Q(status__in=OPEN)
