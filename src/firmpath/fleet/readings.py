"""What an inventory says that a Device runs, and the CPL entries that it can mean.

Source: FEATURES F25; DOMAIN section 4.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import (
    CPLEntryID,
    parse_cpl_entry_id,
    parse_firmware_version,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
    parse_model,
)
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByHash, ByID, ByModelAndVersion, Reference, find_candidates


class Reading(NamedTuple):
    """What the inventory says of a Device's firmware, as it is written; '' where it says nothing."""

    cpl_entry_id: str = ""
    device_type: str = ""
    manufacturer_id: str = ""
    model: str = ""
    firmware_version: str = ""
    manufacturer_image_hash: str = ""


class Understood(NamedTuple):
    """How a reading names firmware, and the entries it can mean: none where the CPL has no such firmware.

    `contradicted` names the column by which entries that the rest of the reading means were ruled out.
    """

    reference: Reference
    candidates: Steps
    contradicted: str = ""


class NotUnderstood(NamedTuple):
    """A reading that names no firmware: the columns that are at fault, and what is wrong with each."""

    columns: tuple[str, ...]
    faults: tuple[Fault, ...]


COLUMNS: Final = Reading._fields
"""The columns of an inventory that say what a Device runs."""

_WHOLE: Final = re.compile(r"([1-9]\d{0,15})\.0+", re.ASCII)
_MOST_EXACT: Final = 2**24
"""From here on a floating-point number of 32 bits may stand for one of its neighbours."""

_NOT_A_NUMBER: Final = "nan"
"""What programs write where they have nothing, in a column that they take for one of floating-point numbers."""


def _parse_entry_id(text: str) -> CPLEntryID:
    """Read a CPL Entry ID, which may have been a number with a fraction of nothing on the way, as in `473.0`.

    Only an id is a number. A firmware version that was taken for one, as `12345E03` can be, is not what it was.
    """
    whole = _WHOLE.fullmatch(text.strip())
    return parse_cpl_entry_id(whole[1] if whole and int(whole[1]) < _MOST_EXACT else text)


_PARSES: Final[dict[str, Callable[[str], Any]]] = {
    "cpl_entry_id": _parse_entry_id,
    "device_type": parse_device_type,
    "manufacturer_id": parse_manufacturer_id,
    "model": parse_model,
    "firmware_version": parse_firmware_version,
    "manufacturer_image_hash": parse_manufacturer_image_hash,
}
_SAID_BY_ENTRY: Final[dict[str, Callable[[CPLEntry], object]]] = {
    "device_type": lambda entry: entry.hardware_model.device_type,
    "manufacturer_id": lambda entry: entry.hardware_model.manufacturer_id,
    "model": lambda entry: entry.hardware_model.model,
    "firmware_version": lambda entry: entry.firmware_version,
    "manufacturer_image_hash": lambda entry: entry.manufacturer_image_hash,
}
_MODEL_AND_VERSION: Final = ("manufacturer_id", "model", "firmware_version")


def understand(
    catalogue: Catalogue, reading: Reading, columns: Collection[str] = COLUMNS
) -> Understood | NotUnderstood:
    """Find the entries that a reading can mean: by its id, else by model and version, else by its hash.

    Whatever else is read narrows them. Nothing that was read is passed over: what does not parse is a fault, even
    where the rest would do. `columns` are those that there are, so that no other one is said to be empty.
    """
    parsed, faults = _parsed(reading)
    if faults:
        return NotUnderstood(tuple(faults), tuple(faults.values()))
    reference = _reference(parsed)
    if reference is None:
        missing = _missing(parsed, columns)
        right = "give a CPL Entry ID, or the manufacturer identifier, model and firmware version, or the hash"
        wrong = f"{'is' if len(missing) == 1 else 'are'} empty"
        return NotUnderstood(missing, (Fault(", ".join(missing), "", wrong, right, quoted=False),))
    return _narrowed(catalogue, reference, parsed)


def says_nothing(text: str) -> bool:
    """Say whether a cell of an inventory is empty, or has what programs write for that."""
    return text.strip().casefold() in ("", _NOT_A_NUMBER)


def _parsed(reading: Reading) -> tuple[dict[str, Any], dict[str, Fault]]:
    parsed, faults = {}, {}
    for name, text in zip(COLUMNS, reading, strict=True):
        if not says_nothing(text):
            try:
                parsed[name] = _PARSES[name](text)
            except FirmpathError as error:
                faults[name] = error.faults[0]
    return parsed, faults


def _reference(parsed: dict[str, Any]) -> Reference | None:
    if "cpl_entry_id" in parsed:
        return ByID(parsed["cpl_entry_id"])
    if all(name in parsed for name in _MODEL_AND_VERSION):
        return ByModelAndVersion(*(parsed[name] for name in _MODEL_AND_VERSION))
    if "manufacturer_image_hash" in parsed:
        return ByHash(parsed["manufacturer_image_hash"])
    return None


def _missing(parsed: dict[str, Any], columns: Collection[str]) -> tuple[str, ...]:
    """Name the columns that are there, would suffice to name firmware, and are empty."""
    for together in (_MODEL_AND_VERSION, ("cpl_entry_id",), ("manufacturer_image_hash",)):
        if all(name in columns for name in together):
            return tuple(name for name in together if name not in parsed)
    return _MODEL_AND_VERSION


def _narrowed(catalogue: Catalogue, reference: Reference, parsed: dict[str, Any]) -> Understood:
    candidates = find_candidates(catalogue, reference)
    for name, wanted in parsed.items():
        said = _SAID_BY_ENTRY.get(name)
        if said is None or not candidates:
            continue
        left = tuple(_agreeing(catalogue, candidates, said, wanted))
        if not left:
            return Understood(reference, (), name)
        candidates = left
    return Understood(reference, candidates)


def _agreeing(
    catalogue: Catalogue, candidates: Steps, said: Callable[[CPLEntry], object], wanted: object
) -> Iterator[CPLEntryID]:
    return (each for each in candidates if said(catalogue[each]) == wanted)
