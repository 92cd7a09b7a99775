"""The call that finds vulnerabilities by what people call them; that is sent in its body, and in no address."""

from typing import Any

from django.http import HttpResponseBase

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.reading import Calls, json_response
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.api.schemas_finding import FoundVulnerabilities, IdentifiersIn
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.vulnerabilities.finding import find_named
from firmpath.registry.ssc.vulnerabilities.keeping import KeptVulnerability, known_vulnerabilities

router = Calls(tags=["committee"], auth=Takes(Act.READ_SSC))


@router.post(
    "/vulnerabilities/find", response=FoundVulnerabilities, summary="Find vulnerabilities by reference or CVE id"
)
def find_vulnerabilities(request: Any, asked: IdentifiersIn) -> HttpResponseBase:
    """Give the number of each vulnerability that has one of these identifiers; nothing of what it comes to."""
    found = find_named(known_vulnerabilities(), asked.identifiers)
    log_look(request.who, "vulnerabilities by identifier", request.at, sum(map(len, found.values())))
    fields = [{"identifier": name, "vulnerabilities": list(map(_named, each))} for name, each in found.items()]
    return json_response({"version": 1, "found": fields})


def _named(each: KeptVulnerability) -> Json:
    written = each.vulnerability
    cves = {"cves": list(written.cves)} if written.cves else {}
    return {"number": each.number, "reference": written.reference, **cves, "is_withdrawn": written.is_withdrawn}
