"""The Catalogues of the last few days asked about, and those of the record before, to go on from.

Any number of threads may ask; a day that several ask about is worked out once. Source: DESIGN decision 2.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import islice
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue

MOST_DAYS: Final = 4
"""As many days as are kept: today, the day before or after, and days that people ask to look back at."""


class Earlier(NamedTuple):
    """A Catalogue of the day, made when the record had `last` statements."""

    catalogue: Catalogue
    last: int


class KeptCatalogues:
    """The Catalogues of one length of a record by day; those not asked about for longest go first."""

    def __init__(self, earlier: Mapping[date, Earlier] = MappingProxyType({})) -> None:
        self._kept: dict[date, Catalogue] = {}
        self._earlier = dict(earlier)
        self._looking = Lock()
        self._working = Lock()

    def get(
        self,
        as_at: date,
        fold_anew: Callable[[date], Catalogue],
        continue_from: Callable[[Earlier], Catalogue],
    ) -> Catalogue:
        """Give the Catalogue of a day: the one that is kept, or one that continues an earlier one, or a new one."""
        found = self._look_up(as_at)
        if found is None:
            with self._working:
                found = self._look_up(as_at)
                if found is None:
                    earlier = self._earlier.get(as_at)
                    found = continue_from(earlier) if earlier else fold_anew(as_at)
                    self._keep(as_at, found)
        return found

    def as_earlier(self, last: int) -> Mapping[date, Earlier]:
        """Give what a longer record can go on from, the days that were asked about last before the others."""
        with self._looking:
            mine = {as_at: Earlier(catalogue, last) for as_at, catalogue in reversed(self._kept.items())}
            others = {as_at: earlier for as_at, earlier in self._earlier.items() if as_at not in mine}
        return dict(islice((mine | others).items(), MOST_DAYS))

    def _look_up(self, as_at: date) -> Catalogue | None:
        with self._looking:
            found = self._kept.pop(as_at, None)
            if found is not None:
                self._kept[as_at] = found
            return found

    def _keep(self, as_at: date, catalogue: Catalogue) -> None:
        with self._looking:
            self._kept[as_at] = catalogue
            self._earlier.pop(as_at, None)
            while len(self._kept) > MOST_DAYS:
                del self._kept[next(iter(self._kept))]
