"""The first look at an inventory: which readings there are, how often, and which Device IDs are unfit or twice."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from duckdb import DuckDBPyConnection
from duckdb import Error as EngineError

from firmpath.fleet.engine import Told, name, refusal, telling, text
from firmpath.fleet.inventory import MORE_CELLS, Inventory
from firmpath.fleet.readings import COLUMNS, Reading
from firmpath.pathways.faults import Fault, FirmpathError

MOST_READINGS: Final = 1_000_000
"""The most different readings of an inventory: a hundred times what all of Great Britain can have."""

_DASHED: Final = "[0-9A-F]{2}(-[0-9A-F]{2}){7}"
_OTHERWISE: Final = "[0-9A-Fa-f]{16}|[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){7}"
_PAIRS: Final = "([0-9A-F]{2})" * 8
_WITH_DASHES: Final = "-".join(f"\\{at}" for at in range(1, 9))

IS_DASHED: Final = f"regexp_full_match(device_id, {text(_DASHED)})"
"""Whether a Device ID is written as it is in DUIS, `00-DB-12-34-56-78-90-A0`."""

IN_DASHES: Final = (
    f"CASE WHEN {IS_DASHED} THEN device_id "
    f"WHEN regexp_full_match(trim(device_id), {text(_OTHERWISE)}) THEN regexp_replace("
    f"upper(replace(replace(trim(device_id), '-', ''), ':', '')), {text(_PAIRS)}, {text(_WITH_DASHES)}) END"
)
"""A Device ID as it is written in DUIS; null where it is no EUI-64."""


class Looked(NamedTuple):
    """What the look found: each different reading as it is in the files, with the number of its rows.

    `device_id` is the SQL by which a Device ID is read; `duplicates` counts the rows with a Device ID that others
    have as well, which the engine has in its table `duplicated`.
    """

    rows: int
    readings: Mapping[tuple[Any, ...], int]
    device_id: str
    unfit_ids: int
    duplicates: int
    too_wide: int


def look(connection: DuckDBPyConnection, inventory: Inventory, told: Told) -> Looked:
    """Read the inventory once for its readings, and once for its Device IDs.

    Cost: two reads of the columns that matter; memory for the Device IDs goes to the disk where it is not enough.
    :raises FirmpathError: it cannot be read, or has more readings than there can be.
    """
    try:
        with telling(connection, lambda part: told(part / 3)):
            readings = count_readings(connection, inventory)
        with telling(connection, lambda part: told((1 + 2 * part) / 3)):
            _refuse_line_breaks(connection, inventory)
            return _with_ids(connection, inventory, readings)
    except EngineError as error:
        raise refusal("Inventory", inventory.files[0], error) from None


def reading_of(inventory: Inventory, values: tuple[Any, ...]) -> Reading:
    """Give a reading as texts; '' where the file has nothing."""
    given = dict(zip(inventory.reading_columns, values, strict=True))
    return Reading(*("" if given.get(each) is None else str(given[each]) for each in COLUMNS))


def count_readings(connection: DuckDBPyConnection, inventory: Inventory) -> dict[tuple[Any, ...], int]:
    """Give each different reading of an inventory with the number of its rows.

    Cost: one read of the columns that name firmware.
    :raises FirmpathError: it has more readings than there can be.
    """
    columns = ", ".join(map(name, inventory.reading_columns))
    counted = (
        f"SELECT {columns}, count(*) FROM (SELECT {inventory.columns()} FROM {inventory.source()}) "
        f"GROUP BY ALL LIMIT {MOST_READINGS + 1}"
    )
    found = {row[:-1]: row[-1] for row in connection.execute(counted).fetchall()}
    if len(found) > MOST_READINGS:
        wrong = f"has more than {MOST_READINGS:,} different readings of firmware, more than there is firmware"
        right = "see that each column is named right"
        raise FirmpathError(Fault("Inventory", inventory.files[0], wrong, right))
    return found


def _refuse_line_breaks(connection: DuckDBPyConnection, inventory: Inventory) -> None:
    """Refuse a CSV file in which a cell goes over several lines: whole rows may be lost in one.

    :raises FirmpathError: there is such a cell.
    """
    if inventory.form != "csv":
        return
    within = " OR ".join(f"contains({name(each)}, chr(10))" for each in inventory.headings)
    found = connection.execute(f"SELECT count(*) FROM {inventory.source()} WHERE {within}").fetchone()
    if found and found[0]:
        wrong = f"has a cell with a line break in {found[0]:,} of its rows, and other rows may be lost in it"
        right = "see that every quotation mark is closed"
        raise FirmpathError(Fault("Inventory", inventory.files[0], wrong, right))


def _with_ids(
    connection: DuckDBPyConnection, inventory: Inventory, readings: Mapping[tuple[Any, ...], int]
) -> Looked:
    source = f"(SELECT {inventory.columns()}{_more_cells(inventory)} FROM {inventory.source()})"
    counted = (
        f"SELECT count(*), count(*) FILTER ({IS_DASHED}), count(DISTINCT hash(device_id)), sum(wide) FROM {source}"
    )
    rows, dashed, different, wide = connection.execute(counted).fetchone() or (0, 0, 0, 0)
    device_id, unfit = "device_id", 0
    if dashed < rows:
        device_id = IN_DASHES
        again = (
            "SELECT count(id), count(DISTINCT hash(id)) FILTER (id IS NOT NULL) "
            f"FROM (SELECT {IN_DASHES} AS id FROM {source})"
        )
        fit, different = connection.execute(again).fetchone() or (0, 0)
        unfit = rows - fit
    repeated = 0
    if different < rows - unfit:
        repeated = _keep_duplicates(connection, source, device_id)
    return Looked(rows, readings, device_id, unfit, repeated, int(wide or 0))


def _more_cells(inventory: Inventory) -> str:
    return f", ({name(MORE_CELLS)} IS NOT NULL)::INTEGER AS wide" if inventory.form == "csv" else ", 0 AS wide"


def _keep_duplicates(connection: DuckDBPyConnection, source: str, device_id: str) -> int:
    """Put the Device IDs of several rows into the table `duplicated`; found by their hashes, to save memory."""
    connection.execute(
        "CREATE OR REPLACE TABLE suspected AS "
        f"SELECT hash(id) AS h FROM (SELECT {device_id} AS id FROM {source}) "
        "WHERE id IS NOT NULL GROUP BY h HAVING count(*) > 1"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE duplicated AS SELECT id, count(*) AS times "
        f"FROM (SELECT {device_id} AS id FROM {source}) SEMI JOIN suspected ON hash(id) = h "
        "GROUP BY id HAVING count(*) > 1"
    )
    found = connection.execute("SELECT coalesce(sum(times), 0)::BIGINT FROM duplicated").fetchone()
    return int(found[0]) if found else 0
