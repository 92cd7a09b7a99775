"""From entries of a family to the nearest of several targets: how many activations, or what keeps the way closed.

For one target `ask` says why there is no pathway. Here the targets are as good as one another, so an entry is told
the most hopeful reason: a notice, which may close; silence, which somebody may end; a bar on an entry; or nothing
that is on record. Questions that differ in their targets are answered together. Source: FEATURES F23 and F63.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import silent_about
from firmpath.pathways.pathway import NoWay, Steps, best_of
from firmpath.pathways.together import Marked, Questions, any_of, walk_back
from firmpath.pathways.upgrades import LASTING, BarKind, Upgrades
from firmpath.pathways.walking import Successors


class Shut(StrEnum):
    """Why an entry has no pathway to any of the targets."""

    BY_NOTICE = "blocked_by_notice"
    BY_SILENCE = "nobody_has_said"
    BY_A_BAR = "pathway_closed"
    FOR_GOOD = "no_pathway_declared"


class ShutOut(NamedTuple):
    """An entry that can come to no target, why, and in which questions that is why."""

    installed: CPLEntryID
    why: Shut
    questions: Questions


class Towards(NamedTuple):
    """The entries n activations away from a target, as `layers[n]`, and those that can come to none."""

    upgrades: Upgrades
    layers: tuple[Marked, ...]
    shut: tuple[ShutOut, ...]

    def ways(self, question: int, starts: Iterable[CPLEntryID]) -> dict[CPLEntryID, Steps]:
        """Give, in one question, the best pathway from each start that has any to the target nearest to it.

        Cost: the upgrades out of the entries on the pathways.
        """
        activations = {
            each: number
            for number, layer in enumerate(self.layers)
            for each, questions in layer.items()
            if questions >> question & 1
        }
        ways = ((each, best_of(self.upgrades.open, activations, each)) for each in starts)
        return {each: way for each, way in ways if not isinstance(way, NoWay)}


def look_towards(upgrades: Upgrades, targets: Marked, installed: Marked) -> Towards:
    """Say how far the nearest target is, and why it is out of reach of those of the `installed` that it is.

    Cost: that of one walk over the family; where anybody is shut out, of at most five. Where somebody is silent
    about a step that is under notice, entries times those that are silent.
    """
    reached = walk_back(upgrades.open_sources, targets)
    left = ((each, questions & ~reached.entries[each]) for each, questions in installed.items())
    stuck = [(each, questions) for each, questions in left if questions]
    return Towards(upgrades, reached.layers, tuple(_why_shut(upgrades, reached.entries, stuck)))


def _why_shut(upgrades: Upgrades, reached: Marked, stuck: list[tuple[CPLEntryID, Questions]]) -> Iterator[ShutOut]:
    """Say of each the most hopeful reason."""
    left = []
    for each, questions in stuck:
        if upgrades.is_dead_end(each):
            yield ShutOut(each, Shut.FOR_GOOD, questions)
        else:
            left.append((each, questions))
    for why, can_come in _reasons(upgrades, reached) if any(reached.values()) else ():
        if not left:
            return
        for each, questions in left:
            if questions & can_come[each]:
                yield ShutOut(each, why, questions & can_come[each])
        left = [(each, questions & ~can_come[each]) for each, questions in left if questions & ~can_come[each]]
    for each, questions in left:
        yield ShutOut(each, Shut.FOR_GOOD, questions)


def _reasons(upgrades: Upgrades, reached: Marked) -> Iterator[tuple[Shut, Marked]]:
    """Give the reasons that there can be, the most hopeful first, with the entries that each can concern.

    What is `reached` by open upgrades is where walks over others begin.
    """
    kinds = {bar.kind for bars in upgrades.bars.values() for bar in bars}
    silent = [each for each, entry in upgrades.entries.items() if isinstance(entry.base_firmware, NotProvided)]
    if BarKind.NOTICE in kinds:
        yield Shut.BY_NOTICE, walk_back(_sources_past(upgrades, {BarKind.NOTICE}), reached).entries
    if silent:
        yield Shut.BY_SILENCE, _open_or_silent(upgrades, reached, silent)
    if kinds:
        yield Shut.BY_A_BAR, walk_back(_sources_past(upgrades, kinds), reached).entries
    if silent:
        may_open = walk_back(_sources_past(upgrades, kinds - LASTING), reached).entries
        yield Shut.BY_SILENCE, _with_what_accepts_all(may_open, silent)


def _sources_past(upgrades: Upgrades, kinds: Collection[BarKind]) -> Successors:
    """Give from where entries could be come to if no bar of these kinds were one."""
    sources = dict(upgrades.open_sources)
    for (from_id, to_id), bars in upgrades.bars.items():
        if all(bar.kind in kinds for bar in bars):
            sources[to_id] += (from_id,)
    return sources


def _open_or_silent(upgrades: Upgrades, reached: Marked, silent: Iterable[CPLEntryID]) -> Marked:
    """Give the entries from which a way is open but for what nobody has said; a notice holds for that as well."""
    accepting = [each for each in silent if each not in upgrades.closed]
    noticed = {
        each: tuple(silent_about(upgrades, each))
        for each in accepting
        if upgrades.notices and any(upgrades.is_under_notice(other, each) for other in upgrades.entries)
    }
    if noticed:
        reached = walk_back({**upgrades.open_sources, **noticed}, reached).entries
    return _with_what_accepts_all(reached, [each for each in accepting if each not in noticed])


def _with_what_accepts_all(reached: Marked, accepting: Iterable[CPLEntryID]) -> Marked:
    """Have every entry come to where these do, which may accept it: all but dead ends, of which nobody asks it."""
    anywhere = any_of(reached[each] for each in accepting)
    return {each: questions | anywhere for each, questions in reached.items()} if anywhere else reached
