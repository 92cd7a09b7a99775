"""The SSC's list as a table to take away."""

from collections.abc import Iterable, Sequence
from typing import Final

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.registry.ssc.stacks.listing import Count, Row
from firmpath.registry.ssc.stacks.queries import KnownStack, Waiting
from firmpath.tables import listing
from firmpath.tables.columns import COLUMN_NAMES
from firmpath.tables.entry_rows import row_of
from firmpath.tables.writing import workbook_octets

PUBLIC_HEADINGS: Final = (
    *("cpl_entry_id", "device_type", "manufacturer_id", "manufacturer_name", "model_id", "hardware_version"),
    *("hardware_revision", "firmware_version", "firmware_name", "manufacturer_image_hash", "zigbee_band"),
    *("status", "listed_on", "removed_on"),
)
HEADINGS: Final = (*PUBLIC_HEADINGS, "zigbee_chipset_vendor", "zigbee_stack_version")
"""The columns of the CPL that name an entry, and the two that are the SSC's; '' where nobody has said."""

_PLACES: Final = tuple(COLUMN_NAMES.index(name) for name in PUBLIC_HEADINGS)


def csv_of(rows: Iterable[Row]) -> bytes:
    """Give the rows as CSV."""
    return listing.csv_of(HEADINGS, map(_cells, rows))


def xlsx_of(rows: Iterable[Row]) -> bytes:
    """Give the rows as a workbook, every cell of it text."""
    return workbook_octets(HEADINGS, [_cells(row) for row in rows], "ZigBee")


_ZIGBEE: Final = ("zigbee_chipset_vendor", "zigbee_stack_version")


def counts_table(counts: Iterable[Count]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Give a row for each chipset vendor and stack version, with how many entries have them."""
    rows = [(*_texts(each.stack), str(each.listed), str(each.withdrawn)) for each in counts]
    return (*_ZIGBEE, "listed", "withdrawn"), rows


def waiting_table(waiting: Iterable[Waiting]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Give a row for each entry of a submission that is in review."""
    headings = ("submission", "party", "manufacturer_id", "firmware_version", *_ZIGBEE, "status")
    rows = [
        (each.submission, each.party, each.manufacturer_id, each.firmware_version, *_texts(each.stack), each.status)
        for each in waiting
    ]
    return headings, rows


def _texts(stack: KnownStack) -> tuple[str, ...]:
    return tuple(str(each) if each else "" for each in stack)


def public_cells(entry: CPLEntry) -> tuple[str, ...]:
    """Give the columns of the CPL that name an entry."""
    cells = row_of(entry)
    return tuple(cells[place] for place in _PLACES)


def _cells(row: Row) -> tuple[str, ...]:
    return (*public_cells(row.entry), *_texts(row.stack))
