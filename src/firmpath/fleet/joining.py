"""The rows of a plan: what the core says of a reading, put to every row that has it.

A row of the inventory is a code, that of its reading; so is a row of the plan, that of what is planned for it. What
stands in the columns is looked up once for each code. Source: DESIGN decision 10.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from firmpath.fleet.device_ids import Mask
from firmpath.fleet.inventory import REGION
from firmpath.fleet.planned import NO_ENTRY, OfTheRow, Planned
from firmpath.fleet.rows import Codes, Regions

COLUMNS: Final = ("device_id", *Planned._fields)
"""The columns of a plan, in order. Version 1; see docs/plan.md. Where there are regions, `region` follows them."""

TYPES: Final = {
    "installed": pa.int64(),
    "candidates": pa.string(),
    "target": pa.int64(),
    "next_entry": pa.int64(),
    "remaining_steps": pa.int32(),
    "status": pa.string(),
    "reason": pa.string(),
    REGION: pa.string(),
}
"""What each column of a plan holds, the Device ID aside, which is text."""

_NEVER_NULL: Final = "remaining_steps"
TOO_WIDE: Final = "more cells than headings"


def without_step(planned: Planned, status: OfTheRow, reason: str) -> Planned:
    """Give what is planned where something about the row itself stands in the way."""
    nothing = planned._replace(target=NO_ENTRY, next_entry=NO_ENTRY, remaining_steps=0)
    return nothing._replace(status=status.value, reason=reason)


def with_malformed(
    codes: Codes, planned: Sequence[Planned], fit: Mask, too_wide: Mask | None
) -> tuple[Codes, list[Planned]]:
    """Give rows that are malformed codes of their own, and say what is planned for these."""
    every = list(planned)
    for wrong, reason in ((~fit, "device_id"), (too_wide, TOO_WIDE)):
        if wrong is not None and wrong.any():
            codes = np.where(wrong, codes % len(planned) + len(every), codes)
            every += [without_step(each, OfTheRow.MALFORMED, reason) for each in planned]
    return codes, every


def with_no_region(
    codes: Codes, planned: Sequence[Planned], regions: Regions, heading: str
) -> tuple[Codes, list[Planned]]:
    """Give rows that have a step and no region codes of their own: their step can be given no day."""
    nowhere = np.array([not name for name in regions.names], np.bool_)[regions.codes]
    nowhere &= np.array([each.next_entry != NO_ENTRY for each in planned], np.bool_)[codes]
    if not nowhere.any():
        return codes, list(planned)
    more = [without_step(each, OfTheRow.NO_REGION, f"nothing in {heading}") for each in planned]
    return np.where(nowhere, codes + len(planned), codes), [*planned, *more]


def plan_table(
    device_ids: pa.StringArray, codes: Codes, planned: Sequence[Planned], regions: Regions | None = None
) -> pa.Table:
    """Give the rows of a plan: Device IDs, for each the code of what is planned for it, and perhaps regions.

    Cost: linear, some 10 ns a row.
    """
    values = zip(*planned, strict=True) if planned else [()] * len(Planned._fields)
    columns = {name: _column(name, each, codes) for name, each in zip(Planned._fields, values, strict=True)}
    if regions:
        columns[REGION] = _column(REGION, regions.names, regions.codes)
    return pa.table({"device_id": device_ids, **columns})


def count_planned(codes: Codes, planned: Sequence[Planned]) -> Counter[Planned]:
    """Count the rows for which the same is planned."""
    found: Counter[Planned] = Counter()
    for each, rows in zip(planned, np.bincount(codes, minlength=len(planned)).tolist(), strict=True):
        if rows:
            found[each] += rows
    return found


def _column(name: str, values: Sequence[Any], codes: Codes) -> pa.Array:
    """Give a column; 0 and '' stand for nothing, which is null in a plan."""
    is_there = None
    if name != _NEVER_NULL and not all(values):
        is_there = np.array([bool(value) for value in values])[codes]
    if TYPES[name] != pa.string():
        return _array(np.array(values, TYPES[name].to_pandas_dtype())[codes], TYPES[name], is_there)
    places = {text: at for at, text in enumerate(dict.fromkeys(values))}
    indices = np.array([places[text] for text in values], np.int32)[codes]
    return pa.DictionaryArray.from_arrays(_array(indices, pa.int32(), is_there), pa.array(places, pa.string()))


def _array(numbers: Any, kind: pa.DataType, is_there: Mask | None) -> pa.Array:
    """Give numbers as an array, without copying them: Arrow's own way of marking nulls takes longer."""
    marks = None if is_there is None else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(numbers), [marks, pa.py_buffer(numbers)])
