"""Whether a change gives Devices anywhere new to go: then a second person of SECAS has to approve it.

A change widens if it adds an upgrade, lifts what bars one, or takes a stepping stone away; else it narrows, or
changes no upgrade, and may be recorded at once. In doubt it widens: a mark, a notice or a withdrawal that goes is
counted even where no upgrade opens today. Source: MP231 section 3 item 7; FEATURES F10, F14 to F16.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from typing import NamedTuple

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import anything, changed_families
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.upgrades import Step


class Widens(NamedTuple):
    """The change adds an upgrade or removes a stone; `why` says which, a sentence each."""

    why: tuple[str, ...]


class Narrows(NamedTuple):
    """The change adds no upgrade; `why` says what it takes away, a sentence each, and is empty where nothing."""

    why: tuple[str, ...]


Effect = Widens | Narrows


class OneDay(NamedTuple):
    """The CPL of one day without a change and with it; of the entries, those that it can have to do with."""

    before: Catalogue
    after: Catalogue


def effect_of(days: Sequence[OneDay], today: date) -> Effect:
    """Say whether a change widens today, or on any later day.

    Cost: that of comparing, for each day, the families that it changes.
    """
    opened = {step for each in days for step in _opened(each)}
    widens = _once_each(days, today, lambda each: _added(each, opened))
    return Widens(widens) if widens else Narrows(_once_each(days, today, _taken_away))


def _once_each(days: Sequence[OneDay], today: date, say: Callable[[OneDay], Iterable[str]]) -> tuple[str, ...]:
    """Give every sentence once, those that do not hold today with the day from which they do."""
    said: dict[str, str] = {}
    for each in days:
        day = each.after.as_at
        for words in say(each):
            said.setdefault(words, f"From {_in_words(day)}: {words}" if day > today else words)
    return tuple(said.values())


def _added(day: OneDay, opened: Set[Step]) -> Iterator[str]:
    """Say what a day adds; `opened` are the steps that open on any day, of which it need not be said otherwise."""
    before, after = day.before, day.after
    for step in sorted(_opened(day)):
        yield f"The upgrade {_step(after, step)} opens."
    for step in sorted(_declared_anew(day) - opened):
        yield f"The upgrade {_step(after, step)} is declared, though it is not open."
    yield from _marks_gone(day)
    yield from _notices_gone(before, after)


def _taken_away(day: OneDay) -> Iterator[str]:
    before, after = day.before, day.after
    open_before, open_after = _open_steps(day)
    for step in sorted(open_before - open_after):
        yield f"The upgrade {_step(after, step)} closes."
    for was, entry in _changed(day):
        name = full_name(after, entry.cpl_entry_id)
        if entry.withdrawn_on and not was.withdrawn_on:
            yield f"{name} leaves the CPL."
        if entry.stepping_stone and not was.stepping_stone:
            yield f"{name} becomes a stepping stone."
        if entry.dead_end and not was.dead_end:
            yield f"{name} becomes a dead end."
    warned = {notice.notice_id for notice in before.notices}
    yield from (
        f"The notice {notice.notice_id} opens." for notice in after.notices if notice.notice_id not in warned
    )


def _opened(day: OneDay) -> set[Step]:
    open_before, open_after = _open_steps(day)
    return open_after - open_before


def _open_steps(day: OneDay) -> tuple[set[Step], set[Step]]:
    """Give the steps that are open without and with the change, in the families in which that can differ."""
    before, after = day.before, day.after
    families = changed_families(before, after, anything(before, after))
    return _open_in(before, families), _open_in(after, families)


def _open_in(catalogue: Catalogue, families: Iterable[HardwareFamily]) -> set[Step]:
    upgrades = [catalogue.upgrades(family) for family in families if family in catalogue.families]
    return {(from_id, to_id) for each in upgrades for from_id, to_ids in each.open.items() for to_id in to_ids}


def _changed(day: OneDay) -> Iterator[tuple[CPLEntry, CPLEntry]]:
    before, after = day.before.entries, day.after.entries
    for cpl_entry_id, entry in after.items():
        was = before.get(cpl_entry_id)
        if was is not None and was is not entry and was != entry:
            yield was, entry


def _declared_anew(day: OneDay) -> set[Step]:
    """Give the steps of bases named anew, those from entries that are not on the CPL yet included."""
    found = set()
    for was, entry in _changed(day):
        for base in set(_bases(entry)) - set(_bases(was)):
            found.add((base, entry.cpl_entry_id))
    return found


def _bases(entry: CPLEntry) -> tuple[CPLEntryID, ...]:
    return entry.base_firmware.ids if isinstance(entry.base_firmware, Bases) else ()


def _marks_gone(day: OneDay) -> Iterator[str]:
    for was, entry in _changed(day):
        name = full_name(day.after, entry.cpl_entry_id)
        if was.stepping_stone and not entry.stepping_stone:
            yield f"{name} is no longer marked as a stepping stone."
        if was.dead_end and not entry.dead_end:
            yield f"{name} is no longer marked as a dead end."
        if was.withdrawn_on and not entry.withdrawn_on:
            yield f"{name} comes back onto the CPL."


def _notices_gone(before: Catalogue, after: Catalogue) -> Iterator[str]:
    steps_after = {notice.notice_id: set(notice.steps) for notice in after.notices}
    for notice in before.notices:
        if notice.notice_id not in steps_after:
            yield f"The notice {notice.notice_id} is no longer open."
        elif set(notice.steps) - steps_after[notice.notice_id]:
            yield f"The notice {notice.notice_id} covers fewer upgrades."


def _step(catalogue: Catalogue, step: Step) -> str:
    return f"from {short_name(catalogue, step[0])} to {short_name(catalogue, step[1])}"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
