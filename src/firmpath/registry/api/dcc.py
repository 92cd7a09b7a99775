"""Calls for the DCC: extracts for its systems, and what they have loaded."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase

from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.schemas.dcc import ExtractIn, ExtractOut, Extracts, Loads, LoadsIn, Recorded
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import Cursor, Limit, Number, write_cursor
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.dcc_extracts import json_of, make_extract, take_extract
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.publication.dcc_loading import Written, record_loaded, record_removed
from firmpath.registry.publication.dcc_queries import extracts, find_extract, loaded_days, not_loaded
from firmpath.registry.publication.models import ExtractTaken

router = Calls(tags=["dcc"])


@router.post(
    "/extracts",
    auth=Takes(Act.TAKE_EXTRACT),
    response={201: ExtractOut},
    summary="Take an extract",
    openapi_extra=CONFLICTS,
)
def take(request: Any, wanted: ExtractIn) -> HttpResponseBase:
    """Give every listed entry, or what changed since the last extract (409: there is none), and note it."""
    with as_things_stand():
        taken = take_extract(ExtractKind(wanted.kind), request.who, request.at)
    response = _extract_response(taken, 201)
    response.headers["Location"] = f"/api/v1/dcc/extracts/{taken.pk}"
    return response


@router.get("/extracts", auth=Takes(Act.TAKE_EXTRACT), response=Extracts, summary="List the extracts")
def list_extracts(request: Any, limit: Limit, cursor: Cursor) -> HttpResponseBase:
    """Give the extracts that were taken, the newest first, a page at a time."""
    found = extracts()
    page = list((found.filter(pk__lt=cursor) if cursor else found)[: limit + 1])
    more = {"next_cursor": write_cursor(page[limit - 1].pk)} if len(page) > limit else {}
    return json_response({"version": 1, "extracts": [_summary_json(each) for each in page[:limit]], **more})


@router.get(
    "/extracts/{number}", auth=Takes(Act.TAKE_EXTRACT), response=ExtractOut, summary="Read an extract again"
)
def read_extract(request: Any, number: Number) -> HttpResponseBase:
    """Give an extract as it was when it was taken."""
    taken = find_extract(number)
    if taken is None:
        raise Http404(f"No extract {number} was taken.")
    return _extract_response(taken, 200)


@router.get("/loads", auth=Takes(Act.RECORD_LOADED), response=Loads, summary="List what has been loaded")
def list_loads(request: Any) -> HttpResponseBase:
    """Give the entries that the DCC's systems have loaded, and those that wait, the longest waiting first."""
    catalogue = current().register.catalogue(request.today)
    loaded = [{"cpl_entry_id": each, "loaded_on": on.isoformat()} for each, on in sorted(loaded_days().items())]
    waiting = [
        {"cpl_entry_id": each.entry.cpl_entry_id, "listed_on": each.entry.listed_on.isoformat()}
        for each in not_loaded(catalogue)
    ]
    return json_response({"version": 1, "loaded": loaded, "not_loaded": waiting})


@router.post(
    "/loads",
    auth=Takes(Act.RECORD_LOADED),
    response=Recorded,
    summary="Record what has been loaded",
    openapi_extra=CONFLICTS,
)
def record_loads(request: Any, loads: LoadsIn) -> HttpResponseBase:
    """Record that the DCC's systems loaded entries on a day, or have them no more; all of them, or none."""
    written = [Written(str(each)) for each in loads.cpl_entry_ids]
    with as_things_stand():
        if loads.kind == "loaded":
            number = record_loaded(written, loads.loaded_on or request.today, (), request.who, request.at)
        else:
            number = record_removed(written, request.who, request.at)
    return json_response({"version": 1, "recorded": number})


def _extract_response(taken: ExtractTaken, status: int) -> HttpResponse:
    octets = json_of(make_extract(taken, current().register))
    return HttpResponse(octets, status=status, content_type="application/json")


def _summary_json(taken: ExtractTaken) -> Json:
    return {
        "extract": taken.pk,
        "kind": taken.kind,
        "taken_at": write_instant(taken.taken_at),
        "as_at": taken.as_at.isoformat(),
        "ledger_number": taken.ledger_number,
        "chain": taken.chain,
        **({"since": taken.since_id} if taken.since_id else {}),
    }
