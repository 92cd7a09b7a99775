"""What is known of the Devices of a request: what they run, in which state they are, and when that was read."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.fleet.commissioned import IN_USE, plain_status
from firmpath.fleet.device_id_spelling import DIGITS, spelt_as_in_duis
from firmpath.fleet.headings import DEVICE_STATUS, STATUS_SPELLINGS
from firmpath.fleet.readings import COLUMNS, Reading
from firmpath.images.service_request import is_device_id, parse_device_id
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import (
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    parse_model,
)
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByHash, ByID, ByModelAndVersion, Reference

STALE_AFTER_DAYS: Final = 30
"""After so many days what was read of a Device is taken for stale; a setting."""

READ_ON: Final = "read_on"
OWN_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    DEVICE_STATUS: STATUS_SPELLINGS,
    READ_ON: ("readon", "readat", "lastread"),
}
"""Columns that no answer of a plan depends on, with the headings that are understood besides.

The date of an inventory is none of them: that of an export says nothing of when a Device was read.
"""

_NO_DIGIT: Final = re.compile(r"[^0-9A-F]+")


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
    """The Devices of a request that an inventory has, and which columns it has to say how fresh that is.

    `unread_rows` counts the rows of which it is not known which Device they are about; `columns` are those of its
    columns that say what Devices run.
    """

    devices: Mapping[str, KnownDevice]
    has_status: bool
    has_read_on: bool
    unread_rows: int = 0
    columns: tuple[str, ...] = COLUMNS


class Doubt(StrEnum):
    """Why what is known of a Device is not relied on."""

    SEVERAL_ROWS = "several_rows"
    ROW_NOT_UNDERSTOOD = "row_not_understood"
    SUSPENDED = "suspended"
    NOT_IN_USE = "not_in_use"
    STATUS_NOT_KNOWN = "status_not_known"
    STATUS_NOT_UNDERSTOOD = "status_not_understood"
    STALE = "stale"
    STALE_BY_EXECUTION = "stale_by_execution"
    NOT_KNOWN_WHEN_READ = "not_known_when_read"
    READ_ON_NOT_UNDERSTOOD = "read_on_not_understood"


DOUBTS_OF_STATUSES: Final = {
    "suspended": Doubt.SUSPENDED,
    "decommissioned": Doubt.NOT_IN_USE,
    "withdrawn": Doubt.NOT_IN_USE,
    "": Doubt.STATUS_NOT_KNOWN,
}
"""What statuses mean, spelt as `plain_status` has them; any that is not here nor `IN_USE` is not understood."""


def doubts_of_status(written: str) -> tuple[Doubt, ...]:
    """Give why a Device with a status is not relied on: nothing where it is plainly in use, else the one doubt."""
    status = plain_status(written)
    return () if status == IN_USE else (DOUBTS_OF_STATUSES.get(status, Doubt.STATUS_NOT_UNDERSTOOD),)


def find_doubts(
    device: KnownDevice, on: date, stale_after_days: int, executes_on: date | NotKnown = NOT_KNOWN
) -> Iterator[Doubt]:
    """Yield why an inventory is not relied on about a Device, on a day; what it does not say is a doubt too.

    `executes_on` is the day on which a request acts on what the Device runs then, where that is put off. A row of
    which it is not known when it was read was read on the day itself, at the latest.
    """
    if device.rows > 1:
        yield Doubt.SEVERAL_ROWS
    if device.is_too_wide:
        yield Doubt.ROW_NOT_UNDERSTOOD
    yield from doubts_of_status(device.device_status)
    written = device.read_on.strip()
    if not written:
        yield Doubt.NOT_KNOWN_WHEN_READ
    day = _day_of(written) if written else on
    # A day ahead is for clocks of other zones.
    if isinstance(day, NotKnown) or (day - on).days > 1:
        yield Doubt.READ_ON_NOT_UNDERSTOOD
    elif (on - day).days > stale_after_days:
        yield Doubt.STALE
    elif executes_on and (executes_on - day).days > stale_after_days:
        yield Doubt.STALE_BY_EXECUTION


def _day_of(written: str) -> date | NotKnown:
    """Give the day of a day or instant; of an instant that says how far it is from UTC, Britain's."""
    try:
        day, at = parse_date(written[:10]), datetime.fromisoformat(written)
        return britains_day(at) if at.tzinfo else day
    except (FirmpathError, ValueError, OverflowError):
        return NOT_KNOWN


def plain_device_id(text: str) -> str:
    """Give a Device ID without what people write differently in it, to tell whether two are one."""
    return text.strip().replace("-", "").replace(":", "").upper()


def parse_plain_device_id(text: str) -> str:
    """Read a Device ID in any of the ways in which a plan does, and write it as the DUIS does.

    :raises FirmpathError: it is none of these.
    """
    spelt = spelt_as_in_duis(text)
    return parse_device_id(spelt if is_device_id(spelt) else text)


def likely_device_id(written: str | None) -> str:
    """Give the Device that a Device ID which cannot be read is likely to mean; '' for none.

    That is enough to doubt the other row of the Device, and not to rely on this one.
    """
    digits = _NO_DIGIT.sub("", (written or "").upper().replace("0X", ""))
    return spelt_as_in_duis(digits) if len(digits) == DIGITS else ""


def references_of(reading: Reading) -> Iterator[Reference]:
    """Yield each way in which a reading names firmware; what does not parse names none."""
    with suppress(FirmpathError):
        yield ByID(parse_cpl_entry_id(reading.cpl_entry_id))
    with suppress(FirmpathError):
        yield ByHash(parse_manufacturer_image_hash(reading.manufacturer_image_hash))
    with suppress(FirmpathError):
        yield ByModelAndVersion(
            parse_manufacturer_id(reading.manufacturer_id),
            parse_model(reading.model),
            parse_firmware_version(reading.firmware_version),
        )
