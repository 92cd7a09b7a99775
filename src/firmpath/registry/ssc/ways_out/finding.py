"""The ways out of vulnerabilities, found by the core over the same Catalogue. Source: FEATURES F63."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.pathways.together import Marked, Questions, any_of, each_of
from firmpath.pathways.towards_any import Shut, Towards, look_towards
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Devices, Ground
from firmpath.registry.ssc.ways_out.dividing import Divided, divide


class Stuck(StrEnum):
    """Why an affected entry has no way out today."""

    BLOCKED = "blocked by a notice"
    NOT_SAID = "nobody has said whether an upgrade exists"
    STACK_NOT_SAID = "no way but to entries of which nobody has said whether they are affected"
    CLOSED = "closed by a withdrawal, a certificate or a mark"
    EXCHANGE = "exchange only"
    NO_FIX = "exchange only, since no entry of its hardware is known to be unaffected"


_OF_SHUT: Final = {
    Shut.BY_NOTICE: Stuck.BLOCKED,
    Shut.BY_SILENCE: Stuck.NOT_SAID,
    Shut.BY_A_BAR: Stuck.CLOSED,
}


class WaysOut(NamedTuple):
    """For every affected entry: the pathway to the nearest unaffected one, or why there is none."""

    ways: Mapping[CPLEntryID, Steps]
    stuck: Mapping[CPLEntryID, Stuck]


class Outcome(NamedTuple):
    """The ways out in numbers: entries by what becomes of them, and the most activations that a way takes."""

    rescued: int
    most_activations: int
    stuck: Mapping[Stuck, int]


def find_ways_out(exposure: Exposure) -> WaysOut:
    """Find the way out of every affected entry.

    Cost: linear in the entries and upgrades of the families that have affected entries.
    """
    ways: dict[CPLEntryID, Steps] = {}
    stuck: dict[CPLEntryID, Stuck] = {}
    with collection_paused():
        for divided, found in _look(exposure.ground, [exposure]):
            ways.update(found.ways(0, (each for each, questions in divided.affected.items() if questions)))
            stuck.update((each, why) for each, why, _ in _stuck_in(divided, found))
    return WaysOut(dict(sorted(ways.items())), dict(sorted(stuck.items())))


def count_ways_out(ground: Ground, exposures: Sequence[Exposure]) -> list[Outcome]:
    """Count, for each of several exposures over one ground, what becomes of the affected entries.

    Cost: linear in the entries and upgrades, once for all exposures.
    """
    rescued: Counter[tuple[int, Questions]] = Counter()
    stuck: Counter[tuple[Stuck, Questions]] = Counter()
    with collection_paused():
        for divided, found in _look(ground, exposures):
            affected = divided.affected
            for activations, layer in enumerate(found.layers):
                rescued.update((activations, affected[each] & come) for each, come in layer.items())
            stuck.update((why, questions) for _, why, questions in _stuck_in(divided, found))
    return _outcomes(len(exposures), rescued, stuck)


def _outcomes(
    many: int, rescued: Counter[tuple[int, Questions]], stuck: Counter[tuple[Stuck, Questions]]
) -> list[Outcome]:
    """Give each exposure its part of what was counted for several together."""
    by_activations: list[Counter[int]] = [Counter() for _ in range(many)]
    by_reason: list[Counter[Stuck]] = [Counter() for _ in range(many)]
    for (activations, questions), entries in rescued.items():
        for at in each_of(questions):
            by_activations[at][activations] += entries
    for (why, questions), entries in stuck.items():
        for at in each_of(questions):
            by_reason[at][why] += entries
    return [
        Outcome(rescues.total(), max(rescues, default=0), reasons)
        for rescues, reasons in zip(by_activations, by_reason, strict=True)
    ]


def _look(ground: Ground, exposures: Sequence[Exposure]) -> Iterator[tuple[Divided, Towards]]:
    for divided in divide(ground, exposures):
        upgrades = ground.catalogue.upgrades(divided.family)
        yield divided, look_towards(upgrades, divided.safe, divided.affected)


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


def weigh(ids: Mapping[CPLEntryID, object], devices: Devices) -> int:
    """Count the Devices that run any of these entries."""
    return sum(devices.get(each, 0) for each in ids)
