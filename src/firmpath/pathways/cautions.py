"""What a person should know before following a pathway that is safe as far as the declarations go."""

import itertools
from collections.abc import Iterator

from firmpath.pathways.answers import Caution, CautionKind
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.pathway import Steps
from firmpath.pathways.towards_any import look_towards
from firmpath.pathways.upgrades import BarKind, Upgrades
from firmpath.pathways.walking import reachable


def cautions_of_pathway(catalogue: Catalogue, upgrades: Upgrades, steps: Steps) -> tuple[Caution, ...]:
    """Give everything worth knowing about a pathway, in the order of its steps."""
    found: list[Caution] = []
    for from_id, to_id in itertools.pairwise(steps):
        before, after = catalogue[from_id], catalogue[to_id]
        found += _twins(catalogue, to_id)
        if before.listed_on > after.listed_on:
            found.append(Caution(CautionKind.PROBABLE_DOWNGRADE, to_id, (from_id,)))
        if before.hardware_model != after.hardware_model:
            found.append(Caution(CautionKind.OTHER_REVISION, to_id, (from_id,)))
        for notice in catalogue.notices_about((from_id, to_id)):
            if notice.covers(from_id, to_id):
                found.append(Caution(CautionKind.NOTICE_ACCEPTED, to_id, (from_id,), notice.notice_id))
    if upgrades.is_dead_end(steps[-1]):
        found.append(Caution(CautionKind.INTO_DEAD_END, steps[-1]))
    else:
        found += _leading_nowhere(catalogue, upgrades, steps[-1])
    return tuple(found)


def _leading_nowhere(catalogue: Catalogue, upgrades: Upgrades, target: CPLEntryID) -> Iterator[Caution]:
    """Say so where nothing leads on from a target, though newer firmware is there for Devices that run it.

    Newer is what was listed later, and what Devices may be taken to: what has nothing after it is no dead end.
    Cost: linear in the entries and upgrades of the family; as `look_towards` where it is so.
    """
    later = [each for each in catalogue.listed_after(target) if not upgrades.is_dead_end(each)]
    newer = tuple(each for each in later if each not in upgrades.closed)
    if not newer or not reachable(upgrades.open, target).isdisjoint(newer):
        return
    # Whoever excludes what leads on is to hear that, and not that somebody is silent about what comes after it.
    wanted = {*newer, *catalogue.excluded.intersection(later)}
    if catalogue.excluded and not reachable(upgrades.but_for(BarKind.EXCLUDED), target).isdisjoint(wanted):
        yield Caution(CautionKind.NOTHING_LEADS_ON, target, newer, why=BarKind.EXCLUDED.value)
    else:
        (shut,) = look_towards(upgrades, {each: int(each in newer) for each in upgrades.entries}, {target: 1}).shut
        yield Caution(CautionKind.NOTHING_LEADS_ON, target, newer, why=shut.why.value)


def cautions_of_staying(catalogue: Catalogue, installed: CPLEntryID) -> tuple[Caution, ...]:
    """Give what is worth knowing where nothing is to be done."""
    entry = catalogue[installed]
    stays = (
        (CautionKind.STAYS_WITHDRAWN, bool(entry.withdrawn_on)),
        (CautionKind.STAYS_UNCERTIFIED, entry.has_lapsed(catalogue.as_at)),
        (CautionKind.STAYS_IN_DEAD_END, bool(entry.dead_end)),
    )
    found = (Caution(kind, installed) for kind, holds in stays if holds)
    return (*_twins(catalogue, installed), *found)


def _twins(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> Iterator[Caution]:
    """Find the other entries with the same model and firmware version, which only the hash tells apart."""
    others = tuple(other for other in catalogue.twins_of(cpl_entry_id) if other != cpl_entry_id)
    if others:
        yield Caution(CautionKind.TWIN, cpl_entry_id, others)
