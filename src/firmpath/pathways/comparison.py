"""The difference between two Catalogues, in pathway terms: what can be reached now that could not, and the reverse.

Two days of one record, two CPL files, or a CPL before and after a submission: it is all the same comparison.
Source: FEATURES F12 and F30.
"""

from collections.abc import Iterator
from typing import NamedTuple

from firmpath.pathways.all_pairs import AllPairs
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway import NO_WAY, NoWay, Steps
from firmpath.pathways.stranded import stranded_entries
from firmpath.pathways.walking import Successors


class PathwayChange(NamedTuple):
    """The fewest activations between two entries, before and after; they differ."""

    from_id: CPLEntryID
    to_id: CPLEntryID
    before: int | NoWay
    after: int | NoWay


class Difference(NamedTuple):
    """What changed between two Catalogues. All ids and changes are in ascending order.

    `changed` are entries of which anything else than their listing or withdrawal differs.
    """

    listed: Steps = ()
    no_longer_listed: Steps = ()
    withdrawn: Steps = ()
    reinstated: Steps = ()
    changed: Steps = ()
    gained: tuple[PathwayChange, ...] = ()
    lost: tuple[PathwayChange, ...] = ()
    lengthened: tuple[PathwayChange, ...] = ()
    shortened: tuple[PathwayChange, ...] = ()
    lost_only_way_out: Steps = ()
    gained_first_way_out: Steps = ()
    newly_stranded: Steps = ()
    rescued: Steps = ()


def compare(before: Catalogue, after: Catalogue) -> Difference:
    """Say what changed from one Catalogue to another.

    Cost: linear in the entries, and all pairs of those families whose open upgrades differ.
    """
    both = [cpl_entry_id for cpl_entry_id in before.entries if cpl_entry_id in after.entries]
    families = sorted(changed_families(before, after))
    changes = [change for family in families for change in _changes(before, after, family)]
    changes.sort(key=lambda change: (change.from_id, change.to_id))
    stranded_before = {each for family in families for each in _stranded(before, family)}
    stranded_after = {each for family in families for each in _stranded(after, family)}
    out_before, out_after = _with_way_out(before, families), _with_way_out(after, families)
    return Difference(
        listed=tuple(each for each in after.entries if each not in before.entries),
        no_longer_listed=tuple(each for each in before.entries if each not in after.entries),
        withdrawn=tuple(each for each in both if after[each].withdrawn_on and not before[each].withdrawn_on),
        reinstated=tuple(each for each in both if before[each].withdrawn_on and not after[each].withdrawn_on),
        changed=tuple(each for each in both if _facts(before, each) != _facts(after, each)),
        gained=tuple(change for change in changes if isinstance(change.before, NoWay)),
        lost=tuple(change for change in changes if isinstance(change.after, NoWay)),
        lengthened=tuple(change for change in changes if _is_longer(change.before, change.after)),
        shortened=tuple(change for change in changes if _is_longer(change.after, change.before)),
        lost_only_way_out=tuple(sorted((out_before - out_after) & set(both))),
        gained_first_way_out=tuple(sorted((out_after - out_before) & set(both))),
        newly_stranded=tuple(sorted((stranded_after - stranded_before) & set(both))),
        rescued=tuple(sorted((stranded_before - stranded_after) & set(both))),
    )


def changed_families(before: Catalogue, after: Catalogue) -> set[HardwareFamily]:
    """Give the families of which anything differs that could change a pathway, or which entry is the newest."""
    both = before.families.keys() | after.families.keys()
    return {family for family in both if _state(before, family) != _state(after, family)}


def _state(catalogue: Catalogue, family: HardwareFamily) -> tuple[object, ...]:
    if family not in catalogue.families:
        return ()
    upgrades = catalogue.upgrades(family)
    return upgrades.open, upgrades.closed, upgrades.entries


def _open(catalogue: Catalogue, family: HardwareFamily) -> Successors:
    return catalogue.upgrades(family).open if family in catalogue.families else {}


def _changes(before: Catalogue, after: Catalogue, family: HardwareFamily) -> Iterator[PathwayChange]:
    if _open(before, family) == _open(after, family):
        return
    pairs_before, pairs_after = AllPairs(_open(before, family)), AllPairs(_open(after, family))
    for to_id in sorted({*pairs_before.ids, *pairs_after.ids}):
        then = pairs_before.towards(to_id) if to_id in pairs_before.ids else {}
        now = pairs_after.towards(to_id) if to_id in pairs_after.ids else {}
        for from_id in sorted(then.keys() | now.keys()):
            change = PathwayChange(from_id, to_id, then.get(from_id, NO_WAY), now.get(from_id, NO_WAY))
            if from_id != to_id and change.before != change.after:
                yield change


def _is_longer(first: int | NoWay, second: int | NoWay) -> bool:
    return not isinstance(first, NoWay) and not isinstance(second, NoWay) and second > first


def _stranded(catalogue: Catalogue, family: HardwareFamily) -> Steps:
    return stranded_entries(catalogue, family) if family in catalogue.families else ()


def _with_way_out(catalogue: Catalogue, families: list[HardwareFamily]) -> set[CPLEntryID]:
    return {from_id for family in families for from_id, to_ids in _open(catalogue, family).items() if to_ids}


def _facts(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> tuple[object, ...]:
    return catalogue[cpl_entry_id]._replace(withdrawn_on=NOT_KNOWN, withdrawal_reason=NOT_KNOWN)
