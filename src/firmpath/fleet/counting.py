"""How many Devices of an inventory run each entry, without a plan: one read of the columns that name firmware."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from firmpath.fleet.engine import connect
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.looking import count_readings, reading_of
from firmpath.fleet.readings import Understood, understand
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
    with tempfile.TemporaryDirectory(prefix="firmpath-count-") as folder, connect(Path(folder)) as connection:
        inventory = find_inventory(connection, path, {})
        return count_devices(catalogue, inventory, count_readings(connection, inventory))


def count_devices(
    catalogue: Catalogue, inventory: Inventory, readings: Mapping[tuple[Any, ...], int]
) -> DeviceCounts:
    """Say which entries the readings of an inventory mean, and add up their Devices.

    Cost: linear in the different readings.
    """
    by_entries: dict[Steps, int] = {}
    not_listed = not_understood = 0
    is_by_id = inventory.reading_columns == ("cpl_entry_id",) and inventory.is_number("cpl_entry_id")
    for key, devices in readings.items():
        if is_by_id and key[0] in catalogue.entries:  # a whole number that is an id needs no reading
            by_entries[(key[0],)] = devices
            continue
        found = understand(catalogue, reading_of(inventory, key))
        if not isinstance(found, Understood):
            not_understood += devices
        elif not found.candidates:
            not_listed += devices
        else:
            by_entries[found.candidates] = by_entries.get(found.candidates, 0) + devices
    return DeviceCounts(dict(sorted(by_entries.items())), not_listed, not_understood)
