"""What a further upgrade would do: which stuck entries it would give a way out, and how many Devices.

'Publishing an upgrade from 311 to 498 would rescue 7 entries, 1,200,000 Devices.' Source: FEATURES F63.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.upgrades import Upgrades
from firmpath.pathways.walking import reachable
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.ways_out.finding import WaysOut
from firmpath.registry.ssc.ways_out.weighing import Weights, weigh


class Fix(NamedTuple):
    """An upgrade that nobody has declared: the entries that it would rescue, and how many Devices run them.

    A Device that runs one of several entries counts where all of them would be rescued.

    `to_id` is not known where the CPL has no entry to go to: then it takes new firmware.
    """

    from_id: CPLEntryID
    to_id: CPLEntryID | NotKnown
    rescued: Steps
    devices: int


def find_fixes(exposure: Exposure, found: WaysOut, weights: Weights) -> list[Fix]:
    """Give the upgrades that would rescue most, one for each place where ways end, those of most Devices first.

    Each leads to the unaffected entry after its place that other vulnerabilities leave cleanest, the next first.
    Cost: for each such place, the entries that come to it and those of its family.
    """
    catalogue = exposure.ground.catalogue
    safe = set(exposure.ids_with(VerdictKind.NOT_AFFECTED))
    fixes: list[Fix] = []
    taken: set[CPLEntryID] = set()
    for each in sorted(found.stuck, key=lambda each: _goes_on(exposure, found, each)):
        upgrades = catalogue.upgrades(catalogue.family_of(each))
        if each not in taken and not upgrades.is_dead_end(each):
            rescued = _rescued(upgrades, found, each)
            taken.update(rescued)
            target = min(_targets(upgrades, each, safe), key=found.others.rank, default=NOT_KNOWN)
            fixes.append(Fix(each, target, rescued, weigh(set(rescued), weights)))
    return sorted(fixes, key=lambda fix: (-fix.devices, -len(fix.rescued), fix.from_id))


def way_by(found: WaysOut, fix: Fix) -> Steps:
    """Give the way from where an upgrade would begin to where it leads in the end; nothing for new firmware."""
    if isinstance(fix.to_id, NotKnown):
        return ()
    return (fix.from_id, *found.ways.get(fix.to_id, (fix.to_id,)))


def try_fix(
    exposure: Exposure, found: WaysOut, from_id: CPLEntryID, to_id: CPLEntryID, weights: Weights
) -> Fix | Fault:
    """Say what one upgrade would rescue, or why it would rescue nothing."""
    catalogue = exposure.ground.catalogue
    wrong = _why_useless(exposure, found, from_id, to_id)
    if wrong:
        step = f"{full_name(catalogue, from_id)} to {full_name(catalogue, to_id)}"
        return Fault("An upgrade from", step, wrong, "try another one", quoted=False)
    rescued = _rescued(catalogue.upgrades(catalogue.family_of(from_id)), found, from_id)
    return Fix(from_id, to_id, rescued, weigh(set(rescued), weights))


def _why_useless(exposure: Exposure, found: WaysOut, from_id: CPLEntryID, to_id: CPLEntryID) -> str:
    catalogue = exposure.ground.catalogue
    if from_id not in catalogue or to_id not in catalogue:
        return "names an entry that is not on the CPL"
    if catalogue.family_of(from_id) != catalogue.family_of(to_id):
        return "leads to other hardware"
    upgrades = catalogue.upgrades(catalogue.family_of(from_id))
    if to_id in upgrades.closed:
        return "leads to an entry that no Device may be taken to"
    if upgrades.is_dead_end(from_id):
        return "leads out of an entry that is marked as a dead end"
    if upgrades.is_under_notice(from_id, to_id) or upgrades.would_skip(from_id, to_id):
        return "would be barred by a notice or a stepping stone"
    if exposure.verdict_of(to_id).kind is not VerdictKind.NOT_AFFECTED and to_id not in found.ways:
        return "leads to an entry that is not known to be unaffected and has no way out itself"
    if not _rescued(upgrades, found, from_id):
        return "rescues nothing: every affected entry that comes there has a way out already"
    return ""


def _rescued(upgrades: Upgrades, found: WaysOut, from_id: CPLEntryID) -> Steps:
    """Give the stuck entries that can come to one, itself included."""
    return tuple(sorted(each for each in reachable(upgrades.open_sources, from_id) if each in found.stuck))


def _goes_on(exposure: Exposure, found: WaysOut, each: CPLEntryID) -> tuple[bool, CPLEntryID]:
    """Put entries first from which no open step leads to another stuck one: an upgrade there rescues most."""
    catalogue = exposure.ground.catalogue
    onward: Iterable[CPLEntryID] = catalogue.upgrades(catalogue.family_of(each)).open[each]
    return any(to_id in found.stuck for to_id in onward), each


def _targets(upgrades: Upgrades, from_id: CPLEntryID, safe: Collection[CPLEntryID]) -> Iterator[CPLEntryID]:
    """Give the unaffected entries of the same hardware that came after one, the next after it first."""
    start = upgrades.entries[from_id]
    later = [
        (entry.listed_on, each)
        for each, entry in upgrades.entries.items()
        if each in safe and entry.hardware_model == start.hardware_model and entry.listed_on >= start.listed_on
    ]
    for _, each in sorted(later):
        barred = upgrades.is_under_notice(from_id, each) or upgrades.would_skip(from_id, each)
        if each not in upgrades.closed and not barred:
            yield each
