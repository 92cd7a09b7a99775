"""Calls by which a correction of the register is asked for, and followed."""

from typing import Any

from django.http import Http404, HttpResponseBase

from firmpath.pathways.days import day_in_words
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.not_known import NotKnown
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.schemas.corrections import CorrectionIn, CorrectionPage, OneCorrection
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import Cursor, Limit, Number, write_cursor
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.correction_queries import corrections_for
from firmpath.registry.submissions.corrections import Request, request_correction
from firmpath.registry.submissions.models_deciding import CorrectionRequest
from firmpath.registry.submissions.on_record import find_on_record

router = Calls(tags=["corrections"], auth=Takes(Act.REQUEST_CORRECTION))


@router.post("", response={201: OneCorrection}, summary="Ask for a correction", openapi_extra=CONFLICTS)
def ask_for_correction(request: Any, asked: CorrectionIn) -> HttpResponseBase:
    """Say what is wrong about an entry or a notice, and what would be right. Files go by the page."""
    with as_things_stand():
        wanted = _about_what_there_is(request, asked)
    made = request_correction(wanted, request.who, request.at)
    response = json_response({"version": 1, "correction": _correction_json(made)}, 201)
    response.headers["Location"] = f"/api/v1/corrections/{made.pk}"
    return response


@router.get("", response=CorrectionPage, summary="List requests for corrections")
def list_corrections(request: Any, limit: Limit, cursor: Cursor) -> HttpResponseBase:
    """Give the requests of the caller's Party (SECAS: of all), the newest first, a page at a time."""
    found = corrections_for(request.who).order_by("-pk")
    page = list((found.filter(pk__lt=cursor) if cursor else found)[: limit + 1])
    more = {"next_cursor": write_cursor(page[limit - 1].pk)} if len(page) > limit else {}
    return json_response({"version": 1, "corrections": [_correction_json(each) for each in page[:limit]], **more})


@router.get("/{number}", response=OneCorrection, summary="Read a request for a correction")
def read_correction(request: Any, number: Number) -> HttpResponseBase:
    """Give a request with what became of it, and why."""
    found = corrections_for(request.who).filter(pk=number).first()
    if found is None:
        raise Http404("There is no such request, or it is not yours to see.")
    return json_response({"version": 1, "correction": _correction_json(found)})


def _about_what_there_is(request: Any, asked: CorrectionIn) -> Request:
    """Give the request to make.

    :raises FirmpathError: there is nothing that it is about.
    """
    register, today = current().register, request.today
    catalogue = register.catalogue(today)
    wrong = f"is not there on {day_in_words(today)}"
    if asked.cpl_entry_id and isinstance(find_on_record(register, asked.cpl_entry_id, today), NotKnown):
        raise FirmpathError(Fault("CPL entry", str(asked.cpl_entry_id), wrong, "check its id", quoted=False))
    if asked.notice_id and asked.notice_id not in {each.notice_id for each in catalogue.notices}:
        raise FirmpathError(Fault("Notice", asked.notice_id, wrong, "check its id"))
    return Request(asked.words, asked.cpl_entry_id, asked.notice_id, asked.email_text)


def _correction_json(correction: CorrectionRequest) -> Json:
    fields: Json = {
        "number": correction.pk,
        "party": correction.party.name,
        "asked_at": write_instant(correction.asked_at),
        "cpl_entry_id": correction.cpl_entry_id,
        "notice_id": correction.notice_id,
        "words": correction.words,
        "email_text": correction.email_text,
        "state": correction.state,
        "decided_at": write_instant(correction.decided_at) if correction.decided_at else "",
        "decision_reason": correction.decision_reason,
    }
    return {name: value for name, value in fields.items() if value}
