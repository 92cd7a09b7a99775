"""From entries of a family to the nearest of several targets: how many activations, or what keeps the way closed.

For one target `ask` says why there is no pathway. Here the targets are as good as one another, so an entry is told
the most hopeful reason: a notice, which may close; silence, which somebody may end; a bar on an entry; or nothing
that is on record. Source: FEATURES F23 and F63.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import find_hopeful, silent_about
from firmpath.pathways.pathway import NoWay, Steps, activations_to_any, best_of
from firmpath.pathways.upgrades import BarKind, Upgrades
from firmpath.pathways.walking import Successors, turned_around


class Shut(StrEnum):
    """Why an entry has no pathway to any of the targets."""

    BY_NOTICE = "blocked_by_notice"
    BY_SILENCE = "nobody_has_said"
    BY_A_BAR = "pathway_closed"
    FOR_GOOD = "no_pathway_declared"


class Towards(NamedTuple):
    """The activations from each entry that can come to a target, and why others that were asked about cannot."""

    activations: Mapping[CPLEntryID, int]
    shut: Mapping[CPLEntryID, Shut]


class TowardsAny:
    """The ways of one family to any of several targets; what does not depend on the targets is worked out once."""

    def __init__(self, upgrades: Upgrades) -> None:
        self.upgrades = upgrades
        self._dead_ends = {each for each, entry in upgrades.entries.items() if entry.dead_end}
        self._silent = {each for each, entry in upgrades.entries.items() if _is_silent(entry.base_firmware)}
        self._bar_kinds = {bar.kind for bars in upgrades.bars.values() for bar in bars}

    def look(self, targets: Collection[CPLEntryID], installed: Iterable[CPLEntryID]) -> Towards:
        """Say how far the nearest target is, and why it is out of reach of those of the `installed` that it is.

        Cost: linear in the entries and upgrades; where somebody is silent beside a notice or a dead end, in
        entries times those that are silent.
        """
        activations = activations_to_any(self.upgrades.open_sources, targets)
        stuck = [each for each in installed if each not in activations]
        return Towards(activations, self._why_shut(targets, stuck, activations) if stuck else {})

    def way(self, found: Towards, installed: CPLEntryID) -> Steps | NoWay:
        """Give the best pathway from an entry to the target that is nearest to it.

        Cost: the upgrades out of the entries on it.
        """
        return best_of(self.upgrades.open, found.activations, installed)

    def _why_shut(
        self, targets: Collection[CPLEntryID], stuck: list[CPLEntryID], reached: Collection[CPLEntryID]
    ) -> dict[CPLEntryID, Shut]:
        """Say of each the most hopeful reason."""
        shut = dict.fromkeys(stuck, Shut.FOR_GOOD)
        left = [each for each in stuck if each not in self._dead_ends]
        for reason, can_come in self._reasons(targets, reached) if targets and left else ():
            shut.update((each, reason) for each in left if each in can_come)
            left = [each for each in left if each not in can_come]
            if not left:
                break
        return shut

    def _reasons(
        self, targets: Collection[CPLEntryID], reached: Collection[CPLEntryID]
    ) -> Iterator[tuple[Shut, Collection[CPLEntryID]]]:
        """Give the reasons that there can be, the most hopeful first, with the entries that each can concern."""
        if BarKind.NOTICE in self._bar_kinds:
            yield Shut.BY_NOTICE, activations_to_any(self._past_notices, targets)
        if not self._silent.isdisjoint(reached):
            yield Shut.BY_SILENCE, self._open_or_silent(targets, reached)
        declared = activations_to_any(self._declared_sources, targets) if self._bar_kinds else reached
        yield Shut.BY_A_BAR, declared
        if self._silent.isdisjoint(declared):
            return
        is_lasting = self._dead_ends or not self._bar_kinds.isdisjoint(_LASTING)
        yield Shut.BY_SILENCE, find_hopeful(self.upgrades, *targets) if is_lasting else self.upgrades.entries

    def _open_or_silent(
        self, targets: Collection[CPLEntryID], reached: Collection[CPLEntryID]
    ) -> Collection[CPLEntryID]:
        """Give the entries from which a way is open but for what nobody has said.

        Without notices and dead ends, a silent entry that is not closed may accept every other.
        """
        upgrades = self.upgrades
        if not upgrades.notices and not self._dead_ends:
            can_accept = any(each in reached and each not in upgrades.closed for each in self._silent)
            return upgrades.entries if can_accept else reached
        seen = set(targets)
        waiting = list(targets)
        while waiting and len(seen) < len(upgrades.entries):
            to_id = waiting.pop()
            for from_id in chain(upgrades.open_sources[to_id], silent_about(upgrades, to_id)):
                if from_id not in seen:
                    seen.add(from_id)
                    waiting.append(from_id)
        return seen

    @cached_property
    def _declared_sources(self) -> Successors:
        return turned_around(self.upgrades.declared)

    @cached_property
    def _past_notices(self) -> Successors:
        """The declared upgrades that nothing bars but notices, turned around."""
        bars = self.upgrades.bars
        return {
            to_id: tuple(
                from_id
                for from_id in from_ids
                if all(bar.kind is BarKind.NOTICE for bar in bars.get((from_id, to_id), ()))
            )
            for to_id, from_ids in self._declared_sources.items()
        }


_LASTING: Final = frozenset({BarKind.DEAD_END, BarKind.SKIPS_STEPPING_STONE})


def _is_silent(base_firmware: object) -> bool:
    return isinstance(base_firmware, NotProvided)
