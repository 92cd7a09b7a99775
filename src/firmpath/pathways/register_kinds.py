"""The kinds of fact in a register file: their names, and which fields each has.

The tables are made from the values in `facts` themselves, so that a field is listed in one place.
"""

from typing import Final, NamedTuple, get_args

from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.facts import Fact
from firmpath.pathways.statement import Statement


class Shape(NamedTuple):
    """The field names that a JSON object must have, and those that it may have."""

    required: frozenset[str]
    optional: frozenset[str]


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_").replace("zig_bee", "zigbee")


def _shape(kind: type[Fact] | type[Statement], *more: str) -> Shape:
    fields = [field for field in kind._fields if field != "device_model"]
    if "device_model" in kind._fields:
        fields += [*HardwareModel._fields, "firmware_version"]
    optional = frozenset(kind._field_defaults)
    return Shape(frozenset(fields) - optional | set(more), optional)


KINDS: Final[dict[str, type[Fact]]] = {_snake_case(kind.__name__): kind for kind in get_args(Fact)}
KIND_NAMES: Final[dict[type[Fact], str]] = {kind: name for name, kind in KINDS.items()}
FACT_SHAPES: Final = {name: _shape(kind, "kind") for name, kind in KINDS.items()}
STATEMENT_SHAPE: Final = _shape(Statement)
