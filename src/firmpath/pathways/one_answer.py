"""The answer for one installed entry and one target."""

from firmpath.pathways.answers import AlreadyThere, NoPathway, Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cautions import cautions_of_pathway, cautions_of_staying
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway import NO_WAY, NoWay, find_best
from firmpath.pathways.stepping_stones import find_stepping_stones
from firmpath.pathways.why_not import find_why_not


def answer_for(
    catalogue: Catalogue, installed: CPLEntryID, target: CPLEntryID, accepted: frozenset[str]
) -> AlreadyThere | Pathway | NoPathway:
    """Answer for one entry that is installed and one that is wanted."""
    if installed == target:
        return AlreadyThere(installed, cautions_of_staying(catalogue, installed))
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    steps = find_best(upgrades, installed, target) if target in upgrades.entries else NO_WAY
    if isinstance(steps, NoWay):
        return find_why_not(catalogue, installed, target, accepted)
    ends = [end for cpl_entry_id in steps[1:] if (end := catalogue[cpl_entry_id].cpa_valid_until)]
    unchanged = catalogue.ahead.last_day_unchanged(steps, upgrades.entries, bool(upgrades.guarded))
    ends += (unchanged,) if unchanged else ()
    return Pathway(
        steps,
        find_stepping_stones(upgrades.open, steps),
        cautions_of_pathway(catalogue, upgrades, steps),
        min(ends) if ends else NOT_KNOWN,
    )
