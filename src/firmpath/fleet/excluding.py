"""What a plan is to leave out: entries that no Device is taken to, named one by one or by a notice about them."""

from collections.abc import Sequence
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import AnyEntry
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.notices import Notice
from firmpath.pathways.reference import find_candidates, parse_reference


class Excluded(NamedTuple):
    """The entries to leave out, and the notices by which some of them were named."""

    entries: frozenset[CPLEntryID]
    notices: tuple[str, ...]


def find_excluded(catalogue: Catalogue, written: Sequence[str], accepted: frozenset[str]) -> Excluded:
    """Find what is named: a notice by its id, else an entry in any way of naming one, twins and all.

    :raises FirmpathError: every name of nothing, and every notice whose risk is accepted besides.
    """
    notices = {notice.notice_id: notice for notice in catalogue.notices}
    entries: set[CPLEntryID] = set()
    named: list[str] = []
    faults: list[Fault] = []
    for each in dict.fromkeys(written):
        try:
            if each in notices:
                entries |= _to_exclude(catalogue, notices[each], accepted)
                named.append(each)
            else:
                entries |= _named(catalogue, each)
        except FirmpathError as error:
            faults += error.faults
    refuse_if_any(faults)
    return Excluded(frozenset(entries), tuple(sorted(named)))


def _named(catalogue: Catalogue, written: str) -> set[CPLEntryID]:
    try:
        found = find_candidates(catalogue, parse_reference(written))
    except FirmpathError:
        found = ()
    if not found:
        wrong = f"is to be excluded, and is neither on this CPL nor a notice open on {catalogue.as_at}"
        raise FirmpathError(Fault("Entry or notice", written, wrong, "check it, or do not exclude it"))
    return set(found)


def entries_of(catalogue: Catalogue, notice: Notice) -> set[CPLEntryID]:
    """Give the entries that a notice warns of going to; of leaving, where it is about going anywhere from there."""
    ends = (step.from_id if isinstance(step.to_id, AnyEntry) else step.to_id for step in notice.steps)
    return {end for end in ends if not isinstance(end, AnyEntry) and end in catalogue}


def _to_exclude(catalogue: Catalogue, notice: Notice, accepted: frozenset[str]) -> set[CPLEntryID]:
    if notice.notice_id in accepted:
        wrong = "is accepted and excluded"
        raise FirmpathError(Fault("Notice", notice.notice_id, wrong, "do one or the other"))
    found = entries_of(catalogue, notice)
    if not found:
        wrong = "is about no entry of this CPL by name, so there is none to exclude"
        raise FirmpathError(Fault("Notice", notice.notice_id, wrong, "name the entries to exclude"))
    return found
