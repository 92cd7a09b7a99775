"""The header of an OTA file: its fields, and every way in which it cannot be right.

Source: DOMAIN section 5, which gives the layout; all numbers are little-endian.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion, ManufacturerID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

BEGINS: Final = bytes.fromhex("1EF1EE0B")
"""The upgrade file identifier 0x0BEEF11E, as it stands in a file."""

LONGEST_HEADER: Final = 69
"""Octets of a header with every optional field."""

_FIXED: Final = struct.Struct("<4sHHHHHIH32sI")
_VERSION: Final = 0x0100
_CREDENTIAL, _DESTINATION, _HARDWARE = 0x0001, 0x0002, 0x0004
_OCTETS_OF_OPTIONAL: Final = {_CREDENTIAL: 1, _DESTINATION: 8, _HARDWARE: 4}
_TERM: Final = "OTA header"


class OTAHeader(NamedTuple):
    """What the header of an OTA file says; lengths and sizes are in octets.

    `zigbee_stack_version` is a generation of the protocol (0002: ZigBee PRO). It is not the release of a stack that
    MP231 asks for, and is never taken for it. Source: DOMAIN section 5.
    """

    header_version: str
    header_length: int
    field_control: str
    manufacturer_id: ManufacturerID
    image_type: str
    file_version: FirmwareVersion
    zigbee_stack_version: str
    header_string: str
    total_image_size: int
    security_credential_version: int | NotKnown = NOT_KNOWN
    upgrade_file_destination: str | NotKnown = NOT_KNOWN
    minimum_hardware_version: str | NotKnown = NOT_KNOWN
    maximum_hardware_version: str | NotKnown = NOT_KNOWN


def parse_ota_header(octets: bytes) -> OTAHeader:
    """Read the header with which the octets begin, of which `LONGEST_HEADER` are enough.

    :raises FirmpathError: it is none, or not one that is understood; every fault of it.
    """
    if not octets.startswith(BEGINS):
        begins = octets[:4].hex(" ").upper() or "nothing"
        wrong = f"begins with {begins}, not with {BEGINS.hex(' ').upper()}"
        raise FirmpathError(Fault("OTA file", "", wrong, "give the OTA file as its maker made it", quoted=False))
    if len(octets) < _FIXED.size:
        wrong = f"ends after {len(octets)} octets, and has at least {_FIXED.size}"
        raise FirmpathError(Fault(_TERM, "", wrong, "get the whole file", quoted=False))
    header = _fixed_fields(octets)
    control = int(header.field_control, 16)
    faults = list(_faults_of_fixed_fields(header, control))
    if faults:
        raise FirmpathError(*faults)
    if len(octets) < header.header_length:
        wrong = f"ends after {len(octets)} of its {header.header_length} octets"
        raise FirmpathError(Fault(_TERM, "", wrong, "get the whole file", quoted=False))
    header = _with_optional_fields(header, octets, control)
    _refuse_no_hardware(header)
    return header


def _fixed_fields(octets: bytes) -> OTAHeader:
    _, version, length, control, maker, kind, file_version, stack, string, total = _FIXED.unpack_from(octets)
    return OTAHeader(
        f"{version:04X}",
        length,
        f"{control:04X}",
        ManufacturerID(f"{maker:04X}"),
        f"{kind:04X}",
        FirmwareVersion(f"{file_version:08X}"),
        f"{stack:04X}",
        string.rstrip(b"\0").decode("ascii", "backslashreplace"),
        total,
    )


def _faults_of_fixed_fields(header: OTAHeader, control: int) -> Iterator[Fault]:
    if int(header.header_version, 16) != _VERSION:
        right = f"{_VERSION:04X} is, and another version may have other fields"
        yield Fault("OTA header version", header.header_version, "is not understood", right)
    unknown = control & ~(_CREDENTIAL | _DESTINATION | _HARDWARE)
    if unknown:
        right = "only bits 0, 1 and 2 have a meaning"
        yield Fault("Field control", header.field_control, f"sets bits that mean nothing ({unknown:04X})", right)
    needed = _FIXED.size + sum(octets for bit, octets in _OCTETS_OF_OPTIONAL.items() if control & bit)
    if not unknown and header.header_length != needed:
        wrong = f"is not the length of the fields that field control {header.field_control} names"
        yield Fault("OTA header length", str(header.header_length), wrong, f"they have {needed} octets")
    if header.total_image_size < header.header_length:
        wrong = f"is less than the length of the header, {header.header_length}"
        yield Fault("Total image size", str(header.total_image_size), wrong, "it counts the header too")


def _with_optional_fields(header: OTAHeader, octets: bytes, control: int) -> OTAHeader:
    at = _FIXED.size
    if control & _CREDENTIAL:
        header = header._replace(security_credential_version=octets[at])
        at += 1
    if control & _DESTINATION:
        destination = octets[at : at + 8][::-1]
        header = header._replace(upgrade_file_destination=destination.hex("-").upper())
        at += 8
    if control & _HARDWARE:
        least, most = struct.unpack_from("<HH", octets, at)
        header = header._replace(minimum_hardware_version=f"{least:04X}", maximum_hardware_version=f"{most:04X}")
    return header


def _refuse_no_hardware(header: OTAHeader) -> None:
    least, most = header.minimum_hardware_version, header.maximum_hardware_version
    if least and most and int(least, 16) > int(most, 16):
        wrong = f"is above the maximum, {most}, so the image is for no hardware"
        raise FirmpathError(Fault("Minimum hardware version", least, wrong, "ask whoever made the file"))
