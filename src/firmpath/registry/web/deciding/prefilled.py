"""With which answers the form of a change begins: those of the request that it is for, or of the gap it fills."""

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.correction_queries import find_correction
from firmpath.registry.submissions.models_deciding import CorrectionRequest
from firmpath.registry.submissions.proposal_queries import responsible_parties
from firmpath.registry.web.deciding.provenance import CHANNEL, EVIDENCE, PARTY


def provenance_defaults(request: Asked, entry: CPLEntry | NotKnown = NOT_KNOWN) -> dict[str, object]:
    """Begin with what the address says: for which request a change is made, or that it fills a gap."""
    correction = _correction(request)
    fills_gap = request.GET.get("fills") == "gap"
    party = _maker(entry) if fills_gap else request.who.party_name
    return {
        "stands": "mistake" if correction else "",
        CHANNEL.name: (Channel.BEST_ENDEAVOURS if fills_gap else Channel.SECAS_CORRECTION).value,
        PARTY.name: correction.party.name if correction else party,
        EVIDENCE.name: correction.email_text if correction else "",
    }


def parties_for(request: Asked, entry: CPLEntry | NotKnown = NOT_KNOWN) -> tuple[str, ...]:
    """Give those who can be chosen as responsible: every Party, the requester's, and the maker of the entry."""
    correction = _correction(request)
    asking = correction.party.name if correction else ""
    return responsible_parties(asking, request.who.party_name, _maker(entry))


def correction_id(request: Asked) -> int:
    """Read for which request a change is made; 0 for none."""
    written = request.GET.get("correction", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _maker(entry: CPLEntry | NotKnown) -> str:
    return str(entry.published.manufacturer_name or "") if entry else ""


def _correction(request: Asked) -> CorrectionRequest | None:
    return find_correction(correction_id(request))
