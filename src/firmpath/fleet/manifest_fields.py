"""The fields of a manifest: how each is read, which have to be there, and what is wrong with one, by its place."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from firmpath.fleet.days_off import DaysOff, parse_days_off
from firmpath.pathways.device_model import parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import (
    CPLEntryID,
    parse_cpl_entry_id,
    parse_date,
    parse_firmware_version,
    parse_instant,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    parse_model,
)
from firmpath.pathways.plain_text import parse_text
from firmpath.tables.files import file_fault

_FILE_NAME: Final = re.compile(r"(day-\d{4}/)?to-[1-9]\d{0,15}-\d{4,8}\.txt", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class FieldOf(NamedTuple):
    """A field of an object: how its value is read, and whether it may be left out."""

    read: Callable[[Any], Any]
    may_be_left_out: bool = False


class Reading:
    """Reads the objects of a manifest, and gathers every fault with its place."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.faults: list[Fault] = []

    def fields(self, written: Any, place: str, known: Mapping[str, FieldOf]) -> dict[str, Any]:
        """Read the fields of one object; those that are at fault are left out of what is given."""
        if not isinstance(written, dict):
            self._add(Fault("Value", json.dumps(written)[:80], "is not an object"), place)
            return {}
        for name in written.keys() - known.keys():
            self._add(Fault("Field", name, "is not known", "leave it out, or take a newer release"), place)
        found = {}
        for name, field in known.items():
            at = f"{place}.{name}" if place else name
            if name in written:
                try:
                    found[name] = field.read(written[name])
                except FirmpathError as error:
                    for fault in error.faults:
                        self._add(fault, at)
            elif not field.may_be_left_out:
                self._add(Fault("Field", name, "is missing"), place)
        return found

    def _add(self, fault: Fault, place: str) -> None:
        self.faults.append(fault.at(f"in {place} of {self._path}" if place else f"in {self._path}"))


def read_json(octets: bytes, path: str) -> Any:
    """Read JSON in which no name stands twice in one object.

    :raises FirmpathError: it is none.
    """
    try:
        return json.loads(octets.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        wrong = f"is not JSON ({str(error).splitlines()[0] if str(error) else 'nested too deeply'})"
        raise FirmpathError(file_fault(path, wrong, "make the plan again")) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise FirmpathError(Fault("Value", json.dumps(written)[:80], "is not text"))
    return written


def _with(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda written: parse(_text(written))


def _number(least: int) -> Callable[[Any], int]:
    def read(written: Any) -> int:
        if type(written) is not int or not least <= written < 2**63:
            wrong = f"is not a whole number from {least} on"
            raise FirmpathError(Fault("Value", json.dumps(written)[:80], wrong))
        return written

    return read


def _entry_id(written: Any) -> CPLEntryID:
    return parse_cpl_entry_id(str(_number(1)(written)))


def _list(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(written: Any) -> tuple[Any, ...]:
        if not isinstance(written, list):
            raise FirmpathError(Fault("Value", json.dumps(written)[:80], "is not a list"))
        return tuple(map(read, written))

    return read_all


def _as_it_is(written: Any) -> Any:
    return written


def _matching(term: str, pattern: re.Pattern[str], wrong: str) -> Callable[[Any], str]:
    def read(written: Any) -> str:
        if not pattern.fullmatch(_text(written)):
            raise FirmpathError(Fault(term, _text(written), wrong))
        return _text(written)

    return read


def _texts(written: Any) -> Mapping[str, str]:
    if not isinstance(written, dict):
        raise FirmpathError(Fault("Value", json.dumps(written)[:80], "is not an object"))
    return {name: _text(value) for name, value in written.items()}


def _date(written: Any) -> date:
    return parse_date(_text(written))


def _days_off(written: Any) -> DaysOff:
    return parse_days_off(_list(_text)(written))


def _yes_or_no(written: Any) -> bool:
    if not isinstance(written, bool):
        raise FirmpathError(Fault("Value", json.dumps(written)[:80], "is neither true nor false"))
    return written


_LEFT_OUT: Final = True

MANIFEST: Final = {
    "format": FieldOf(_text),
    "version": FieldOf(_number(1)),
    "as_at": FieldOf(_date),
    "known_at": FieldOf(_with(lambda text: parse_instant(text, "Known at")), _LEFT_OUT),
    "columns": FieldOf(_texts, _LEFT_OUT),
    "targets": FieldOf(_list(_entry_id), _LEFT_OUT),
    "status_column": FieldOf(_text, _LEFT_OUT),
    "cpl_mapping": FieldOf(_texts, _LEFT_OUT),
    "cpl_ignored": FieldOf(_list(_text), _LEFT_OUT),
    "cpl_sheet": FieldOf(_text, _LEFT_OUT),
    "inventory_mapping": FieldOf(_texts, _LEFT_OUT),
    "devices_in_a_file_at_most": FieldOf(_number(1)),
    "accepted_notices": FieldOf(_list(_with(lambda text: parse_text(text, "Notice"))), _LEFT_OUT),
    "because": FieldOf(_with(lambda text: parse_text(text, "Reason")), _LEFT_OUT),
    "excluded_entries": FieldOf(_list(_entry_id), _LEFT_OUT),
    "excluded_notices": FieldOf(_list(_with(lambda text: parse_text(text, "Notice"))), _LEFT_OUT),
    "limits": FieldOf(_as_it_is, _LEFT_OUT),
    "deadline": FieldOf(_as_it_is, _LEFT_OUT),
    "devices": FieldOf(_number(0)),
    "waves": FieldOf(_list(_as_it_is)),
}
LIMITS: Final = {
    "first_day": FieldOf(_date),
    "days": FieldOf(_number(0)),
    "last_day": FieldOf(_date, _LEFT_OUT),
    "devices_a_day": FieldOf(_number(1), _LEFT_OUT),
    "devices_a_day_in_a_region": FieldOf(_number(1), _LEFT_OUT),
    "region_column": FieldOf(_text, _LEFT_OUT),
    "not_on": FieldOf(_days_off, _LEFT_OUT),
}
DEADLINE: Final = {
    "finish_by": FieldOf(_date),
    "first_day": FieldOf(_date),
    "not_on": FieldOf(_days_off, _LEFT_OUT),
    "days": FieldOf(_number(1)),
    "can_be_done": FieldOf(_yes_or_no),
    "devices": FieldOf(_number(0)),
    "steps": FieldOf(_number(0)),
    "days_needed": FieldOf(_number(0), _LEFT_OUT),
    "devices_not_done": FieldOf(_number(0)),
    "devices_with_too_many_steps": FieldOf(_number(0)),
    "devices_a_day_needed": FieldOf(_number(0), _LEFT_OUT),
    "devices_a_day_in_a_region_needed": FieldOf(_number(0), _LEFT_OUT),
    "devices_not_certain": FieldOf(_number(0)),
    "first_not_certain_after": FieldOf(_date, _LEFT_OUT),
    "devices_stuck": FieldOf(_number(0)),
}
WAVE: Final = {
    "cpl_entry_id": FieldOf(_entry_id),
    "service_request": FieldOf(_text),
    "device_type": FieldOf(_with(parse_device_type)),
    "manufacturer_id": FieldOf(_with(parse_manufacturer_id)),
    "model": FieldOf(_with(parse_model)),
    "firmware_version": FieldOf(_with(parse_firmware_version)),
    "firmware_name": FieldOf(_with(lambda text: parse_text(text, "Firmware name")), _LEFT_OUT),
    "manufacturer_image_hash": FieldOf(_with(parse_manufacturer_image_hash)),
    "devices": FieldOf(_number(1)),
    "files": FieldOf(_list(_as_it_is)),
}
FILE: Final = {
    "name": FieldOf(_matching("File", _FILE_NAME, "is not the name of a file of a wave")),
    "devices": FieldOf(_number(1)),
    "sha256": FieldOf(_matching("SHA-256", _SHA256, "is not 64 hex digits in lower case")),
    "day": FieldOf(_number(1), _LEFT_OUT),
    "on": FieldOf(_date, _LEFT_OUT),
}
