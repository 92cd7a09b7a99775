"""Counts of Devices by entry, from a small CSV file or from `firmpath ssc count`; kept in the SSC's own database.

An inventory may not tell entries apart that have one model and firmware version: then a count is of several entries
together, and a Device counts for what all of them have in common.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.models import InventoryCount
from firmpath.registry.ssc.people import named_in
from firmpath.registry.ssc.stacks.parsing import check_name
from firmpath.registry.ssc.wall import ssc_open
from firmpath.tables.files import LARGEST_SENT_OCTETS

NAME, COUNTED_ON, FILE = "Name of the inventory", "Counted on", "File"
COLUMNS: Final = ("cpl_entry_id", "devices")
MOST_DEVICES: Final = 10**9
_DEVICES: Final = re.compile(r"[0-9]{1,10}")

Ids = tuple[CPLEntryID, ...]
Counts = Mapping[Ids, int]
"""Devices by the entries that they can run: one, or several that the inventory does not tell apart."""


class Inventory(NamedTuple):
    """An inventory's counts: its number, name and day, how many Devices it has, and by whom it was given."""

    number: int
    name: str
    counted_on: date
    devices: int
    entered_by: str
    recorded_at: datetime
    counts: Counts

    @property
    def by_entry(self) -> dict[CPLEntryID, int]:
        """The Devices of which one entry is known."""
        return {ids[0]: devices for ids, devices in self.counts.items() if len(ids) == 1}

    @property
    def together(self) -> dict[Ids, int]:
        """The Devices of which several entries are possible."""
        return {ids: devices for ids, devices in self.counts.items() if len(ids) > 1}


@ssc_open()
def keep_inventory(name: str, counted_on: date, counts: Counts, by: Who, at: datetime) -> int:
    """Keep the counts of an inventory, and give its number.

    :raises FirmpathError: every fault of its name, day and counts.
    """
    refuse_if_any(_faults_of(name, counted_on, counts, britains_day(at)))
    written = {"; ".join(map(str, ids)): devices for ids, devices in sorted(counts.items())}
    return InventoryCount.objects.create(
        name=name,
        counted_on=counted_on,
        counts=written,
        devices=sum(counts.values()),
        entered_by=by.in_record,
        recorded_at=at,
    ).pk


@ssc_open()
def inventories(known_at: datetime | NotKnown = NOT_KNOWN) -> list[Inventory]:
    """Give the inventories that were given by an instant, without their counts, the newest first."""
    given = InventoryCount.objects.filter(recorded_at__lte=known_at) if known_at else InventoryCount.objects
    rows = given.order_by("-pk").values_list("pk", "name", "counted_on", "devices", "entered_by", "recorded_at")
    found = [Inventory(*row, {}) for row in rows]
    name = named_in(each.entered_by for each in found)
    return [each._replace(entered_by=name(each.entered_by)) for each in found]


@ssc_open()
def find_inventory(number: int) -> Inventory | None:
    """Give an inventory with its counts.

    Cost: one query.
    """
    row = InventoryCount.objects.filter(pk=number).first()
    if row is None:
        return None
    counts = {_ids_of(key): devices for key, devices in row.counts.items()}
    by = named_in([row.entered_by])(row.entered_by)
    return Inventory(row.pk, row.name, row.counted_on, row.devices, by, row.recorded_at, counts)


def counts_of(given: Iterable[tuple[Sequence[int], int]]) -> dict[Ids, int]:
    """Give counts by the entries that they are of.

    :raises FirmpathError: the same entries are counted twice.
    """
    counts: dict[Ids, int] = {}
    faults = []
    for written, devices in given:
        ids = tuple(sorted({CPLEntryID(each) for each in written}))
        if ids in counts:
            text = "; ".join(map(str, ids))
            faults.append(Fault("CPL Entry ID", text, "is counted twice", "give one count for it", quoted=False))
        counts[ids] = devices
    refuse_if_any(faults)
    return counts


def refuse_large(octets: int) -> None:
    """Let a file pass of so many octets.

    :raises FirmpathError: they are too many.
    """
    if octets > LARGEST_SENT_OCTETS:
        wrong = f"is larger than {LARGEST_SENT_OCTETS // 2**20} MiB"
        raise _file_error(wrong, "give one row for each entry, not for each Device")


def read_counts(octets: bytes) -> dict[Ids, int]:
    """Read a CSV file with the columns cpl_entry_id and devices; several ids are written `311; 312`.

    :raises FirmpathError: every fault of every row.
    """
    refuse_large(len(octets))
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _file_error("is not in UTF-8", "save it as CSV in UTF-8") from None
    try:
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise _file_error(f"is no CSV that can be read: {error}", "save it as CSV anew") from None
    if not lines or tuple(lines[0]) != COLUMNS:
        raise _file_error("does not begin with the columns cpl_entry_id and devices", "name them in its first row")
    counts: dict[Ids, int] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines[1:], 2):
        if line:
            faults += _read_row(line, f"in row {number}", counts)
    if not counts and not faults:
        raise _file_error("has no row", "write one for each entry")
    refuse_if_any(faults)
    return counts


def _read_row(line: list[str], place: str, counts: dict[Ids, int]) -> Iterator[Fault]:
    if len(line) != len(COLUMNS):
        yield Fault("Row", "; ".join(line), f"has {len(line)} cells", "write an id and a number", place)
        return
    written, devices = line
    try:
        ids = _ids_of(written)
    except FirmpathError as error:
        yield from (fault.at(place) for fault in error.faults)
        return
    if not _DEVICES.fullmatch(devices) or int(devices) > MOST_DEVICES:
        yield Fault("Devices", devices, "is not a number of Devices", "write it in digits, without commas", place)
    elif ids in counts:
        yield Fault("CPL Entry ID", written, "is counted in an earlier row", "write one row for it", place)
    else:
        counts[ids] = int(devices)


def _ids_of(written: str) -> Ids:
    return tuple(sorted({parse_cpl_entry_id(each.strip()) for each in written.split(";")}))


def _faults_of(name: str, counted_on: date, counts: Counts, today: date) -> Iterator[Fault]:
    if name:
        yield from check_name(name, NAME)
        if len(name) > 100:
            yield Fault(NAME, name, "is longer than 100 characters", "shorten it")
    else:
        yield Fault(NAME, "", "is not given", "say whose Devices they are", quoted=False)
    if counted_on > today:
        yield Fault(COUNTED_ON, counted_on.isoformat(), "is still to come", "give the day of the inventory")
    if not counts:
        yield Fault(FILE, "", "counts nothing", "give at least one entry", quoted=False)


def _file_error(wrong: str, right: str) -> FirmpathError:
    return FirmpathError(Fault(FILE, "", wrong, right, quoted=False))
