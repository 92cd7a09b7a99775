"""The CPL entries of an OTA file, by its hash, and whatever its header says otherwise than they do.

One hash can be on the CPL for two Device types, so every entry that has it is given. Source: DOMAIN section 4.
"""

from collections.abc import Iterator
from typing import NamedTuple

from firmpath.images.manufacturer_image import Extent, Image
from firmpath.images.ota_header import OTAHeader
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID, FirmwareVersion


class Contradiction(NamedTuple):
    """What a header and a CPL entry say differently: the standard's term, and what each says."""

    term: str
    header_says: str
    entry_says: str

    def __str__(self) -> str:
        return f"{self.term}: the file says {self.header_says}, the CPL {self.entry_says}"


class Match(NamedTuple):
    """An entry with the hash of an image, taken to reach so far, and what contradicts it."""

    cpl_entry_id: CPLEntryID
    extent: Extent
    contradictions: tuple[Contradiction, ...]


def find_matches(catalogue: Catalogue, image: Image) -> tuple[Match, ...]:
    """Give every entry whose hash is one of the image's, by extent and then by id; none where the CPL has none."""
    return tuple(
        Match(each, hashed.extent, tuple(find_contradictions(image.header, catalogue[each])))
        for hashed in image.hashes
        for each in catalogue.by_hash.get(hashed.manufacturer_image_hash, ())
    )


def find_contradictions(header: OTAHeader, entry: CPLEntry) -> Iterator[Contradiction]:
    """Yield what the header says otherwise than the entry: manufacturer, firmware version, hardware.

    The image type is no part of it: makers give it what meaning they like, see `has_other_image_type`.
    """
    hardware = entry.hardware_model
    return contradictions_of(header, hardware.manufacturer_id, hardware.model, entry.firmware_version)


def contradictions_of(
    header: OTAHeader, manufacturer_id: str, model: str, firmware_version: FirmwareVersion
) -> Iterator[Contradiction]:
    """Yield what the header says otherwise than an entry of which these are known; the model has 8 hex digits."""
    if header.manufacturer_id != manufacturer_id:
        yield Contradiction("Manufacturer identifier", header.manufacturer_id, manufacturer_id)
    if header.file_version != firmware_version:
        yield Contradiction("Firmware version", str(header.file_version), str(firmware_version))
    yield from contradictions_of_hardware(header, model)


def contradictions_of_hardware(header: OTAHeader, model: str) -> Iterator[Contradiction]:
    """Yield how the hardware that the header is for is not that of a model, which has 8 hex digits."""
    least, most = header.minimum_hardware_version, header.maximum_hardware_version
    own = model[4:]
    if least and int(own, 16) < int(least, 16):
        yield Contradiction("Minimum hardware version", least, f"hardware {own}")
    if most and int(own, 16) > int(most, 16):
        yield Contradiction("Maximum hardware version", most, f"hardware {own}")


def has_other_image_type(header: OTAHeader, entry: CPLEntry) -> bool:
    """Say whether the image type is not the entry's model identifier, which it need not be.

    The DCC's sample files have image types that are no models, so a difference is something to know, not a fault.
    """
    return header.image_type != entry.hardware_model.model_id
