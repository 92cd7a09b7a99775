"""What is known of the Devices of a request: what they run, in which state they are, and when that was read."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.fleet.readings import Reading
from firmpath.images.service_request import is_device_id, parse_device_id
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import (
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_hex,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
)
from firmpath.pathways.reference import ByHash, ByID, ByModelAndVersion, Reference

STALE_AFTER_DAYS: Final = 30
"""After so many days what was read of a Device is taken for stale; a setting."""


class KnownDevice(NamedTuple):
    """What an inventory says of a Device, as it is written; '' where it says nothing.

    `rows` counts the rows with its Device ID; `is_too_wide` says that its row has more cells than headings.
    """

    reading: Reading
    device_status: str = ""
    read_on: str = ""
    rows: int = 1
    is_too_wide: bool = False


class Inventoried(NamedTuple):
    """The Devices of a request that an inventory has, and which columns it has to say how fresh that is."""

    devices: Mapping[str, KnownDevice]
    has_status: bool
    has_read_on: bool


class Doubt(StrEnum):
    """Why what is known of a Device is not relied on."""

    SEVERAL_ROWS = "several_rows"
    ROW_NOT_UNDERSTOOD = "row_not_understood"
    SUSPENDED = "suspended"
    NOT_IN_USE = "not_in_use"
    STATUS_NOT_UNDERSTOOD = "status_not_understood"
    STALE = "stale"
    NOT_KNOWN_WHEN_READ = "not_known_when_read"


_IN_USE: Final = frozenset(
    ("commissioned", "installednotcommissioned", "pending", "recovered", "recovery", "whitelisted")
)
_STATUS_DOUBTS: Final = {
    "suspended": Doubt.SUSPENDED,
    "decommissioned": Doubt.NOT_IN_USE,
    "withdrawn": Doubt.NOT_IN_USE,
}


class Freshness(NamedTuple):
    """How old a reading may be, on which day, and which columns there are to tell."""

    on: date
    stale_after_days: int
    has_status: bool
    has_read_on: bool


def find_doubts(device: KnownDevice, freshness: Freshness) -> Iterator[Doubt]:
    """Yield why what an inventory says of a Device is not relied on; what it cannot say is no doubt."""
    if device.rows > 1:
        yield Doubt.SEVERAL_ROWS
    if device.is_too_wide:
        yield Doubt.ROW_NOT_UNDERSTOOD
    if freshness.has_status:
        status = device.device_status.casefold().replace(" ", "").replace("_", "")
        if status not in _IN_USE:
            yield _STATUS_DOUBTS.get(status, Doubt.STATUS_NOT_UNDERSTOOD)
    if freshness.has_read_on:
        yield from _doubts_of_age(device.read_on, freshness)


def _doubts_of_age(read_on: str, freshness: Freshness) -> Iterator[Doubt]:
    try:
        day = parse_date(read_on[:10])
        if read_on != read_on[:10]:
            datetime.fromisoformat(read_on)
    except (FirmpathError, ValueError):
        day = None
    if day is None or (day - freshness.on).days > 1:  # a day ahead, for clocks of other zones
        yield Doubt.NOT_KNOWN_WHEN_READ
    elif (freshness.on - day).days > freshness.stale_after_days:
        yield Doubt.STALE


def parse_plain_device_id(text: str) -> str:
    """Read a Device ID with dashes, with colons, or as 16 hex digits, and write it as the DUIS does.

    :raises FirmpathError: it is none of these.
    """
    plain = text.strip().replace("-", "").replace(":", "").upper()
    dashed = "-".join(plain[at : at + 2] for at in range(0, len(plain), 2))
    return parse_device_id(dashed if is_device_id(dashed) else text)


def references_of(reading: Reading) -> Iterator[Reference]:
    """Yield each way in which a reading names firmware; what does not parse names none."""
    with suppress(FirmpathError):
        yield ByID(parse_cpl_entry_id(reading.cpl_entry_id))
    with suppress(FirmpathError):
        yield ByHash(parse_manufacturer_image_hash(reading.manufacturer_image_hash))
    with suppress(FirmpathError):
        yield ByModelAndVersion(
            parse_manufacturer_id(reading.manufacturer_id),
            parse_hex(reading.model, 8, "Model", "R04"),
            parse_firmware_version(reading.firmware_version),
        )
