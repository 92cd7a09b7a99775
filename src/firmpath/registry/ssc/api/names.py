"""Calls for the makers and stacks that the SSC knows, and for what matches none of them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponseBase

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import Number
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.schemas_knowing import KnownNames, NameChange, NameIn
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.versions import known_names as keeping
from firmpath.registry.ssc.versions.known_names import KnownName
from firmpath.registry.ssc.versions.looking import see_names

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get("/names", response=KnownNames, summary="List the known makers and stacks, and the worklist")
def list_names(request: Any) -> HttpResponseBase:
    """Give the list by which texts are matched, and every text that matches nothing or cannot be compared."""
    return _response(request, 200)


@router.post(
    "/names",
    auth=Takes(Act.WORK_SSC),
    response={201: KnownNames},
    summary="Add a maker or a stack",
    openapi_extra=CONFLICTS,
)
def add_name(request: Any, written: NameIn) -> HttpResponseBase:
    """Add a maker or a stack, none of whose spellings is on the list yet."""
    log_look(request.who, "names to add to", request.at, 0)  # a refusal names the one that has the spelling
    with as_things_stand():
        keeping.add_name(_read(written, written.kind), request.who, request.at)
    return _response(request, 201)


@router.put(
    "/names/{number}",
    auth=Takes(Act.WORK_SSC),
    response=KnownNames,
    summary="Change a maker or a stack",
    openapi_extra=CONFLICTS,
)
def change_name(request: Any, number: Number, written: NameChange) -> HttpResponseBase:
    """Put something else in the place of a revision; 409 where it is not the last one."""
    found = keeping.find_name(number)
    log_look(request.who, f"name {number}", request.at, len(found))
    seen = next((each for each in found if each.revision == written.revision), None)
    if seen is None:
        raise Http404("It has no such revision." if found else "There is no such name.")
    with as_things_stand():
        changed = _read(written, keeping.name_of(seen).kind)
        keeping.change_name(seen, changed, written.reason, request.who, request.at)
    return _response(request, 200)


def _response(request: Any, status: int) -> HttpResponseBase:
    seen = see_names("names and worklist", request.who, request.at)
    known, revisions = seen.names, keeping.last_revisions()
    body = {
        "version": 1,
        "makers": [_named(each, revisions) for each in known.makers.values()],
        "stacks": [
            {**_named(each, revisions), "rule": each.rule.name, **({"maker": each.maker} if each.maker else {})}
            for each in known.stacks.values()
        ],
        "unmatched": [each._asdict() for each in seen.spellings],
        "not_comparable": [each._asdict() for each in seen.unreadable],
    }
    return json_response(body, status)


def _named(each: Any, revisions: Mapping[int, int]) -> Json:
    spellings = {"spellings": list(each.spellings)} if each.spellings else {}
    return {"number": each.number, "revision": revisions[each.number], "name": each.name, **spellings}


def _read(written: NameIn | NameChange, kind: str) -> KnownName:
    return KnownName(kind, written.name, tuple(written.spellings), written.maker, written.rule)
