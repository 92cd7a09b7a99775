"""A small inventory that was given as text: CSV, or a table as spreadsheets copy it, with a row for each Device.

What a file of it would mean is meant here too; nothing is written anywhere, and no engine is loaded.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from firmpath.fleet.device_id_spelling import spelt_as_in_duis
from firmpath.fleet.headings import (
    DEVICE_ID,
    DEVICE_STATUS,
    SPELLINGS,
    find_headings,
    names_firmware,
    without_firmware,
)
from firmpath.fleet.readings import COLUMNS, Reading
from firmpath.images.known_devices import OWN_COLUMNS, READ_ON, Inventoried, KnownDevice, likely_device_id
from firmpath.images.service_request import is_device_id
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.tables.mapping import listed

TERM: Final = "Inventory"
_MARK: Final = "\ufeff"
_OTHER_MARKS: Final = {";": "semicolons", "|": "bars"}


def decode_inventory(octets: bytes) -> str:
    """Give the text of a file.

    :raises FirmpathError: it is not in UTF-8.
    """
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        line = octets[: error.start].count(b"\n") + 1
        wrong = f"is not in UTF-8 in line {line:,}"
        if b"\0" in octets:
            wrong = "is in UTF-16, or is no text"
        raise _refused(wrong, "save it as CSV in UTF-8") from None


def read_inventory_text(text: str, device_ids: Collection[str], most_rows: int) -> Inventoried:
    """Read what an inventory has of some Devices.

    Cost: linear in the text.
    :raises FirmpathError: a column is missing or there twice, a cell has a line break, or there are too many rows.
    """
    rows = _rows(text.removeprefix(_MARK))
    headings = tuple(cell.strip() for cell in next(rows, ()))
    columns = _columns(headings)
    places = {ours: headings.index(heading) for ours, heading in columns.items()}
    wanted, found, unread = set(device_ids), dict[str, KnownDevice](), Counter[str]()
    for number, cells in enumerate(rows, 1):
        if number > most_rows:
            raise _refused(f"has more than {most_rows:,} rows", "give the rows of the Devices alone")
        given = {ours: cells[at] if at < len(cells) else "" for ours, at in places.items()}
        device_id = spelt_as_in_duis(given[DEVICE_ID])
        if not is_device_id(device_id):
            unread[likely_device_id(given[DEVICE_ID])] += 1
        elif device_id in wanted:
            again = found[device_id].rows + 1 if device_id in found else 1
            found[device_id] = _device(given, again, len(cells) > len(headings))
    for device_id in found.keys() & unread.keys():  # such a row can be the one that is right
        found[device_id] = found[device_id]._replace(rows=found[device_id].rows + unread[device_id])
    own = tuple(each for each in COLUMNS if each in columns)
    return Inventoried(found, DEVICE_STATUS in columns, READ_ON in columns, unread.total(), own)


def _device(given: Mapping[str, str], rows: int, is_too_wide: bool) -> KnownDevice:
    reading = Reading(*(given.get(each, "") for each in COLUMNS))
    return KnownDevice(reading, given.get(DEVICE_STATUS, ""), given.get(READ_ON, ""), rows, is_too_wide)


def _rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    mark = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    begins = 1
    try:
        for cells in reader:
            if any("\n" in cell or "\r" in cell for cell in cells):
                wrong = f"has a cell with a line break in line {begins:,}, and other rows may be lost in it"
                raise _refused(wrong, "see that every quotation mark is closed")
            if cells:
                yield cells
            begins = reader.line_num + 1
    except csv.Error:
        wrong = f"has a cell of more than {csv.field_size_limit():,} characters, or a character that is no text"
        raise _refused(wrong, "give it as it was exported") from None


def _columns(headings: tuple[str, ...]) -> dict[str, str]:
    """Say which heading is which column of ours."""
    if not any(headings):
        raise _refused("has no first line with headings", "give headings such as device_id and cpl_entry_id")
    other = next((name for mark, name in _OTHER_MARKS.items() if mark in headings[0]), "")
    if len(headings) == 1 and other:  # one column is too few in any case
        raise _refused(f"has {other} between its columns", "give it with commas or tabs between them")
    twice = (each for each, times in sorted(Counter(headings).items()) if times > 1)
    refuse_if_any(
        Fault(
            TERM,
            "",
            f"has the heading '{each}' more than once" if each else "has several columns without a heading",
            "give each column its own",
            quoted=False,
        )
        for each in twice
    )
    understood = {
        ours: SPELLINGS.get(ours, OWN_COLUMNS.get(ours, ())) for ours in (DEVICE_ID, *COLUMNS, *OWN_COLUMNS)
    }
    try:
        found = find_headings(headings, {}, understood)
    except FirmpathError as error:
        right = "name the right one as here, and the others otherwise"
        raise FirmpathError(
            *(
                Fault(TERM, "", f"has several columns for {each.term}: it {each.wrong}", right, quoted=False)
                for each in error.faults
            )
        ) from None
    if DEVICE_ID not in found:
        raise _refused("has no column device_id", f"it has {listed(headings)}; call the right one device_id")
    if not names_firmware(found):
        wrong, hint = without_firmware(headings)
        has = f"it has {listed(headings)}"
        raise _refused(wrong, "; ".join(filter(None, (has, hint or "call the right ones so"))))
    return found


def _refused(wrong: str, right: str) -> FirmpathError:
    return FirmpathError(Fault(TERM, "", wrong, right, quoted=False))
