"""How many Devices of an inventory run each entry, without a plan: one read of the columns that name firmware."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.csv_rows import csv_pieces
from firmpath.fleet.inventory import Inventory, find_files, find_inventory, readable
from firmpath.fleet.readings import Reading, Understood, understand
from firmpath.fleet.rows import ROWS_AT_A_TIME, Values, as_codes, find_different
from firmpath.fleet.whole_files import refuse_broken_files
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.pathway import Steps


class DeviceCounts(NamedTuple):
    """Devices by the entries that they can run: one, or several that the inventory does not tell apart.

    `not_listed` run firmware that is not on the CPL; what `not_understood` ones run cannot be read.
    """

    by_entries: Mapping[Steps, int]
    not_listed: int
    not_understood: int

    @property
    def devices(self) -> int:
        """All Devices of the inventory."""
        return sum(self.by_entries.values()) + self.not_listed + self.not_understood


def count_inventory(catalogue: Catalogue, path: str) -> DeviceCounts:
    """Count the Devices of an inventory, as it is, by the entries that they can run.

    Cost: one read of the columns that name firmware; memory is bounded.
    :raises FirmpathError: it cannot be read, or lacks a column.
    """
    refuse_broken_files(find_files(path), lambda part: None)
    inventory = find_inventory(path, {})
    return _count_devices(catalogue, inventory.reading_columns, _count_readings(inventory))


def _count_readings(inventory: Inventory) -> Counter[Values]:
    found: Counter[Values] = Counter()
    for columns in _columns_of_parquet(inventory) if inventory.form == "parquet" else _columns_of_csv(inventory):
        different = find_different(columns)
        found.update(dict(zip(different.readings, different.rows.tolist(), strict=True)))
    return found


def _columns_of_parquet(inventory: Inventory) -> Iterator[Sequence[pa.DictionaryArray]]:
    """Read nothing but what names firmware: Device IDs are most of an inventory."""
    headings = [inventory.used[each] for each in inventory.reading_columns]
    for name in inventory.files:
        with readable(name), pq.ParquetFile(name, read_dictionary=headings) as file:
            for batch in file.iter_batches(ROWS_AT_A_TIME, columns=headings):
                yield [as_codes(batch.column(each)) for each in headings]


def _columns_of_csv(inventory: Inventory) -> Iterator[Sequence[pa.DictionaryArray]]:
    return (piece.read().readings for piece in csv_pieces(inventory))


def _count_devices(catalogue: Catalogue, columns: tuple[str, ...], readings: Mapping[Values, int]) -> DeviceCounts:
    """Say which entries the readings of an inventory mean, and add up their Devices; linear in the readings."""
    by_entries: Counter[Steps] = Counter()
    not_listed = not_understood = 0
    ids = {str(each): each for each in catalogue.entries} if columns == ("cpl_entry_id",) else {}
    for values, devices in readings.items():
        if values[0] in ids:  # written as we write it, so that it needs no parsing
            by_entries[(ids[values[0]],)] += devices
            continue
        found = understand(catalogue, Reading(**dict(zip(columns, values, strict=True))))
        if not isinstance(found, Understood):
            not_understood += devices
        elif not found.candidates:
            not_listed += devices
        else:
            by_entries[found.candidates] += devices
    return DeviceCounts(dict(sorted(by_entries.items())), not_listed, not_understood)
