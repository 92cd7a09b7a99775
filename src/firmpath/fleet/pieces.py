"""The rows of an inventory, piece by piece, whatever its form."""

from collections.abc import Iterator

from firmpath.fleet.csv_rows import csv_pieces
from firmpath.fleet.inventory import Inventory
from firmpath.fleet.parquet_rows import parquet_pieces
from firmpath.fleet.rows import Piece


def inventory_pieces(inventory: Inventory) -> Iterator[Piece]:
    """Give the rows of an inventory in their order, piece by piece; none has rows of two files.

    :raises FirmpathError: a file cannot be read.
    """
    return parquet_pieces(inventory) if inventory.form == "parquet" else csv_pieces(inventory)
