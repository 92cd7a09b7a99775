"""Statements to lines of a register file: canonical JSON, one statement a line.

Canonical means RFC 8785 for what occurs here: keys in order, no space, whole numbers, text as it is. So
the same statement is the same bytes everywhere, and its SHA-256 identifies it. Source: ADR 0004.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.device_model import DeviceModel
from firmpath.pathways.identifiers import write_instant
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_kinds import KIND_NAMES
from firmpath.pathways.statement import Statement

HEADER: Final = '{"firmpath_register":1}'
"""The first line of a register file: the format and its version."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def write_register(statements: Iterable[Statement]) -> Iterator[str]:
    """Give the lines of a register file, each with its line feed, the header first."""
    yield HEADER + "\n"
    for statement in statements:
        yield write_line(statement) + "\n"


def write_line(statement: Statement) -> str:
    """Give the canonical line of one statement, without a line feed."""
    envelope = _known(statement._asdict())
    fact = statement.fact
    envelope["fact"] = {"kind": KIND_NAMES[type(fact)], **_known(fact._asdict())}
    return _encode(envelope)


def _known(fields: dict[str, object]) -> dict[str, object]:
    """Write the fields that are known as JSON has them; a Device Model becomes its six parts."""
    written: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, DeviceModel):
            written |= value.hardware_model._asdict() | {"firmware_version": str(value.firmware_version)}
        elif value is not NOT_KNOWN:
            written[name] = _json_value(value)
    return written


def _json_value(value: object) -> object:
    match value:
        case datetime():
            return write_instant(value)
        case date():
            return value.isoformat()
        case Bases():
            return list(value.ids)
        case tuple():
            return [_json_value(part) for part in value]
        case str() | int():
            return value
        case _:
            return str(value)
