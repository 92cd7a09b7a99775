"""Which Device it is: its type, its hardware, and the firmware on it.

The SEC's *Device Model* includes the firmware version; the DUIS `DeviceModel` does not. Here
`DeviceModel` is the SEC's, and `HardwareModel` (our word) is the one without firmware.
"""

from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion, ManufacturerID


class DeviceType(StrEnum):
    """The Device types in scope. Source: MP231 section 4, 'Devices'."""

    ESME = "ESME"
    GSME = "GSME"
    COMMUNICATIONS_HUB = "Communications Hub"
    PPMID = "PPMID"
    HCALCS = "HCALCS"
    SAPC = "SAPC"


_OTHER_SPELLINGS = {
    "CH": DeviceType.COMMUNICATIONS_HUB,
    "CHF": DeviceType.COMMUNICATIONS_HUB,
    "COMMS HUB": DeviceType.COMMUNICATIONS_HUB,
}
_SPELLINGS = {kind.value.upper(): kind for kind in DeviceType} | _OTHER_SPELLINGS
_GAS_PROXY = frozenset({"GPF", "GAS PROXY FUNCTION"})
_OUT_OF_SCOPE = _GAS_PROXY | frozenset({"IHD", "CAD", "ALTERNATIVE HAN DEVICE"})


class HardwareFamily(NamedTuple):
    """HardwareModels that differ in the hardware revision alone: the widest range an upgrade may span."""

    device_type: DeviceType
    manufacturer_id: ManufacturerID
    model_id: str
    hardware_version: str


class HardwareModel(NamedTuple):
    """A model of Device without its firmware: the type, the maker, and the 4 octets read as 4+2+2 digits."""

    device_type: DeviceType
    manufacturer_id: ManufacturerID
    model_id: str
    hardware_version: str
    hardware_revision: str

    @property
    def family(self) -> HardwareFamily:
        """The HardwareModels that differ from this one in the revision alone."""
        return HardwareFamily(*self[:4])

    @property
    def model(self) -> str:
        """The 8 hex digits that the DUIS calls `DeviceModel`."""
        return f"{self.model_id}{self.hardware_version}{self.hardware_revision}"

    def __str__(self) -> str:
        return f"{self.manufacturer_id}/{self.model}"


class DeviceModel(NamedTuple):
    """A Device Model as the SEC defines it: hardware and firmware version."""

    hardware_model: HardwareModel
    firmware_version: FirmwareVersion

    def __str__(self) -> str:
        return f"{self.hardware_model}@{self.firmware_version}"


def is_gas_proxy(text: str) -> bool:
    """Say whether a text is the Device type of a Gas Proxy Function, which Communications Hubs have in them."""
    return _spelling(text) in _GAS_PROXY


def parse_device_type(text: str) -> DeviceType:
    """Read a Device type; case and spacing are forgiven.

    :raises FirmpathError: not one of the six types in scope. Source: MP231 section 4.
    """
    spelling = _spelling(text)
    found = _SPELLINGS.get(spelling)
    if found is not None:
        return found
    wrong = "is outside the scope of MP231" if spelling in _OUT_OF_SCOPE else "is not a Device type in scope"
    right = "in scope are " + ", ".join(kind.value for kind in DeviceType)
    raise FirmpathError(Fault("Device type", text, wrong, right, rule="R02"))


def _spelling(text: str) -> str:
    return " ".join(text.upper().split())
