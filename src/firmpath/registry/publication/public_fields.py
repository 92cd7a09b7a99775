"""What the public may read: one list, by which API, pages, tables and feed leave everything else out.

The CPL is published; what the FIR adds to it is for SEC Parties. Source: MP231 sections 2 and 3.
"""

from collections.abc import Iterable
from typing import Any, Final

PUBLIC_FIELDS: Final = frozenset(
    {
        *("cpl_entry_id", "device_type", "manufacturer_id", "manufacturer_name", "model_id", "hardware_version"),
        *("hardware_revision", "firmware_version", "firmware_name", "smets_chts_version", "gbcs_version"),
        *("manufacturer_image_hash", "cpa_certificate", "cpa_valid_until", "zigbee_certificate", "zigbee_band"),
        *("status", "listed_on", "removed_on"),
    }
)
"""The fields of the CPL, by their names in tables and in JSON. A field that is not named here is not public."""


def are_public(fields: Iterable[str]) -> bool:
    """Say whether all of these fields may be read by everybody."""
    return PUBLIC_FIELDS.issuperset(fields)


def public_part(fields: dict[str, Any]) -> dict[str, Any]:
    """Give of an entry's fields those that everybody may read."""
    return {name: value for name, value in fields.items() if name in PUBLIC_FIELDS}
