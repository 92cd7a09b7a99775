"""OTA files for entries of an invented list: a few octets with the hash that the list has, and a true header.

An invented hash is that of an invented image, so a request can be tried out whole. No real image can be made so.
"""

import struct
from hashlib import sha256
from typing import Final

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.faults import Fault, FirmpathError

_BEGINS: Final = bytes.fromhex("1EF1EE0B")
_HEADER: Final = struct.Struct("<4sHHHHHIH32sIHH")
_VERSION, _HARDWARE_IS_THERE, _ZIGBEE_PRO = 0x0100, 0x0004, 0x0002
_MOST_RELEASES: Final = 100
"""Of one history; the longest has fewer."""


def invented_image(seed: int, number: int, position: int) -> bytes:
    """Give the Manufacturer Image of a release of the history with this number."""
    return f"{seed}/{number}/{position}/image".encode()


def invent_ota_file(entry: CPLEntry, seed: int, entries: int) -> bytes:
    """Make the OTA file of an entry of an invented list of so many entries.

    Cost: at most a hundred hashes for each entry of the list.
    :raises FirmpathError: the entry has no image that was invented from this seed.
    """
    wanted = entry.manufacturer_image_hash
    for number in range(entries):
        for position in range(_MOST_RELEASES):
            image = invented_image(seed, number, position)
            if sha256(image).hexdigest().upper() == wanted:
                return _header(entry, len(image)) + image
    wrong = f"has no image that was invented from the seed {seed}"
    right = "give the seed that the list was made from; that of the example is 24"
    raise FirmpathError(Fault("CPL entry", str(entry.cpl_entry_id), wrong, right, quoted=False))


def _header(entry: CPLEntry, octets: int) -> bytes:
    hardware = entry.hardware_model
    own = int(f"{hardware.hardware_version}{hardware.hardware_revision}", 16)
    return _HEADER.pack(
        _BEGINS,
        _VERSION,
        _HEADER.size,
        _HARDWARE_IS_THERE,
        int(hardware.manufacturer_id, 16),
        int(hardware.model_id, 16),
        int(str(entry.firmware_version), 16),
        _ZIGBEE_PRO,
        b"invented for practice",
        _HEADER.size + octets,
        own,
        own,
    )
