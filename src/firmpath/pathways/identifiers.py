"""The identifiers that the CPL, the GBCS and the DUIS use, as values.

Each `parse_…` takes text as people and spreadsheets write it and gives the one canonical form, or says
what is wrong and what would be right. Source: MP231 section 3; DOMAIN section 3.
"""

import re
from datetime import UTC, date, datetime
from typing import Final, NewType, NoReturn

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.plain_text import unseen_in_words

CPLEntryID = NewType("CPLEntryID", int)
"""A CPL Entry ID: an opaque positive whole number, one for each entry, never used again."""

ManufacturerID = NewType("ManufacturerID", str)
"""A manufacturer identifier: 2 octets as 4 upper-case hex digits."""

ManufacturerImageHash = NewType("ManufacturerImageHash", str)
"""SHA-256 over the Manufacturer Image: 32 octets as 64 upper-case hex digits."""

LARGEST_CPL_ENTRY_ID: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact (RFC 8259 section 6)."""

_ENTRY_ID = re.compile(r"[1-9][0-9]{0,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_HEX = {width: re.compile(f"[0-9A-Fa-f]{{{width}}}") for width in (2, 4, 8, 64)}


class FirmwareVersion:
    """A firmware version: 4 octets as 8 hex digits, BCD or hex by the maker's choice, so without order.

    Two versions are equal or not; asking which is greater is a TypeError, in the type checker too.
    """

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "text", text)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a firmware version does not change")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FirmwareVersion) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"FirmwareVersion('{self.text}')"


def parse_cpl_entry_id(text: str) -> CPLEntryID:
    """Read a CPL Entry ID, for instance `311`.

    :raises FirmpathError: it is not a positive whole number.
    """
    digits = text.strip()
    if not _ENTRY_ID.fullmatch(digits) or int(digits) > LARGEST_CPL_ENTRY_ID:
        if unseen := unseen_in_words(text):
            raise FirmpathError(Fault("CPL Entry ID", text, unseen, "take it out", rule="R01"))
        zero = digits.isdecimal() and digits.strip("0") and digits[0] == "0"
        wrong = "begins with a zero, as firmware versions do" if zero else "is not a positive whole number"
        raise FirmpathError(Fault("CPL Entry ID", text, wrong, "write it as in 311", rule="R01"))
    return CPLEntryID(int(digits))


def parse_manufacturer_id(text: str) -> ManufacturerID:
    """Read a manufacturer identifier, for instance `1063`.

    :raises FirmpathError: it is not 4 hex digits.
    """
    return ManufacturerID(parse_hex(text, 4, "Manufacturer identifier", "R03"))


def parse_firmware_version(text: str) -> FirmwareVersion:
    """Read a firmware version, for instance `38040404`.

    :raises FirmpathError: it is not 8 hex digits.
    """
    return FirmwareVersion(parse_hex(text, 8, "Firmware version", "R05"))


def parse_manufacturer_image_hash(text: str) -> ManufacturerImageHash:
    """Read a Manufacturer Image hash.

    :raises FirmpathError: it is not 64 hex digits.
    """
    return ManufacturerImageHash(parse_hex(text, 64, "Manufacturer Image hash", "R06"))


def parse_hex(text: str, width: int, term: str, rule: str) -> str:
    """Read `width` hex digits of either case, and give them in upper case.

    :raises FirmpathError: other characters, or more or fewer of them.
    """
    digits = text.strip()
    if _HEX[width].fullmatch(digits):
        return digits.upper()
    if unseen := unseen_in_words(text):
        raise FirmpathError(Fault(term, text, unseen, "take it out", rule=rule))
    raise FirmpathError(Fault(term, text, f"is not {width} hex digits ({_why_not_hex(digits, width)})", rule=rule))


def parse_model(text: str) -> str:
    """Read what the DUIS calls `DeviceModel`: model identifier, hardware version and revision in 8 hex digits.

    :raises FirmpathError: other characters, or more or fewer of them.
    """
    return parse_hex(text, 8, "Model", "R04")


def parse_date(text: str, term: str = "Date") -> date:
    """Read a calendar date written `2026-01-31`.

    :raises FirmpathError: another form, or no such day.
    """
    stripped = text.strip()
    try:
        if _DATE.fullmatch(stripped):
            return date.fromisoformat(stripped)
    except ValueError:
        pass
    raise FirmpathError(Fault(term, text, "is not a date", "write it as 2026-01-31", rule="R07"))


def parse_instant(text: str, term: str = "Instant") -> datetime:
    """Read an instant in UTC written `2026-01-31T09:30:00Z`, to the second.

    :raises FirmpathError: another form, or no such instant.
    """
    stripped = text.strip()
    try:
        if _INSTANT.fullmatch(stripped):
            return datetime.fromisoformat(stripped[:-1]).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise FirmpathError(
        Fault(term, text, "is not an instant in UTC", "write it as 2026-01-31T09:30:00Z", rule="R07")
    )


def write_instant(at: datetime) -> str:
    """Write an aware instant as `2026-01-31T09:30:00Z`; fractions of a second are dropped."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _why_not_hex(digits: str, width: int) -> str:
    if len(digits) != width:
        return f"it has {len(digits)} character{'' if len(digits) == 1 else 's'}"
    stray = next(c for c in digits if c not in "0123456789ABCDEFabcdef")
    return f"'{stray}' is not one" if stray.isprintable() else "it has a character that cannot be printed"
