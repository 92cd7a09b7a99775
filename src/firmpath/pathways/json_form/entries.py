"""A CPL entry as JSON."""

from typing import Any

from firmpath.pathways.base_firmware import Bases
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.not_known import NotKnown

Json = dict[str, Any]


def entry_json(entry: CPLEntry) -> Json:
    """Give everything on record about an entry; what is not known is left out."""
    hardware = entry.hardware_model
    published = entry.published
    bases = entry.base_firmware
    certificates, release = entry.certificates, entry.release_information
    fields: Json = {
        **brief_json(entry),
        "device_type": hardware.device_type.value,
        "manufacturer_id": hardware.manufacturer_id,
        "manufacturer_name": published.manufacturer_name,
        "model_id": hardware.model_id,
        "hardware_version": hardware.hardware_version,
        "hardware_revision": hardware.hardware_revision,
        "smets_chts_version": published.smets_chts_version,
        "gbcs_version": published.gbcs_version,
        "listed_on": entry.listed_on.isoformat(),
        "status": "removed" if entry.withdrawn_on else "listed",
        "removed_on": entry.withdrawn_on.isoformat() if entry.withdrawn_on else entry.withdrawn_on,
        "removal_reason": entry.withdrawal_reason,
        "zigbee_band": entry.zigbee_band.value if entry.zigbee_band else entry.zigbee_band,
        "base_firmware": list(bases.ids) if isinstance(bases, Bases) else str(bases) or "not provided",
        "base_firmware_reason": entry.base_firmware_reason,
        "responsible_party": entry.responsible_party,
    }
    for recorded in (certificates, release):
        fields |= recorded._asdict() if recorded else {}
    marks = (("stepping_stone", entry.stepping_stone), ("dead_end", entry.dead_end))
    for kind, mark in marks:
        if mark:
            fields.setdefault("marks", []).append(known({"kind": kind, "reason": mark.reason, "link": mark.link}))
    if entry.cpa_valid_until:
        fields["cpa_valid_until"] = entry.cpa_valid_until.isoformat()
    return known(fields)


def brief_json(entry: CPLEntry) -> Json:
    """Give what names an entry to a person and to a machine."""
    return known(
        {
            "cpl_entry_id": entry.cpl_entry_id,
            "firmware_version": str(entry.firmware_version),
            "firmware_name": entry.published.firmware_name,
            "manufacturer_image_hash": entry.manufacturer_image_hash,
        }
    )


def known(fields: Json) -> Json:
    """Leave out what is not known."""
    return {name: value for name, value in fields.items() if not isinstance(value, NotKnown)}
