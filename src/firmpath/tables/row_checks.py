"""What has to agree between the cells of a row, and between rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from firmpath.pathways.faults import Fault
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.tables.cell_values import REFUSED, Status

RowFault = tuple[int, str, Fault]
"""The row, counted from 0; the column that the fault is shown at; the fault."""


def check_rows(values: dict[str, Sequence[Any]], row_numbers: list[int]) -> Iterator[RowFault]:
    """Yield entries that stand in two rows (R11), and status and dates that contradict each other (R10)."""
    yield from _check_repeated(values["cpl_entry_id"], row_numbers)
    removed = values.get("removed_on") or [NOT_KNOWN] * len(row_numbers)
    for index, status in enumerate(values["status"]):
        removed_on = removed[index]
        if status is Status.LISTED and removed_on is NOT_KNOWN:
            continue
        if status is not REFUSED and removed_on is not REFUSED:
            yield from _check_dates(index, status, values["listed_on"][index], removed_on)


def _check_repeated(entry_ids: Sequence[Any], row_numbers: list[int]) -> Iterator[RowFault]:
    if len(set(entry_ids)) == len(entry_ids):
        return
    first: dict[Any, int] = {}
    for index, entry_id in enumerate(entry_ids):
        before = first.setdefault(entry_id, row_numbers[index])
        if entry_id is not REFUSED and before != row_numbers[index]:
            wrong = f"is in row {before} already"
            right = "an entry has one row: take one of the two out, or put its CPL Entry ID right"
            yield index, "cpl_entry_id", Fault("CPL Entry ID", str(entry_id), wrong, right, rule="R11")


def _check_dates(index: int, status: Status, listed_on: Any, removed_on: Any) -> Iterator[RowFault]:
    if status is Status.REMOVED and removed_on is NOT_KNOWN:
        wrong = "has no Removal date"
        yield index, "status", Fault("Status", status, wrong, "write the day on which it was removed", rule="R10")
        return
    if status is Status.LISTED:
        wrong = "is given though the Status is listed"
        right = "write removed as the Status, or empty the Removal date"
        yield index, "removed_on", Fault("Removal date", removed_on.isoformat(), wrong, right, rule="R10")
    if isinstance(listed_on, date) and removed_on < listed_on:
        wrong = f"is before the Listing date {listed_on.isoformat()}"
        right = "put one of the two right"
        yield index, "removed_on", Fault("Removal date", removed_on.isoformat(), wrong, right, rule="R10")
