"""Answers about Devices as values: what an 8.2 or an 11.2 says that each runs, and what could not be read."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from firmpath.images.gbcs_payload import parse_version_read
from firmpath.images.known_devices import Doubt, doubts_of_status
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import (
    FirmwareVersion,
    parse_firmware_version,
    parse_hex,
    parse_manufacturer_id,
)
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import ByModelAndVersion, Reference, find_candidates

TERM: Final = "Answer"
MANUFACTURER, MODEL, VERSION = "DeviceManufacturer", "DeviceModel", "DeviceFirmwareVersion"
TYPE, STATUS = "DeviceType", "DeviceStatus"

NAMES: Final = ("DeviceID", TYPE, STATUS, MANUFACTURER, MODEL, VERSION)
"""The fields that are read, as the DUIS calls them; PAYLOAD stands for what a Device answered itself."""
PAYLOAD: Final = "GBCSPayload"
OF_THE_WHOLE: Final = ("ResponseID", "ResponseCode")
"""What is said of such an answer as a whole, around it: who answers, and whether the request failed."""
TWICE: Final = "twice"
"""Where the fields of a Device have one of them twice, which one: what it is cannot be known."""

Fields = Mapping[str, str]


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
        return f"{kind} {self.device_id}" if self.device_id else kind

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why its status keeps what was read from being relied on; a status that is not given says nothing."""
        return doubts_of_status(self.status) if self.status else ()


class DeviceAnswers(NamedTuple):
    """The Devices of an answer, and what is wrong with those that cannot be looked up."""

    devices: tuple[ReadDevice, ...]
    faults: tuple[Fault, ...]


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


def gather_devices(found: Iterator[Fields]) -> DeviceAnswers:
    """Make Devices of the fields of each of them.

    :raises FirmpathError: no Device can be looked up; every fault of every one.
    """
    devices: list[ReadDevice] = []
    faults: list[Fault] = []
    for fields in found:
        try:
            devices.append(_device(fields))
        except FirmpathError as error:
            faults += error.faults
    contradicted = _contradicted(devices)
    faults += contradicted.values()
    sure = tuple(dict.fromkeys(each for each in devices if _plain(each.device_id) not in contradicted))
    if not sure:
        wrong = "names no Device with its manufacturer, model and firmware version"
        right = "give the answer to service request 8.2 or 11.2, or write manufacturer/model@version"
        raise FirmpathError(*(faults or [Fault(TERM, "", wrong, right, quoted=False)]))
    return DeviceAnswers(sure, tuple(faults))


def _contradicted(devices: list[ReadDevice]) -> dict[str, Fault]:
    """Find the Device IDs of which different things are said, since nobody knows which of them is true now."""
    said: dict[str, set[ReadDevice]] = {}
    for device in devices:
        plain = _plain(device.device_id)
        said.setdefault(plain, set()).add(device._replace(device_id=plain))
    names = {_plain(each.device_id): each.device_id for each in devices if each.device_id}
    wrong = "stands there more than once, with different firmware, Device type or status"
    right = "give the latest answer about it alone"
    return {
        plain: Fault("Device ID", name, wrong, right, quoted=False)
        for plain, name in names.items()
        if len(said[plain]) > 1
    }


def _plain(device_id: str) -> str:
    return device_id.replace("-", "").replace(":", "").upper()


def _device(fields: Fields) -> ReadDevice:
    """Make a Device of its fields.

    :raises FirmpathError: one is missing or malformed; every such fault, with the Device named.
    """
    device_id = fields.get("DeviceID", "")
    where = f"in the answer about Device {device_id}" if device_id else ""
    try:
        if TWICE in fields:
            wrong = "stands there twice"
            raise FirmpathError(Fault(fields[TWICE], "", wrong, "give the answer as it came", quoted=False))
        if PAYLOAD in fields:
            return _answering_itself(fields)
        if not fields.get(MANUFACTURER) and not fields.get(MODEL) and fields.get(VERSION):
            kind, version = all_parsed(lambda: _type(fields), lambda: parse_firmware_version(fields[VERSION]))
            return ReadDevice(device_id, kind, ByVersion(version), fields.get(STATUS, ""))
        return _inventoried(fields)
    except FirmpathError as error:
        raise FirmpathError(*(fault.at(where) if where else fault for fault in error.faults)) from None


def _answering_itself(fields: Fields) -> ReadDevice:
    code = fields.get("ResponseCode", "")
    if code and not code.startswith("I"):
        raise FirmpathError(Fault("ResponseCode", code, "says that the request failed", "read it again by 11.2"))
    read = parse_version_read(fields[PAYLOAD])
    named = fields.get("ResponseID", "").partition(":")[0]
    if named and named != read.device_id:
        wrong = f"is not the Device that answers, {read.device_id}"
        raise FirmpathError(Fault("ResponseID", named, wrong, "give the answer as it came"))
    return ReadDevice(read.device_id, NOT_KNOWN, ByVersion(read.firmware_version), fields.get(STATUS, ""))


def _inventoried(fields: Fields) -> ReadDevice:
    device_type = _type(fields)
    missing = [name for name in (MANUFACTURER, MODEL, VERSION) if not fields.get(name)]
    if missing:
        raise FirmpathError(
            *(Fault(name, "", "is not given", "paste the whole answer", quoted=False) for name in missing)
        )
    parsed = all_parsed(
        lambda: parse_manufacturer_id(fields[MANUFACTURER]),
        lambda: parse_hex(fields[MODEL], 8, "Model", "R04"),
        lambda: parse_firmware_version(fields[VERSION]),
    )
    return ReadDevice(fields.get("DeviceID", ""), device_type, ByModelAndVersion(*parsed), fields.get(STATUS, ""))


def _type(fields: Fields) -> DeviceType | NotKnown:
    written = fields.get(TYPE, "")
    return parse_device_type(written) if written else NOT_KNOWN
