"""Service requests as XML, in the shape of the DCC's published samples, without a signature.

To sign is for the Supplier's own tool, which has the keys; nothing here ever sees one.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from firmpath.images.duis_header import COMMAND_VARIANTS, SCHEMA_VERSION
from firmpath.images.service_request import (
    NAMESPACE,
    UPDATE_PPMID_FIRMWARE,
    RequestID,
    write_execution,
)
from firmpath.pathways.identifiers import FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.not_known import NotKnown

_AT_ONCE: Final = 3 * 2**16
"""Octets of an image: a multiple of three, so that the Base64 of the pieces is that of the whole."""


class Addressed(NamedTuple):
    """Who asks whom: the RequestID, the service reference, and the version of the DUIS."""

    request_id: RequestID
    service_reference: str
    schema_version: str = SCHEMA_VERSION


class Readable(Protocol):
    """What an image is read from."""

    def read(self, octets: int, /) -> bytes:
        """Give the next octets, at most so many; none at the end."""


def write_distribution(
    addressed: Addressed, image: Readable, version: FirmwareVersion, device_ids: Iterable[str]
) -> Iterator[bytes]:
    """Yield an 11.1 or 11.4 piece by piece; the image is read from where it is to its end.

    Cost: linear in the image and the Devices, in constant memory.
    """
    kind = "UpdatePPMIDFirmware" if addressed.service_reference == UPDATE_PPMID_FIRMWARE else "UpdateFirmware"
    yield f"{_head(addressed)}    <sr:{kind}>\n      <sr:FirmwareImage>".encode()
    while piece := image.read(_AT_ONCE):
        yield b64encode(piece)
    yield f"</sr:FirmwareImage>\n      <sr:FirmwareVersion>{version}</sr:FirmwareVersion>\n".encode()
    for device_id in device_ids:
        yield f"      <sr:DeviceIDList>{device_id}</sr:DeviceIDList>\n".encode()
    yield f"    </sr:{kind}>\n{_TAIL}".encode()


def write_activation(
    addressed: Addressed, image_hash: ManufacturerImageHash, executes_at: datetime | NotKnown
) -> bytes:
    """Give an 11.3 for the Device that its RequestID names; to be executed at once, unless an instant is given."""
    when = ""
    if executes_at:
        when = f"      <sr:ExecutionDateTime>{write_execution(executes_at)}</sr:ExecutionDateTime>\n"
    body = f"{when}      <sr:FirmwareHash>{image_hash}</sr:FirmwareHash>\n"
    return f"{_head(addressed)}    <sr:ActivateFirmware>\n{body}    </sr:ActivateFirmware>\n{_TAIL}".encode()


def _head(addressed: Addressed) -> str:
    reference = addressed.service_reference
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sr:Request xmlns:sr="{NAMESPACE}" schemaVersion="{addressed.schema_version}">
  <sr:Header>
    <sr:RequestID>{addressed.request_id}</sr:RequestID>
    <sr:CommandVariant>{COMMAND_VARIANTS[reference]}</sr:CommandVariant>
    <sr:ServiceReference>{reference}</sr:ServiceReference>
    <sr:ServiceReferenceVariant>{reference}</sr:ServiceReferenceVariant>
  </sr:Header>
  <sr:Body>
"""


_TAIL: Final = "  </sr:Body>\n</sr:Request>\n"
