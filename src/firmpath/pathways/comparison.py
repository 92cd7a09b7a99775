"""The difference between two Catalogues, in pathway terms: what can be reached now that could not, and the reverse.

Two days of one record, two CPL files, or a CPL before and after a submission: it is all the same comparison.
Source: FEATURES F12 and F30.
"""

from collections.abc import Iterable, Mapping, Set
from operator import itemgetter
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway import NoWay, Steps
from firmpath.pathways.pathway_changes import PathwayChange, find_changes
from firmpath.pathways.stranded import stranded_entries
from firmpath.pathways.walking import Successors

MOST_LISTED: Final = 200_000
"""As many changes as are listed of each kind; how many there are is always said."""


_KINDS_OF_CHANGE: Final = ("gained", "lost", "lengthened", "shortened")


class LeftOut(NamedTuple):
    """How many further changes of one kind, named as the field of `Difference` is, are not listed."""

    kind: str
    number: int


class Difference(NamedTuple):
    """What changed between two Catalogues. All ids and changes are in ascending order.

    `changed` are entries of which anything else than their listing or withdrawal differs. Where there are more than
    `MOST_LISTED` changes of a kind, those of the first families and targets are listed, the others `left_out`.
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
    left_out: tuple[LeftOut, ...] = ()

    @property
    def pathway_counts(self) -> Mapping[str, int]:
        """How many pathways were gained, lost, lengthened and shortened, those left out included."""
        left_out = dict(self.left_out)
        return {kind: len(getattr(self, kind)) + left_out.get(kind, 0) for kind in _KINDS_OF_CHANGE}


class Touched(NamedTuple):
    """The entries and the families in which alone anything can differ between two Catalogues."""

    ids: Set[CPLEntryID]
    families: Set[HardwareFamily]


def anything(before: Catalogue, after: Catalogue) -> Touched:
    """Give all entries and families of two Catalogues of which nobody knows what has been touched."""
    return Touched(before.entries.keys() | after.entries.keys(), before.families.keys() | after.families.keys())


def compare(before: Catalogue, after: Catalogue, touched: Touched | None = None) -> Difference:
    """Say what changed from one Catalogue to another; only among what is touched, where that is known.

    Cost: linear in the entries; in those families whose open upgrades differ, as `find_changes`.
    """
    touched = touched or anything(before, after)
    ids = sorted(touched.ids)
    both = [cpl_entry_id for cpl_entry_id in ids if cpl_entry_id in before and cpl_entry_id in after]
    families = sorted(changed_families(before, after, touched))
    changes, left_out = _sort_out(
        change for family in families for change in find_changes(_open(before, family), _open(after, family))
    )
    stranded_before = {each for family in families for each in _stranded(before, family)}
    stranded_after = {each for family in families for each in _stranded(after, family)}
    out_before, out_after = _with_way_out(before, families), _with_way_out(after, families)
    return Difference(
        listed=tuple(each for each in ids if each in after and each not in before),
        no_longer_listed=tuple(each for each in ids if each in before and each not in after),
        withdrawn=tuple(each for each in both if after[each].withdrawn_on and not before[each].withdrawn_on),
        reinstated=tuple(each for each in both if before[each].withdrawn_on and not after[each].withdrawn_on),
        changed=tuple(each for each in both if _facts(before, each) != _facts(after, each)),
        **changes,
        lost_only_way_out=_in_both(before, after, out_before - out_after),
        gained_first_way_out=_in_both(before, after, out_after - out_before),
        newly_stranded=_in_both(before, after, stranded_after - stranded_before),
        rescued=_in_both(before, after, stranded_before - stranded_after),
        left_out=left_out,
    )


def changed_families(before: Catalogue, after: Catalogue, touched: Touched) -> set[HardwareFamily]:
    """Give the touched families of which anything differs that could change a pathway, or which is the newest."""
    return {family for family in touched.families if _state(before, family) != _state(after, family)}


def _in_both(before: Catalogue, after: Catalogue, ids: Iterable[CPLEntryID]) -> Steps:
    return tuple(sorted(each for each in ids if each in before and each in after))


def _state(catalogue: Catalogue, family: HardwareFamily) -> tuple[object, ...]:
    if family not in catalogue.families:
        return ()
    upgrades = catalogue.upgrades(family)
    return upgrades.open, upgrades.closed, upgrades.entries


def _open(catalogue: Catalogue, family: HardwareFamily) -> Successors:
    return catalogue.upgrades(family).open if family in catalogue.families else {}


def _sort_out(
    changes: Iterable[PathwayChange],
) -> tuple[dict[str, tuple[PathwayChange, ...]], tuple[LeftOut, ...]]:
    """Put each change with those of its kind, in order of their ends, until there are too many to list."""
    listed: dict[str, list[PathwayChange]] = {kind: [] for kind in _KINDS_OF_CHANGE}
    left_out = dict.fromkeys(_KINDS_OF_CHANGE, 0)
    for change in changes:
        kind = _kind_of(change)
        if len(listed[kind]) < MOST_LISTED:
            listed[kind].append(change)
        else:
            left_out[kind] += 1
    in_order = {kind: tuple(sorted(found, key=itemgetter(0, 1))) for kind, found in listed.items()}
    return in_order, tuple(LeftOut(kind, number) for kind, number in left_out.items() if number)


def _kind_of(change: PathwayChange) -> str:
    if isinstance(change.before, NoWay):
        return "gained"
    if isinstance(change.after, NoWay):
        return "lost"
    return "lengthened" if change.after > change.before else "shortened"


def _stranded(catalogue: Catalogue, family: HardwareFamily) -> Steps:
    return stranded_entries(catalogue, family) if family in catalogue.families else ()


def _with_way_out(catalogue: Catalogue, families: list[HardwareFamily]) -> set[CPLEntryID]:
    return {from_id for family in families for from_id, to_ids in _open(catalogue, family).items() if to_ids}


def _facts(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> tuple[object, ...]:
    return catalogue[cpl_entry_id]._replace(withdrawn_on=NOT_KNOWN, withdrawal_reason=NOT_KNOWN)
