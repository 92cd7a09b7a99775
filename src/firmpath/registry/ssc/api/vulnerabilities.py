"""Calls that read, add, change and take in vulnerabilities."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase

from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.api.standing import CONFLICTS, as_things_stand
from firmpath.registry.api.taken import AsAt, Number
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.asking import InventoryNumber, KnownOn, asked_of
from firmpath.registry.ssc.api.json_form import as_of_json, line_json, vulnerability_json
from firmpath.registry.ssc.api.schemas import (
    FileIn,
    OneVulnerability,
    RangeIn,
    TakenIn,
    Vulnerabilities,
    VulnerabilityChange,
    VulnerabilityIn,
)
from firmpath.registry.ssc.exposure.looking import see_vulnerabilities
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities import keeping
from firmpath.registry.ssc.vulnerabilities.files import take_in_file
from firmpath.registry.ssc.vulnerabilities.same_cve import same_cves
from firmpath.registry.ssc.vulnerabilities.taking_in import Taken
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.get(
    "/vulnerabilities",
    response=Vulnerabilities,
    summary="List the vulnerabilities with what each comes to",
    openapi_extra=CONFLICTS,
)
def list_vulnerabilities(
    request: Any, as_at: AsAt, known_on: KnownOn, inventory: InventoryNumber
) -> HttpResponseBase:
    """Give every vulnerability with its verdicts and ways out in numbers (409: there is no such inventory)."""
    asked = asked_of(request, as_at, known_on, inventory)
    with as_things_stand():
        lines = see_vulnerabilities(asked, "vulnerabilities", request.who, request.at)
    return json_response({**as_of_json(asked), "vulnerabilities": [line_json(each) for each in lines]})


@router.post(
    "/vulnerabilities",
    auth=Takes(Act.WORK_SSC),
    response={201: OneVulnerability},
    summary="Add a vulnerability",
    openapi_extra=CONFLICTS,
)
def add_vulnerability(request: Any, written: VulnerabilityIn) -> HttpResponseBase:
    """Add a vulnerability whose reference is not on record yet."""
    with as_things_stand():
        number = keeping.add_vulnerability(_read(written), request.who, request.at)
    response = _response(request, number, 201)
    response.headers["Location"] = f"/api/v1/ssc/vulnerabilities/{number}"
    return response


@router.post(
    "/vulnerabilities/import",
    auth=Takes(Act.WORK_SSC),
    response=TakenIn,
    summary="Take vulnerabilities in from a file",
    openapi_extra=CONFLICTS,
)
def take_in_vulnerabilities(request: Any, file: FileIn) -> HttpResponseBase:
    """Take a file in whole, or tell every fault of every row: CSV, a CVE record of format 5, or OSV."""
    with as_things_stand():
        counts, cautions = take_in_file(file.name, file.text.encode(), request.who, request.at)
    fields = {each.value.replace(" ", "_"): counts[each] for each in Taken}
    return json_response({"version": 1, **fields, **({"cautions": list(cautions)} if cautions else {})})


@router.get("/vulnerabilities/{number}", response=OneVulnerability, summary="Read a vulnerability")
def read_vulnerability(request: Any, number: Number) -> HttpResponseBase:
    """Give a vulnerability."""
    return _response(request, number, 200)


@router.put(
    "/vulnerabilities/{number}",
    auth=Takes(Act.WORK_SSC),
    response=OneVulnerability,
    summary="Change a vulnerability",
    openapi_extra=CONFLICTS,
)
def change_vulnerability(request: Any, number: Number, written: VulnerabilityChange) -> HttpResponseBase:
    """Put something else in the place of a revision; 409 where it is not the last one, or nothing changes."""
    found = keeping.history_of_vulnerability(number)
    if not found:
        raise Http404("There is no such vulnerability.")
    seen = next((each for each in found if each.kept.revision == written.revision), None)
    if seen is None:
        raise Http404("It has no such revision.")
    with as_things_stand():
        keeping.change_vulnerability(seen.kept, _read(written), written.reason, request.who, request.at)
    return _response(request, number, 200)


def _response(request: Any, number: int, status: int) -> HttpResponse:
    known = keeping.known_vulnerabilities()
    found = known.get(number)
    log_look(request.who, f"vulnerability {number}", request.at, 1 if found else 0)
    if found is None:
        raise Http404("There is no such vulnerability.")
    return json_response(
        {"version": 1, "vulnerability": vulnerability_json(found, same_cves(known).get(number, ()))}, status
    )


def _read(written: VulnerabilityIn) -> Vulnerability:
    return Vulnerability(
        written.reference,
        tuple(written.cves),
        written.title,
        tuple(map(_range, written.ranges)),
        written.condition,
        written.cvss,
        written.note,
        tuple(written.sources),
        written.is_withdrawn,
    )


def _range(written: RangeIn) -> AffectedRange:
    versions = VersionRange(written.since, written.up_to, written.below)
    maker, stack, chips = written.stack_maker, written.stack, written.chipset_vendor
    return AffectedRange(maker, stack, chips, versions, written.as_printed, written.status)
