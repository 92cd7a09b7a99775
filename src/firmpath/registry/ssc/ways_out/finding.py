"""The ways out of a vulnerability, found by the core over the same Catalogue. Source: FEATURES F63."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps, activations_to_any
from firmpath.pathways.towards_any import Shut, towards_any
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Devices, FamilyStacks, Ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind


class Stuck(StrEnum):
    """Why an affected entry has no way out today."""

    BLOCKED = "blocked by a notice"
    NOT_SAID = "nobody has said whether an upgrade exists"
    STACK_NOT_SAID = "leads only to entries of which nobody has said whether they are affected"
    CLOSED = "closed by a withdrawal, a certificate or a mark"
    EXCHANGE = "exchange only"
    NO_FIX = "exchange only, since no entry of its hardware is known to be unaffected"


_OF_SHUT = {
    Shut.BY_NOTICE: Stuck.BLOCKED,
    Shut.BY_SILENCE: Stuck.NOT_SAID,
    Shut.BY_A_BAR: Stuck.CLOSED,
    Shut.FOR_GOOD: Stuck.EXCHANGE,
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


_Division = tuple[frozenset[int], frozenset[int]]
"""The stacks of a family that are affected, and those that are unknown."""


class WayFinder:
    """Finds ways out over one ground, each division of a family once, however many vulnerabilities make it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._found: dict[tuple[int, _Division], tuple[WaysOut, Outcome]] = {}

    def ways_out(self, exposure: Exposure) -> WaysOut:
        """Find the ways out of every affected entry.

        Cost: linear in the families, and for each new division of one in its entries and upgrades.
        """
        ways: dict[CPLEntryID, Steps] = {}
        stuck: dict[CPLEntryID, Stuck] = {}
        for found, _ in self._by_family(exposure):
            ways.update(found.ways)
            stuck.update(found.stuck)
        return WaysOut(dict(sorted(ways.items())), dict(sorted(stuck.items())))

    def count(self, exposure: Exposure) -> Outcome:
        """Count what becomes of the affected entries."""
        stuck: Counter[Stuck] = Counter()
        rescued = most = 0
        for _, outcome in self._by_family(exposure):
            rescued += outcome.rescued
            most = max(most, outcome.most_activations)
            stuck.update(outcome.stuck)
        return Outcome(rescued, most, stuck)

    def _by_family(self, exposure: Exposure) -> Iterator[tuple[WaysOut, Outcome]]:
        affected = exposure.codes_with(VerdictKind.AFFECTED)
        unknown = exposure.codes_with(VerdictKind.UNKNOWN)
        assessed = {self.ground.catalogue.family_of(each) for each in exposure.assessed}
        for at, family in enumerate(self.ground.families):
            if family.family in assessed:
                yield self._look(family, {each: exposure.verdict_of(each).kind for each in family.ids})
            elif affected & family.present:
                yield self._divided(at, (affected & family.present, unknown & family.present))

    def _divided(self, at: int, division: _Division) -> tuple[WaysOut, Outcome]:
        if (at, division) not in self._found:
            family, (affected, unknown) = self.ground.families[at], division
            kinds = dict.fromkeys(family.present, VerdictKind.NOT_AFFECTED)
            kinds |= dict.fromkeys(unknown, VerdictKind.UNKNOWN) | dict.fromkeys(affected, VerdictKind.AFFECTED)
            by_id = {each: kinds[code] for each, code in zip(family.ids, family.codes, strict=True)}
            self._found[at, division] = self._look(family, by_id)
        return self._found[at, division]

    def _look(self, family: FamilyStacks, kinds: Mapping[CPLEntryID, VerdictKind]) -> tuple[WaysOut, Outcome]:
        upgrades = self.ground.catalogue.upgrades(family.family)
        affected = [each for each, kind in kinds.items() if kind is VerdictKind.AFFECTED]
        safe = {each for each, kind in kinds.items() if kind is VerdictKind.NOT_AFFECTED}
        unknown = [each for each, kind in kinds.items() if kind is VerdictKind.UNKNOWN]
        found = towards_any(upgrades, safe)
        hopeful = activations_to_any(upgrades.open_sources, unknown)
        stuck = {
            each: _stuck(found.shut[each], each in hopeful, bool(safe)) for each in affected if each in found.shut
        }
        ways = {each: found.ways[each] for each in affected if each in found.ways}
        most = max((len(way) - 1 for way in ways.values()), default=0)
        return WaysOut(ways, stuck), Outcome(len(ways), most, Counter(stuck.values()))


def _stuck(shut: Shut, leads_to_unknown: bool, is_any_safe: bool) -> Stuck:
    if shut is Shut.FOR_GOOD and leads_to_unknown:
        return Stuck.STACK_NOT_SAID
    if shut is Shut.FOR_GOOD and not is_any_safe:
        return Stuck.NO_FIX
    return _OF_SHUT[shut]


def weigh(ids: Mapping[CPLEntryID, object], devices: Devices) -> int:
    """Count the Devices that run any of these entries."""
    return sum(devices.get(each, 0) for each in ids)
