"""Exposure in days, as far as the record tells: by when entries were listed and a vulnerability was recorded.

Since when a Device runs its firmware, and since when a vulnerability exists, no register knows: neither is counted.
"""

from datetime import timedelta
from typing import Final

from firmpath.pathways.days import britains_day
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ssc.exposure.looking import Picture
from firmpath.registry.ssc.exposure.verdict import VerdictKind

DAYS_MEAN: Final = (
    "Days exposed count from when the entry was listed or the vulnerability recorded here, whichever came "
    "later, to the day that is asked about. Since when a Device runs the firmware, nobody has told us."
)


def days_of_exposure(picture: Picture, cpl_entry_id: CPLEntryID) -> int | NotKnown:
    """Count the days since an affected entry was listed and the vulnerability recorded, whichever came later.

    Not known where the entry is not affected, or the vulnerability was not yet recorded on the day asked about.
    """
    if picture.exposure.verdict_of(cpl_entry_id).kind is not VerdictKind.AFFECTED:
        return NOT_KNOWN
    begun = max(picture.catalogue[cpl_entry_id].listed_on, britains_day(picture.kept.kept.begun_at))
    passed = picture.asked.as_of.on - begun
    return passed.days if passed >= timedelta() else NOT_KNOWN


def days_since_fix(picture: Picture, cpl_entry_id: CPLEntryID) -> int | NotKnown:
    """Count the days since the unaffected entry was listed to which the way out leads; not known without a way."""
    way = picture.found.ways.get(cpl_entry_id)
    return (picture.asked.as_of.on - picture.catalogue[way[-1]].listed_on).days if way else NOT_KNOWN
