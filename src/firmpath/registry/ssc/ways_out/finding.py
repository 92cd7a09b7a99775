"""The ways out of a vulnerability, found by the core over the same Catalogue. Source: FEATURES F63."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NoWay, Steps, activations_to_any
from firmpath.pathways.towards_any import Shut, Towards, TowardsAny
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Devices, FamilyStacks, Ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind


class Stuck(StrEnum):
    """Why an affected entry has no way out today."""

    BLOCKED = "blocked by a notice"
    NOT_SAID = "nobody has said whether an upgrade exists"
    STACK_NOT_SAID = "no way but to entries of which nobody has said whether they are affected"
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


class _Divided(NamedTuple):
    """How a vulnerability divides the entries of a family."""

    affected: list[CPLEntryID]
    safe: set[CPLEntryID]
    unknown: list[CPLEntryID]


_Key = tuple[int, int, int]
"""The place of a family, and a bit for each of its stacks that is affected, and for each that is unknown."""


_NOT_ONE: Final[Mapping[Stuck, int]] = {}


class WayFinder:
    """Finds ways out over one ground; counts each division of a family once, whichever vulnerabilities make it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._towards: dict[int, TowardsAny] = {}
        self._counted: dict[_Key, Outcome] = {}

    def ways_out(self, exposure: Exposure) -> WaysOut:
        """Find the way out of every affected entry.

        Cost: linear in the entries and upgrades of the families that have affected entries.
        """
        ways: dict[CPLEntryID, Steps] = {}
        stuck: dict[CPLEntryID, Stuck] = {}
        for at, _ in self._families(exposure):
            family = self.ground.families[at]
            divided = _divide(family, [exposure.verdict_of(each).kind for each in family.ids])
            towards = self._towards_of(at)
            found = towards.look(divided.safe, divided.affected)
            stuck.update(_stuck_in(divided, towards, found))
            for each in divided.affected:
                way = towards.way(found, each)
                if not isinstance(way, NoWay):
                    ways[each] = way
        return WaysOut(dict(sorted(ways.items())), dict(sorted(stuck.items())))

    def count(self, exposure: Exposure) -> Outcome:
        """Count what becomes of the affected entries.

        Cost: linear in the families, and for each new division of one in its entries and upgrades.
        """
        with collection_paused():
            return _sum_of(self._outcomes(exposure))

    def _outcomes(self, exposure: Exposure) -> Iterator[Outcome]:
        for at, key in self._families(exposure):
            outcome = self._counted.get(key) if key else None
            if outcome is None:
                outcome = self._count(at, exposure)
                if key:
                    self._counted[key] = outcome
            yield outcome

    def _count(self, at: int, exposure: Exposure) -> Outcome:
        family = self.ground.families[at]
        if exposure.assessed:
            kinds = [exposure.verdict_of(each).kind for each in family.ids]
        else:
            kinds = [exposure.kinds[code] for code in family.codes]
        divided, towards = _divide(family, kinds), self._towards_of(at)
        found = towards.look(divided.safe, divided.affected)
        took = [found.activations[each] for each in divided.affected if each in found.activations]
        stuck = Counter(_stuck_in(divided, towards, found).values()) if found.shut else _NOT_ONE
        return Outcome(len(took), max(took, default=0), stuck)

    def _families(self, exposure: Exposure) -> Iterator[tuple[int, _Key | None]]:
        """Give the places of the families that can have affected entries, each with the key of how it is divided.

        A family in which something is assessed has no key.
        """
        affected = exposure.codes_with(VerdictKind.AFFECTED)
        unknown = exposure.codes_with(VerdictKind.UNKNOWN)
        assessed = {self.ground.catalogue.family_of(each) for each in exposure.assessed}
        for at, family in enumerate(self.ground.families):
            if assessed and family.family in assessed:
                yield at, None
            elif affected & family.present:
                yield at, (at, affected & family.present, unknown & family.present)

    def _towards_of(self, at: int) -> TowardsAny:
        if at not in self._towards:
            self._towards[at] = TowardsAny(self.ground.catalogue.upgrades(self.ground.families[at].family))
        return self._towards[at]


def _sum_of(outcomes: Iterable[Outcome]) -> Outcome:
    stuck: Counter[Stuck] = Counter()
    rescued = most = 0
    for outcome in outcomes:
        rescued += outcome.rescued
        most = max(most, outcome.most_activations)
        for why, count in outcome.stuck.items():
            stuck[why] += count
    return Outcome(rescued, most, stuck)


def _divide(family: FamilyStacks, kinds: list[VerdictKind]) -> _Divided:
    each_of = list(zip(family.ids, kinds, strict=True))
    return _Divided(
        [each for each, kind in each_of if kind is _AFFECTED],
        {each for each, kind in each_of if kind is _NOT_AFFECTED},
        [each for each, kind in each_of if kind is _UNKNOWN],
    )


_AFFECTED, _NOT_AFFECTED, _UNKNOWN = VerdictKind  # to look a member up by its name takes as long as the comparison


def _stuck_in(divided: _Divided, towards: TowardsAny, found: Towards) -> dict[CPLEntryID, Stuck]:
    if not found.shut:
        return {}
    hopeful = activations_to_any(towards.upgrades.open_sources, divided.unknown) if divided.unknown else ()
    return {each: _stuck(shut, each in hopeful, bool(divided.safe)) for each, shut in found.shut.items()}


def _stuck(shut: Shut, leads_to_unknown: bool, is_any_safe: bool) -> Stuck:
    if shut is Shut.FOR_GOOD and leads_to_unknown:
        return Stuck.STACK_NOT_SAID
    if shut is Shut.FOR_GOOD and not is_any_safe:
        return Stuck.NO_FIX
    return _OF_SHUT[shut]


def weigh(ids: Mapping[CPLEntryID, object], devices: Devices) -> int:
    """Count the Devices that run any of these entries."""
    return sum(devices.get(each, 0) for each in ids)
