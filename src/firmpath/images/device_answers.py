"""Answers about Devices as values: what an 8.2 or an 11.2 says that each runs, and what could not be read."""

from typing import NamedTuple

from firmpath.images.known_devices import Doubt, doubts_of_status
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import Fault, shown
from firmpath.pathways.identifiers import FirmwareVersion
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import Reference, find_candidates


class ByVersion(NamedTuple):
    """Every entry with this firmware version, of whatever maker and model: all that an 11.2 tells."""

    firmware_version: FirmwareVersion

    def __str__(self) -> str:
        return f"firmware version {self.firmware_version}"


class ReadDevice(NamedTuple):
    """A Device as an answer names it; what the answer does not say is not known.

    `status` is as it is written, '' where the answer gives none.
    """

    device_id: str
    device_type: DeviceType | NotKnown
    reference: Reference | ByVersion
    status: str = ""

    @property
    def name(self) -> str:
        """What the Device is called to a person."""
        kind = str(self.device_type) if self.device_type else "Device"
        return f"{kind} {shown(self.device_id)}" if self.device_id else kind

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why its status keeps what was read from being relied on; a status that is not given says nothing."""
        return doubts_of_status(self.status) if self.status else ()


class DeviceAnswers(NamedTuple):
    """The Devices of an answer, what is wrong with others, and in words which others need not be looked up."""

    devices: tuple[ReadDevice, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...] = ()


def candidates_of(catalogue: Catalogue, device: ReadDevice) -> Steps:
    """Give the entries that a Device can be running, its Device type included where that is known.

    Cost: for a firmware version alone, one look at every entry.
    """
    reference = device.reference
    if isinstance(reference, ByVersion):
        version = reference.firmware_version
        found = tuple(each for each, entry in catalogue.entries.items() if entry.firmware_version == version)
    else:
        found = find_candidates(catalogue, reference)
    if isinstance(device.device_type, NotKnown):
        return found
    return tuple(each for each in found if catalogue[each].hardware_model.device_type is device.device_type)
