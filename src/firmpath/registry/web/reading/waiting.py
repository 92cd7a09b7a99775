"""What waits for SECAS: how much of each kind, with where it is, so that nobody has to look into every list."""

from typing import NamedTuple

from django.urls import reverse

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.explanation import counted
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.correction_queries import corrections_for
from firmpath.registry.submissions.deciding_states import CorrectionState, ProposalState
from firmpath.registry.submissions.proposal_queries import proposals
from firmpath.registry.submissions.queries import submissions_for, waiting_for
from firmpath.registry.submissions.worklist import find_lacking
from firmpath.registry.web.reading.readers import may_edit


class Waiting(NamedTuple):
    """So many of a kind that wait, in words, and the address of the list."""

    words: str
    url: str


def what_waits(request: Asked, catalogue: Catalogue) -> list[Waiting]:
    """Count what waits for SECAS; for everybody else nothing does.

    Cost: five queries, and linear in the entries.
    """
    if not may_edit(request):
        return []
    who = request.who
    submissions = submissions_for(who).filter(waiting_for(who)).count()
    corrections = corrections_for(who).filter(state=CorrectionState.OPEN).count()
    decisions = proposals(ProposalState.WAITING).count()
    lacking = len(find_lacking(catalogue))
    return [
        Waiting(f"{counted(submissions, 'submission')} to review", f"{reverse('submissions')}?status=mine"),
        Waiting(counted(corrections, "open correction"), f"{reverse('corrections')}?state=open"),
        Waiting(f"{counted(decisions, 'change')} to be decided", reverse("proposals")),
        Waiting(f"{counted(lacking, 'entry', 'entries')} with gaps", reverse("worklist")),
    ]
