"""What an inventory says of the Devices of one request; of a large one, only their rows are looked at closely.

All that this needs of `fleet` is the rows of an inventory, piece by piece, with their Device IDs as numbers.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from firmpath.fleet.device_ids import DeviceIDs, Numbers, read_device_ids
from firmpath.fleet.headings import DEVICE_STATUS, find_headings
from firmpath.fleet.inventory import Inventory, find_inventory
from firmpath.fleet.inventory_files import unchanged
from firmpath.fleet.pieces import inventory_pieces
from firmpath.fleet.readings import Reading
from firmpath.fleet.rows import Rows, find_different
from firmpath.fleet.whole_files import refuse_broken_files
from firmpath.images.known_devices import OWN_COLUMNS, READ_ON, Inventoried, KnownDevice, likely_device_id
from firmpath.images.service_request import is_device_id


def read_known_devices(path: str, headings: Mapping[str, str], device_ids: Collection[str]) -> Inventoried:
    """Read what an inventory has of some Devices; `headings` names columns: ours → the heading.

    Cost: one read of the inventory; memory for these Devices, and what is different of what is said of them.
    :raises FirmpathError: it cannot be read, changes meanwhile, or a column is missing or there twice.
    """
    with unchanged(path) as files:
        refuse_broken_files(files, lambda part: None)
        return _read(path, headings, device_ids)


def _read(path: str, headings: Mapping[str, str], device_ids: Collection[str]) -> Inventoried:
    own = {ours: heading for ours, heading in headings.items() if ours in OWN_COLUMNS}
    others = {ours: heading for ours, heading in headings.items() if ours not in OWN_COLUMNS}
    inventory = find_inventory(path, others)
    columns = _own_columns(inventory, own)
    names = (*inventory.reading_columns, *columns)
    wanted = _Wanted(device_ids)
    found: dict[str, KnownDevice] = {}
    unread = Counter[str]()
    for piece in inventory_pieces(inventory._replace(others=tuple(columns.values()))):
        rows = piece.read()
        ids = read_device_ids(rows.device_ids)
        for device_id, known in _known(rows, ids, names, wanted):
            again = device_id in found
            found[device_id] = known._replace(rows=found[device_id].rows + 1) if again else known
        unread.update(map(likely_device_id, rows.device_ids.filter(pa.array(~ids.fit)).to_pylist()))
    for device_id in found.keys() & unread.keys():  # such a row can be the one that is right
        found[device_id] = found[device_id]._replace(rows=found[device_id].rows + unread[device_id])
    read = inventory.reading_columns
    return Inventoried(found, DEVICE_STATUS in columns, READ_ON in columns, unread.total(), read)


class _Wanted:
    """The Devices that are asked about, found by their numbers."""

    def __init__(self, device_ids: Collection[str]) -> None:
        fit = np.array(sorted(each for each in device_ids if is_device_id(each)), object)
        numbers = read_device_ids(pa.array(fit, pa.string())).numbers
        order = np.argsort(numbers)
        self._numbers, self._device_ids = numbers[order], fit[order]

    def among(self, numbers: Numbers) -> Iterator[tuple[int, str]]:
        """Give the places at which some of them are, each with its Device ID."""
        if len(self._numbers):
            at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
            places = np.flatnonzero(self._numbers[at] == numbers)
            yield from zip(places.tolist(), self._device_ids[at[places]].tolist(), strict=True)


def _known(
    rows: Rows, ids: DeviceIDs, names: tuple[str, ...], wanted: _Wanted
) -> Iterator[tuple[str, KnownDevice]]:
    found = find_different((*rows.readings, *rows.others))
    alike = [_device(dict(zip(names, each, strict=True))) for each in found.readings]
    places = found.places
    for at, device_id in wanted.among(ids.numbers):
        if ids.fit[at]:
            known = alike[places[at]]  # one object for all that are alike, which are then judged once
            is_too_wide = rows.too_wide is not None and rows.too_wide[at]
            yield device_id, known._replace(is_too_wide=True) if is_too_wide else known


def _device(given: dict[str, Any]) -> KnownDevice:
    status, read_on = (given.pop(each, "") for each in OWN_COLUMNS)
    return KnownDevice(Reading(**given), status, read_on)


def _own_columns(inventory: Inventory, named: Mapping[str, str]) -> dict[str, str]:
    """Say which heading is which of our own columns."""
    found = find_headings(inventory.headings, named, OWN_COLUMNS, inventory.used.values())
    return {ours: found[ours] for ours in OWN_COLUMNS if ours in found}
