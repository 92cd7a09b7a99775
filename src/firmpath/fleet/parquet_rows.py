"""Inventories of Parquet, read a bit at a time. The columns that say what Devices run are read as codes."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.headings import DEVICE_ID
from firmpath.fleet.inventory import Inventory, readable
from firmpath.fleet.rows import ROWS_AT_A_TIME, Piece, Rows, as_one, rows_of

_OCTETS_AT_A_TIME: Final = 1 << 20
_MOST_PIECES_OF_A_GROUP: Final = 4
"""Most programs put a million rows or fewer into a row group; one that has more is read bit by bit."""


def parquet_pieces(inventory: Inventory) -> Iterator[Piece]:
    """Give the rows of an inventory, piece by piece; none has rows of two files.

    :raises FirmpathError: a file cannot be read.
    """
    rows = count_parquet_rows(inventory)
    done = 0
    for name in inventory.files:
        with readable(name), _open(inventory, name) as file:
            for table in _tables(inventory, file):
                done += len(table)
                yield Piece(partial(_rows, inventory, name, table), done / rows if rows else 1.0)


def count_parquet_rows(inventory: Inventory) -> int:
    """Give the number of rows, as the files themselves say."""
    return sum(map(_rows_of_file, inventory.files))


def _rows_of_file(file: str) -> int:
    with readable(file):
        return int(pq.read_metadata(file).num_rows)


def _open(inventory: Inventory, file: str) -> pq.ParquetFile:
    codes = list(inventory.coded_headings)
    return pq.ParquetFile(
        file,
        read_dictionary=codes,
        pre_buffer=False,
        buffer_size=_OCTETS_AT_A_TIME,
        page_checksum_verification=True,  # of pages that have one, as those of Spark do
    )


def _tables(inventory: Inventory, file: pq.ParquetFile) -> Iterator[pa.Table]:
    """Give the rows of a file: of several row groups at a time, which is quickest, as long as they are small."""
    columns = [inventory.used[DEVICE_ID], *inventory.coded_headings]
    sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    if max(sizes, default=0) > _MOST_PIECES_OF_A_GROUP * ROWS_AT_A_TIME:
        yield from _batches(file, columns)
        return
    for groups in _gathered(sizes):
        yield file.read_row_groups(groups, columns=columns, use_threads=False)


def _gathered(sizes: list[int]) -> Iterator[list[int]]:
    """Give the places of row groups, as many at a time as make a piece."""
    gathered: list[int] = []
    together = 0
    for at, rows in enumerate(sizes):
        gathered.append(at)
        together += rows
        if together >= ROWS_AT_A_TIME:
            yield gathered
            gathered, together = [], 0
    if gathered:
        yield gathered


def _batches(file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.Table]:
    for batch in file.iter_batches(ROWS_AT_A_TIME, columns=columns, use_threads=False):
        yield pa.Table.from_batches([batch])


def _rows(inventory: Inventory, name: str, table: pa.Table) -> Rows:
    with readable(name):
        whole = table.unify_dictionaries()
        return rows_of(inventory, {each: as_one(whole[each]) for each in whole.column_names})
