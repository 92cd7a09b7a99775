"""The rows of a plan: what the core says of a reading, put to every row that has it.

A row of the inventory is a code, that of its reading; so is a row of the plan, the number of what is planned for
it. What stands in the columns is looked up by that number. Source: DESIGN decision 10.
"""

from functools import partial
from typing import Any, Final

import numpy as np
import pyarrow as pa

from firmpath.fleet.device_ids import Mask
from firmpath.fleet.inventory import REGION
from firmpath.fleet.kinds import TYPES, Kinds
from firmpath.fleet.planned import NO_ENTRY, NOTHING_IN, OfTheRow, Planned
from firmpath.fleet.rows import Codes, Regions
from firmpath.pathways.faults import Fault, FirmpathError

COLUMNS: Final = ("device_id", *Planned._fields)
"""The columns of a plan, in order. Version 1; see docs/plan.md. Where there are regions, `region` follows them."""

_NEVER_NULL: Final = ("remaining_steps", "status")
MOST_REGIONS: Final = 100_000
"""Of some rows: ten times what Great Britain has of postcode sectors, and far fewer than of Devices."""
TOO_WIDE: Final = "more cells than headings"


def without_step(planned: Planned, status: OfTheRow, reason: str) -> Planned:
    """Give what is planned where something about the row itself stands in the way."""
    nothing = planned._replace(target=NO_ENTRY, next_entry=NO_ENTRY, remaining_steps=0)
    return nothing._replace(status=status.value, reason=reason)


def mark_malformed(rows: Codes, kinds: Kinds, fit: Mask, too_wide: Mask | None) -> None:
    """Give rows that are malformed other kinds, which say so."""
    for wrong, reason in ((~fit, "device_id"), (too_wide, TOO_WIDE)):
        if wrong is not None and wrong.any():
            malformed = partial(without_step, status=OfTheRow.MALFORMED, reason=reason)
            rows[wrong] = kinds.changed(rows[wrong], malformed)


def mark_without_region(rows: Codes, kinds: Kinds, regions: Regions, heading: str) -> None:
    """Give rows that have a step and no region other kinds: their step can be given no day.

    :raises FirmpathError: there are more regions than there can be.
    """
    if len(regions.names) > MOST_REGIONS:
        wrong = f"has more than {MOST_REGIONS:,} different values, too many for regions"
        raise FirmpathError(Fault("Column", heading, wrong, "name another one: --per-day-by HEADING=N"))
    nowhere = np.array([not name for name in regions.names], np.bool_)[regions.codes]
    nowhere &= kinds.columns()["next_entry"].values[rows] != NO_ENTRY
    if nowhere.any():
        without = partial(without_step, status=OfTheRow.NO_REGION, reason=f"{NOTHING_IN}{heading}")
        rows[nowhere] = kinds.changed(rows[nowhere], without)


def plan_table(
    device_ids: pa.StringArray, rows: Codes, counted: Codes, kinds: Kinds, regions: Regions | None = None
) -> pa.Table:
    """Give the rows of a plan: Device IDs, for each the number of what is planned for it, and perhaps regions.

    `counted` says how many rows have each number.

    Cost: linear, some 5 ns a row.
    """
    there = np.flatnonzero(counted)
    columns = {"device_id": device_ids}
    for name, of in kinds.columns().items():
        used = of.values[there]
        if of.texts is None:
            columns[name] = _numbers(name, used, of.values, rows)
        else:
            columns[name] = _texts(used, list(of.texts), of.values, rows)
    if regions:
        every = np.arange(len(regions.names))
        columns[REGION] = _texts(every, regions.names, every, regions.codes)
    fields = [pa.field(name, each.type, name not in _NEVER_NULL) for name, each in columns.items()]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields))


def _numbers(name: str, used: Any, values: Any, rows: Codes) -> pa.Array:
    """Give a column; 0 stands for nothing, which is null in a plan. `used` has those numbers that any row has."""
    may_be_null = name not in _NEVER_NULL and NO_ENTRY in used
    return _array(_looked_up(used, values, rows), TYPES[name], NO_ENTRY if may_be_null else None)


def _texts(used: Codes, texts: list[str], places: Codes, rows: Codes) -> pa.DictionaryArray:
    """Give a column of those texts that are used, in order, so that no other part makes a difference.

    `used` has the places of those, `places` that of each code. '' stands for nothing, which is null in a
    plan, and comes first.
    """
    used = np.flatnonzero(np.bincount(used))
    kept = {text: at for at, text in enumerate(sorted({texts[place] for place in used.tolist()}))}
    indices = np.array([kept.get(text, 0) for text in texts], np.int32)
    indices = _looked_up(indices[used], indices[places], rows)
    codes, known = _array(indices, pa.int32(), kept.get("")), pa.array(kept, pa.string())
    return pa.DictionaryArray.from_arrays(codes, known, safe=False)  # each code was made from what is known


def _looked_up(used: Any, values: Any, rows: Codes) -> Any:
    """Give for each row the value of its code; where all that are used are alike nothing is looked up."""
    are_alike = len(used) and (used == used[0]).all()
    return np.full(len(rows), used[0], values.dtype) if are_alike else values.take(rows)


def _array(numbers: Any, kind: pa.DataType, null: int | None) -> pa.Array:
    """Give numbers as an array, one of them for null, without a copy: Arrow's own way of marking takes longer."""
    marks = None if null is None else pa.py_buffer(np.packbits(numbers != null, bitorder="little"))
    return pa.Array.from_buffers(kind, len(numbers), [marks, pa.py_buffer(numbers)])
