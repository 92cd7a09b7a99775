"""What the columns of an inventory of Parquet hold, as far as Spark and Arrow have to agree on it."""

import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.headings import DEVICE_ID
from firmpath.fleet.inventory import Inventory


def has_fit_device_ids(inventory: Inventory) -> bool:
    """Say whether Device IDs are text or whole numbers."""
    return _is_text(_kind(inventory, DEVICE_ID)) or bool(pa.types.is_integer(_kind(inventory, DEVICE_ID)))


def has_numbers(inventory: Inventory, ours: str) -> bool:
    """Say whether the values of a column are whole numbers that fit 64 bits, which only CPL Entry IDs may be."""
    kind = _kind(inventory, ours)
    return ours == "cpl_entry_id" and bool(pa.types.is_integer(kind) and not pa.types.is_uint64(kind))


def reads_alike(inventory: Inventory) -> bool:
    """Say whether Arrow reads what a Device runs as Spark does: text or whole numbers, in each of the columns.

    Each has a way of its own to write fractions, days and octets as text.
    """
    kinds = [_kind(inventory, each) for each in inventory.reading_columns]
    return all(_is_text(kind) or pa.types.is_integer(kind) for kind in kinds)


def _kind(inventory: Inventory, ours: str) -> pa.DataType:
    return pq.read_schema(inventory.files[0]).field(inventory.used[ours]).type


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
