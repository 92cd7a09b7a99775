"""The core's answers for the readings of an inventory, each asked for once, when it is first met."""

import threading
from collections.abc import Mapping, Sequence
from typing import Final

from firmpath.fleet.inventory import REGION, Inventory
from firmpath.fleet.planned import Judged, Planned, Question, judge
from firmpath.fleet.readings import Reading
from firmpath.fleet.rows import Values
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

MOST_READINGS: Final = 1_000_000
"""The most different readings of an inventory: a hundred times what all of Great Britain can have."""


class Answers:
    """What is planned for each reading; an answer does not depend on when it is asked for."""

    def __init__(self, catalogue: Catalogue, question: Question, inventory: Inventory) -> None:
        self._catalogue, self._question, self._inventory = catalogue, question, inventory
        self._judged: dict[Values, Judged] = {}
        self._lock = threading.Lock()

    @property
    def region_heading(self) -> str:
        """The heading of the column of regions; '' for none."""
        return self._inventory.used.get(REGION, "")

    def planned(self, readings: Sequence[Values]) -> list[Planned]:
        """Give what is planned for readings; may be called by several threads.

        Cost: that of an answer for each that was not met before.
        :raises FirmpathError: the inventory has more readings than there can be.
        """
        with self._lock:
            for each in readings:
                if each not in self._judged:
                    self._require_room()
                    reading = Reading(**dict(zip(self._inventory.reading_columns, each, strict=True)))
                    self._judged[each] = judge(self._catalogue, reading, self._question)
        return [self._judged[each].planned for each in readings]

    def counted(self, rows: Mapping[Values, int]) -> tuple[tuple[Judged, int], ...]:
        """Give the answers with how many rows have each, in the order of the readings."""
        return tuple((self._judged[each], rows[each]) for each in sorted(rows))

    def _require_room(self) -> None:
        if len(self._judged) == MOST_READINGS:
            wrong = f"has more than {MOST_READINGS:,} different readings of firmware, more than there is firmware"
            right = "see that each column is named right"
            raise FirmpathError(Fault("Inventory", self._inventory.named, wrong, right))
