"""Calls by which the DCC and SECAS decide about submissions."""

from typing import Annotated, Any

from django.http import HttpResponseBase
from ninja import Header

from firmpath.registry.api import submissions
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.schemas.submissions import CorrectedAnswersIn, ReasonIn, SubmissionOut
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.submissions import submission_response
from firmpath.registry.api.taken import Position, SubmissionReference
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions import publishing, reviewing
from firmpath.registry.submissions.queries import find_submission

_IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=100,
        description="the ETag of the rehearsal that was looked at",
        pattern=r'^"[0-9a-f]{64}"$',
    ),
]
router = submissions.router


@router.post(
    "/{reference}/endorse",
    auth=Takes(Act.ENDORSE),
    response=SubmissionOut,
    summary="Endorse a submission",
    openapi_extra=CONFLICTS,
)
def endorse(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Endorse a submission with a Communications Hub, which then goes to SECAS."""
    with as_things_stand():
        endorsed = reviewing.endorse(reference, request.who, request.at)
    return submission_response(endorsed, request.who)


@router.post(
    "/{reference}/return-to-sender",
    auth=Takes(Act.ENDORSE),
    response=SubmissionOut,
    summary="Return a submission that waits for the DCC",
    openapi_extra=CONFLICTS,
)
def return_by_dcc(request: Any, reference: SubmissionReference, why: ReasonIn) -> HttpResponseBase:
    """Return it to whoever made it, with the reason."""
    return _return(request, reference, why)


@router.post(
    "/{reference}/return",
    auth=Takes(Act.REVIEW),
    response=SubmissionOut,
    summary="Return a submission that waits for SECAS",
    openapi_extra=CONFLICTS,
)
def return_by_secas(request: Any, reference: SubmissionReference, why: ReasonIn) -> HttpResponseBase:
    """Return it to whoever made it, with the reason."""
    return _return(request, reference, why)


@router.post(
    "/{reference}/entries/{position}/correct",
    auth=Takes(Act.EDIT),
    response=SubmissionOut,
    summary="Correct answers of a submission that waits for SECAS",
    openapi_extra=CONFLICTS,
)
def correct_answers(
    request: Any, reference: SubmissionReference, position: Position, given: CorrectedAnswersIn
) -> HttpResponseBase:
    """Correct answers with a reason; what stood there before is kept, and a Communications Hub goes back."""
    with as_things_stand():
        reviewing.edit(reference, position, given.answers, given.reason, request.who, request.at)
    return submission_response(find_submission(request.who, reference), request.who)


@router.post(
    "/{reference}/publish",
    auth=Takes(Act.REVIEW),
    response=SubmissionOut,
    summary="Publish a submission",
    openapi_extra={"x-problems": [409, 412]},
)
def publish(request: Any, reference: SubmissionReference, if_match: _IfMatch) -> HttpResponseBase:
    """Record it and issue its CPL Entry IDs, if its outcome is what was looked at (If-Match); else 412."""
    with as_things_stand():
        published = publishing.publish(reference, if_match.strip('"'), request.who, request.at)
    return submission_response(published, request.who)


def _return(request: Any, reference: str, why: ReasonIn) -> HttpResponseBase:
    with as_things_stand():
        returned = reviewing.return_(reference, why.reason, request.who, request.at)
    return submission_response(returned, request.who)
