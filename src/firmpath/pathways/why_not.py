"""Why there is no pathway: which of the different reasons it is, and what could open a way.

The reasons are tried from the surest to the least: what somebody has stated comes before what follows from
silence. Source: FEATURES F23 and F24.
"""

import itertools
from collections.abc import Iterator
from typing import Final

from firmpath.pathways.answers import AnswerKind, NoPathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cheapest import find_cheapest
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import (
    MissingDeclaration,
    find_hopeful,
    find_possible_way,
    find_unlisted_bases,
    goes_back,
    is_anybody_silent,
)
from firmpath.pathways.pathway import NoWay, activations_to
from firmpath.pathways.upgrades import BarKind, Upgrades
from firmpath.pathways.walking import reachable

_CAN_BE_LIFTED: Final = (
    (BarKind.EXCLUDED, AnswerKind.PATHWAY_CLOSED),
    (BarKind.NOTICE, AnswerKind.BLOCKED_BY_NOTICE),
)
"""Bars that somebody can lift, first whoever asks; where nothing else is against a way, they are the reason."""


def find_why_not(
    catalogue: Catalogue, installed: CPLEntryID, target: CPLEntryID, accepted: frozenset[str]
) -> NoPathway:
    """Explain why no pathway from `installed` to `target`, which are different entries, is open.

    Cost: as `find_possible_way`, in the family of the installed entry.
    """
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    if target not in upgrades.entries:
        return NoPathway(AnswerKind.OTHER_HARDWARE, installed, target, find_farthest(upgrades, installed, set()))
    hopeful = find_hopeful(upgrades, target)
    farthest = find_farthest(upgrades, installed, hopeful)
    leads = tuple(sorted(activations_to(upgrades.open_sources, target).keys() - {target}))
    coming = catalogue.coming_for(upgrades.entries[installed].hardware_model)
    answer = NoPathway(
        AnswerKind.NO_PATHWAY_DECLARED, installed, target, farthest, leads_to_target=leads, coming=coming
    )
    mark = upgrades.entries[installed].dead_end
    if mark:
        answer = answer._replace(kind=AnswerKind.DEAD_END, mark=mark)
        return _with_barred_way(answer, upgrades, frozenset(BarKind))
    for lifted, kind in _CAN_BE_LIFTED:
        barred = _with_barred_way(answer, upgrades, frozenset({lifted}))
        if barred.way:
            return barred._replace(kind=kind)
    closed = _with_barred_way(answer, upgrades, frozenset(BarKind))
    possible = find_possible_way(upgrades, installed, target)
    if isinstance(possible, NoWay):
        if closed.way:
            return closed._replace(kind=AnswerKind.PATHWAY_CLOSED)
        if installed in hopeful:  # somebody is silent, and what would have to be said is barred besides
            return answer._replace(kind=AnswerKind.NOBODY_HAS_SAID)
        return _undeclared(answer, upgrades)
    if not any(goes_back(upgrades, missing) for missing in possible.missing):
        closed = closed._replace(missing=possible.missing)  # nobody is sent to ask for a way back
    if closed.way:
        return closed._replace(kind=AnswerKind.PATHWAY_CLOSED)
    return closed._replace(kind=AnswerKind.NOBODY_HAS_SAID, way=possible.steps)


def find_farthest(upgrades: Upgrades, installed: CPLEntryID, hopeful: set[CPLEntryID]) -> CPLEntryID:
    """Give the latest-listed entry that a Device can safely go to today; the installed one where there is none.

    A Device on its way elsewhere is sent to no marked dead end, nor to where the hope of coming there is lost.
    """
    entries = upgrades.entries
    within = {each for each in reachable(upgrades.open, installed) if not upgrades.is_dead_end(each)}
    if installed in hopeful:
        within &= hopeful
    return min(
        {installed, *within},
        key=lambda each: (-entries[each].listed_on.toordinal(), each != installed, each),
    )


def _with_barred_way(answer: NoPathway, upgrades: Upgrades, allowed: frozenset[BarKind]) -> NoPathway:
    """Add the way with the fewest barred steps, if bars of the allowed kinds are all that keeps it closed."""
    if not upgrades.bars:
        return answer

    def ways_into(to_id: CPLEntryID, left: float) -> Iterator[tuple[CPLEntryID, int]]:
        for from_id in upgrades.declared_sources[to_id]:
            bars = upgrades.bars.get((from_id, to_id), ())
            if all(bar.kind in allowed for bar in bars):
                yield from_id, min(1, len(bars))

    way = find_cheapest(ways_into, answer.installed, answer.target)
    if isinstance(way, NoWay):
        return answer
    steps = itertools.pairwise(way)
    return answer._replace(
        way=way, bars=tuple((step, upgrades.bars[step]) for step in steps if step in upgrades.bars)
    )


def _undeclared(answer: NoPathway, upgrades: Upgrades) -> NoPathway:
    """Everything has been said: nothing leads on, or nothing leads there. Name the one declaration to ask for."""
    entries = upgrades.entries
    if find_unlisted_bases(upgrades):  # a list with gaps tells of no dead end, and of no gap in what was said
        return answer
    onward = entries[answer.installed].listed_on <= entries[answer.target].listed_on
    declared_out = upgrades.declared[answer.installed]
    way_out = declared_out or answer.coming or is_anybody_silent(upgrades, answer.installed)
    if onward and not way_out:  # who asks for the way back is not told that up-to-date firmware is a dead end
        return answer._replace(kind=AnswerKind.DEAD_END)
    nearer = [
        to_id
        for to_id in (*answer.leads_to_target, answer.target)
        if to_id not in upgrades.closed
        and not upgrades.is_under_notice(answer.farthest, to_id)
        and not upgrades.would_skip(answer.farthest, to_id)
        and _could_follow(entries[answer.farthest], entries[to_id])
    ]
    if not nearer or answer.coming:  # what is on its way may open one, so nobody need be asked yet
        return answer
    nearest = min(nearer, key=lambda to_id: (entries[to_id].listed_on, to_id))
    return answer._replace(missing=(MissingDeclaration(answer.farthest, nearest),))


def _could_follow(before: CPLEntry, after: CPLEntry) -> bool:
    alike = before.hardware_model == after.hardware_model and before.listed_on <= after.listed_on
    return alike and before is not after
