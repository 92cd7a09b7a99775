"""How many Devices of an inventory run each entry, without a plan: one read of the columns that name firmware."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from firmpath.fleet.csv_rows import csv_pieces
from firmpath.fleet.engine import connect, literal, name, refusal, text
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.inventory_files import unchanged
from firmpath.fleet.readings import Reading, Understood, understand
from firmpath.fleet.rows import Values, find_different, text_of
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
    :raises FirmpathError: it cannot be read, lacks a column, or changes meanwhile.
    """
    with unchanged(path) as files:
        refuse_broken_files(files, lambda part: None)
        inventory = find_inventory(path, {})
        readings = _readings_of_parquet(inventory) if inventory.form == "parquet" else _readings_of_csv(inventory)
    return _count_devices(catalogue, inventory.reading_columns, readings)


_Readings = Iterable[tuple[tuple[object, ...], int]]
"""What Devices run, as the inventory has it, and how many of them."""


def _readings_of_parquet(inventory: Inventory) -> _Readings:
    """Have the engine count: nothing is quicker, and it reads no column but those that name firmware."""
    columns = [name(inventory.used[each]) for each in inventory.reading_columns]
    files = ", ".join(text(literal(file)) for file in inventory.files)
    rows = f"read_parquet([{files}], hive_partitioning = false)"
    counted = f"SELECT {', '.join(columns)}, count(*) FROM {rows} GROUP BY ALL ORDER BY ALL"
    with tempfile.TemporaryDirectory(prefix="firmpath-count-") as folder, connect(Path(folder)) as connection:
        try:
            *readings, devices = connection.sql(counted).to_arrow_table().columns
        except duckdb.Error as error:
            raise refusal("Inventory", inventory.named, error) from None
    return zip(zip(*(each.to_pylist() for each in readings), strict=True), devices.to_pylist(), strict=True)


def _readings_of_csv(inventory: Inventory) -> _Readings:
    found: Counter[Values] = Counter()
    for piece in csv_pieces(inventory):
        different = find_different(piece.read().readings)
        found.update(dict(zip(different.readings, different.rows.tolist(), strict=True)))
    return found.items()


def _count_devices(catalogue: Catalogue, columns: tuple[str, ...], readings: _Readings) -> DeviceCounts:
    """Say which entries the readings of an inventory mean, and add up their Devices; linear in the readings."""
    by_entries: dict[Steps, int] = {}
    not_listed = not_understood = 0
    is_by_id = columns == ("cpl_entry_id",)
    for values, devices in readings:
        if is_by_id and type(values[0]) is int and values[0] in catalogue.entries:
            ids: Steps = values  # type: ignore[assignment]  # a number that is an id needs no reading
        else:
            found = understand(catalogue, Reading(**dict(zip(columns, map(text_of, values), strict=True))))
            if not isinstance(found, Understood):
                not_understood += devices
                continue
            ids = found.candidates
        if ids:
            by_entries[ids] = by_entries.get(ids, 0) + devices
        else:
            not_listed += devices
    return DeviceCounts({ids: by_entries[ids] for ids in sorted(by_entries)}, not_listed, not_understood)
