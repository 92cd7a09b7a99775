"""The call that gives who looked at what."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.taken import Cursor, Limit, write_cursor
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.schemas_knowing import Looks
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.looks.reading import LOG, Look, looks_before

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get("/looks", response=Looks, summary="List who looked at what")
def list_looks(request: Any, limit: Limit, cursor: Cursor) -> HttpResponseBase:
    """Give every look at what is the SSC's, the newest first, a page at a time; this one is logged as well."""
    log_look(request.who, LOG, request.at, 0)
    found = looks_before(cursor, limit + 1)
    page = found[:limit]
    more = {"next_cursor": write_cursor(page[-1].number)} if len(found) > limit else {}
    return json_response({"version": 1, "looks": [_look_json(each) for each in page], **more})


def _look_json(look: Look) -> Json:
    searched = {"searched": look.searched} if look.searched else {}
    who = {"looked_at": write_instant(look.looked_at), "name": look.name}
    return {"number": look.number, **who, "what": look.what, **searched, "rows": look.rows}
