"""What an inventory says of the Devices of one request; of a large one, only their rows are looked up.

All that this needs of `fleet` is an engine, and where in an inventory the Device IDs and readings are.
"""

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import connect, name, refusal
from firmpath.fleet.inventory import MORE_CELLS, Inventory, find_inventory
from firmpath.fleet.readings import Reading
from firmpath.images.known_devices import Inventoried, KnownDevice
from firmpath.images.service_request import is_device_id
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any

_OWN: Final[dict[str, tuple[str, ...]]] = {
    "device_status": ("devicestatus", "status"),
    "read_on": ("readon", "readat", "inventorydate", "lastread"),
}
"""Columns that a plan has no use for, with the headings that are understood besides."""

_PLAIN_ID: Final = "upper(replace(replace(trim(CAST(device_id AS VARCHAR)), '-', ''), ':', ''))"


def read_known_devices(path: str, headings: Mapping[str, str], device_ids: Collection[str]) -> Inventoried:
    """Read what an inventory has of some Devices; `headings` names columns: ours → the heading.

    Cost: one read of the inventory; memory for these Devices, and what is different of what is said of them.
    :raises FirmpathError: it cannot be read, or a column is missing or there twice.
    """
    own = {ours: heading for ours, heading in headings.items() if ours in _OWN}
    others = {ours: heading for ours, heading in headings.items() if ours not in _OWN}
    by_plain_id = {each.replace("-", ""): each for each in device_ids if is_device_id(each)}
    with tempfile.TemporaryDirectory(prefix="firmpath-") as folder, connect(Path(folder)) as connection:
        inventory = find_inventory(connection, path, others)
        columns = _own_columns(inventory, own)
        try:
            rows = _rows(connection, inventory, columns, by_plain_id)
        except EngineError as error:
            raise refusal("Inventory", path, error) from None
    found: dict[str, KnownDevice] = {}
    names = (*inventory.reading_columns, *columns)
    for plain_ids, wide, *values in rows:
        given = dict(zip(names, ("" if value is None else str(value) for value in values), strict=True))
        status, read_on = (given.pop(each, "") for each in _OWN)
        known = KnownDevice(Reading(**given), status, read_on, 1, bool(wide))
        for device_id in (by_plain_id[each] for each in plain_ids):
            again = device_id in found
            found[device_id] = known._replace(rows=found[device_id].rows + 1) if again else known
    return Inventoried(found, *(each in columns for each in _OWN))


def _own_columns(inventory: Inventory, named: Mapping[str, str]) -> dict[str, str]:
    """Say which heading is which of our own columns."""
    refuse_if_any(
        Fault("Heading", heading, f"is named for {ours}, and the inventory has no such column", "check the mapping")
        for ours, heading in named.items()
        if heading not in inventory.headings
    )
    found = dict(named)
    taken = {*inventory.used.values(), *named.values()}
    for ours, spellings in _OWN.items():
        meant = [each for each in inventory.headings if each not in taken and _spelt(each) in (ours, *spellings)]
        if ours not in found and len(meant) > 1:
            wrong = f"could be any of the columns {', '.join(meant)}"
            raise FirmpathError(Fault(ours, "", wrong, f"say which: --column {ours}=HEADING", quoted=False))
        if ours not in found and meant:
            found[ours] = meant[0]
    return {ours: found[ours] for ours in _OWN if ours in found}


def _spelt(heading: str) -> str:
    plain = heading.casefold().replace(" ", "").replace("-", "").replace("_", "")
    return next((ours for ours in _OWN if plain == ours.replace("_", "")), plain)


def _rows(
    connection: DuckDBPyConnection, inventory: Inventory, columns: Mapping[str, str], plain_ids: Collection[str]
) -> list[tuple[Any, ...]]:
    """Give rows that are alike together: their IDs without dashes, whether too wide, the reading, our columns."""
    connection.execute("CREATE TABLE wanted AS SELECT unnest($1) AS id", [list(plain_ids)])
    own = "".join(f", CAST({name(heading)} AS VARCHAR) AS {name(ours)}" for ours, heading in columns.items())
    wide = f"{name(MORE_CELLS)} IS NOT NULL" if inventory.form == "csv" else "false"
    source = f"SELECT {inventory.columns()}{own}, {wide} AS wide FROM {inventory.source()}"
    chosen = ", ".join(map(name, (*inventory.reading_columns, *columns)))
    of_them = f"(SELECT {_PLAIN_ID} AS id, * FROM ({source})) SEMI JOIN wanted USING (id)"
    return connection.execute(f"SELECT list(id), wide, {chosen} FROM {of_them} GROUP BY ALL").fetchall()
