"""The plan as one statement of SQL: every row of the inventory, in order, joined to what is planned for it.

Source: DESIGN decision 10.
"""

from collections.abc import Mapping
from typing import Any, Final

from duckdb import DuckDBPyConnection

from firmpath.fleet.engine import name, text
from firmpath.fleet.inventory import MORE_CELLS, REGION, Inventory
from firmpath.fleet.looking import Looked
from firmpath.fleet.planned import OfTheRow, Planned

COLUMNS: Final = ("device_id", *Planned._fields)
"""The columns of a plan, in order. Version 1; see docs/plan.md. Where there are regions, `region` follows them."""

_TYPES: Final = {"candidates": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR", "remaining_steps": "INTEGER"}
_NOTHING: Final = {"installed": "0", "target": "0", "next_entry": "0", "candidates": "''", "reason": "''"}
"""What stands for nothing in the small table, which is null in a plan."""


def keep_planned(
    connection: DuckDBPyConnection, inventory: Inventory, planned: Mapping[tuple[Any, ...], Planned]
) -> None:
    """Put what is planned for each reading into the engine's table `planned`."""
    keys = [f"{name(each)} {_key_type(inventory, each)}" for each in inventory.reading_columns]
    values = [f"p_{each} {_TYPES.get(each, 'BIGINT')}" for each in Planned._fields]
    connection.execute(f"CREATE OR REPLACE TABLE planned ({', '.join((*keys, *values))})")
    rows = [(*key, *each) for key, each in planned.items()]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = ", ".join(f"unnest(${at})" for at in range(1, len(columns) + 1))
        connection.execute(f"INSERT INTO planned SELECT {unnested}", columns)


def _key_type(inventory: Inventory, column: str) -> str:
    return "BIGINT" if inventory.is_number(column) else "VARCHAR"


def plan_query(inventory: Inventory, looked: Looked, slice_: str) -> str:
    """Give the statement whose rows are the plan of a slice of the inventory.

    What the look has ruled out is left out of it, so that a clean inventory costs no more than the join.
    """
    keys = " AND ".join(_alike(looked, at, each) for at, each in enumerate(inventory.reading_columns))
    wide = f", {name(MORE_CELLS)} AS more_cells" if looked.too_wide else ""
    source = f"(SELECT {inventory.columns()}{wide} FROM {slice_})"
    if looked.device_id != "device_id":
        source = f"(SELECT *, {looked.device_id} AS id FROM {source})"
    joined = f"{source} AS i LEFT JOIN planned AS p ON {keys}"
    if looked.duplicates:
        joined += f" LEFT JOIN duplicated AS d ON {_id(looked)} = d.id"
    return f"SELECT {', '.join(_outputs(inventory, looked))} FROM {joined}"


def _id(looked: Looked) -> str:
    """Give the Device ID as it is in DUIS, or null."""
    return "i.device_id" if looked.device_id == "device_id" else "i.id"


def _alike(looked: Looked, at: int, column: str) -> str:
    """Compare a column of the inventory; with nulls only where there are any, since that is slower."""
    nulls = any(key[at] is None for key in looked.readings)
    return f"i.{name(column)} {'IS NOT DISTINCT FROM' if nulls else '='} p.{name(column)}"


def _overriding(inventory: Inventory, looked: Looked) -> list[tuple[str, str, str]]:
    """Give what comes before what is planned for the reading: when, and the status and reason then, in SQL."""
    found = []
    malformed, duplicate = text(OfTheRow.MALFORMED.value), text(OfTheRow.DUPLICATE_DEVICE_ID.value)
    if looked.too_wide:
        found.append(("i.more_cells IS NOT NULL", malformed, "'more cells than headings'"))
    if looked.unfit_ids:
        found.append(("i.id IS NULL", malformed, "'device_id'"))
    if looked.duplicates:
        found.append(("d.id IS NOT NULL", duplicate, "'in ' || d.times || ' rows'"))
    if inventory.has_regions:
        nowhere = f"i.{REGION} IS NULL AND p.p_next_entry > 0"
        found.append((nowhere, text(OfTheRow.NO_REGION.value), text(f"nothing in {inventory.used[REGION]}")))
    return found


def _outputs(inventory: Inventory, looked: Looked) -> list[str]:
    overriding = _overriding(inventory, looked)
    instead = " OR ".join(when for when, _, _ in overriding)
    written = ["i.device_id" if _id(looked) == "i.device_id" else "coalesce(i.id, i.device_id) AS device_id"]
    for each in Planned._fields:
        value = f"nullif(p.p_{each}, {_NOTHING[each]})" if each in _NOTHING else f"p.p_{each}"
        if each in ("status", "reason") and overriding:
            at = 1 if each == "status" else 2
            whens = " ".join(f"WHEN {one[0]} THEN {one[at]}" for one in overriding)
            value = f"CASE {whens} ELSE {value} END"
        elif each in ("target", "next_entry", "remaining_steps") and overriding:
            value = f"CASE WHEN {instead} THEN {'0' if each == 'remaining_steps' else 'NULL'} ELSE {value} END"
        written.append(f"{value} AS {each}")
    return [*written, f"i.{REGION}"] if inventory.has_regions else written
