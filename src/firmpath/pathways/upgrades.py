"""The declared upgrades of one HardwareFamily, and what bars each that may not be used today.

An upgrade from A to B is declared when B names A as base firmware. It is open unless something bars it; what
bars it is kept, so that an answer can say so. Two statements that contradict each other bar the step between
them until one is corrected: to pick the permissive one would be a guess. Source: ADR 0005.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.guarding import Guarded, find_guarded
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.notices import Notice
from firmpath.pathways.walking import Successors, turned_around

Step = tuple[CPLEntryID, CPLEntryID]


class BarKind(StrEnum):
    """Why a declared upgrade may not be used."""

    WITHDRAWN = "withdrawn"
    CERTIFICATE_ENDED = "certificate_ended"
    NOTICE = "notice"
    DEAD_END = "dead_end"
    SKIPS_STEPPING_STONE = "skips_stepping_stone"
    EXCLUDED = "excluded"


LASTING: Final = frozenset({BarKind.DEAD_END, BarKind.SKIPS_STEPPING_STONE})
"""Bars that do not open by themselves: they are there for as long as somebody's mark is."""


class Bar(NamedTuple):
    """One thing that bars an upgrade: about the entry `cpl_entry_id`, or the notice `notice_id`."""

    kind: BarKind
    cpl_entry_id: CPLEntryID
    notice_id: str = ""


class Upgrades(NamedTuple):
    """The upgrades of one family: entry → entries it can go to, ascending; and what bars those not open.

    `declared_sources` and `open_sources` are these turned around: entry → entries it can be come to from. `closed`
    has the entries that no Device may be taken to today, with the reason.
    """

    entries: Mapping[CPLEntryID, CPLEntry]
    declared: Successors
    declared_sources: Successors
    open: Successors
    open_sources: Successors
    bars: Mapping[Step, tuple[Bar, ...]]
    closed: Mapping[CPLEntryID, Bar]
    notices: tuple[Notice, ...]
    guarded: tuple[Guarded, ...]

    def would_skip(self, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
        """Say whether a step, declared or not, leads past a marked stepping stone."""
        return any(each.is_passed_by(from_id, to_id) for each in self.guarded)

    def is_under_notice(self, from_id: CPLEntryID, to_id: CPLEntryID) -> bool:
        """Say whether a notice that nobody has accepted is about this upgrade, declared or not."""
        return any(notice.covers(from_id, to_id) for notice in self.notices)

    def is_dead_end(self, cpl_entry_id: CPLEntryID) -> bool:
        """Say whether somebody has marked the entry as a dead end."""
        return bool(self.entries[cpl_entry_id].dead_end)

    def but_for(self, kind: BarKind) -> Successors:
        """Give the declared upgrades that nothing bars but bars of one kind: those that are open without them.

        Cost: linear in the declared upgrades.
        """
        return {
            from_id: tuple(
                to_id for to_id in to_ids if all(bar.kind is kind for bar in self.bars.get((from_id, to_id), ()))
            )
            for from_id, to_ids in self.declared.items()
        }


def find_upgrades(
    entries: Mapping[CPLEntryID, CPLEntry],
    notices: Iterable[Notice],
    as_at: date,
    excluded: frozenset[CPLEntryID] = frozenset(),
) -> Upgrades:
    """Work out which upgrades are declared among the entries of a family, and which of them are open.

    `excluded` are entries that no Device is to be taken to, as whoever asks wants it.
    Cost: linear in entries and bases; each marked stepping stone adds one walk each way.
    """
    declared = _declared(entries)
    closed = {
        cpl_entry_id: bar
        for cpl_entry_id, entry in entries.items()
        if (bar := _bar_into(entry, as_at, cpl_entry_id in excluded))
    }
    sources = turned_around(declared)
    guarded = tuple(find_guarded(entries, declared, sources))
    upgrades = Upgrades(entries, declared, sources, declared, sources, {}, closed, tuple(notices), guarded)
    can_bar = closed or upgrades.notices or upgrades.guarded or any(map(upgrades.is_dead_end, entries))
    steps = ((from_id, to_id) for from_id, to_ids in declared.items() for to_id in to_ids if can_bar)
    bars = {step: found for step in steps if (found := tuple(_bars_on(upgrades, *step)))}
    if not bars:
        return upgrades
    open_steps = {
        from_id: tuple(to_id for to_id in to_ids if (from_id, to_id) not in bars)
        for from_id, to_ids in declared.items()
    }
    return upgrades._replace(open=open_steps, open_sources=turned_around(open_steps), bars=bars)


def _declared(entries: Mapping[CPLEntryID, CPLEntry]) -> Successors:
    """A base outside the family, or itself, is no upgrade: rules R30 to R32 report it."""
    targets: dict[CPLEntryID, list[CPLEntryID]] = {cpl_entry_id: [] for cpl_entry_id in entries}
    for to_id, entry in entries.items():
        if isinstance(entry.base_firmware, Bases):
            for from_id in entry.base_firmware.ids:
                if from_id in targets and from_id != to_id:
                    targets[from_id].append(to_id)
    return {cpl_entry_id: tuple(ids) for cpl_entry_id, ids in targets.items()}


def _bars_on(upgrades: Upgrades, from_id: CPLEntryID, to_id: CPLEntryID) -> Iterator[Bar]:
    """Give everything that bars one declared step."""
    if upgrades.is_dead_end(from_id):
        yield Bar(BarKind.DEAD_END, from_id)
    if to_id in upgrades.closed:
        yield upgrades.closed[to_id]
    for notice in upgrades.notices:
        if notice.covers(from_id, to_id):
            yield Bar(BarKind.NOTICE, to_id, notice.notice_id)
    for each in upgrades.guarded:
        if each.is_passed_by(from_id, to_id):
            yield Bar(BarKind.SKIPS_STEPPING_STONE, each.stone)


def _bar_into(entry: CPLEntry, as_at: date, is_excluded: bool) -> Bar | None:
    """Give what closes the entry itself to Devices that do not run it yet: first what nobody can wish away."""
    if entry.withdrawn_on:
        return Bar(BarKind.WITHDRAWN, entry.cpl_entry_id)
    if entry.has_lapsed(as_at):
        return Bar(BarKind.CERTIFICATE_ENDED, entry.cpl_entry_id)
    if is_excluded:
        return Bar(BarKind.EXCLUDED, entry.cpl_entry_id)
    return None
