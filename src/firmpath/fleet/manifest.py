"""The manifest of the waves: for each next step the service request, the firmware, and the files of Device IDs.

Source: FEATURES F41; DOMAIN section 5.
"""

import json
from pathlib import Path
from typing import Any, Final

from firmpath.fleet.plan import Plan
from firmpath.fleet.waves import Wave
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import CPLEntryID

FORMAT: Final = "firmpath-waves"
VERSION: Final = 1
NAME: Final = "manifest.json"

_DISTRIBUTE_THEN_ACTIVATE: Final = "11.1 + 11.3"
_IN_ONE: Final = "11.4"


def service_request(device_type: DeviceType) -> str:
    """Name the service requests by which firmware comes to a Device of a type. Source: DOMAIN section 5."""
    return _IN_ONE if device_type is DeviceType.PPMID else _DISTRIBUTE_THEN_ACTIVATE


def write_manifest(folder: Path, plan: Plan) -> None:
    """Write the manifest beside the files that it lists; the same plan gives the same bytes."""
    accepted = sorted(plan.order.question.accepted)
    written: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "as_at": str(plan.as_at),
        "devices_in_a_file_at_most": plan.order.wave_size,
        **({"accepted_notices": accepted, "because": plan.order.because} if accepted else {}),
        "devices": sum(wave.devices for wave in plan.waves),
        "waves": [_wave(plan.catalogue, wave) for wave in plan.waves],
    }
    (folder / NAME).write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _wave(catalogue: Catalogue, wave: Wave) -> dict[str, Any]:
    entry = catalogue[CPLEntryID(wave.next_entry)]
    device_type = entry.hardware_model.device_type
    return {
        "cpl_entry_id": wave.next_entry,
        "service_request": service_request(device_type),
        "device_type": device_type.value,
        "manufacturer_id": str(entry.hardware_model.manufacturer_id),
        "model": entry.hardware_model.model,
        "firmware_version": str(entry.firmware_version),
        **({"firmware_name": str(entry.published.firmware_name)} if entry.published.firmware_name else {}),
        "manufacturer_image_hash": str(entry.manufacturer_image_hash),
        "devices": wave.devices,
        "files": [each._asdict() for each in wave.files],
    }
