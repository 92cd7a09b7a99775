"""Look up SECAS's changes: those that wait for a second person, and those that were decided."""

from django.db.models import QuerySet

from firmpath.registry.parties.models import Party
from firmpath.registry.submissions.models_deciding import Proposal


def proposals(state: str = "") -> QuerySet[Proposal]:
    """Give the changes in one state, or all, the newest first."""
    found = Proposal.objects.select_related("made_by", "decided_by", "correction").order_by("-made_at", "-pk")
    return found.filter(state=state) if state else found


def find_proposal(proposal_id: int) -> Proposal | None:
    """Find a change, whatever became of it."""
    return proposals().filter(pk=proposal_id).first()


def responsible_parties(*others: str) -> tuple[str, ...]:
    """Give the names of those who can answer for a change: every Party, and others such as the entry's maker."""
    names = Party.objects.filter(is_active=True).values_list("name", flat=True)
    return tuple(sorted({*names, *filter(None, others)}, key=str.casefold))
