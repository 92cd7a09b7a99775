"""Look up requests for corrections: SECAS sees all, everybody else those of their own Party."""

from datetime import datetime

from django.db.models import QuerySet

from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile


def corrections_for(who: Who) -> QuerySet[CorrectionRequest]:
    """Give the requests that somebody may see, the newest first; the contents of files are not read."""
    found = CorrectionRequest.objects.select_related("party", "asked_by", "decided_by").order_by("-asked_at", "-pk")
    return found if who.may(Act.EDIT) else found.filter(party_id=who.party_id)


def find_correction(correction_id: int) -> CorrectionRequest | None:
    """Find a request whoever made it, for SECAS."""
    return CorrectionRequest.objects.select_related("party").filter(pk=correction_id).first()


def find_file(who: Who, correction_id: int, file_id: int) -> EvidenceFile | None:
    """Find a file of a request that somebody may see, with its contents."""
    seen = corrections_for(who).filter(pk=correction_id)
    return EvidenceFile.objects.filter(pk=file_id, correction__in=seen).first()


def age_days(correction: CorrectionRequest, at: datetime) -> int:
    """Count the whole days that a request has been open, or was until it was decided."""
    return ((correction.decided_at or at) - correction.asked_at).days
