"""What an inventory says, looked at in one place: by the program that drives the workers that plan for it.

Workers would have to send each other a number for every Device, check each Device ID by a regular expression, and
put side by side all texts that say what a Device runs. That costs more than to read all of it here, where Arrow
gives such texts as codes. Source: ADR 0040, 0043.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.device_ids import read_device_ids
from firmpath.fleet.duplicates import Duplicates, Sightings
from firmpath.fleet.elsewhere.judging import require_few
from firmpath.fleet.elsewhere.spark_columns import reads_alike
from firmpath.fleet.headings import DEVICE_ID
from firmpath.fleet.inventory import Inventory
from firmpath.fleet.parquet_rows import parquet_pieces
from firmpath.fleet.readings import Reading
from firmpath.fleet.rows import Codes, Different, Piece, Values, find_different
from firmpath.fleet.telling import WORKERS, Told

NAME: Final = "repeated.parquet"
"""The file of Device IDs that stand in several rows: one row for each of these rows, with how many they are."""

_COLUMNS: Final = pa.schema([("device_id", pa.string()), ("times", pa.int64())])
_SHARE_OF_READING: Final = 0.8

_InSeveral = Counter[tuple[Values, int]]


class Counted(NamedTuple):
    """How many rows have each reading.

    Of these `malformed` have no Device ID, and `in_several` have one that stands in as many rows as are named.
    """

    rows: Mapping[Reading, int]
    malformed: Mapping[Reading, int]
    in_several: Mapping[tuple[Reading, int], int]


class Compared(NamedTuple):
    """Whether every Device ID is written as it is in DUIS, and how many Device IDs stand in several rows.

    `counted` are the readings; None where Arrow may read one otherwise than the workers do.
    """

    are_in_duis: bool
    repeated: int
    counted: Counted | None = None


def compare_device_ids(inventory: Inventory, temporary: Path, told: Told) -> Compared:
    """Check every Device ID of an inventory of Parquet, write the repeated ones into a file, and count readings.

    Cost: one read of the columns that a plan reads, and 8 octets on the disk for each Device ID; parts with a
    repeated one are read again. Memory grows with the different readings alone.
    :raises FirmpathError: a file cannot be read, or there are more readings than there can be.
    """
    what, counts = "Comparing Device IDs", reads_alike(inventory)
    columns = inventory.reading_columns if counts else ()
    alone = inventory._replace(used={each: inventory.used[each] for each in (DEVICE_ID, *columns)}, others=())
    sightings, all_seen = Sightings(temporary), _Seen(True, Counter(), Counter())
    for done, seen in _look_at_all(alone, sightings):
        all_seen = all_seen.with_more(seen)
        require_few(all_seen.rows)
        told(what, done * _SHARE_OF_READING)
    duplicates = sightings.find_duplicates(
        lambda _, part: told(what, _SHARE_OF_READING + part * (1 - _SHARE_OF_READING))
    )
    several = _write_repeated(alone, duplicates, temporary / NAME)
    counted = _counted(columns, all_seen, several) if counts else None
    return Compared(all_seen.are_in_duis, len(duplicates.numbers), counted)


class _Seen(NamedTuple):
    """What was seen of some rows: whether Device IDs are as in DUIS, the rows of each reading, the malformed."""

    are_in_duis: bool
    rows: Counter[Values]
    malformed: Counter[Values]

    def with_more(self, more: "_Seen") -> "_Seen":
        """Give what was seen of these and of others; what was counted here grows."""
        self.rows.update(more.rows)
        self.malformed.update(more.malformed)
        return self._replace(are_in_duis=self.are_in_duis and more.are_in_duis)


def _look_at_all(alone: Inventory, sightings: Sightings) -> Iterator[tuple[float, _Seen]]:
    """Give what is seen of each piece, and which part is done with it; memory for a few pieces."""
    waiting: deque[tuple[float, Future[_Seen]]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for at, piece in enumerate(parquet_pieces(alone)):
            waiting.append((piece.done, pool.submit(_look_at, piece, at, sightings)))
            if len(waiting) > WORKERS:
                done, seen = waiting.popleft()
                yield done, seen.result()
        for done, seen in waiting:
            yield done, seen.result()


def _look_at(piece: Piece, at: int, sightings: Sightings) -> _Seen:
    rows = piece.read()
    ids = read_device_ids(rows.device_ids)
    all_fit = bool(ids.fit.all())
    sightings.add(at, ids.numbers if all_fit else ids.numbers[ids.fit])
    seen = _Seen(all_fit and ids.written.equals(rows.device_ids), Counter(), Counter())
    if rows.readings:
        different = find_different(rows.readings)
        seen.rows.update(_named(different, different.rows))
        if not all_fit:
            seen.malformed.update(_named(different, np.bincount(different.places[~ids.fit])))
    return seen


def _named(different: Different, rows: Codes) -> dict[Values, int]:
    """Name the readings of which there are rows; their counts stand at their places, as far as there are any."""
    named = zip(different.readings, rows.tolist(), strict=False)
    return {reading: many for reading, many in named if many}


def _counted(columns: tuple[str, ...], seen: _Seen, several: _InSeveral) -> Counted:
    readings = {each: Reading(**dict(zip(columns, each, strict=True))) for each in seen.rows}
    return Counted(
        {readings[each]: rows for each, rows in seen.rows.items()},
        {readings[each]: rows for each, rows in seen.malformed.items()},
        {(readings[each], times): rows for (each, times), rows in several.items()},
    )


def _write_repeated(alone: Inventory, duplicates: Duplicates, file: Path) -> _InSeveral:
    """Write the Device IDs that stand in several rows, and count these rows by what they run."""
    several: _InSeveral = Counter()
    with pq.ParquetWriter(file, _COLUMNS) as writer:
        for at, piece in enumerate(parquet_pieces(alone) if duplicates.parts else ()):
            if at in duplicates.parts:
                rows = piece.read()
                ids = read_device_ids(rows.device_ids)
                times = np.where(ids.fit, duplicates.times_of(ids.numbers), 0)
                repeated = times > 0
                columns = [ids.written.filter(pa.array(repeated)), pa.array(times[repeated])]
                writer.write_table(pa.table(columns, schema=_COLUMNS))
                if rows.readings:
                    different = find_different(rows.readings)
                    pairs = np.stack([different.places[repeated], times[repeated]])
                    for (place, count), many in zip(*_different_pairs(pairs), strict=True):
                        several[different.readings[place], count] += many
    return several


def _different_pairs(pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> tuple[list[list[int]], list[int]]:
    """Give the different pairs of numbers in two rows, and how often each is there."""
    found, many = np.unique(pairs, axis=1, return_counts=True)
    return found.T.tolist(), many.tolist()
