"""The targets of a plan: the newest firmware for all, or one CPL entry for each hardware model, from a file."""

import csv
from collections.abc import Mapping
from typing import Final

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.tables.files import read_octets

COLUMN: Final = "target_cpl_entry_id"


def read_targets(path: str, catalogue: Catalogue) -> Mapping[HardwareModel, CPLEntryID]:
    """Read a CSV file with one CPL Entry ID in each row; a Device goes to the one that is for its own hardware.

    :raises FirmpathError: every fault of every row: no id, not on the CPL, a second target for the same hardware.
    """
    lines = read_octets(path).decode("utf-8-sig", "replace").splitlines()
    rows = list(csv.reader(lines))
    if not rows or [cell.strip() for cell in rows[0]] != [COLUMN]:
        wrong = f"does not begin with the heading {COLUMN}, alone"
        raise FirmpathError(Fault("Targets", path, wrong, "give one column with a CPL Entry ID in each row"))
    found: dict[HardwareModel, CPLEntryID] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            _add(found, catalogue, parse_cpl_entry_id(" ".join(row)))
        except FirmpathError as error:
            faults += (fault.at(f"in row {number}") for fault in error.faults)
    refuse_if_any(faults)
    return found


def _add(found: dict[HardwareModel, CPLEntryID], catalogue: Catalogue, target: CPLEntryID) -> None:
    if target not in catalogue:
        wrong = f"is not on this CPL as at {catalogue.as_at}"
        raise FirmpathError(Fault("CPL entry", str(target), wrong, "check it", quoted=False))
    hardware = catalogue[target].hardware_model
    other = found.setdefault(hardware, target)
    if other != target:
        wrong = f"is for the same hardware as {other}, {hardware}"
        raise FirmpathError(Fault("CPL entry", str(target), wrong, "give each hardware one target", quoted=False))
