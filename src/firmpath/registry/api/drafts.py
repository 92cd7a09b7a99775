"""Calls by which a Party prepares a submission and sends it in."""

from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase

from firmpath.registry.api import submissions
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import json_response
from firmpath.registry.api.schemas.submissions import Added, DraftIn, EntryAnswersIn, SubmissionOut, ZigBeeIn
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.submissions import submission_response
from firmpath.registry.api.taken import Position, SubmissionReference
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions import drafts
from firmpath.registry.submissions.queries import find_entry, find_open_submission
from firmpath.registry.submissions.sealed import ZigBeeStack
from firmpath.registry.submissions.zigbee_given import put_and_note

_SUBMIT: Final = Takes(Act.SUBMIT)

router = submissions.router


@router.post("", auth=_SUBMIT, response={201: SubmissionOut}, summary="Begin a submission")
def create_draft(request: Any, draft: DraftIn) -> HttpResponseBase:
    """Begin a submission of one entry; nothing is sent to anybody until it is submitted."""
    made = drafts.create_draft(request.who, request.at, draft.answers)
    response = submission_response(made, request.who, 201)
    response.headers["Location"] = f"/api/v1/submissions/{made.reference}"
    return response


@router.delete("/{reference}", auth=_SUBMIT, response={204: None}, summary="Discard a draft")
def discard_draft(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Throw away a draft, or a submission that came back; what was given for the SSC is forgotten too."""
    drafts.discard(reference, request.who, request.at)
    return HttpResponse(status=204)


@router.post(
    "/{reference}/entries",
    auth=_SUBMIT,
    response={201: Added},
    summary="Add an entry to a draft",
    openapi_extra=CONFLICTS,
)
def add_entry(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Add an entry for the same hardware as the last one, with nothing said yet about its firmware."""
    with as_things_stand():
        added = drafts.add_entry(reference, request.who, request.at)
    return json_response({"version": 1, "position": added.position}, 201)


@router.patch(
    "/{reference}/entries/{position}",
    auth=_SUBMIT,
    response=SubmissionOut,
    summary="Answer for an entry of a draft",
)
def save_answers(
    request: Any, reference: SubmissionReference, position: Position, given: EntryAnswersIn
) -> HttpResponseBase:
    """Keep answers as they are typed, right or wrong; those that are not named stay. The rehearsal judges them."""
    saved = drafts.save_answers(reference, position, given.answers, request.who, request.at)
    return submission_response(saved.submission, request.who)


@router.delete(
    "/{reference}/entries/{position}",
    auth=_SUBMIT,
    response={204: None},
    summary="Take an entry out of a draft",
    openapi_extra=CONFLICTS,
)
def remove_entry(request: Any, reference: SubmissionReference, position: Position) -> HttpResponseBase:
    """Take an entry out of a draft that has several; the others keep their positions."""
    with as_things_stand():
        drafts.remove_entry(reference, position, request.who, request.at)
    return HttpResponse(status=204)


@router.put(
    "/{reference}/entries/{position}/zigbee",
    auth=_SUBMIT,
    response={204: None},
    summary="Give the ZigBee chipset vendor and stack version of an entry",
)
def give_zigbee(
    request: Any, reference: SubmissionReference, position: Position, given: ZigBeeIn
) -> HttpResponseBase:
    """Pass both on to the Security Sub-Committee, in place of what was given before; no call gives them back."""
    entry = find_entry(find_open_submission(request.who, reference), position)
    put_and_note(entry.reference, ZigBeeStack(given.chipset_vendor, given.stack_version), request.who, request.at)
    return HttpResponse(status=204)


@router.post(
    "/{reference}/submit", auth=_SUBMIT, response=SubmissionOut, summary="Submit a draft", openapi_extra=CONFLICTS
)
def submit(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Send it in: to the DCC if a Communications Hub is in it, else to SECAS; 409 says what speaks against it."""
    with as_things_stand():
        sent = drafts.submit(reference, request.who, request.at)
    return submission_response(sent, request.who)


@router.post(
    "/{reference}/recall",
    auth=_SUBMIT,
    response=SubmissionOut,
    summary="Take back a submission that waits",
    openapi_extra=CONFLICTS,
)
def recall(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Make it a draft again, as it was submitted, while it waits for the DCC or SECAS."""
    with as_things_stand():
        recalled = drafts.recall(reference, request.who, request.at)
    return submission_response(recalled, request.who)
