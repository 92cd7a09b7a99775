"""Where an inventory is, in which form, and under which names it has the columns that are needed."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.column_types import check_types
from firmpath.fleet.csv_lines import read_headings, refused
from firmpath.fleet.headings import (
    DEVICE_ID,
    DEVICE_STATUS,
    SPELLINGS,
    STATUS_SPELLINGS,
    find_headings,
    meant_heading,
    names_firmware,
    without_firmware,
)
from firmpath.fleet.inventory_files import find_files
from firmpath.fleet.readings import COLUMNS
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.tables.files import file_fault, shown_path
from firmpath.tables.mapping import listed

ENDINGS: Final = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".csv.zst": "csv",
}
"""What the ending of a file's name says about its form."""

REGION: Final = "region"


class Inventory(NamedTuple):
    """An inventory to read: the files, in order; their form; and the heading of each column that is used.

    `others` are headings of columns that are no part of a plan, and are read besides.
    """

    files: tuple[str, ...]
    form: str
    headings: tuple[str, ...]
    used: Mapping[str, str]
    others: tuple[str, ...] = ()

    @property
    def reading_columns(self) -> tuple[str, ...]:
        """The columns that say what a Device runs, in their order."""
        return tuple(each for each in COLUMNS if each in self.used)

    @property
    def has_regions(self) -> bool:
        """Whether a column of the inventory was named as that of regions."""
        return REGION in self.used

    @property
    def coded_headings(self) -> tuple[str, ...]:
        """The headings of the columns that are read as codes: all that are used but the Device ID's, each once."""
        columns = (*self.reading_columns, *([REGION] if self.has_regions else ()))
        headings = dict.fromkeys((*(self.used[each] for each in columns), *self.others))
        return tuple(each for each in headings if each != self.used[DEVICE_ID])

    @property
    def named(self) -> str:
        """How a fault names it: by its one file, or by the folder that has all of them."""
        return shown_path(self.files[0] if len(self.files) == 1 else os.path.commonpath(self.files))


def find_inventory(
    path: str, mapping: Mapping[str, str], region: str = "", with_statuses: bool = False
) -> Inventory:
    """Find the files of an inventory, and their columns. `mapping` names columns: ours → the heading.

    `region` is the heading of the column that names regions, which may be a column of ours as well; '' for none.
    Case, `_`, spaces and dashes are forgiven in both. Where it is to be `with_statuses`, it has to have them.

    :raises FirmpathError: there is none, of a form that is not known, or a column is missing or there twice.
    """
    files = find_files(path)
    forms = {form_of(file) for file in files}
    if len(forms) > 1:
        wrong = f"has files of several forms: {', '.join(sorted(forms))}"
        raise refused(path, wrong, "put those of each form in a folder of its own")
    form = forms.pop()
    types = _types(files, form)
    headings = tuple(types)
    regions = {REGION: meant_heading(region, "to name regions", headings)} if region else {}
    used = _used(headings, mapping, path) | regions
    inventory = Inventory(files, form, headings, used)
    found = _with_statuses(inventory, path) if with_statuses else inventory
    read = (found.used[DEVICE_ID], *found.coded_headings)
    refuse_if_any(check_types(files[0], {each: types[each] for each in read}))
    return found


def _with_statuses(inventory: Inventory, path: str) -> Inventory:
    """Give the inventory with its column of statuses among those that are read."""
    heading = status_heading(inventory)
    if not heading:
        right = f"it has {listed(inventory.headings)}; say which it is: --column {DEVICE_STATUS}=HEADING"
        raise refused(path, f"has no column {DEVICE_STATUS}", right)
    return inventory._replace(used={**inventory.used, DEVICE_STATUS: heading}, others=(heading,))


def status_heading(inventory: Inventory) -> str:
    """Give the heading of the column that has the statuses of Devices; '' for none.

    :raises FirmpathError: several could be meant.
    """
    named = {ours: heading for ours, heading in inventory.used.items() if ours == DEVICE_STATUS}
    taken = (heading for ours, heading in inventory.used.items() if ours not in (DEVICE_STATUS, REGION))
    return find_headings(inventory.headings, named, {DEVICE_STATUS: STATUS_SPELLINGS}, taken).get(DEVICE_STATUS, "")


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Refuse a file in words if what is done with it inside cannot be done.

    :raises FirmpathError: it cannot be read.
    """
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0].rstrip(". ")
        if "UTF8" in said or isinstance(error, UnicodeDecodeError):
            raise refused(file, "has a column of octets that are no text in UTF-8", "write it as text") from None
        raise refused(file, f"cannot be read: {said}", "see that it is whole") from None


def form_of(file: str) -> str:
    """Give the form that a file's name says, `csv` or `parquet`.

    :raises FirmpathError: it is neither.
    """
    found = next((form for ending, form in ENDINGS.items() if file.lower().endswith(ending)), "")
    if not found:
        right = f"name a file that ends in {', '.join(ENDINGS)}"
        raise FirmpathError(file_fault(file, "is of no form that is known", right))
    return found


def _types(files: tuple[str, ...], form: str) -> dict[str, pa.DataType]:
    """Give the headings, which all files have alike, with the types of their values, which they have alike too."""
    first = _columns(files[0], form)
    for other in files[1:]:
        if _columns(other, form) != first:
            wrong = f"has other columns than {files[0]}, or of other types"
            raise FirmpathError(file_fault(other, wrong, "give files with the same columns in the same order"))
    return dict(first)


def _columns(file: str, form: str) -> list[tuple[str, pa.DataType]]:
    with readable(file):
        if form == "parquet":
            columns = [(each.name, each.type) for each in pq.read_schema(file)]
        else:
            columns = [(each, pa.string()) for each in read_headings(file)]
    headings = [each for each, _ in columns]
    refuse_if_any(_twice(heading, times, file) for heading, times in sorted(Counter(headings).items()) if times > 1)
    return columns


def _twice(heading: str, times: int, file: str) -> Fault:
    if heading:
        return Fault("Heading", heading, "is there twice", "give each column its own", f"in {shown_path(file)}")
    right = "give each a heading, or take out columns with nothing in them"
    return Fault("Inventory", shown_path(file), f"has {times:,} columns without a heading", right)


def _used(headings: tuple[str, ...], mapping: Mapping[str, str], path: str) -> dict[str, str]:
    used = find_headings(headings, mapping, {ours: SPELLINGS[ours] for ours in (DEVICE_ID, *COLUMNS)})
    _require_columns(used, headings, path)
    return used


def _require_columns(used: Mapping[str, str], headings: tuple[str, ...], path: str) -> None:
    has = f"it has {listed(headings)}"
    if DEVICE_ID not in used:
        right = f"{has}; say which it is: --column device_id=HEADING"
        raise refused(path, "has no column device_id", right)
    if not names_firmware(used):
        wrong, hint = without_firmware(headings)
        raise refused(path, wrong, "; ".join(filter(None, (has, hint, "name them with --column OURS=HEADING"))))
