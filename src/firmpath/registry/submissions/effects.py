"""Whether a change gives Devices anywhere new to go: then a second person of SECAS has to approve it.

A change widens if it adds an upgrade, lifts what bars one, or takes a stepping stone away; else it narrows, or
changes no upgrade, and may be recorded at once. In doubt it widens: a mark, a notice or a withdrawal that goes is
counted even where no upgrade opens today. Source: MP231 section 3 item 7; FEATURES F10, F14 to F16.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.comparison import anything, changed_families
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import day_in_words
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.upgrades import Step

MOST_SAID: Final = 50
"""Of so many upgrades a day is said which they are, of the others how many."""


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
    steps = {each.after.as_at: _differing_steps(each) for each in days}
    opened = {step for each in steps.values() for step in each.opened}
    widens = _once_each(days, today, lambda each: _added(each, steps[each.after.as_at].opened, opened))
    if widens:
        return Widens(widens)
    return Narrows(_once_each(days, today, lambda each: _taken_away(each, steps[each.after.as_at].closed)))


def _once_each(days: Sequence[OneDay], today: date, say: Callable[[OneDay], Iterable[str]]) -> tuple[str, ...]:
    """Give every sentence once, those that do not hold today with the day from which they do."""
    said: dict[str, str] = {}
    for each in days:
        day = each.after.as_at
        for words in say(each):
            said.setdefault(words, f"From {day_in_words(day)}: {words}" if day > today else words)
    return tuple(said.values())


def _added(day: OneDay, opened: Set[Step], opened_ever: Set[Step]) -> Iterator[str]:
    """Say what a day adds; of the steps that open on any day it need not be said otherwise."""
    yield from _each_step(day.after, opened, "opens", "open")
    ending = "declared, though {} not open"
    declared = _declared_anew(day) - opened_ever
    yield from _each_step(day.after, declared, f"is {ending.format('it is')}", f"are {ending.format('they are')}")
    yield from _marks_gone(day)
    yield from _notices_gone(day.before, day.after)


def _each_step(catalogue: Catalogue, steps: Set[Step], one: str, several: str) -> Iterator[str]:
    """Say of each step what becomes of it; of a great many, how many there are besides the first."""
    for step in sorted(steps)[:MOST_SAID]:
        yield f"The upgrade {_step(catalogue, step)} {one}."
    further = len(steps) - MOST_SAID
    if further > 0:
        yield f"Besides, {counted(further, 'more upgrade')} {one if further == 1 else several}."


def _taken_away(day: OneDay, closed: Set[Step]) -> Iterator[str]:
    before, after = day.before, day.after
    yield from _each_step(after, closed, "closes", "close")
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


class _Steps(NamedTuple):
    opened: Set[Step]
    closed: Set[Step]


def _differing_steps(day: OneDay) -> _Steps:
    """Give the steps that a change opens and closes on a day."""
    before, after = day.before, day.after
    families = changed_families(before, after, anything(before, after))
    open_before, open_after = _open_in(before, families), _open_in(after, families)
    return _Steps(open_after - open_before, open_before - open_after)


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
