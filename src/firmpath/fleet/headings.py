"""Which heading of an inventory is which column of ours, by the spellings that are understood for it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed, refuse_if_any, shortened
from firmpath.tables.mapping import listed, suggest

DEVICE_ID: Final = "device_id"
DEVICE_STATUS: Final = "device_status"
STATUS_SPELLINGS: Final = ("devicestatus", "status")
"""Headings that are understood for `device_status`, which is no column of a plan, besides its own name."""

SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    DEVICE_ID: ("device id", "deviceid", "guid", "eui64", "eui-64"),
    "cpl_entry_id": ("cpl entry id", "cplentryid", "cpl id"),
    "device_type": ("device type", "devicetype"),
    "manufacturer_id": ("manufacturer", "manufacturer identifier", "devicemanufacturer", "manufacturer id"),
    "model": ("device model", "devicemodel", "model id"),
    "firmware_version": ("firmware version", "firmwareversion", "devicefirmwareversion"),
    "manufacturer_image_hash": ("manufacturer image hash", "firmware hash", "firmwarehash", "hash"),
}
"""Headings that are understood besides a column's own name; case, `_` and spaces are forgiven."""


_HASHES: Final = re.compile("hash|sha.?256|digest|checksum", re.IGNORECASE)
_MOST_HASHES: Final = 3


def find_headings(
    headings: tuple[str, ...],
    named: Mapping[str, str],
    understood: Mapping[str, Iterable[str]],
    taken: Iterable[str] = (),
) -> dict[str, str]:
    """Say which heading is which column of ours: as named, by our own name, or by one that is understood for it.

    Case, `_`, spaces and dashes are forgiven in what is named, as long as one heading alone can be meant.

    :raises FirmpathError: every heading that is named and not there, or for which several could be meant.
    """
    parsed = all_parsed(
        *(partial(meant_heading, heading, f"named for {ours}", headings) for ours, heading in named.items())
    )
    found, others = dict(zip(named, parsed, strict=True)), set(taken)
    refuse_if_any(_check_once_each(found))
    for ours, spellings in understood.items():
        if ours in found:
            continue
        spelt = {_spelt(each) for each in (ours, *spellings)}
        meant = [each for each in headings if _spelt(each) in spelt and each not in {*others, *found.values()}]
        if len(meant) > 1:
            wrong = f"could be any of the columns {listed(meant)}"
            raise FirmpathError(Fault(ours, "", wrong, f"say which: --column {ours}=HEADING", quoted=False))
        if meant:
            found[ours] = meant[0]
    return found


def _check_once_each(found: Mapping[str, str]) -> Iterator[Fault]:
    """Find headings that are named for several columns."""
    for heading in dict.fromkeys(found.values()):
        columns = [ours for ours, meant in found.items() if meant == heading]
        if len(columns) > 1:
            yield Fault("Heading", heading, f"is named for {listed(columns)}", "name it for one")


def meant_heading(heading: str, use: str, headings: tuple[str, ...]) -> str:
    """Give the heading that is spelt so, else the only one that differs in case, `_`, spaces and dashes alone.

    :raises FirmpathError: there is none, or several.
    """
    meant = [each for each in headings if each == heading]
    meant = meant or [each for each in headings if _spelt(each) == _spelt(heading)]
    if len(meant) > 1:
        wrong = f"could be any of the columns {listed(meant)}"
        raise FirmpathError(Fault("Heading", heading, wrong, "write it as the inventory does"))
    if not meant:
        wrong = f"is {use}, and the inventory has no such column"
        right = suggest(heading, headings) or f"it has {listed(headings)}"
        raise FirmpathError(Fault("Heading", heading, wrong, right))
    return meant[0]


def names_firmware(used: Iterable[str]) -> bool:
    """Say whether columns are enough to say what a Device runs."""
    found = set(used)
    by_model = {"manufacturer_id", "model", "firmware_version"} <= found
    return by_model or bool({"cpl_entry_id", "manufacturer_image_hash"} & found)


def without_firmware(headings: tuple[str, ...]) -> tuple[str, str]:
    """Say what is wrong where no columns name firmware; and what headings that may be those of hashes can do.

    A hash names firmware by itself, but what a heading like that is the hash of, nobody but its owner knows.
    """
    wrong = "has neither cpl_entry_id nor manufacturer_id, model and firmware_version, nor manufacturer_image_hash"
    if not (hashes := [each for each in headings if _HASHES.search(each)]):
        return wrong, ""
    right = (
        f"if {' or '.join(map(shortened, hashes[:_MOST_HASHES]))} has the Manufacturer Image hash, that is enough"
    )
    return wrong, f"{right}: call it manufacturer_image_hash"


def _spelt(heading: str) -> str:
    return heading.casefold().replace("_", "").replace(" ", "").replace("-", "")
