"""The Manufacturer Image of an OTA file, hashed as it streams by: at the speed of SHA-256, in constant memory.

Where the image ends can be in doubt: some files end in `00 40` and 64 octets, which is how a signature block looks.
Then both are hashed, with it and without, and the CPL decides which was meant. Source: DOMAIN section 5.
"""

import hashlib
from enum import StrEnum
from typing import BinaryIO, Final, NamedTuple

from firmpath.images.ota_header import LONGEST_HEADER, OTAHeader, parse_ota_header
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import ManufacturerImageHash

_BLOCK_BEGINS: Final = bytes.fromhex("0040")
_BLOCK_OCTETS: Final = 2 + 64
_LARGEST_FILE: Final = 2**32 - 1
"""Octets; the header has no room for a larger size."""
_AT_ONCE: Final = 2**18


class Extent(StrEnum):
    """How far the Manufacturer Image is taken to reach."""

    TO_THE_END = "to_the_end"
    WITHOUT_SIGNATURE_BLOCK = "without_signature_block"


class ImageHash(NamedTuple):
    """The hash of the Manufacturer Image, taken to reach so far, with its size in octets."""

    extent: Extent
    octets: int
    manufacturer_image_hash: ManufacturerImageHash


class Image(NamedTuple):
    """An OTA file that was read whole: its header, its true size in octets, and a hash for each extent."""

    header: OTAHeader
    octets: int
    hashes: tuple[ImageHash, ...]


class ImageReader:
    """Reads an OTA file that comes piece by piece, and keeps nothing of it but the last few octets."""

    def __init__(self) -> None:
        self._octets = 0
        self._begin = b""
        self._header: OTAHeader | None = None
        self._sha256 = hashlib.sha256()
        self._held = b""

    def feed(self, piece: bytes | memoryview) -> None:
        """Take the next piece, of any size.

        Cost: SHA-256 over it.
        :raises FirmpathError: this is no OTA file, or larger than one can be.
        """
        self._octets += len(piece)
        if self._octets > _LARGEST_FILE:
            wrong = f"is larger than {_LARGEST_FILE:,} octets"
            raise FirmpathError(Fault("OTA file", "", wrong, "is it the right file?", quoted=False))
        if self._header:
            self._take(piece)
            return
        self._begin += piece
        if len(self._begin) >= LONGEST_HEADER:
            self._read_header()

    def finish(self) -> Image:
        """Give what was read, once there is no more of it.

        :raises FirmpathError: it is no OTA file, or not as long as its header says.
        """
        header = self._header or self._read_header()
        if header.total_image_size != self._octets:
            raise FirmpathError(_other_size(header.total_image_size, self._octets))
        size = self._octets - header.header_length
        if not size:
            right = "get the whole file"
            raise FirmpathError(Fault("Manufacturer Image", "", "has no octets", right, quoted=False))
        hashes = [_image_hash(Extent.TO_THE_END, size, self._sha256, self._held)]
        if len(self._held) == _BLOCK_OCTETS < size and self._held.startswith(_BLOCK_BEGINS):
            hashes.append(_image_hash(Extent.WITHOUT_SIGNATURE_BLOCK, size - _BLOCK_OCTETS, self._sha256, b""))
        return Image(header, self._octets, tuple(hashes))

    def _read_header(self) -> OTAHeader:
        self._header = header = parse_ota_header(self._begin)
        self._take(memoryview(self._begin)[header.header_length :])
        self._begin = b""
        return header

    def _take(self, piece: bytes | memoryview) -> None:
        """Hash all but the last octets, which may be a signature block."""
        if len(piece) >= _BLOCK_OCTETS:  # whatever its size, nothing of it is copied but what is held
            view = memoryview(piece)
            self._sha256.update(self._held)
            self._sha256.update(view[:-_BLOCK_OCTETS])
            self._held = bytes(view[-_BLOCK_OCTETS:])
            return
        joined = self._held + bytes(piece)
        cut = max(0, len(joined) - _BLOCK_OCTETS)
        self._sha256.update(joined[:cut])
        self._held = joined[cut:]


class CopiedImage:
    """An OTA file that is read while somebody copies it, so that what is known of it is true of the copy."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reader = ImageReader()

    def read(self, octets: int) -> bytes:
        """Give the next octets, at most so many; none at the end.

        :raises FirmpathError: as `ImageReader.feed`.
        """
        piece = self._file.read(octets)
        self._reader.feed(piece)
        return piece

    def finish(self) -> Image:
        """Give what was copied, once it is read to its end.

        :raises FirmpathError: as `ImageReader.finish`.
        """
        return self._reader.finish()


def read_image(file: BinaryIO) -> Image:
    """Read an OTA file from where it is to its end.

    Cost: SHA-256 over it; memory does not grow with it.
    :raises FirmpathError: it is no OTA file, or its lengths are not true.
    """
    reader = ImageReader()
    while piece := file.read(_AT_ONCE):
        reader.feed(piece)
    return reader.finish()


def _image_hash(extent: Extent, octets: int, sha256: "hashlib._Hash", rest: bytes) -> ImageHash:
    whole = sha256.copy()
    whole.update(rest)
    return ImageHash(extent, octets, ManufacturerImageHash(whole.hexdigest().upper()))


def _other_size(stated: int, octets: int) -> Fault:
    if octets < stated:
        difference, right = f"{_are(stated - octets)} missing", "get the whole file"
    else:
        difference, right = f"{_are(octets - stated)} too many", "get the file as its maker made it"
    wrong = f"is not the size of the file, which has {octets:,} octets: {difference}"
    return Fault("Total image size", f"{stated:,}", wrong, right, quoted=False)


def _are(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'}"
