"""R40 to R47: what can be seen only in several entries together."""

from collections.abc import Iterator
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import day_in_words
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.guarding import Guarded
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import chain, full_name, listing
from firmpath.pathways.pathway import Steps
from firmpath.pathways.rules.registry import Found, Severity, entry_rule, family_rule
from firmpath.pathways.stranded import find_cycles, newest_entries, stranded_entries
from firmpath.pathways.upgrades import Upgrades

_MOST_NAMED: Final = 6
_MOST_WAYS: Final = 3


@entry_rule("R40", "MP231 section 7, 'Firmware version or CPL Entry ID as reference'", Severity.NOTE)
def check_twins(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """A firmware version is on the CPL once for its hardware model.

    Entries that share it are twins. The version alone does not say which of them is meant; the CPL Entry ID does,
    and so does the hash where each has its own.
    """
    hardware, version = entry.published.device_model
    twins = catalogue.twins_of(entry.cpl_entry_id)
    if len(twins) > 1:
        count = len({catalogue[each].manufacturer_image_hash for each in twins})
        hashes = "the same hash" if count == 1 else f"{count} different hashes"
        by_hash = " or hash" if count == len(twins) else ""
        ids = " and ".join((", ".join(map(str, twins[:-1])), str(twins[-1])))
        text = (
            f"Firmware version {version} of {hardware} is on the CPL {len(twins)} times, with {hashes} "
            f"(CPL entries {ids})"
        )
        yield Found(entry.cpl_entry_id, text, f"refer to these by CPL Entry ID{by_hash}")


@entry_rule("R41", "DOMAIN section 4", Severity.NOTE)
def check_hash_shared(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """A Manufacturer Image hash belongs to one entry.

    The request to activate firmware (11.3) names the hash alone, so it does not say which of several is meant.
    """
    alike = catalogue.by_hash[entry.manufacturer_image_hash]
    if len(alike) > 1:
        shown = f"{entry.manufacturer_image_hash[:8]}…"
        text = f"Manufacturer Image hash {shown} is on the CPL {len(alike)} times: {_few(catalogue, alike)}"
        yield Found(entry.cpl_entry_id, text, "refer to these by CPL Entry ID")


@family_rule("R42", "FEATURES F22", Severity.NEEDS_REASON)
def check_cycles(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Found]:
    """Upgrades do not lead round in a circle.

    At least one upgrade of a circle goes back to earlier firmware. Where several circles hang together, the
    shortest from the lowest CPL Entry ID is shown.
    """
    for cycle in find_cycles(catalogue.upgrades(family).declared):
        text = f"Upgrades lead round in a circle: {chain(catalogue, cycle)}"
        remedy = "correct the base firmware of one of these entries, or say why"
        yield Found(cycle[0], text, remedy, also_declared_by=cycle[1:-1])


@family_rule("R43", "FEATURES F22", Severity.NOTE)
def check_stranded(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Found]:
    """Every entry has a pathway to the newest of its hardware model.

    An entry without one is stranded: a Device that runs it cannot be brought up to date as things are declared
    today.
    """
    stranded = stranded_entries(catalogue, family)
    models = {catalogue[cpl_entry_id].hardware_model for cpl_entry_id in stranded}
    newest_of = {model: newest_entries(catalogue, model) for model in models}
    for cpl_entry_id in stranded:
        newest = newest_of[catalogue[cpl_entry_id].hardware_model]
        text = f"{full_name(catalogue, cpl_entry_id)} has no pathway to the newest, {listing(catalogue, newest)}"
        yield Found(cpl_entry_id, text, f"ask for the pathway to {newest[0]}, and the answer says what is missing")


@family_rule("R44", "FEATURES F22", Severity.NOTE)
def check_several_newest(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Found]:
    """A hardware model has one newest entry.

    Where several were listed on the same last day, 'newest' does not say which is meant.
    """
    ids = catalogue.families[family]
    for model in sorted({catalogue[cpl_entry_id].hardware_model for cpl_entry_id in ids}):
        newest = newest_entries(catalogue, model)
        if len(newest) > 1:
            text = f"{model} has {len(newest)} newest entries, listed on one day: {listing(catalogue, newest)}"
            yield Found(newest[0], text, "name the entry that is wanted, not 'newest'")


@family_rule("R45", "DESIGN decision 5", Severity.REFUSE)
def check_stepping_stones_hold(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Found]:
    """A marked stepping stone agrees with the declarations.

    A stepping stone is an entry at which every Device on the way past it has to stop. The two disagree where
    declared upgrades lead around it. The step that leads past it is not used until the mark or the base firmware is
    corrected.
    """
    upgrades = catalogue.upgrades(family)
    for guarded in upgrades.guarded:
        around = _ways_around(upgrades, guarded)
        if around:
            more = f" and {len(around) - _MOST_WAYS} more" if len(around) > _MOST_WAYS else ""
            ways = ", ".join(chain(catalogue, way) for way in around[:_MOST_WAYS])
            name = full_name(catalogue, guarded.stone)
            text = f"{name} is marked as a stepping stone, but declared upgrades lead around it: {ways}{more}"
            gone_to = _few(catalogue, tuple(sorted({way[-1] for way in around})))
            yield Found(guarded.stone, text, f"correct the mark, or the base firmware of {gone_to}")


@family_rule("R46", "DESIGN decision 5", Severity.REFUSE)
def check_dead_ends_hold(catalogue: Catalogue, family: HardwareFamily) -> Iterator[Found]:
    """A marked dead end agrees with the declarations.

    A dead end is an entry out of which no upgrade leads. The two disagree where another entry names it as base.
    Such a step is not used until the mark or the base firmware is corrected.
    """
    upgrades = catalogue.upgrades(family)
    for cpl_entry_id, entry in upgrades.entries.items():
        led_to = upgrades.declared[cpl_entry_id]
        if entry.dead_end and led_to:
            gone_to = listing(catalogue, led_to)
            name = full_name(catalogue, cpl_entry_id)
            text = f"{name} is marked as a dead end, but is named as base by {gone_to}"
            yield Found(cpl_entry_id, text, f"correct the mark, or the base firmware of {gone_to}")


@entry_rule("R47", "FEATURES F29", Severity.NOTE)
def check_certificate_in_force(catalogue: Catalogue, entry: CPLEntry) -> Iterator[Found]:
    """A listed entry's CPA certificate is in force.

    After its last day no pathway leads to the entry until a later date is recorded.
    """
    ended = entry.has_lapsed(catalogue.as_at)
    if ended and not entry.withdrawn_on:
        name, on = full_name(catalogue, entry.cpl_entry_id), day_in_words(entry.cpa_valid_until)
        text = f"The CPA certificate of {name} ended on {on}"
        yield Found(entry.cpl_entry_id, text, "record the new date if it was renewed, or withdraw the entry")


def _ways_around(upgrades: Upgrades, guarded: Guarded) -> list[Steps]:
    """Give the declared ways by which Devices from before the stone come past it without stopping there.

    Each goes from an entry before the stone to the first one after it, by the fewest steps.
    """
    ways: dict[CPLEntryID, Steps] = {each: (each,) for each in sorted(guarded.before)}
    waiting = list(ways)
    around: list[Steps] = []
    for from_id in waiting:  # which grows as we go, so that shorter ways come first
        for to_id in upgrades.declared[from_id]:
            if to_id in guarded.after:
                around.append((*ways[from_id], to_id))
            elif to_id != guarded.stone and to_id not in ways:
                ways[to_id] = (*ways[from_id], to_id)
                waiting.append(to_id)
    return around


def _few(catalogue: Catalogue, ids: Steps) -> str:
    """List the first few of what may be very many entries, and say how many more there are."""
    more = f", and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"{listing(catalogue, ids[:_MOST_NAMED])}{more}"
