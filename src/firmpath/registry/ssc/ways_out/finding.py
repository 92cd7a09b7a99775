"""The ways out of vulnerabilities, found by the core over the same Catalogue. Source: FEATURES F63."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.pathways.together import Marked, Questions, any_of, each_of, walk_back
from firmpath.pathways.towards_any import Shut, Towards, look_towards
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Ground
from firmpath.registry.ssc.ways_out.dividing import Divided, divide
from firmpath.registry.ssc.ways_out.others import AFFECTED_BY_ANOTHER, RANKS, Others, find_cleaner, prefer_clean


class Stuck(StrEnum):
    """Why an affected entry has no way out today."""

    BLOCKED = "blocked by a notice"
    NOT_SAID = "nobody has said whether an upgrade exists"
    STACK_NOT_SAID = "no way but to entries of which nobody has said whether they are affected"
    CLOSED = "closed by a withdrawal, a certificate or a mark"
    EXCHANGE = "exchange only"
    NO_FIX = "exchange only, since no entry of its hardware is known to be unaffected"


_OWN: Final[Questions] = 1
"""The question at place 0, which is the one that is asked about."""

_OF_SHUT: Final = {
    Shut.BY_NOTICE: Stuck.BLOCKED,
    Shut.BY_SILENCE: Stuck.NOT_SAID,
    Shut.BY_A_BAR: Stuck.CLOSED,
}


class WaysOut(NamedTuple):
    """For every affected entry: the pathway to the nearest unaffected one, or why there is none.

    `cleaner` has a longer way where another vulnerability affects the end of the shortest, or may, and there is one
    to an end of which less is to be said. `others` says which affect what.
    """

    ways: Mapping[CPLEntryID, Steps]
    stuck: Mapping[CPLEntryID, Stuck]
    cleaner: Mapping[CPLEntryID, Steps]
    others: Others

    @property
    def onto_affected(self) -> int:
        """How many of the ways end at an entry that another vulnerability affects."""
        return sum(self.others.rank(way[-1]) == AFFECTED_BY_ANOTHER for way in self.ways.values())


class Outcome(NamedTuple):
    """The ways out in numbers: entries by what becomes of them, and the most activations that a way takes.

    `onto_affected` of the rescued ones come to an entry that another vulnerability affects, for want of one that is
    as near and that none is known to affect.
    """

    rescued: int
    most_activations: int
    stuck: Mapping[Stuck, int]
    onto_affected: int = 0


def find_ways_out(exposure: Exposure, others: Sequence[Exposure] = ()) -> WaysOut:
    """Find the way out of every affected entry: the shortest; of equally short ones that to the cleanest entry.

    An entry is clean that none of the `others` affects, cleanest one of which that is known.
    Cost: linear in the entries and upgrades of the families that have affected entries; twice that with others.
    """
    ways: dict[CPLEntryID, Steps] = {}
    stuck: dict[CPLEntryID, Stuck] = {}
    cleaner: dict[CPLEntryID, Steps] = {}
    about = Others(tuple(each.vulnerability.reference for each in others), {}, {})
    with collection_paused():
        for divided in divide(exposure.ground, [exposure, *others], _OWN):
            upgrades = exposure.ground.catalogue.upgrades(divided.family)
            own = Divided(divided.family, *(_own_part(marked) for marked in divided[1:]))
            targets = about.add(divided) if others else own.safe
            found = look_towards(upgrades, targets, own.affected)
            starts = [each for each, questions in own.affected.items() if questions]
            shortest, *clean = (found.ways(rank, starts) for rank in range(RANKS if others else 1))
            ways.update(prefer_clean(shortest, clean))
            cleaner.update(find_cleaner(shortest, clean))
            stuck.update((each, why) for each, why, _ in _stuck_in(own, found))
    return WaysOut(dict(sorted(ways.items())), dict(sorted(stuck.items())), dict(sorted(cleaner.items())), about)


def _own_part(marked: Marked) -> Marked:
    return {each: questions & _OWN for each, questions in marked.items()}


def count_ways_out(ground: Ground, exposures: Sequence[Exposure]) -> list[Outcome]:
    """Count, for each of several exposures over one ground, what becomes of the affected entries.

    Cost: linear in the entries and upgrades, once for all exposures.
    """
    counted = _Counted(Counter(), Counter(), Counter())
    listed = sum(1 << at for at, each in enumerate(exposures) if not each.vulnerability.is_withdrawn)
    with collection_paused():
        for divided in divide(ground, exposures):
            found = look_towards(ground.catalogue.upgrades(divided.family), divided.safe, divided.affected)
            counted.stuck.update((why, questions) for _, why, questions in _stuck_in(divided, found))
            _count_rescued(divided, found, listed, counted)
    return _outcomes(len(exposures), counted)


class _Counted(NamedTuple):
    """Entries counted by the questions in which the same holds of them."""

    rescued: Counter[tuple[int, Questions]]
    onto_affected: Counter[Questions]
    stuck: Counter[tuple[Stuck, Questions]]


def _count_rescued(divided: Divided, found: Towards, listed: Questions, counted: _Counted) -> None:
    """Count who has a way out; and whose end, in the vulnerabilities that are `listed`, another one affects."""
    affected = divided.affected
    clean = {each: 0 if affected[each] & listed else questions for each, questions in divided.safe.items()}
    to_clean = walk_back(found.upgrades.open_sources, clean).layers
    for activations, layer in enumerate(found.layers):
        as_near = to_clean[activations] if activations < len(to_clean) else {}
        for each, come in layer.items():
            if rescued := affected[each] & come:
                counted.rescued[activations, rescued] += 1
                if onto_affected := rescued & ~as_near.get(each, 0):
                    counted.onto_affected[onto_affected] += 1


def _outcomes(many: int, counted: _Counted) -> list[Outcome]:
    """Give each exposure its part of what was counted for several together."""
    by_activations: list[Counter[int]] = [Counter() for _ in range(many)]
    by_reason: list[Counter[Stuck]] = [Counter() for _ in range(many)]
    onto_affected = [0] * many
    for (activations, questions), entries in counted.rescued.items():
        for at in each_of(questions):
            by_activations[at][activations] += entries
    for questions, entries in counted.onto_affected.items():
        for at in each_of(questions):
            onto_affected[at] += entries
    for (why, questions), entries in counted.stuck.items():
        for at in each_of(questions):
            by_reason[at][why] += entries
    return [
        Outcome(rescues.total(), max(rescues, default=0), reasons, onto)
        for rescues, reasons, onto in zip(by_activations, by_reason, onto_affected, strict=True)
    ]


def _stuck_in(divided: Divided, found: Towards) -> Iterator[tuple[CPLEntryID, Stuck, Questions]]:
    """Say why entries are stuck, and for which of the exposures: the most hopeful reason.

    Where none towards an unaffected entry gives hope, one may towards an entry that nobody knows to be affected.
    """
    left: dict[CPLEntryID, Questions] = {}
    closed: dict[CPLEntryID, Questions] = {}
    for each, shut, questions in found.shut:
        if shut in (Shut.BY_NOTICE, Shut.BY_SILENCE):
            yield each, _OF_SHUT[shut], questions
            continue
        left[each] = left.get(each, 0) | questions
        if shut is Shut.BY_A_BAR:
            closed[each] = questions
    if left:
        onward = look_towards(found.upgrades, divided.unknown, left)
        yield from _stuck_towards_unknown(divided, onward, left, closed)


def _stuck_towards_unknown(
    divided: Divided, found: Towards, left: Marked, closed: Marked
) -> Iterator[tuple[CPLEntryID, Stuck, Questions]]:
    """Say it of those `left`, some of them `closed` on the way to an unaffected entry."""
    is_any_safe = any_of(divided.safe.values())
    arriving = dict(left)
    for each, shut, questions in found.shut:
        arriving[each] &= ~questions
        if shut is not Shut.FOR_GOOD:
            yield each, _OF_SHUT[shut], questions
            continue
        is_closed = closed.get(each, 0)
        for why, those in (
            (Stuck.CLOSED, questions & is_closed),
            (Stuck.EXCHANGE, questions & ~is_closed & is_any_safe),
            (Stuck.NO_FIX, questions & ~is_closed & ~is_any_safe),
        ):
            if those:
                yield each, why, those
    yield from ((each, Stuck.STACK_NOT_SAID, questions) for each, questions in arriving.items() if questions)
