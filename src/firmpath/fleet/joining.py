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


def plan_table(device_ids: pa.StringArray, rows: Codes, kinds: Kinds, regions: Regions | None = None) -> pa.Table:
    """Give the rows of a plan: Device IDs, for each the number of what is planned for it, and perhaps regions.

    Cost: linear, some 5 ns a row.
    """
    there = np.flatnonzero(np.bincount(rows))
    columns = {"device_id": device_ids}
    for name, of in kinds.columns().items():
        if of.texts is None:
            columns[name] = _numbers(name, of.values.take(rows))
        else:
            texts = list(of.texts)
            used = {texts[place] for place in np.unique(of.values[there]).tolist()}
            columns[name] = _texts(used, texts, of.values, rows)
    if regions:
        columns[REGION] = _texts(set(regions.names), regions.names, np.arange(len(regions.names)), regions.codes)
    fields = [pa.field(name, each.type, name not in _NEVER_NULL) for name, each in columns.items()]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields))


def _numbers(name: str, numbers: Any) -> pa.Array:
    """Give a column; 0 stands for nothing, which is null in a plan."""
    return _array(numbers, TYPES[name], None if name in _NEVER_NULL else numbers != NO_ENTRY)


def _texts(used: set[str], texts: list[str], places: Codes, rows: Codes) -> pa.DictionaryArray:
    """Give a column of those texts that are used, in order, so that no other part makes a difference.

    `places` has the place of each code's text. '' stands for nothing, which is null in a plan, and comes first.
    """
    kept = {text: at for at, text in enumerate(sorted(used))}
    indices = np.array([kept.get(text, 0) for text in texts], np.int32)[places].take(rows)
    is_there = indices != kept[""] if "" in kept else None
    codes, known = _array(indices, pa.int32(), is_there), pa.array(kept, pa.string())
    return pa.DictionaryArray.from_arrays(codes, known, safe=False)  # each code was made from what is known


def _array(numbers: Any, kind: pa.DataType, is_there: Mask | None) -> pa.Array:
    """Give numbers as an array, without copying them: Arrow's own way of marking nulls takes longer."""
    marks = None if is_there is None or is_there.all() else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(numbers), [marks, pa.py_buffer(numbers)])
