"""The manifest of the waves: for each next step the service request, the firmware, and the files of Device IDs.

Source: FEATURES F41; DOMAIN section 5.
"""

import json
from pathlib import Path
from typing import Any

from firmpath.fleet.days import NO_LIMIT, Limits
from firmpath.fleet.days_off import NO_DAYS_OFF
from firmpath.fleet.finishing import finish_as_json
from firmpath.fleet.headings import DEVICE_ID, DEVICE_STATUS
from firmpath.fleet.manifest_form import FORMAT, NAME, VERSION, service_request
from firmpath.fleet.plan import Plan
from firmpath.fleet.readings import COLUMNS
from firmpath.fleet.waves import Wave, WaveFile
from firmpath.pathways.identifiers import CPLEntryID, write_instant


def write_manifest(folder: Path, plan: Plan) -> None:
    """Write the manifest beside the files that it lists; the same plan gives the same bytes."""
    accepted = sorted(plan.order.question.accepted)
    written: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "as_at": str(plan.as_at),
        **_asked(plan),
        "devices_in_a_file_at_most": plan.order.wave_size,
        **({"accepted_notices": accepted, "because": plan.order.because} if accepted else {}),
        **_excluded(plan),
        **({"limits": _limits(plan, plan.order.limits)} if plan.order.limits else {}),
        **finish_as_json(plan),
        "devices": sum(wave.devices for wave in plan.waves),
        "waves": [_wave(plan, wave) for wave in plan.waves],
    }
    (folder / NAME).write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _asked(plan: Plan) -> dict[str, Any]:
    """Give how the inventory and the CPL were read, and what Devices are to run."""
    order, used = plan.order, plan.inventory.used
    columns = {ours: used[ours] for ours in (DEVICE_ID, *COLUMNS) if ours in used}
    targets = sorted(order.question.targets.values()) if order.question.targets is not None else []
    return {
        **({"known_at": write_instant(order.known_at)} if order.known_at else {}),
        "columns": columns,
        **({"targets": targets} if targets else {}),
        **({"status_column": used[DEVICE_STATUS]} if order.only_commissioned else {}),
        **{name: value for name, value in order.read_as._asdict().items() if value},
    }


def _excluded(plan: Plan) -> dict[str, Any]:
    entries, notices = sorted(plan.catalogue.excluded), sorted(plan.order.excluded_notices)
    named = {"excluded_entries": entries, "excluded_notices": notices}
    return {name: ids for name, ids in named.items() if ids}


def _limits(plan: Plan, limits: Limits) -> dict[str, Any]:
    region = {"devices_a_day_in_a_region": limits.in_a_region, "region_column": limits.region_column}
    return {
        "first_day": str(limits.first_day),
        **({"not_on": list(limits.not_on.written())} if limits.not_on != NO_DAYS_OFF else {}),
        "days": plan.days,
        **({"last_day": str(limits.on(plan.days))} if plan.days else {}),
        **({"devices_a_day": limits.in_all} if limits.in_all < NO_LIMIT else {}),
        **(region if limits.region_column else {}),
    }


def _wave(plan: Plan, wave: Wave) -> dict[str, Any]:
    entry = plan.catalogue[CPLEntryID(wave.next_entry)]
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
        "files": [_file(plan.order.limits, each) for each in wave.files],
    }


def _file(limits: Limits | None, file: WaveFile) -> dict[str, Any]:
    written = {"name": file.name, "devices": file.devices, "sha256": file.sha256}
    return {**written, "day": file.day, "on": str(limits.on(file.day))} if limits else written
