"""How a canonical line of a register file looks: one pattern for each part of it, and for each kind of fact.

A line is what stands before its fact, the fact, its number, and what stands after. The patterns say where each
field is and that the line is in canonical form; what a field says is left to its parser. They are made from the
shapes of the kinds, so that a field is listed in one place. Text with a backslash in it fits no pattern: such
lines are few, and are read slowly. Source: ADR 0004.
"""

import re
from collections.abc import Iterable
from typing import Final

from firmpath.pathways.register_kinds import FACT_SHAPES, STATEMENT_SHAPE, Shape

WHOLE_NUMBERS: Final = frozenset({"corrects", "cpl_entry_id", "fixed_in", "number"})
"""Fields whose value is written as digits."""

BEFORE_FACT: Final = '"fact":'
BEFORE_KIND: Final = '"kind":"'
"""What stands just before the fact, and before its kind; no text in a line can contain either."""

_NUMBER = "[1-9][0-9]{0,15}+"
_END = f'(?:"any"|{_NUMBER})'
_LISTS = {
    "base_firmware": rf'("N/A"|\[{_NUMBER}(?:,{_NUMBER})*+\])',
    "steps": rf"(\[\[{_END},{_END}\](?:,\[{_END},{_END}\])*+\])",
}
_TEXT = r'"([^"\\\n]*+)"'


def fields_before_fact() -> tuple[str, ...]:
    """Give the fields of a statement that stand before its fact, in order."""
    return tuple(field for field in _in_order(STATEMENT_SHAPE) if field < "fact")


def fields_after_number() -> tuple[str, ...]:
    """Give the fields of a statement that stand after its number, in order."""
    return tuple(field for field in _in_order(STATEMENT_SHAPE) if field > "number")


def fields_of(kind: str) -> tuple[str, ...]:
    """Give the fields of a kind of fact, in order, without the kind itself."""
    return tuple(field for field in _in_order(FACT_SHAPES[kind]) if field != "kind")


def pattern_before_fact() -> re.Pattern[str]:
    """Give the pattern of a line up to its fact; each field before it is a group."""
    return re.compile(rf"\{{{_pattern(STATEMENT_SHAPE, fields_before_fact(), 'fact')}{BEFORE_FACT}")


def pattern_after_number() -> re.Pattern[str]:
    """Give the pattern of a line from after its number to its end; each field is a group."""
    return re.compile(rf"{_pattern(STATEMENT_SHAPE, fields_after_number(), 'number')}\}}")


def pattern_of_fact(kind: str) -> re.Pattern[str]:
    """Give the pattern of a line from its fact on: each field of it, the number, and all that follows are groups.

    :raises KeyError: there is no such kind.
    """
    shape, fields = FACT_SHAPES[kind], fields_of(kind)
    before = _pattern(shape, (field for field in fields if field < "kind"), "kind")
    after = _pattern(shape, (field for field in fields if field > "kind"), "kind")
    return re.compile(rf'\{{{before}{BEFORE_KIND}{kind}"{after}\}},"number":({_NUMBER})(.*+)')


def _in_order(shape: Shape) -> list[str]:
    return sorted(shape.required | shape.optional)


def _pattern(shape: Shape, fields: Iterable[str], pivot: str) -> str:
    """Write fields one after the other; a comma stands between each and the pivot, which is always there."""
    pattern = ""
    for field in fields:
        value = f"({_NUMBER})" if field in WHOLE_NUMBERS else _LISTS.get(field, _TEXT)
        written = f'"{field}":{value},' if field < pivot else f',"{field}":{value}'
        pattern += f"(?:{written})?" if field in shape.optional else written
    return pattern
