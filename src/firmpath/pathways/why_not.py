"""Why there is no pathway: which of the different reasons it is, and what could open a way.

The reasons are tried from the surest to the least: what somebody has stated comes before what follows from
silence. Source: FEATURES F23 and F24.
"""

import itertools
from collections.abc import Iterator

from firmpath.pathways.answers import AnswerKind, NoPathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cheapest import find_cheapest
from firmpath.pathways.facts import DeadEndMarked
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import MissingDeclaration, could_be_meant, find_possible_way, might_accept
from firmpath.pathways.pathway import NoWay, activations_to
from firmpath.pathways.upgrades import BarKind, Upgrades, reachable, turned_around


def find_why_not(
    catalogue: Catalogue, installed: CPLEntryID, target: CPLEntryID, accepted: frozenset[str]
) -> NoPathway:
    """Explain why no pathway from `installed` to `target`, which are different entries, is open.

    Cost: as `find_possible_way`, in the family of the installed entry.
    """
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    farthest = find_farthest(upgrades, installed)
    if target not in upgrades.entries:
        return NoPathway(AnswerKind.OTHER_HARDWARE, installed, target, farthest)
    leads = tuple(sorted(activations_to(upgrades.open_sources, target).keys() - {target}))
    answer = NoPathway(AnswerKind.NO_PATHWAY_DECLARED, installed, target, farthest, leads_to_target=leads)
    mark = upgrades.entries[installed].mark
    if isinstance(mark, DeadEndMarked):
        answer = answer._replace(kind=AnswerKind.DEAD_END, mark=mark)
        return _with_barred_way(answer, upgrades, frozenset(BarKind))
    blocked = _with_barred_way(answer, upgrades, frozenset({BarKind.NOTICE}))
    if blocked.way:
        return blocked._replace(kind=AnswerKind.BLOCKED_BY_NOTICE)
    closed = _with_barred_way(answer, upgrades, frozenset(BarKind))
    possible = find_possible_way(upgrades, installed, target)
    if not isinstance(possible, NoWay):
        closed = closed._replace(missing=possible.missing)
    if closed.way:
        return closed._replace(kind=AnswerKind.PATHWAY_CLOSED)
    if not isinstance(possible, NoWay):
        return closed._replace(kind=AnswerKind.NOBODY_HAS_SAID, way=possible.steps)
    return _undeclared(answer, upgrades)


def find_farthest(upgrades: Upgrades, installed: CPLEntryID) -> CPLEntryID:
    """Give the latest-listed entry that a Device can safely go to today; the installed one where there is none.

    An entry that is marked as a dead end is no safe place to send a Device that is on its way elsewhere.
    """
    entries = upgrades.entries
    within = [each for each in reachable(upgrades.open, installed) if not upgrades.is_dead_end(each)]
    return min(
        {installed, *within},
        key=lambda each: (-entries[each].listed_on.toordinal(), each != installed, each),
    )


def _with_barred_way(answer: NoPathway, upgrades: Upgrades, allowed: frozenset[BarKind]) -> NoPathway:
    """Add the way with the fewest barred steps, if bars of the allowed kinds are all that keeps it closed."""
    sources = turned_around(upgrades.declared)

    def ways_into(to_id: CPLEntryID) -> Iterator[tuple[CPLEntryID, int]]:
        for from_id in sources[to_id]:
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
    if not upgrades.declared[answer.installed] and not might_accept(upgrades, answer.installed):
        return answer._replace(kind=AnswerKind.DEAD_END)
    onward = [
        to_id
        for to_id in (*answer.leads_to_target, answer.target)
        if to_id not in upgrades.closed and could_be_meant(entries[answer.farthest], entries[to_id])
    ]
    if not onward:
        return answer
    nearest = min(onward, key=lambda to_id: (entries[to_id].listed_on, to_id))
    return answer._replace(missing=(MissingDeclaration(answer.farthest, nearest),))
