"""The targets of a plan: the newest firmware for all, or one CPL entry for each hardware model, from a file."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.reference import parse_reference, require_one
from firmpath.pathways.upgrades import BarKind
from firmpath.tables.binary_files import what_it_is
from firmpath.tables.csv_reading import decode
from firmpath.tables.files import read_octets

COLUMN: Final = "target"

_RIGHT: Final = f"name a CSV file in UTF-8 that has the one column {COLUMN}, with an entry in each row"

_CLOSED: Final = {
    BarKind.WITHDRAWN: "is withdrawn",
    BarKind.CERTIFICATE_ENDED: "has no CPA certificate any more",
    BarKind.EXCLUDED: "is excluded",
}
"""Why nothing can be a target; the core's words for what closes an entry."""


def read_targets(path: str, catalogue: Catalogue) -> Mapping[HardwareModel, CPLEntryID]:
    """Read a CSV file that names an entry in each row; a Device goes to the one that is for its own hardware.

    An entry is named by its CPL Entry ID, by manufacturer/model@version, or by its hash.

    :raises FirmpathError: every fault of every row: no entry, one of several, one that no Device may be taken to,
        a second one for the same hardware.
    """
    found: dict[HardwareModel, tuple[int, CPLEntryID]] = {}
    faults: list[Fault] = []
    for number, written in _rows(path):
        try:
            _add(found, catalogue, number, written)
        except FirmpathError as error:
            faults += (fault.at(f"in row {number} of {path}") for fault in error.faults)
    refuse_if_any(faults)
    if not found:
        raise FirmpathError(Fault("Targets", path, "names no entry", "give one in each row, or --target newest"))
    return {hardware: target for hardware, (_, target) in found.items()}


def _rows(path: str) -> Iterator[tuple[int, str]]:
    """Give each row that is not blank, with its number."""
    try:
        rows = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        right = "see that each row has one entry, and that every quotation mark is closed"
        raise FirmpathError(Fault("Targets", path, f"cannot be split into cells ({error})", right)) from None
    if not rows or [cell.strip().casefold() for cell in rows[0]] != [COLUMN]:
        wrong, right = f"does not begin with the heading {COLUMN}, alone", "name one entry in each row below it"
        raise FirmpathError(Fault("Targets", path, wrong, right))
    return ((number, ",".join(row)) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row))


def _text(path: str) -> str:
    octets = read_octets(path, right=_RIGHT)
    if kind := what_it_is(octets):
        raise FirmpathError(Fault("Targets", path, f"is {kind}, from which targets are not read", _RIGHT))
    return decode(octets, path, _RIGHT)


def _add(
    found: dict[HardwareModel, tuple[int, CPLEntryID]], catalogue: Catalogue, number: int, written: str
) -> None:
    target = require_one(catalogue, parse_reference(written))
    closed = catalogue.upgrades(catalogue.family_of(target)).closed.get(target)
    if closed:
        wrong = f"{_CLOSED[closed.kind]}, so no Device may be taken to it"
        raise FirmpathError(Fault("CPL entry", str(target), wrong, "name another one", quoted=False))
    hardware = catalogue[target].hardware_model
    row, other = found.setdefault(hardware, (number, target))
    if other != target:
        wrong = f"is for the same hardware as {other} in row {row}, {hardware}"
        raise FirmpathError(Fault("CPL entry", str(target), wrong, "give each hardware one target", quoted=False))
