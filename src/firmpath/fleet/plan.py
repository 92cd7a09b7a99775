"""What a plan is, once it is made: what came in, what went out, and what was ordered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from firmpath.fleet.days import Cell, Limits, Turn, fewest_days_to_targets
from firmpath.fleet.deadline import Deadline
from firmpath.fleet.inventory import Inventory, status_heading
from firmpath.fleet.planned import NO_ENTRY, Judged, Planned, Question
from firmpath.fleet.waves import DEVICES_IN_A_WAVE, Wave
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown


class ReadAs(NamedTuple):
    """What somebody said of how the CPL's table and the inventory are to be read; nothing, where nobody did.

    `cpl_mapping` and `inventory_mapping` have the column of ours that a heading means, as mapping files say.
    """

    cpl_mapping: Mapping[str, str] = MappingProxyType({})
    cpl_ignored: tuple[str, ...] = ()
    cpl_sheet: str = ""
    inventory_mapping: Mapping[str, str] = MappingProxyType({})


class Order(NamedTuple):
    """What is to be planned: the inventory, the headings of columns that are not understood, and the question.

    `excluded_notices` are notices whose entries the Catalogue excludes because of them. `only_commissioned` leaves
    Devices out of the waves that the inventory does not say are Commissioned. The Catalogue is of what was on
    record by `known_at`, where that was asked for. A `deadline` counts the days from the first of the `limits`.
    """

    inventory: str
    headings: Mapping[str, str]
    question: Question
    because: str = ""
    form: str = "parquet"
    wave_size: int = DEVICES_IN_A_WAVE
    limits: Limits | None = None
    excluded_notices: tuple[str, ...] = ()
    only_commissioned: bool = False
    known_at: datetime | NotKnown = NOT_KNOWN
    deadline: Deadline | None = None
    read_as: ReadAs = ReadAs()


class Group(NamedTuple):
    """Rows of a plan that are alike: all columns but the Device ID, and how many they are."""

    installed: int | None
    candidates: str
    target: int | None
    next_entry: int | None
    remaining_steps: int
    status: str
    reason: str
    rows: int

    @property
    def planned(self) -> Planned:
        """What is planned for these rows, as it stands in the small table."""
        return Planned(
            self.installed or NO_ENTRY,
            self.candidates,
            self.target or NO_ENTRY,
            self.next_entry or NO_ENTRY,
            self.remaining_steps,
            self.status,
            self.reason,
        )


class Plan(NamedTuple):
    """A finished plan: how many rows came in, the groups that went out, and the core's words for each reading.

    `turns` has the days of Devices with a next step, by what their days depend on; it is empty without limits.
    """

    catalogue: Catalogue
    order: Order
    inventory: Inventory
    rows: int
    groups: tuple[Group, ...]
    judged: tuple[tuple[Judged, int], ...]
    waves: tuple[Wave, ...]
    turns: Mapping[Cell, Sequence[Turn]]

    @property
    def as_at(self) -> date:
        """The day of the CPL."""
        return self.catalogue.as_at

    def by_status(self) -> Counter[str]:
        """Count the rows of each status."""
        found: Counter[str] = Counter()
        for group in self.groups:
            found[group.status] += group.rows
        return found

    @property
    def stuck(self) -> int:
        """The rows that have no step and are not at their target: somebody has to look into them."""
        counts = self.by_status()
        return self.rows - counts["pathway"] - counts["already_there"]

    @property
    def held_back(self) -> int:
        """The rows that nothing keeps from a step but what was left out."""
        held_back = {judged.planned for judged, _ in self.judged if judged.held_back_by}
        return sum(group.rows for group in self.groups if group.planned in held_back)

    @property
    def at_newest_of_rest(self) -> int:
        """The rows of those who run the newest of what is not left out, and would have a step to what is."""
        return sum(group.rows for group in self.groups if group.planned.is_at_newest_of_rest)

    @property
    def ends(self) -> Counter[tuple[int, str]]:
        """Count the rows with a step that would end where nothing leads on: by the entry, and why, in a word."""
        because = {judged.planned: judged.ends_because for judged, _ in self.judged}
        found: Counter[tuple[int, str]] = Counter()
        for group in self.groups:
            if group.next_entry is not None and because[group.planned]:
                found[group.planned.target, because[group.planned]] += group.rows
        return found

    @property
    def status_not_looked_at(self) -> str:
        """The heading of the inventory's column of statuses, where the plan did not look at it; else ''.

        Where several could be it, none is.
        """
        if self.order.only_commissioned:
            return ""
        try:
            return status_heading(self.inventory)
        except FirmpathError:
            return ""

    @property
    def days(self) -> int:
        """How many days the next step of all Devices takes; 0 where there are no limits, or no Devices."""
        return max((file.day for wave in self.waves for file in wave.files), default=0)

    @property
    def fewest_days_to_targets(self) -> int:
        """The fewest days in which the Devices that have a step can take all of theirs under the limits."""
        return fewest_days_to_targets(self.cells, self.order.limits) if self.order.limits else 0

    @property
    def cells(self) -> Mapping[Cell, int]:
        """The Devices that are alike as far as days go; none where there are no limits."""
        return {cell: sum(devices for _, devices in turns) for cell, turns in self.turns.items()}
