"""A Catalogue in which little has changed, made from the one before: what the change leaves alone is kept.

It is the very Catalogue that all statements give when they are folded anew. Source: DESIGN decision 2.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any, TypeVar

from firmpath.pathways.ahead import Ahead
from firmpath.pathways.catalogue import GROUPS, PLACES_OF_NOTICES, Catalogue
from firmpath.pathways.comparison import Touched
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.facts import AnyEntry
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.notices import Notice
from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_index import Continued, StatementIndex, subject_of

_Entries = Mapping[CPLEntryID, CPLEntry]
_Value = TypeVar("_Value")


def continue_catalogue(
    catalogue: Catalogue, index: StatementIndex, last: int, added: Sequence[Statement]
) -> tuple[Catalogue, Touched]:
    """Give the Catalogue of the same day once statements are added to the first `last` ones of an index.

    Cost: linear in what is added, in all statements about the entries that they touch, and where they touch a
    notice in those about all notices; besides a copy of each mapping that the Catalogue keeps.
    """
    whole = Continued(index.statements, last, added)
    subjects = {subject_of(statement, whole) for statement in added}
    ids = {subject for subject in subjects if not isinstance(subject, str)}
    with_notices = len(ids) < len(subjects)
    numbers = [number for each in sorted(ids) for number in index.numbers_about(each, last)]
    numbers += index.numbers_about_notices(last) if with_notices else ()
    folded = fold_sound((*(whole[number - 1] for number in sorted(numbers)), *added), catalogue.as_at)
    notices = folded.notices if with_notices else catalogue.notices
    ahead = _changed_ahead(catalogue.ahead, ids, folded.ahead, with_notices)
    return _changed(catalogue, ids, folded.entries, notices, ahead)


def _changed(
    before: Catalogue, ids: Set[CPLEntryID], folded: _Entries, notices: tuple[Notice, ...], ahead: Ahead
) -> tuple[Catalogue, Touched]:
    """Give the Catalogue in which all there is of some entries is what `folded` has, and others are as before."""
    entries = _changed_entries(before.entries, ids, folded)
    families = _families_of_entries(ids, before.entries, folded)
    families |= _families_of_notices(before, entries, set(before.notices) ^ set(notices))
    upgrades = before.kept_upgrades()
    for family in families:
        upgrades.pop(family, None)
    after = Catalogue(before.as_at, entries, notices, ahead, upgrades)
    kept = vars(before).copy()  # what is derived stands there by name, once it has been asked for
    for name, key_of in GROUPS.items():
        if name in kept:
            vars(after)[name] = _regrouped(kept[name], key_of, ids, before.entries, entries)
    if notices is before.notices and PLACES_OF_NOTICES in kept:
        vars(after)[PLACES_OF_NOTICES] = kept[PLACES_OF_NOTICES]
    return after, Touched(ids, families)


def _changed_entries(before: _Entries, ids: Set[CPLEntryID], folded: _Entries) -> _Entries:
    entries = dict(before)
    new = [each for each in folded if each not in before]
    in_order = not new or min(new) > _last_of(before)
    for each in sorted(ids):
        if each in folded:
            entries[each] = folded[each]
        else:
            entries.pop(each, None)
    return entries if in_order else dict(sorted(entries.items()))


def _last_of(entries: _Entries) -> int:
    return next(reversed(entries.keys()), 0)  # type: ignore[call-overload]  # of a dictionary, in order


def _changed_ahead(before: Ahead, ids: Set[CPLEntryID], folded: Ahead, with_notices: bool) -> Ahead:
    warnings = folded.warnings if with_notices else before.warnings
    return Ahead(
        _merged(before.entries, ids, folded.entries),
        _merged(before.changes, ids, folded.changes),
        _merged(before.stones, ids, folded.stones),
        warnings,
        _merged(before.declarations, ids, folded.declarations),
    )


def _merged(
    before: Mapping[CPLEntryID, _Value], ids: Set[CPLEntryID], folded: Mapping[CPLEntryID, _Value]
) -> Mapping[CPLEntryID, _Value]:
    if not folded and ids.isdisjoint(before):
        return before
    return {each: value for each, value in before.items() if each not in ids} | dict(folded)


def _families_of_entries(ids: Iterable[CPLEntryID], *states: _Entries) -> set[HardwareFamily]:
    return {entries[each].hardware_model.family for entries in states for each in ids if each in entries}


def _families_of_notices(before: Catalogue, after: _Entries, changed: Iterable[Notice]) -> set[HardwareFamily]:
    """Give the families whose upgrades know of these notices; those about any upgrade at all concern every one."""
    found_by = {step.found_by for notice in changed for step in notice.steps}
    if any(isinstance(each, AnyEntry) for each in found_by):
        return {*before.families, *_families_of_entries(after, after)}
    named = [each for each in found_by if not isinstance(each, AnyEntry)]
    return _families_of_entries(named, before.entries, after)


def _regrouped(
    groups: Mapping[Any, tuple[CPLEntryID, ...]],
    key_of: Callable[[CPLEntry], object],
    ids: Set[CPLEntryID],
    before: _Entries,
    after: _Entries,
) -> Mapping[Any, tuple[CPLEntryID, ...]]:
    """Move entries between groups; only where one has left a group, or come into one, is any other touched."""
    moves = []
    for each in sorted(ids):
        was = key_of(before[each]) if each in before else None
        now = key_of(after[each]) if each in after else None
        if was != now:
            moves.append((each, was, now))
    if not moves:
        return groups
    changed = dict(groups)
    for each, was, now in moves:
        if was is not None:
            left = tuple(other for other in changed.pop(was) if other != each)
            changed |= {was: left} if left else {}
        if now is not None:
            changed[now] = tuple(sorted((*changed.get(now, ()), each)))
    last = _last_of(before)
    in_order = all(was is None and each > last for each, was, _ in moves)
    return changed if in_order else dict(sorted(changed.items(), key=lambda group: group[1][0]))
