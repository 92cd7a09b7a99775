"""Statements to lines of a register file: canonical JSON, one statement a line.

Canonical means RFC 8785 for what occurs here: keys in order, no space, whole numbers, text as it is. So
the same statement is the same bytes everywhere, and its SHA-256 identifies it. Source: ADR 0004.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from firmpath.pathways.base_firmware import Bases, NoPreviousVersion
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.facts import AnyEntry, EntryPublished, Fact, NoticeStep
from firmpath.pathways.identifiers import CPLEntryID, write_instant
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_kinds import KIND_NAMES
from firmpath.pathways.statement import Statement

HEADER: Final = '{"firmpath_register":1}'
"""The first line of a register file: the format and its version."""


def write_register(statements: Iterable[Statement]) -> Iterator[str]:
    """Give the lines of a register file, each with its line feed, the header first.

    Cost: about that of `json.dumps` for the same lines.
    """
    yield HEADER + "\n"
    for statement in statements:
        yield write_line(statement) + "\n"


def write_line(statement: Statement) -> str:
    """Give the canonical line of one statement, without a line feed."""
    return _write(_STATEMENT, statement)


class _Field(NamedTuple):
    """Where a field stands among the values, how its name is written, and how its value is."""

    at: int
    name: str
    write: Callable[[Any], str]


def _write(fields: Iterable[_Field], values: tuple[Any, ...]) -> str:
    """Write an object with the fields that are known, in the order of their names."""
    known = [name + write(values[at]) for at, name, write in fields if values[at] is not NOT_KNOWN]
    return f"{{{','.join(known)}}}"


def _write_fact(fact: Fact) -> str:
    values: tuple[Any, ...] = fact
    if isinstance(fact, EntryPublished):  # a Device Model is written as its six parts
        values = (*fact, *fact.device_model.hardware_model, fact.device_model.firmware_version)
    return _write(_FACTS[type(fact)], (*values, KIND_NAMES[type(fact)]))


def _write_bases(base_firmware: Bases | NoPreviousVersion) -> str:
    return f"[{','.join(map(str, base_firmware.ids))}]" if isinstance(base_firmware, Bases) else '"N/A"'


def _write_steps(steps: Iterable[NoticeStep]) -> str:
    return f"[{','.join(f'[{_write_end(from_id)},{_write_end(to_id)}]' for from_id, to_id in steps)}]"


def _write_end(end: CPLEntryID | AnyEntry) -> str:
    return '"any"' if isinstance(end, AnyEntry) else str(end)


def _write_date(day: date) -> str:
    return f'"{day.isoformat()}"'


@lru_cache(1024)  # most statements are recorded together with others
def _write_instant(at: datetime) -> str:
    return f'"{write_instant(at)}"'


_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    "number": str,
    "corrects": str,
    "cpl_entry_id": str,
    "fixed_in": str,
    "base_firmware": _write_bases,
    "steps": _write_steps,
    "cpa_valid_until": _write_date,
    "effective_from": _write_date,
    "recorded_at": _write_instant,
    "firmware_version": lambda version: f'"{version}"',
    "fact": _write_fact,
}
"""How the fields are written that are not text; to all others the encoder of JSON does what it has to."""


def _fields(names: tuple[str, ...]) -> tuple[_Field, ...]:
    """Give the fields of values with these names in the order in which they are written."""
    fields = (_Field(at, f'"{name}":', _WRITERS.get(name, encode_basestring)) for at, name in enumerate(names))
    return tuple(
        sorted((field for field in fields if field.name != '"device_model":'), key=lambda field: field.name)
    )


def _fields_of(kind: type[Fact]) -> tuple[_Field, ...]:
    image = (*HardwareModel._fields, "firmware_version") if kind is EntryPublished else ()
    return _fields((*kind._fields, *image, "kind"))


_STATEMENT: Final = _fields(Statement._fields)
_FACTS: Final = {kind: _fields_of(kind) for kind in KIND_NAMES}
