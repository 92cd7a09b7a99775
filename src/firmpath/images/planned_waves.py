"""The waves of a plan, as its folder has them: every number and file held against the manifest.

Source: docs/plan.md; FEATURES F41 and F52.
"""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from firmpath.fleet.manifest import FORMAT, NAME, VERSION
from firmpath.images.service_request import is_device_id
from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.identifiers import (
    CPLEntryID,
    FirmwareVersion,
    ManufacturerID,
    ManufacturerImageHash,
    parse_cpl_entry_id,
    parse_firmware_version,
    parse_manufacturer_id,
    parse_manufacturer_image_hash,
)
from firmpath.tables.files import read_octets

WAVES: Final = "waves"
_TERM: Final = "Manifest"
_FILE_NAME: Final = re.compile(r"to-[0-9]{1,16}-[0-9]{4,}\.txt")
_RIGHT: Final = "make the plan anew"


class PlannedFile(NamedTuple):
    """A file of a wave: where it is, how many Device IDs it has, and its SHA-256 as hex digits."""

    path: Path
    devices: int
    sha256: str

    def device_ids(self) -> tuple[str, ...]:
        """Read the Device IDs, in their order.

        :raises FirmpathError: the file is not what the manifest says.
        """
        octets = read_octets(self.path)
        device_ids = tuple(octets.decode("ascii", "replace").split())
        if hashlib.sha256(octets).hexdigest() != self.sha256 or len(device_ids) != self.devices:
            raise FirmpathError(Fault("File", self.path.name, "is not the one of the manifest", _RIGHT))
        if not all(map(is_device_id, device_ids)):
            raise FirmpathError(Fault("File", self.path.name, "has a line that is no Device ID", _RIGHT))
        return device_ids


class PlannedWave(NamedTuple):
    """The Devices whose next step is an entry, and what the plan says of that entry."""

    cpl_entry_id: CPLEntryID
    service_request: str
    device_type: DeviceType
    manufacturer_id: ManufacturerID
    firmware_version: FirmwareVersion
    manufacturer_image_hash: ManufacturerImageHash
    files: tuple[PlannedFile, ...]


def read_planned_waves(plan: str) -> tuple[PlannedWave, ...]:
    """Read the manifest of a plan; the files themselves are read when they are asked for.

    :raises FirmpathError: there is none, or it is not one that is understood; every fault of it.
    """
    folder = Path(plan) / WAVES
    octets = read_octets(folder / NAME)
    try:
        manifest = json.loads(octets)
    except (ValueError, RecursionError):
        raise FirmpathError(_fault("is not JSON")) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise FirmpathError(_fault(f"is not of the format {FORMAT}"))
    if manifest.get("version") != VERSION:
        raise FirmpathError(_fault(f"has the version {manifest.get('version')!r:.20}, and {VERSION} is understood"))
    waves = manifest.get("waves")
    if not isinstance(waves, list):
        raise FirmpathError(_fault("lists no waves"))
    found: list[PlannedWave] = []
    faults: list[Fault] = []
    for at, wave in enumerate(waves, 1):
        try:
            found.append(_wave(folder, wave))
        except FirmpathError as error:
            faults += (fault.at(f"in wave {at} of the manifest") for fault in error.faults)
    refuse_if_any(faults)
    return tuple(found)


def _wave(folder: Path, wave: object) -> PlannedWave:
    if not isinstance(wave, dict):
        raise FirmpathError(_fault("has a wave that is no object"))
    files = wave.get("files")
    if not isinstance(files, list) or not all(map(_is_file, files)):
        raise FirmpathError(_fault("has a wave without its files"))
    if wave.get("service_request") not in ("11.1 + 11.3", "11.4"):
        raise FirmpathError(_fault(f"names the service request {wave.get('service_request')!r:.40}"))
    return PlannedWave(
        _read(wave, "cpl_entry_id", parse_cpl_entry_id),
        wave["service_request"],
        _read(wave, "device_type", parse_device_type),
        _read(wave, "manufacturer_id", parse_manufacturer_id),
        _read(wave, "firmware_version", parse_firmware_version),
        _read(wave, "manufacturer_image_hash", parse_manufacturer_image_hash),
        tuple(PlannedFile(folder / each["name"], each["devices"], each["sha256"]) for each in files),
    )


def _read(wave: dict[str, Any], name: str, parse: Callable[[str], Any]) -> Any:
    return parse(str(wave.get(name, "")))


def _is_file(file: object) -> bool:
    return (
        isinstance(file, dict)
        and isinstance(name := file.get("name"), str)
        and _FILE_NAME.fullmatch(name) is not None  # so that it lies in the folder, and nowhere else
        and type(file.get("devices")) is int
        and isinstance(file.get("sha256"), str)
    )


def _fault(wrong: str) -> Fault:
    return Fault(_TERM, "", wrong, _RIGHT, quoted=False)
