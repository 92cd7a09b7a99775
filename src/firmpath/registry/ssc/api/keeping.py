"""Calls for assessments and for the counts of inventories."""

from typing import Any

from django.http import Http404, HttpResponseBase

from firmpath.pathways.identifiers import CPLEntryID, write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import Number
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.asking import KnownOn, asked_of
from firmpath.registry.ssc.api.schemas_keeping import (
    AssessmentIn,
    Assessments,
    Inventories,
    InventoryIn,
    OneInventory,
)
from firmpath.registry.ssc.assessments.keeping import TAKEN_BACK, PastAssessment, Said, assess, past_assessments
from firmpath.registry.ssc.inventories.counts import (
    Inventory,
    counts_of,
    find_inventory,
    inventories,
    keep_inventory,
)
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get("/vulnerabilities/{number}/assessments", response=Assessments, summary="List the assessments")
def list_assessments(request: Any, number: Number, known_on: KnownOn) -> HttpResponseBase:
    """Give what the SSC said of entries and a vulnerability, the newest first."""
    known_at = asked_of(request, None, known_on, 0).as_of.known_at
    found = past_assessments(number, known_at)
    log_look(request.who, f"assessments of vulnerability {number}", request.at, len(found))
    if number not in known_vulnerabilities(known_at):
        raise Http404("There is no such vulnerability, or there was none by then.")
    return json_response({"version": 1, "assessments": [_assessment_json(each) for each in found]})


@router.post(
    "/vulnerabilities/{number}/assessments",
    auth=Takes(Act.WORK_SSC),
    response={201: Assessments},
    summary="Assess entries",
    openapi_extra=CONFLICTS,
)
def add_assessment(request: Any, number: Number, written: AssessmentIn) -> HttpResponseBase:
    """Say of entries what follows from no version, or take back what was said."""
    _require(number)
    kind = TAKEN_BACK if written.verdict == "taken back" else written.verdict
    said = Said(kind, written.justification, written.reason)
    with as_things_stand():
        assess(number, [CPLEntryID(each) for each in written.cpl_entry_ids], said, request.who, request.at)
    found = past_assessments(number)
    log_look(request.who, f"assessments of vulnerability {number}", request.at, len(found))
    return json_response({"version": 1, "assessments": [_assessment_json(each) for each in found]}, 201)


@router.get("/inventories", response=Inventories, summary="List the inventories")
def list_inventories(request: Any) -> HttpResponseBase:
    """Give the inventories, the newest first, without their counts."""
    found = inventories()
    log_look(request.who, "inventories", request.at, len(found))
    return json_response({"version": 1, "inventories": [_inventory_json(each) for each in found]})


@router.post(
    "/inventories",
    auth=Takes(Act.WORK_SSC),
    response={201: OneInventory},
    summary="Give the counts of an inventory",
    openapi_extra=CONFLICTS,
)
def add_inventory(request: Any, written: InventoryIn) -> HttpResponseBase:
    """Keep how many Devices run each entry, to weigh exposure by."""
    with as_things_stand():
        counts = counts_of((tuple(each.cpl_entry_ids), each.devices) for each in written.counts)
        number = keep_inventory(written.name, written.counted_on, counts, request.who, request.at)
    found = find_inventory(number)
    assert found
    return json_response({"version": 1, "inventory": _inventory_json(found)}, 201)


def _require(number: int) -> None:
    if number not in known_vulnerabilities():
        raise Http404("There is no such vulnerability.")


def _assessment_json(past: PastAssessment) -> Json:
    fields = {
        "cpl_entry_id": past.cpl_entry_id,
        "verdict": past.said.kind or "taken back",
        "justification": past.said.justification,
        "reason": past.said.reason,
        "entered_by": past.entered_by,
        "recorded_at": write_instant(past.recorded_at),
    }
    return {name: value for name, value in fields.items() if value}


def _inventory_json(inventory: Inventory) -> Json:
    return {
        "number": inventory.number,
        "name": inventory.name,
        "counted_on": inventory.counted_on.isoformat(),
        "devices": inventory.devices,
    }
