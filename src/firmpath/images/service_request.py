"""Service requests as values: what they are called by, whom they are for, and what they carry.

Source: DUIS, as in DOMAIN section 5 and in the DCC's published samples.
"""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from firmpath.fleet.device_id_spelling import AS_IN_DUIS
from firmpath.images.manufacturer_image import Image
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

NAMESPACE: Final = "http://www.dccinterface.co.uk/ServiceUserGateway"
UPDATE_FIRMWARE: Final = "11.1"
ACTIVATE_FIRMWARE: Final = "11.3"
UPDATE_PPMID_FIRMWARE: Final = "11.4"

CANCELS_AT: Final = datetime(3000, 12, 31, tzinfo=UTC)
"""The ExecutionDateTime that cancels an activation which was to come."""

_CANCELS_FROM: Final = datetime(3000, 1, 1, tzinfo=UTC)
"""From then on nobody puts anything off: an instant that does not cancel was most likely meant to."""

MOST_DEVICES: Final = 50_000
"""The Device IDs that a service request takes, as is commonly said; a setting. Source: DOMAIN section 5."""

ACCESS_CONTROL_BROKER: Final = "90-B3-D5-1F-30-00-00-02"
"""Whom the published 11.1 and 11.4 are addressed to; a setting of what is written."""

LARGEST_COUNTER: Final = 2**63 - 1
"""The largest counter of a RequestID that is written or read."""

_COUNTER: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_INSTANT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)Z")


class RequestID(NamedTuple):
    """What a request goes by: the EUI-64 of its originator, that of its target, and a counter."""

    originator: str
    target: str
    counter: int

    def __str__(self) -> str:
        return f"{self.originator}:{self.target}:{self.counter}"


class Distribution(NamedTuple):
    """An 11.1 or an 11.4: an image, the version that it is said to be, and the Devices, as they are written."""

    image: Image
    firmware_version: FirmwareVersion
    device_ids: tuple[str, ...]


class Activation(NamedTuple):
    """An 11.3: the hash of the image, and when; at once where no instant is written."""

    manufacturer_image_hash: ManufacturerImageHash
    executes_at: datetime | NotKnown = NOT_KNOWN

    @property
    def is_cancellation(self) -> bool:
        """Whether it cancels an activation that was to come."""
        return self.executes_at == CANCELS_AT


def is_mistyped_cancellation(at: datetime) -> bool:
    """Say whether an ExecutionDateTime does not cancel, and is too far off to be meant as anything else."""
    return at >= _CANCELS_FROM and at != CANCELS_AT


def write_execution(at: datetime) -> str:
    """Write an ExecutionDateTime as the DUIS does, to the fraction of a second."""
    second = at.replace(tzinfo=None, microsecond=0).isoformat()
    return f"{second}.{f'{at.microsecond:06}'.rstrip('0').ljust(2, '0')}Z"


def mistyped_cancellation(at: datetime) -> Fault:
    """Say what is wrong with such an ExecutionDateTime."""
    wrong = f"is not the instant that cancels, {write_execution(CANCELS_AT)}, and no other so far off can be meant"
    return Fault("ExecutionDateTime", write_execution(at), wrong, "give that one, or a day to come", quoted=False)


class OtherBody(NamedTuple):
    """What another request carries: the name of its element, of which no more is read."""

    name: str


Body = Distribution | Activation | OtherBody


class ServiceRequest(NamedTuple):
    """A service request; whether its signature is right is not looked into."""

    request_id: RequestID
    service_reference: str
    body: Body
    is_signed: bool

    @property
    def device_ids(self) -> tuple[str, ...]:
        """The Devices that it is for, as they are written."""
        match self.body:
            case Distribution(device_ids=listed):
                return listed
            case Activation():
                return (self.request_id.target,)
            case OtherBody():
                return ()

    @property
    def hashes(self) -> tuple[ManufacturerImageHash, ...]:
        """The Manufacturer Image hash that it names, or those of the image that it carries."""
        match self.body:
            case Distribution(image=image):
                return tuple(each.manufacturer_image_hash for each in image.hashes)
            case Activation(manufacturer_image_hash=only):
                return (only,)
            case OtherBody():
                return ()


def is_for(service_reference: str, device_type: DeviceType) -> bool:
    """Say whether a request brings or activates firmware on Devices of a type. Source: DOMAIN section 5."""
    return (service_reference == UPDATE_PPMID_FIRMWARE) == (device_type is DeviceType.PPMID)


def is_device_id(text: str) -> bool:
    """Say whether a text is an EUI-64 as the DUIS writes it, `00-DB-12-34-56-78-90-A0`."""
    return AS_IN_DUIS.fullmatch(text) is not None


def parse_device_id(text: str, term: str = "Device ID") -> str:
    """Read an EUI-64.

    :raises FirmpathError: it is written otherwise than the DUIS has it.
    """
    if is_device_id(text):
        return text
    raise FirmpathError(Fault(term, text, "is not an EUI-64", "write it as in 00-DB-12-34-56-78-90-A0"))


def parse_request_id(text: str) -> RequestID:
    """Read a RequestID.

    :raises FirmpathError: it is not an originator, a target and a counter.
    """
    parts = text.split(":")
    if len(parts) == 3 and is_device_id(parts[0]) and is_device_id(parts[1]) and _COUNTER.fullmatch(parts[2]):
        if int(parts[2]) > LARGEST_COUNTER:
            wrong = f"has a counter above {LARGEST_COUNTER}"
            raise FirmpathError(Fault("RequestID", text, wrong, "give a lower one that is not used yet"))
        return RequestID(parts[0], parts[1], int(parts[2]))
    right = "write originator:target:counter, the first two as in 00-DB-12-34-56-78-90-A0"
    raise FirmpathError(Fault("RequestID", text, "does not say who asks whom", right))


def parse_execution(text: str) -> datetime:
    """Read an ExecutionDateTime, to the fraction of a second: only one instant cancels.

    :raises FirmpathError: it is no instant in UTC.
    """
    found = _INSTANT.fullmatch(text)
    try:
        if found:
            return datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError:
        pass
    right = "write it as 2030-01-15T09:00:00.00Z"
    raise FirmpathError(Fault("ExecutionDateTime", text, "is not an instant in UTC", right))
