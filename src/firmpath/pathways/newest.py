"""The answer for one installed entry and the newest firmware: newest by the date of its listing.

Source: FEATURES F20 and F28; ADR 0005.
"""

from collections.abc import Collection, Iterable

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
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import find_hopeful
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import Newest
from firmpath.pathways.upgrades import Upgrades
from firmpath.pathways.walking import reachable


def answer_for_newest(catalogue: Catalogue, installed: CPLEntryID, accepted: frozenset[str]) -> OneAnswer:
    """Answer for the newest entry of the HardwareModel that can be reached and is no marked dead end.

    An entry that is marked as a dead end is never chosen for anybody, nor one from which the hope of coming to a
    still newer one would be lost; who wants it names it. Where nothing newer can be reached, the answer says why:
    first that it is excluded, if that is all that keeps the Device from something newer.
    """
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    later = tuple(each for each in catalogue.listed_after(installed) if each not in upgrades.closed)
    if not later:
        return _noting_closed(catalogue, installed, answer_for(catalogue, installed, installed, accepted))
    dead_ends = tuple(each for each in later if upgrades.is_dead_end(each))
    wanted = tuple(each for each in later if each not in dead_ends)
    if not wanted:
        return _noting_newer(catalogue, answer_for(catalogue, installed, installed, accepted), (), dead_ends)
    last = latest_listed(catalogue, wanted)
    open_to_it = reachable(upgrades.open, installed)
    newest = tuple(each for each in last if each in open_to_it)
    if not newest:
        within = open_to_it & _keeping_hope(upgrades, installed, last)
        newest = latest_listed(catalogue, (each for each in wanted if each in within))
        newest = newest or _held_back_from(catalogue, installed, accepted, open_to_it) or last
    if len(newest) > 1:
        return SeveralTargets(Newest(), newest)
    unreached = tuple(each for each in wanted if each not in open_to_it)
    return _noting_newer(catalogue, answer_for(catalogue, installed, newest[0], accepted), unreached, dead_ends)


def _noting_closed(
    catalogue: Catalogue, installed: CPLEntryID, answer: AlreadyThere | Pathway | NoPathway
) -> OneAnswer:
    """Add the caution that there is newer firmware, all of it withdrawn or without its certificate."""
    newer = catalogue.listed_after(installed)
    if isinstance(answer, NoPathway) or not newer:
        return answer
    return answer._replace(cautions=(*answer.cautions, Caution(CautionKind.NEWER_IS_CLOSED, installed, newer)))


def _held_back_from(
    catalogue: Catalogue, installed: CPLEntryID, accepted: frozenset[str], within: Collection[CPLEntryID]
) -> Steps:
    """Give where a Device would go if nothing were excluded, and cannot go now; none where it could not either."""
    if not catalogue.excluded:
        return ()
    match answer_for_newest(catalogue.whole, installed, accepted):
        case Pathway() as pathway:
            found: Steps = (pathway.target,)
        case SeveralTargets() as several:
            found = tuple(each for each in several.candidates if each not in catalogue.excluded)
        case _:
            found = ()
    return tuple(each for each in found if each not in within)


def find_left_out(catalogue: Catalogue, installed: CPLEntryID, accepted: frozenset[str]) -> Steps:
    """Give the excluded entries to which a Device would go, or through which, if nothing were excluded.

    It is for a Device that runs the newest entry of the others; none where there would be no step for it either.
    """
    if catalogue.excluded.isdisjoint(catalogue.listed_after(installed)):
        return ()
    match answer_for_newest(catalogue.whole, installed, accepted):
        case Pathway() as pathway:
            ahead = pathway.steps
        case SeveralTargets() as several:
            ahead = several.candidates
        case _:
            ahead = ()
    return tuple(each for each in ahead if each in catalogue.excluded and each != installed)


def _keeping_hope(upgrades: Upgrades, installed: CPLEntryID, last: Steps) -> set[CPLEntryID]:
    """Give the entries to which a Device can go and still hope to come to the newest, if it hopes so today."""
    hopeful = {each for target in last for each in find_hopeful(upgrades, target)}
    return hopeful if installed in hopeful else set(upgrades.entries)


def latest_listed(catalogue: Catalogue, ids: Iterable[CPLEntryID]) -> Steps:
    """Give those of some entries that were listed last: mostly one."""
    ids = tuple(ids)
    latest = max((catalogue[each].listed_on for each in ids), default=None)
    return tuple(each for each in ids if catalogue[each].listed_on == latest)


def _noting_newer(
    catalogue: Catalogue, answer: AlreadyThere | Pathway | NoPathway, unreached: Steps, dead_ends: Steps
) -> OneAnswer:
    """Add the cautions that still newer entries exist: some that cannot be reached, some that are dead ends."""
    if isinstance(answer, NoPathway):
        return answer
    reached = answer.target if isinstance(answer, Pathway) else answer.installed
    found = []
    for kind, ids in ((CautionKind.NEWER_UNREACHED, unreached), (CautionKind.NEWER_IS_DEAD_END, dead_ends)):
        newer = tuple(each for each in ids if catalogue[each].listed_on > catalogue[reached].listed_on)
        if newer:
            found.append(Caution(kind, reached, newer))
    return answer._replace(cautions=(*answer.cautions, *found))
