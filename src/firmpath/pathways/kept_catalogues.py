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


class _Kept(NamedTuple):
    """A Catalogue, and how often it was asked for."""

    catalogue: Catalogue
    uses: int = 1


class KeptCatalogues:
    """The Catalogues of one length of a record by day; those asked about least often go first.

    So whoever looks back at many days does not take today's away from everybody else.
    """

    def __init__(self, earlier: Mapping[date, Earlier] = MappingProxyType({})) -> None:
        self._kept: dict[date, _Kept] = {}
        self._earlier = dict(earlier)
        self._looking = Lock()
        self._working: dict[date, Lock] = {}

    def get(
        self,
        as_at: date,
        fold_anew: Callable[[date], Catalogue],
        continue_from: Callable[[Earlier], Catalogue],
    ) -> Catalogue:
        """Give the Catalogue of a day: the one that is kept, or one that continues an earlier one, or a new one."""
        found = self._look_up(as_at)
        if found is None:
            with self._work_on(as_at):
                found = self._look_up(as_at)
                if found is None:
                    earlier = self._earlier.get(as_at)
                    found = continue_from(earlier) if earlier else fold_anew(as_at)
                    self._keep(as_at, found)
        return found

    def as_earlier(self, last: int) -> Mapping[date, Earlier]:
        """Give what a longer record can go on from, the days that were asked about last before the others."""
        with self._looking:
            mine = {as_at: Earlier(kept.catalogue, last) for as_at, kept in self._most_used()}
            others = {as_at: earlier for as_at, earlier in self._earlier.items() if as_at not in mine}
        return dict(islice((mine | others).items(), MOST_DAYS))

    def _most_used(self) -> list[tuple[date, _Kept]]:
        return sorted(self._kept.items(), key=lambda item: -item[1].uses)

    def _work_on(self, as_at: date) -> Lock:
        """Give the lock of a day: who asks about another day does not wait."""
        with self._looking:
            return self._working.setdefault(as_at, Lock())

    def _look_up(self, as_at: date) -> Catalogue | None:
        with self._looking:
            found = self._kept.get(as_at)
            if found is None:
                return None
            self._kept[as_at] = found._replace(uses=found.uses + 1)
            return found.catalogue

    def _keep(self, as_at: date, catalogue: Catalogue) -> None:
        with self._looking:
            if len(self._kept) >= MOST_DAYS:
                del self._kept[min(self._kept, key=lambda day: self._kept[day].uses)]
            self._kept[as_at] = _Kept(catalogue)
            self._earlier.pop(as_at, None)
            self._working.pop(as_at, None)
