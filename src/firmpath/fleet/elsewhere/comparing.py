"""Device IDs of an inventory that workers plan for, compared in one place: by the program that drives them.

Workers would have to send each other a number for every Device, and check each Device ID by a regular expression.
Both cost more than Arrow needs to read all Device IDs here. Source: ADR 0040.
"""

from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.device_ids import read_device_ids
from firmpath.fleet.duplicates import Duplicates, Sightings
from firmpath.fleet.inventory import DEVICE_ID, Inventory
from firmpath.fleet.parquet_rows import parquet_pieces
from firmpath.fleet.telling import Told

NAME: Final = "repeated.parquet"
"""The file of Device IDs that stand in several rows: one row for each of these rows, with how many they are."""

_COLUMNS: Final = pa.schema([("device_id", pa.string()), ("times", pa.int64())])
_SHARE_OF_READING: Final = 0.8


class Compared(NamedTuple):
    """Whether every Device ID is written as it is in DUIS, and how many Device IDs stand in several rows."""

    are_in_duis: bool
    repeated: int


def compare_device_ids(inventory: Inventory, temporary: Path, told: Told) -> Compared:
    """Check every Device ID of an inventory of Parquet, and write the repeated ones into a file of this folder.

    Cost: one read of the Device IDs, and 8 octets on the disk for each; those of parts with a repeated one are read
    again. Memory does not grow.
    :raises FirmpathError: a file cannot be read.
    """
    what = "Comparing Device IDs"
    alone = inventory._replace(used={DEVICE_ID: inventory.used[DEVICE_ID]}, others=())
    sightings, are_in_duis = Sightings(temporary), True
    for at, piece in enumerate(parquet_pieces(alone)):
        given = piece.read().device_ids
        ids = read_device_ids(given)
        are_in_duis = are_in_duis and bool(ids.fit.all()) and ids.written.equals(given)
        sightings.add(at, ids.numbers[ids.fit])
        told(what, piece.done * _SHARE_OF_READING)
    duplicates = sightings.find_duplicates(
        lambda _, part: told(what, _SHARE_OF_READING + part * (1 - _SHARE_OF_READING))
    )
    _write_repeated(alone, duplicates, temporary / NAME)
    return Compared(are_in_duis, len(duplicates.numbers))


def _write_repeated(alone: Inventory, duplicates: Duplicates, file: Path) -> None:
    with pq.ParquetWriter(file, _COLUMNS) as writer:
        for at, piece in enumerate(parquet_pieces(alone) if duplicates.parts else ()):
            if at in duplicates.parts:
                ids = read_device_ids(piece.read().device_ids)
                times = np.where(ids.fit, duplicates.times_of(ids.numbers), 0)
                several = pa.array(times > 0)
                columns = [ids.written.filter(several), pa.array(times).filter(several)]
                writer.write_table(pa.table(columns, schema=_COLUMNS))
