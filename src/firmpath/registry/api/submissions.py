"""Calls that read submissions: those that concern the caller, and no others."""

from typing import Annotated, Any, Final, Literal

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import quote_etag
from ninja import Query

from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.json_form.rehearsals import rehearsal_json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.problems import ProblemError
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.schemas.submissions import RehearsalOut, SubmissionOut, SubmissionPage
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import Cursor, Limit, SubmissionReference, write_cursor
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_submission, may_read_answers, submissions_for
from firmpath.registry.submissions.rehearsing import rehearse_submission

_WENT_BACK: Final = "The submission has gone back to its Party, which alone sees what it will say."
_Status = Annotated[
    Literal["", "draft", "with the DCC", "with SECAS", "returned", "published"],
    Query("", description="where they stand"),
]
_WITH_ETAG: Final = {
    "responses": {
        200: {
            "headers": {
                "ETag": {
                    "description": "names the outcome; to publish it, send it as If-Match",
                    "schema": {"type": "string"},
                }
            }
        }
    }
}

router = Calls(tags=["submissions"], auth=Takes(Act.READ_SUBMISSIONS))


@router.get("", response=SubmissionPage, summary="List submissions")
def list_submissions(request: Any, status: _Status, limit: Limit, cursor: Cursor) -> HttpResponseBase:
    """Give the submissions that concern the caller, the newest first, a page at a time."""
    found = submissions_for(request.who).order_by("-pk")
    found = found.filter(status=status) if status else found
    page = list((found.filter(pk__lt=cursor) if cursor else found)[: limit + 1])
    more = {"next_cursor": write_cursor(page[limit - 1].pk)} if len(page) > limit else {}
    return json_response({"version": 1, "submissions": [_summary_json(each) for each in page[:limit]], **more})


@router.get("/{reference}", response=SubmissionOut, summary="Read a submission")
def read_submission(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Give a submission with its entries and what happened to it, so also why it came back."""
    return submission_response(find_submission(request.who, reference), request.who)


@router.get(
    "/{reference}/rehearsal",
    response=RehearsalOut,
    by_alias=True,
    summary="Show what publishing a submission would change",
    openapi_extra=_WITH_ETAG | CONFLICTS,
)
def rehearse(request: Any, reference: SubmissionReference) -> HttpResponseBase:
    """Judge a submission by the register as it is now; 409 lists what is wrong with its answers."""
    found = find_submission(request.who, reference)
    if not may_read_answers(request.who, found):
        raise ProblemError(404, _WENT_BACK)
    with as_things_stand():
        outcome = rehearse_submission(found, current().register, request.at)
    response = json_response(rehearsal_json(outcome.rehearsal))
    response.headers["ETag"] = quote_etag(outcome.seen)
    return response


def submission_response(submission: Submission, who: Who, status: int = 200) -> HttpResponse:
    """Give a submission as a response."""
    entries = list(submission.entries.all()) if may_read_answers(who, submission) else []
    events = submission.events.select_related("by__party")
    body = {
        "version": 1,
        **_summary_json(submission),
        "entries": [_entry_json(each) for each in entries],
        "events": [
            {
                "at": write_instant(each.at),
                "what": each.what,
                "party": each.by.party.name,
                **({"reason": each.reason} if each.reason else {}),
            }
            for each in events
        ],
    }
    return json_response(body, status)


def _summary_json(submission: Submission) -> Json:
    instants = {
        name: getattr(submission, name)
        for name in ("begun_at", "changed_at", "submitted_at", "endorsed_at", "decided_at")
    }
    return {
        "reference": submission.reference,
        "status": submission.status,
        "party": submission.party.name,
        **{name: write_instant(at) for name, at in instants.items() if at},
        "needs_endorsement": submission.needs_endorsement,
        **({"returned_reason": submission.returned_reason} if submission.returned_reason else {}),
    }


def _entry_json(entry: SubmissionEntry) -> Json:
    return {
        "position": entry.position,
        "answers": entry.answers,
        "zigbee_given": {"chipset_vendor": entry.vendor_given, "stack_version": entry.stack_given},
        **({"cpl_entry_id": entry.cpl_entry_id} if entry.cpl_entry_id else {}),
    }
