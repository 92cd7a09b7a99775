"""The fields of a register file: how the value of each is read, in one table.

A field means the same in every kind of fact, so that the quick reader and the search for every fault
use the same parsers.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from operator import lt
from typing import Any, TypeVar

from firmpath.pathways import identifiers
from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases, NoPreviousVersion
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.facts import ANY_ENTRY, AnyEntry, NoticeStep
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import LARGEST_CPL_ENTRY_ID, CPLEntryID
from firmpath.pathways.plain_text import parse_text, parse_web_address
from firmpath.pathways.statement import Channel
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand

_Value = TypeVar("_Value")
_Kind = TypeVar("_Kind", bound=StrEnum)
_NO_BASES = 'is neither "N/A" nor a list of CPL Entry IDs, each once, ascending'
_HASH = re.compile(r"[0-9A-F]{64}").fullmatch
_NOTICE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}").fullmatch
_WIDTHS = {width: re.compile(f"[0-9A-F]{{{width}}}").fullmatch for width in (2, 4, 8)}


def shown(raw: object) -> str:
    """Show a value of JSON that was not expected as it was written; of one nested too deeply only that it is."""
    if isinstance(raw, str):
        return raw
    import json  # what is expected needs none of it

    try:
        return json.dumps(raw, ensure_ascii=False)
    except RecursionError:
        return "something nested too deeply"


def read_whole_number(raw: object) -> int:
    """Read a positive whole number, as every id and count in a register file is."""
    if type(raw) is int and 0 < raw <= LARGEST_CPL_ENTRY_ID:
        return raw
    raise _refused("Whole number", raw, "is not a positive whole number")


def read_cpl_entry_id(raw: object) -> CPLEntryID:
    """Read a CPL Entry ID."""
    if type(raw) is int and 0 < raw <= LARGEST_CPL_ENTRY_ID:
        return CPLEntryID(raw)
    raise _refused("CPL Entry ID", raw, "is not a positive whole number")


def read_hash(raw: Any) -> identifiers.ManufacturerImageHash:
    """Read a Manufacturer Image hash in its one form: 64 upper-case hex digits."""
    if type(raw) is str and _HASH(raw):
        return identifiers.ManufacturerImageHash(raw)
    raise _refused("Manufacturer Image hash", raw, "is not 64 upper-case hex digits")


def read_hex(raw: Any, width: int, term: str) -> str:
    """Read `width` upper-case hex digits."""
    if type(raw) is str and _WIDTHS[width](raw):
        return raw
    raise _refused(term, raw, f"is not {width} upper-case hex digits")


def read_firmware_version(raw: Any) -> identifiers.FirmwareVersion:
    """Read a firmware version in its one form: 8 upper-case hex digits."""
    return identifiers.FirmwareVersion(read_hex(raw, 8, "Firmware version"))


def read_text(raw: object, term: str) -> str:
    """Read free text."""
    return parse_text(_text(raw, term), term)


def read_notice_id(raw: Any) -> str:
    """Read the id of a notice, which people type at a shell: letters, digits, `.`, `_` and `-`, at most 64."""
    if type(raw) is str and _NOTICE_ID(raw):
        return raw
    raise _refused("Notice", raw, "is not 1 to 64 letters, digits, '.', '_' and '-'")


def read_web_address(raw: object, term: str) -> str:
    """Read the address of a page."""
    return parse_web_address(_text(raw, term), term)


def read_date(raw: object, term: str) -> date:
    """Read a day."""
    found = identifiers.parse_date(_text(raw, term), term)
    return _same(found, found.isoformat(), raw, term)


def read_instant(raw: object) -> datetime:
    """Read an instant in UTC."""
    found = identifiers.parse_instant(_text(raw, "Recorded at"), "Recorded at")
    return _same(found, identifiers.write_instant(found), raw, "Recorded at")


def read_choice(raw: object, kind: type[_Kind], term: str) -> _Kind:
    """Read one of a named list of values, spelt exactly."""
    for choice in kind:
        if choice.value == raw:
            return choice
    raise _refused(term, raw, "is not one of " + ", ".join(f"'{choice.value}'" for choice in kind))


def read_zigbee_band(raw: object) -> ZigBeeBand | LegacyZigBeeBand:
    """Read a ZigBee band, new or old."""
    for band in LegacyZigBeeBand:
        if band.value == raw:
            return band
    return read_choice(raw, ZigBeeBand, "ZigBee band")


def read_bases(raw: Any) -> Bases | NoPreviousVersion:
    """Read `"N/A"`, or the ids of base entries: at least one, each once, ascending."""
    if raw == "N/A":
        return NO_PREVIOUS_VERSION
    if type(raw) is list and raw:
        return require_ascending(tuple(map(read_cpl_entry_id, raw)))
    raise _refused("Base firmware", raw, _NO_BASES)


def require_ascending(ids: tuple[CPLEntryID, ...]) -> Bases:
    """Give the base entries with these ids, if each stands there once and in order."""
    if all(map(lt, ids, ids[1:])):
        return Bases(ids)
    raise _refused("Base firmware", list(ids), _NO_BASES)


def read_notice_steps(raw: Any) -> tuple[NoticeStep, ...]:
    """Read the steps of a notice: pairs of an entry id or `"any"`."""
    pairs = type(raw) is list and raw and all(type(pair) is list and len(pair) == 2 for pair in raw)
    if not pairs:
        raise _refused("Steps of the notice", raw, "are not a list of [from, to] pairs")
    return tuple(NoticeStep(_end(from_id), _end(to_id)) for from_id, to_id in raw)


def _end(raw: object) -> CPLEntryID | AnyEntry:
    return ANY_ENTRY if raw == "any" else read_cpl_entry_id(raw)


def _text(raw: object, term: str) -> str:
    if type(raw) is str:
        return raw
    raise _refused(term, raw, "is not text")


def _same(found: _Value, canonical: str, raw: object, term: str) -> _Value:
    if raw == canonical:
        return found
    raise _refused(term, raw, f"is not in its one form, '{canonical}'")


def _refused(term: str, raw: object, wrong: str) -> FirmpathError:
    return FirmpathError(Fault(term, shown(raw), wrong, rule="R15"))


FIELDS: dict[str, Callable[[object], object]] = {
    "channel": partial(read_choice, kind=Channel, term="Channel"),
    "contact": partial(read_text, term="Contact"),
    "corrects": read_whole_number,
    "cpa_certificate": partial(read_text, term="CPA certificate"),
    "cpa_valid_until": partial(read_date, term="CPA certificate's last day"),
    "cpl_entry_id": read_cpl_entry_id,
    "device_type": partial(read_choice, kind=DeviceType, term="Device type"),
    "effective_from": partial(read_date, term="Effective from"),
    "entered_by": partial(read_text, term="Entered by"),
    "firmware_name": partial(read_text, term="Firmware name"),
    "firmware_version": read_firmware_version,
    "fixed_in": read_cpl_entry_id,
    "gbcs_version": partial(read_text, term="GBCS version"),
    "hardware_revision": partial(read_hex, width=2, term="Hardware revision"),
    "hardware_version": partial(read_hex, width=2, term="Hardware version"),
    "base_firmware": read_bases,
    "link": partial(read_web_address, term="Link"),
    "manufacturer_id": partial(read_hex, width=4, term="Manufacturer identifier"),
    "manufacturer_image_hash": read_hash,
    "manufacturer_name": partial(read_text, term="Manufacturer name"),
    "model_id": partial(read_hex, width=4, term="Model identifier"),
    "name": partial(read_text, term="Name of the notice"),
    "notes": partial(read_text, term="Notes"),
    "notice_id": read_notice_id,
    "number": read_whole_number,
    "party": partial(read_text, term="Responsible Party"),
    "reason": partial(read_text, term="Reason"),
    "recorded_at": read_instant,
    "release_notes_url": partial(read_web_address, term="Release notes"),
    "smets_chts_version": partial(read_text, term="SMETS/CHTS version"),
    "steps": read_notice_steps,
    "text": partial(read_text, term="Text of the notice"),
    "zigbee_band": read_zigbee_band,
    "zigbee_certificate": partial(read_text, term="ZigBee certificate"),
}
"""How each field is read; every parser raises FirmpathError for what it does not understand."""
