"""Invented OTA files and service requests of a few octets."""

import hashlib
import struct
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

ORIGINATOR, BROKER = "02-00-00-00-00-00-0A-01", "90-B3-D5-1F-30-00-00-02"
"""Who asks, and the Access Control Broker of the published requests."""

SIGNATURE_BLOCK = bytes.fromhex("0040") + bytes(range(64))
"""What stands at the end of some files and looks like a signature."""


def ota_file(
    image: bytes = b"an invented image",
    block: bytes = b"",
    *,
    maker: int = 0xF001,
    image_type: int = 0x0005,
    version: int = 0x0002012F,
    hardware: tuple[int, int] = (0x0203, 0x0203),
    **other: Any,
) -> bytes:
    """Make an OTA file whose header is true, unless some field is given another value."""
    fields: dict[str, Any] = {
        "begins": bytes.fromhex("1EF1EE0B"),
        "header_version": 0x0100,
        "header_length": 60,
        "field_control": 4,
        "stack": 2,
        "string": b"an invented firmware image",
        "total": 60 + len(image) + len(block),
        "optional": struct.pack("<HH", *hardware),
    } | other
    before = (fields["begins"], fields["header_version"], fields["header_length"], fields["field_control"])
    after = (maker, image_type, version, fields["stack"], fields["string"], fields["total"])
    optional: bytes = fields["optional"]
    return struct.pack("<4sHHHHHIH32sI", *before, *after) + optional + image + block


def ota_file_for(device_id: str, image: bytes = b"an invented image") -> bytes:
    """Make an OTA file for one Device alone."""
    only = bytes.fromhex(device_id.replace("-", ""))[::-1]
    return ota_file(image, header_length=64, field_control=2, total=64 + len(image), optional=only)


def hash_of(image: bytes) -> str:
    """Give the Manufacturer Image hash of an image."""
    return hashlib.sha256(image).hexdigest().upper()


def device(number: int) -> str:
    """Name a Device."""
    return bytes.fromhex(f"02{number:014X}").hex("-").upper()


def body_of_update(image: bytes, version: str, devices: Iterable[str], kind: str = "UpdateFirmware") -> str:
    """Make the body of an 11.1 or an 11.4."""
    listed = "".join(f"<sr:DeviceIDList>{each}</sr:DeviceIDList>" for each in devices)
    content = f"<sr:FirmwareImage>{b64encode(image).decode()}</sr:FirmwareImage>"
    return f"<sr:{kind}>{content}<sr:FirmwareVersion>{version}</sr:FirmwareVersion>{listed}</sr:{kind}>"


def request(reference: str, body: str, target: str = BROKER, more: str = "") -> bytes:
    """Make a service request, unsigned."""
    variant = {"11.3": 4, "11.2": 1}.get(reference, 8)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"><sr:Header>'
        f"<sr:RequestID>{ORIGINATOR}:{target}:1000</sr:RequestID>"
        f"<sr:CommandVariant>{variant}</sr:CommandVariant><sr:ServiceReference>{reference}</sr:ServiceReference>"
        f"<sr:ServiceReferenceVariant>{reference}</sr:ServiceReferenceVariant></sr:Header>"
        f"<sr:Body>{body}</sr:Body>{more}</sr:Request>"
    ).encode()


def update_request(
    devices: Iterable[str],
    image: bytes | None = None,
    version: str = "0002012F",
    reference: str = "11.1",
    target: str = BROKER,
) -> bytes:
    """Make an 11.1 or an 11.4 for some Devices."""
    kind = "UpdatePPMIDFirmware" if reference == "11.4" else "UpdateFirmware"
    body = body_of_update(ota_file() if image is None else image, version, devices, kind)
    return request(reference, body, target)


def activate_request(device_id: str, image_hash: str, execution: str = "") -> bytes:
    """Make an 11.3 for a Device."""
    when = f"<sr:ExecutionDateTime>{execution}</sr:ExecutionDateTime>" if execution else ""
    body = f"<sr:ActivateFirmware>{when}<sr:FirmwareHash>{image_hash}</sr:FirmwareHash></sr:ActivateFirmware>"
    return request("11.3", body, device_id)
