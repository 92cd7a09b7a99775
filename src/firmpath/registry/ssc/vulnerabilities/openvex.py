"""What is exposed as an OpenVEX document, for machines: a statement for each verdict.

Source: OpenVEX 0.2.0, with its JSON schema, which is narrower than its text: a statement that something is not
affected has a justification or an impact statement, never both; and a document has a statement at least.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID, write_instant
from firmpath.pathways.naming import chain, listing
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.verdict import VerdictKind, Why
from firmpath.registry.ssc.ways_out.finding import WaysOut
from firmpath.registry.ssc.ways_out.others import remarks_on

_CONTEXT: Final = "https://openvex.dev/ns/v0.2.0"
_STATUS: Final = {
    VerdictKind.AFFECTED: "affected",
    VerdictKind.NOT_AFFECTED: "not_affected",
    VerdictKind.UNKNOWN: "under_investigation",
}


def openvex_of(exposure: Exposure, found: WaysOut, number: int, author: str, at: datetime) -> dict[str, Any]:
    """Give the document; entries with the same status and the same words share a statement.

    Cost: linear in the entries.
    :raises FirmpathError: the CPL of the day has no entry.
    """
    if not exposure.ground.catalogue.entries:
        wrong = "has no entry on that day, and OpenVEX no form for that"
        raise FirmpathError(Fault("CPL", "", wrong, "ask for another day", quoted=False))
    groups: dict[tuple[tuple[str, str], ...], list[CPLEntryID]] = {}
    for each in exposure.ground.catalogue.entries:
        groups.setdefault(tuple(_said(exposure, found, each).items()), []).append(each)
    vulnerability = exposure.vulnerability
    names = {"name": vulnerability.cves[0] if vulnerability.cves else vulnerability.reference}
    known_as = dict.fromkeys((vulnerability.reference, *vulnerability.cves))
    aliases = [each for each in known_as if each != names["name"]]
    return {
        "@context": _CONTEXT,
        "@id": f"urn:firmpath:ssc:vulnerability:{number}:{write_instant(at)}",
        "author": author,
        "timestamp": write_instant(at),
        "version": 1,
        "statements": [
            {
                "vulnerability": {**names, **({"aliases": aliases} if aliases else {})},
                "products": list(_entries(exposure, ids)),
                **dict(said),
            }
            for said, ids in groups.items()
        ],
    }


def _said(exposure: Exposure, found: WaysOut, cpl_entry_id: CPLEntryID) -> Mapping[str, str]:
    """Give the status of an entry, with what the format wants to be said beside it."""
    verdict = exposure.verdict_of(cpl_entry_id)
    said = {"status": _STATUS[verdict.kind]}
    assessment = exposure.assessed.get(cpl_entry_id)
    if verdict.kind is VerdictKind.NOT_AFFECTED:
        if assessment and assessment.justification:
            return {**said, "justification": assessment.justification, "status_notes": assessment.reason}
        return {**said, "impact_statement": assessment.reason if assessment else verdict.why.value}
    condition = exposure.condition_of(cpl_entry_id)
    only = f"; only where this holds as well, which no version tells: {condition}" if condition else ""
    reason = assessment.reason if verdict.why is Why.ASSESSED and assessment else verdict.why.value
    notes = {"status_notes": f"{reason}{only}"}
    if verdict.kind is VerdictKind.UNKNOWN:
        return {**said, **notes}
    way = found.ways.get(cpl_entry_id)
    action = f"{_upgrade(exposure, found, way)}." if way else f"{found.stuck[cpl_entry_id]}."
    return {**said, **notes, "action_statement": action[0].upper() + action[1:]}


def _upgrade(exposure: Exposure, found: WaysOut, way: Steps) -> str:
    """Say which way to take; what else is on record of its entries is not named to whoever gets the document."""
    action = f"Upgrade: {chain(exposure.ground.catalogue, way)}"
    remarks = remarks_on(found.others, way)
    besides = listing(exposure.ground.catalogue, [each.cpl_entry_id for each in remarks if each.affected_by])
    if besides:
        return f"{action}. Caution: on record is another vulnerability that affects {besides}"
    unknown = listing(exposure.ground.catalogue, [each.cpl_entry_id for each in remarks])
    return f"{action}. Caution: on record is another vulnerability that may affect {unknown}" if unknown else action


def _entries(exposure: Exposure, ids: list[CPLEntryID]) -> Iterator[dict[str, Any]]:
    for each in ids:
        image_hash = exposure.ground.catalogue[each].manufacturer_image_hash
        yield {"@id": f"urn:firmpath:cpl-entry:{each}", "hashes": {"sha-256": image_hash.lower()}}
