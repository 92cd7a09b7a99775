"""A CPL entry as the record has it on one day, as it was known at one instant."""

from datetime import date
from typing import NamedTuple

from firmpath.pathways.base_firmware import NOT_PROVIDED, BaseFirmware
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.facts import (
    CertificatesRecorded,
    DeadEndMarked,
    EntryPublished,
    ReleaseInformationGiven,
    SteppingStoneMarked,
)
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion, ManufacturerImageHash
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand


class CPLEntry(NamedTuple):
    """One entry: the facts of its image, and the latest of everything else that was stated about it.

    `base_firmware_reason` is why the base firmware was declared as it is, where a rule asks for a reason.
    """

    published: EntryPublished
    listed_on: date
    responsible_party: str
    base_firmware: BaseFirmware = NOT_PROVIDED
    base_firmware_reason: str | NotKnown = NOT_KNOWN
    zigbee_band: ZigBeeBand | LegacyZigBeeBand | NotKnown = NOT_KNOWN
    certificates: CertificatesRecorded | NotKnown = NOT_KNOWN
    release_information: ReleaseInformationGiven | NotKnown = NOT_KNOWN
    stepping_stone: SteppingStoneMarked | NotKnown = NOT_KNOWN
    dead_end: DeadEndMarked | NotKnown = NOT_KNOWN
    withdrawn_on: date | NotKnown = NOT_KNOWN
    withdrawal_reason: str | NotKnown = NOT_KNOWN

    @property
    def cpl_entry_id(self) -> CPLEntryID:
        """The CPL Entry ID."""
        return self.published.cpl_entry_id

    @property
    def hardware_model(self) -> HardwareModel:
        """The Device's type, maker and hardware."""
        return self.published.device_model.hardware_model

    @property
    def firmware_version(self) -> FirmwareVersion:
        """The firmware version, which need not be this entry's alone."""
        return self.published.device_model.firmware_version

    @property
    def manufacturer_image_hash(self) -> ManufacturerImageHash:
        """The Manufacturer Image hash, which need not be this entry's alone."""
        return self.published.manufacturer_image_hash

    @property
    def cpa_valid_until(self) -> date | NotKnown:
        """The last day of the CPA certificate."""
        return self.certificates.cpa_valid_until if self.certificates else NOT_KNOWN

    def has_lapsed(self, on: date) -> bool:
        """Say whether the CPA certificate has ended before a day; not where its last day is not known."""
        last = self.cpa_valid_until
        return not isinstance(last, NotKnown) and last < on

    @property
    def contact(self) -> str | NotKnown:
        """Whom to ask about the firmware."""
        return self.release_information.contact if self.release_information else NOT_KNOWN
