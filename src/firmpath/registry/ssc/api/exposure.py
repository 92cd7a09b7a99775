"""Calls that give the exposure to a vulnerability, the ways out, fixes, and OpenVEX."""

from typing import Annotated, Any

from django.http import HttpResponseBase
from ninja import Query

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import AsAt, Cursor, Limit, Number, ReadBy, write_cursor
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.asking import InventoryNumber, KnownOn, asked_of, picture_of
from firmpath.registry.ssc.api.json_form import as_of_json, exposed_json, fix_json, shares_json, verdicts_json
from firmpath.registry.ssc.api.schemas import ExposureOut, Fixes
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.vulnerabilities.openvex import openvex_of
from firmpath.registry.ssc.ways_out.fixes import find_fixes
from firmpath.registry.ssc.ways_out.ordering import put_in_order

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))
_VERDICTS = ("", *(kind.value for kind in VerdictKind))


def _parse_verdict(text: str) -> str:
    if text not in _VERDICTS:
        raise FirmpathError(Fault("Verdict", text, "is none", f"give one of {', '.join(_VERDICTS[1:])}"))
    return text


Verdict = Annotated[
    str,
    ReadBy(_parse_verdict, {"type": "string", "enum": list(_VERDICTS)}),
    Query("", description="only entries with this verdict"),
]


@router.get(
    "/vulnerabilities/{number}/exposure",
    response=ExposureOut,
    summary="Say which entries a vulnerability affects",
    openapi_extra=CONFLICTS,
)
def read_exposure(
    request: Any,
    number: Number,
    as_at: AsAt,
    known_on: KnownOn,
    inventory: InventoryNumber,
    verdict: Verdict,
    limit: Limit,
    cursor: Cursor,
) -> HttpResponseBase:
    """Give the verdict of each entry and its way out, in order of their ids, a page at a time."""
    asked = asked_of(request, as_at, known_on, inventory)
    with as_things_stand():
        picture = picture_of(request, number, asked, "exposure")
    exposure = picture.exposure
    wanted = [
        each
        for each in picture.catalogue.entries
        if each > cursor and verdict in ("", exposure.verdict_of(each).kind)
    ]
    page = wanted[:limit]
    more = {"next_cursor": write_cursor(page[-1])} if len(wanted) > limit else {}
    condition = picture.kept.vulnerability.condition
    elsewhere = {"not_on_the_cpl": picture.not_on_the_cpl} if picture.not_on_the_cpl else {}
    return json_response(
        {
            **as_of_json(asked),
            "vulnerability": number,
            **({"condition": condition} if condition else {}),
            "verdicts": verdicts_json(picture.total),
            **elsewhere,
            "shares": shares_json(picture),
            "entries": [exposed_json(picture, each) for each in page],
            **more,
        }
    )


@router.get(
    "/vulnerabilities/{number}/fixes",
    response=Fixes,
    by_alias=True,
    summary="Compare upgrades that would rescue entries",
    openapi_extra=CONFLICTS,
)
def compare_fixes(
    request: Any,
    number: Number,
    as_at: AsAt,
    known_on: KnownOn,
    inventory: InventoryNumber,
    limit: Limit,
    cursor: Cursor,
) -> HttpResponseBase:
    """Give the upgrades that would rescue entries that have no way out, in the order to publish them.

    First comes what adds most Devices for each upgrade to those before it: one by itself, or two that only together
    free Devices of which an inventory knows several entries. A cursor follows so many of them: the next page is
    that of the same order, which changes with what is on record.
    """
    asked = asked_of(request, as_at, known_on, inventory)
    with as_things_stand():
        picture = picture_of(request, number, asked, "fixes")
    fixes = put_in_order(find_fixes(picture.exposure, picture.found, picture.weights), picture.weights)
    end = cursor + limit
    more = {"next_cursor": write_cursor(end)} if end < len(fixes) else {}
    shown = [fix_json(picture, each) for each in fixes[cursor:end]]
    return json_response({**as_of_json(asked), "fixes": shown, **more})


@router.get(
    "/vulnerabilities/{number}/openvex",
    response=dict[str, Any],
    summary="Give the exposure as OpenVEX",
    openapi_extra=CONFLICTS,
)
def read_openvex(request: Any, number: Number, as_at: AsAt, known_on: KnownOn) -> HttpResponseBase:
    """Give an OpenVEX document of version 0.2.0, in which CPL entries are the products."""
    asked = asked_of(request, as_at, known_on, 0)
    author, at = request.who.party_name, request.at
    with as_things_stand():
        picture = picture_of(request, number, asked, "OpenVEX")
        return json_response(openvex_of(picture.exposure, picture.found, number, author, at))
