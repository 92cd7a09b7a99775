"""The answer to the first question to a warehouse: each different reading, with how many Devices have it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from firmpath.fleet.readings import Reading
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.tables.binary_files import what_it_is
from firmpath.tables.files import read_octets
from firmpath.tables.mapping import listed

COUNT: Final = "devices"
"""The column that counts the rows of a reading."""


def read_readings(path: str, columns: Sequence[str]) -> dict[Reading, int]:
    """Read the readings of an inventory from CSV, just as they are written there.

    Two rows may have come to be alike on the way, where a program took spaces away; they are counted together.

    :raises FirmpathError: every fault of every row, or the headings are others than were asked for.
    """
    rows = list(csv.reader(io.StringIO(_text(path), newline="")))
    headings = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if headings != [*columns, COUNT]:
        wrong = f"has the headings {listed(headings)}" if headings else "is empty"
        right = f"save the whole answer of readings.sql, headings too: {', '.join((*columns, COUNT))}"
        raise FirmpathError(Fault("Readings", path, wrong, right))
    refuse_if_any(fault for number, row in enumerate(rows[1:], 2) for fault in _check(row, len(headings), number))
    found: dict[Reading, int] = {}
    for *cells, count in filter(None, rows[1:]):
        reading = Reading(**dict(zip(columns, cells, strict=True)))
        found[reading] = found.get(reading, 0) + int(count)
    return found


def _text(path: str) -> str:
    octets = read_octets(path)
    if kind := what_it_is(octets):
        right = "save the answer of readings.sql as CSV in UTF-8"
        raise FirmpathError(Fault("Readings", path, f"is {kind}, from which readings are not read", right))
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"is not UTF-8 from octet {error.start + 1} on"
        raise FirmpathError(Fault("Readings", path, wrong, "save it as CSV in UTF-8")) from None


def _check(row: Sequence[str], cells: int, number: int) -> Iterator[Fault]:
    place = f"in row {number}"
    if row and len(row) != cells:
        wrong = f"has {len(row)} cells, and the headings are {cells}"
        yield Fault("Row", str(number), wrong, "save the answer as CSV once more", quoted=False)
    elif row and not (row[-1].isascii() and row[-1].isdecimal()):
        yield Fault(COUNT, row[-1], "is not a whole number", "save the answer as it is", where=place)
