"""Which pathways of a family two sets of open upgrades give otherwise: one target after the other.

No more is kept at a time than the way to one target, so a family of any size can be compared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from firmpath.pathways.all_pairs import TowardsOne
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import NO_WAY, NoWay, activations_to
from firmpath.pathways.walking import Successors, reachable, turned_around

_DENSE: Final = 20
"""As many upgrades for each entry as make sets of bits quicker than a plain walk."""


class PathwayChange(NamedTuple):
    """The fewest activations between two entries, before and after; they differ."""

    from_id: CPLEntryID
    to_id: CPLEntryID
    before: int | NoWay
    after: int | NoWay


def find_changes(before: Successors, after: Successors) -> Iterator[PathwayChange]:
    """Give every change of a pathway in order of targets, and for each of the entries that it is reached from.

    Only where a changed upgrade leads can anything change.
    Cost: for each entry that a changed upgrade leads to, one walk on either side.
    """
    targets = reachable(before, *_only_in(before, after)) | reachable(after, *_only_in(after, before))
    if not targets:
        return
    towards_before, towards_after = _towards(before), _towards(after)
    for to_id in sorted(targets):
        then = towards_before(to_id) if to_id in before else {}
        now = towards_after(to_id) if to_id in after else {}
        for from_id in sorted(then.keys() | now.keys()):
            change = PathwayChange(from_id, to_id, then.get(from_id, NO_WAY), now.get(from_id, NO_WAY))
            if from_id != to_id and change.before != change.after:
                yield change


def _only_in(some: Successors, others: Successors) -> Iterable[CPLEntryID]:
    """Give the entries that an upgrade leads to which the others do not have."""
    return {
        to_id
        for from_id, to_ids in some.items()
        if to_ids != others.get(from_id)
        for to_id in set(to_ids).difference(others.get(from_id, ()))
    }


def _towards(successors: Successors) -> Callable[[CPLEntryID], Mapping[CPLEntryID, int]]:
    """Give what finds the activations to one target from every entry that can come to it."""
    if sum(map(len, successors.values())) >= _DENSE * len(successors):
        return TowardsOne(successors).towards
    sources = turned_around(successors)
    return lambda to_id: activations_to(sources, to_id)
