"""The core's answers for the readings of an inventory, each asked for once, when it is first met."""

import threading
from collections.abc import Sequence
from datetime import date
from typing import Final, Never

import numpy as np

from firmpath.fleet.headings import DEVICE_STATUS
from firmpath.fleet.inventory import REGION, Inventory
from firmpath.fleet.kinds import Kinds
from firmpath.fleet.planned import Judged, Planned, Question, judge
from firmpath.fleet.readings import Reading
from firmpath.fleet.rows import Codes, Values
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.faults import Fault, FirmpathError

MOST_READINGS: Final = 1_000_000
"""The most different readings of an inventory: a hundred times what all of Great Britain can have."""


class Answers:
    """What is planned for each reading, numbered as they are met; no answer depends on when it is asked for."""

    def __init__(self, catalogue: Catalogue, question: Question, inventory: Inventory) -> None:
        self._catalogue, self._question, self._inventory = catalogue, question, inventory
        self._numbers: dict[Values, int] = {}
        self._judged: list[Judged] = []
        self._kinds = np.empty(0, np.int64)
        self._last_days: dict[Planned, date] = {}
        self._lock = threading.Lock()
        self.kinds = Kinds(self._last_days)

    @property
    def region_heading(self) -> str:
        """The heading of the column of regions; '' for none."""
        return self._inventory.used.get(REGION, "")

    @property
    def status_heading(self) -> str:
        """The heading of the column of statuses, where those that are not Commissioned are left out; else ''."""
        return self._inventory.used.get(DEVICE_STATUS, "")

    def numbers(self, readings: Sequence[Values]) -> tuple[Codes, Codes]:
        """Give the number of each reading, and of the kind that is planned for it. Several threads may call it.

        Cost: that of an answer for each that was not met before.
        :raises FirmpathError: the inventory has more readings than there can be.
        """
        with self._lock:
            known = [*map(self._numbers.get, readings)]
            if None in known:
                self._answer([each for each, number in zip(readings, known, strict=True) if number is None])
                known = [*map(self._numbers.get, readings)]
            numbers = np.array(known, np.int64)
            return numbers, self._kinds[numbers]

    def counted(self, rows: Codes) -> tuple[tuple[Judged, int], ...]:
        """Give the answers with how many rows have each, by their numbers, in the order of the readings."""
        there = sorted((values, number) for values, number in self._numbers.items() if rows[number])
        return tuple((self._judged[number], int(rows[number])) for _, number in there)

    def _answer(self, readings: Sequence[Values]) -> None:
        if len(self._judged) + len(readings) > MOST_READINGS:
            self._refuse()
        columns = self._inventory.reading_columns
        with collection_paused():
            for each in readings:
                reading = Reading(**dict(zip(columns, each, strict=True)))
                self._numbers[each] = len(self._judged)
                self._judged.append(judge(self._catalogue, reading, self._question, columns))
        new = self._judged[len(self._kinds) :]
        self._last_days.update((each.planned, each.last_day) for each in new)
        self._kinds = np.append(self._kinds, self.kinds.numbers([each.planned for each in new]))

    def _refuse(self) -> Never:
        wrong = f"has more than {MOST_READINGS:,} different readings of firmware, more than there is firmware"
        right = "see that each column is named right"
        raise FirmpathError(Fault("Inventory", self._inventory.named, wrong, right))
