"""The answer for one installed entry and one target, or the newest that it can reach."""

from firmpath.pathways.answers import (
    AlreadyThere,
    Caution,
    CautionKind,
    NoPathway,
    OneAnswer,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cautions import cautions_of_pathway, cautions_of_staying
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway import NoWay, Steps, find_best
from firmpath.pathways.reference import Newest
from firmpath.pathways.stepping_stones import find_stepping_stones
from firmpath.pathways.upgrades import reachable
from firmpath.pathways.why_not import find_why_not


def answer_for(
    catalogue: Catalogue, installed: CPLEntryID, target: CPLEntryID, accepted: frozenset[str]
) -> AlreadyThere | Pathway | NoPathway:
    """Answer for one entry that is installed and one that is wanted."""
    if installed == target:
        return AlreadyThere(installed, cautions_of_staying(catalogue, installed))
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    steps = find_best(upgrades, installed, target) if target in upgrades.entries else NoWay()
    if isinstance(steps, NoWay):
        return find_why_not(catalogue, installed, target, accepted)
    ends = [end for cpl_entry_id in steps[1:] if (end := catalogue[cpl_entry_id].cpa_valid_until)]
    return Pathway(
        steps,
        find_stepping_stones(upgrades.open, steps),
        cautions_of_pathway(catalogue, upgrades, steps),
        min(ends) if ends else NOT_KNOWN,
    )


def answer_for_newest(catalogue: Catalogue, installed: CPLEntryID, accepted: frozenset[str]) -> OneAnswer:
    """Answer for the newest entry of the HardwareModel that can be reached: newest by the date of its listing.

    An entry that is marked as a dead end is never chosen for anybody; who wants it names it.
    """
    entries = catalogue.entries
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    model = catalogue.hardware_models[entries[installed].hardware_model]
    later = [
        cpl_entry_id
        for cpl_entry_id in model
        if cpl_entry_id != installed
        and cpl_entry_id not in upgrades.closed
        and not upgrades.is_dead_end(cpl_entry_id)
        and entries[cpl_entry_id].listed_on >= entries[installed].listed_on
    ]
    within = reachable(upgrades.open, installed)
    newest = _latest_listed(catalogue, [cpl_entry_id for cpl_entry_id in later if cpl_entry_id in within])
    if len(newest) > 1:
        return SeveralTargets(Newest(), newest)
    if newest:
        return _noting_newer(catalogue, answer_for(catalogue, installed, newest[0], accepted), later)
    # An entry listed on the very day of the installed one is no newer: only a later day makes it so.
    newer = [
        cpl_entry_id for cpl_entry_id in later if entries[cpl_entry_id].listed_on > entries[installed].listed_on
    ]
    if newer:
        return find_why_not(catalogue, installed, _latest_listed(catalogue, newer)[0], accepted)
    return AlreadyThere(installed, cautions_of_staying(catalogue, installed))


def _latest_listed(catalogue: Catalogue, ids: list[CPLEntryID]) -> Steps:
    latest = max((catalogue[cpl_entry_id].listed_on for cpl_entry_id in ids), default=None)
    return tuple(cpl_entry_id for cpl_entry_id in ids if catalogue[cpl_entry_id].listed_on == latest)


def _noting_newer(catalogue: Catalogue, answer: OneAnswer, later: list[CPLEntryID]) -> OneAnswer:
    """Add the caution that still newer entries exist, to which no pathway is open."""
    if not isinstance(answer, Pathway):
        return answer
    reached = catalogue[answer.target].listed_on
    newer = tuple(cpl_entry_id for cpl_entry_id in later if catalogue[cpl_entry_id].listed_on > reached)
    if not newer:
        return answer
    caution = Caution(CautionKind.NEWER_UNREACHED, answer.target, newer)
    return answer._replace(cautions=(*answer.cautions, caution))
