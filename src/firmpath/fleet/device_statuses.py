"""Devices that the status an inventory gives them keeps from a step. Source: ADR 0041."""

from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa

from firmpath.fleet.commissioned import IN_USE, plain_status
from firmpath.fleet.joining import without_step
from firmpath.fleet.kinds import Kinds
from firmpath.fleet.planned import NO_ENTRY, NOTHING_IN, OfTheRow
from firmpath.fleet.rows import Codes, find_regions
from firmpath.pathways.faults import Fault, FirmpathError

MOST_STATUSES: Final = 100
"""The most different statuses of Devices in some rows: many times what the DUIS has."""


_LONGEST_SHOWN: Final = 60
"""Characters of a status; those of the DUIS have fewer than 20."""


def mark_not_commissioned(rows: Codes, kinds: Kinds, statuses: pa.DictionaryArray, heading: str) -> None:
    """Give rows that have a step, and whose Device is not Commissioned, other kinds; an empty status is none.

    Cost: linear, some 5 ns a row.
    :raises FirmpathError: there are more different statuses than there can be.
    """
    found = find_regions(statuses)
    if len(found.names) > MOST_STATUSES:
        wrong = f"has more than {MOST_STATUSES} different values, and there are not as many statuses of Devices"
        raise FirmpathError(Fault("Column", heading, wrong, "name the right one: --column device_status=HEADING"))
    is_held = np.array([plain_status(name) != IN_USE for name in found.names], np.bool_)[found.codes]
    places = np.flatnonzero(is_held & (kinds.columns()["next_entry"].values[rows] != NO_ENTRY))
    for code in np.unique(found.codes[places]).tolist():
        status = found.names[code]
        shown = status if len(status) <= _LONGEST_SHOWN else f"{status[:_LONGEST_SHOWN]}…"
        reason = f"{heading} is {shown}" if status else f"{NOTHING_IN}{heading}"
        held = places[found.codes[places] == code]
        without = partial(without_step, status=OfTheRow.NOT_COMMISSIONED, reason=reason)
        rows[held] = kinds.changed(rows[held], without)
