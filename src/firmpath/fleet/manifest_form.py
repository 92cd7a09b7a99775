"""What a manifest of waves says, as values: for each next step the service request, the firmware, and the files.

It is written by `manifest` and read by `manifest_reading`; neither what reads it nor this loads an engine.
Source: FEATURES F41; DOMAIN section 5.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from firmpath.fleet.days_off import NO_DAYS_OFF, DaysOff
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.not_known import NotKnown

FORMAT: Final = "firmpath-waves"
VERSION: Final = 1
NAME: Final = "manifest.json"

_DISTRIBUTE_THEN_ACTIVATE: Final = "11.1 + 11.3"
_IN_ONE: Final = "11.4"


def service_request(device_type: DeviceType) -> str:
    """Name the service requests by which firmware comes to a Device of a type. Source: DOMAIN section 5."""
    return _IN_ONE if device_type is DeviceType.PPMID else _DISTRIBUTE_THEN_ACTIVATE


class ManifestFile(NamedTuple):
    """A file of Device IDs: its name below the manifest's folder, how many it has, and its SHA-256 as hex digits.

    `day` is the number of its day, and `on` the date; 0 and not known where there are no limits.
    """

    name: str
    devices: int
    sha256: str
    day: int
    on: date | NotKnown


class ManifestWave(NamedTuple):
    """The Devices whose next step is one entry, what that entry is, and how its firmware comes to them."""

    cpl_entry_id: CPLEntryID
    service_request: str
    device_type: DeviceType
    manufacturer_id: str
    model: str
    firmware_version: FirmwareVersion
    firmware_name: str | NotKnown
    manufacturer_image_hash: ManufacturerImageHash
    devices: int
    files: tuple[ManifestFile, ...]


class ManifestLimits(NamedTuple):
    """The limits that the days keep; `devices_a_day` and the others are not known where there is no such limit."""

    first_day: date
    days: int
    last_day: date | NotKnown
    devices_a_day: int | NotKnown
    devices_a_day_in_a_region: int | NotKnown
    region_column: str | NotKnown
    not_on: DaysOff | NotKnown

    def on(self, day: int) -> date:
        """Give the date of a day."""
        return (self.not_on or NO_DAYS_OFF).nth(self.first_day, day)


class ManifestDeadline(NamedTuple):
    """A deadline and what it makes of the Devices that have a step; what is not known was not asked for.

    `devices_not_done` cannot take all their steps by then; of `devices_not_certain` the pathway ends before.
    """

    finish_by: date
    first_day: date
    not_on: DaysOff | NotKnown
    days: int
    can_be_done: bool
    devices: int
    steps: int
    days_needed: int | NotKnown
    devices_not_done: int
    devices_with_too_many_steps: int
    devices_a_day_needed: int | NotKnown
    devices_a_day_in_a_region_needed: int | NotKnown
    devices_not_certain: int
    first_not_certain_after: date | NotKnown
    devices_stuck: int


class Manifest(NamedTuple):
    """All waves of a plan, with what it was made of, and what was accepted and left out for it.

    `columns` has the heading of each column of ours. There are `targets` unless all are the newest, and a
    `status_column` where who is not Commissioned is left out. The mappings have the column of ours that a heading
    means; they, `cpl_ignored` and `cpl_sheet` are empty where nobody said how to read the CPL or the inventory.
    """

    as_at: date
    known_at: datetime | NotKnown
    columns: Mapping[str, str]
    targets: tuple[CPLEntryID, ...]
    status_column: str | NotKnown
    cpl_mapping: Mapping[str, str]
    cpl_ignored: tuple[str, ...]
    cpl_sheet: str
    inventory_mapping: Mapping[str, str]
    devices_in_a_file_at_most: int
    accepted_notices: tuple[str, ...]
    because: str
    excluded_entries: tuple[CPLEntryID, ...]
    excluded_notices: tuple[str, ...]
    limits: ManifestLimits | NotKnown
    deadline: ManifestDeadline | NotKnown
    devices: int
    waves: tuple[ManifestWave, ...]
