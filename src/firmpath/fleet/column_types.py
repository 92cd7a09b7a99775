"""The types of values that a column of Parquet may have: what is neither text nor a number is refused."""

from collections.abc import Iterator, Mapping
from typing import Final

import pyarrow as pa

from firmpath.pathways.faults import Fault
from firmpath.tables.files import file_fault

_PLAIN: Final = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
    pa.types.is_integer,
    pa.types.is_float32,
    pa.types.is_float64,
    pa.types.is_decimal,
    pa.types.is_boolean,
    pa.types.is_date,
    pa.types.is_time,
    pa.types.is_timestamp,
    pa.types.is_null,
)
"""Not numbers of 16 bits, of which 2049 is none: one CPL Entry ID would stand for another. Nor spans of time, whose
numbers would pass for ids, nor types that a program has made for itself."""


def check_types(file: str, types: Mapping[str, pa.DataType]) -> Iterator[Fault]:
    """Find the columns, by their headings, whose values are of a type that is not understood."""
    for heading, kind in types.items():
        value = kind.value_type if pa.types.is_dictionary(kind) else kind
        if pa.types.is_nested(value):
            yield file_fault(
                file, f"has lists or parts in the column {heading}", "give each Device one plain value"
            )
        elif not any(is_kind(value) for is_kind in _PLAIN):
            yield file_fault(file, f"has values of the type {value} in the column {heading}", "write it as text")
