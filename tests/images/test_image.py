"""What is read of an OTA file: the header, the hash for each extent, and every length that is not true."""

import io
import json
import tracemalloc
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.images.manufacturer_image import CopiedImage, Extent, Image, ImageReader, read_image
from firmpath.images.matching import find_matches
from firmpath.images.ota_header import LONGEST_HEADER, parse_ota_header
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from tests.images.making import SIGNATURE_BLOCK, hash_of, ota_file
from tests.notation import catalogue

SAMPLES = {"11.1": "11.1_UPDATE_FIRMWARE_REQUEST_DUIS.XML", "11.4": "11.4_UPDATE_PPMID_FIRMWARE_REQUEST_DUIS.XML"}


def read(octets: bytes) -> Image:
    return read_image(io.BytesIO(octets))


def refused(octets: bytes) -> list[str]:
    with pytest.raises(FirmpathError) as refusal:
        read(octets)
    return [str(fault) for fault in refusal.value.faults]


def published_file(shared_data: Path, reference: str) -> bytes:
    text = (shared_data / "duis" / SAMPLES[reference]).read_text()
    return b64decode(text.split("FirmwareImage>")[1].removesuffix("</sr:"))


@pytest.mark.parametrize("reference", SAMPLES)
def test_published_files_are_read_as_others_decoded_them(shared_data: Path, reference: str) -> None:
    decoded: list[dict[str, Any]] = json.loads((shared_data / "duis" / "ota_samples_decoded.json").read_text())
    (expected,) = [each for each in decoded if each["file"] == SAMPLES[reference]]
    image = read(published_file(shared_data, reference))
    header = image.header
    assert image.octets == header.total_image_size == expected["total_octets"] == expected["total_image_size"]
    assert header.header_version == expected["header_version"]
    assert header.header_length == expected["header_length"]
    assert header.field_control == expected["field_control"]
    assert header.manufacturer_id == expected["manufacturer_code"]
    assert header.image_type == expected["image_type"]
    assert str(header.file_version) == expected["file_version"]
    assert header.zigbee_stack_version == expected["zigbee_stack_version"]
    assert header.header_string == expected["header_string"]
    assert header.minimum_hardware_version == expected["min_hw_version"]
    assert header.maximum_hardware_version == expected["max_hw_version"]
    manufacturer_image = image.hashes[-1]
    assert manufacturer_image.octets == expected["manufacturer_image_octets"]
    assert manufacturer_image.manufacturer_image_hash == expected["manufacturer_image_sha256"]
    assert manufacturer_image.manufacturer_image_hash.startswith("7542F475")
    assert len(image.hashes) == (1 if expected["trailer_hex"] is None else 2)


def test_two_published_files_have_one_hash_and_two_device_types(shared_data: Path) -> None:
    esme, ppmid = (read(published_file(shared_data, each)) for each in SAMPLES)
    found = hash_of(b"") and esme.hashes[-1].manufacturer_image_hash
    assert found == ppmid.hashes[-1].manufacturer_image_hash
    more = f"hash={found} version=ACDCACDC maker=121D hw=12 rev=00"
    cpl = catalogue(f"1 type=ESME {more} ; 2 type=PPMID {more}")
    for image in (esme, ppmid):
        matches = find_matches(cpl, image)
        assert [(match.cpl_entry_id, match.contradictions) for match in matches] == [(1, ()), (2, ())]


def test_a_signature_block_is_taken_for_one_and_for_none() -> None:
    image = read(ota_file(b"firmware", SIGNATURE_BLOCK))
    assert [(each.extent, each.octets, each.manufacturer_image_hash) for each in image.hashes] == [
        (Extent.TO_THE_END, 74, hash_of(b"firmware" + SIGNATURE_BLOCK)),
        (Extent.WITHOUT_SIGNATURE_BLOCK, 8, hash_of(b"firmware")),
    ]


@pytest.mark.parametrize("block", [b"", SIGNATURE_BLOCK[:-1], b"\0\x41" + SIGNATURE_BLOCK[2:]])
def test_what_is_no_signature_block_leaves_no_doubt(block: bytes) -> None:
    (only,) = read(ota_file(b"firmware" * 9, block)).hashes
    assert only.manufacturer_image_hash == hash_of(b"firmware" * 9 + block)


def test_a_file_that_is_nothing_but_a_signature_block_has_one_reading() -> None:
    (only,) = read(ota_file(b"", SIGNATURE_BLOCK)).hashes
    assert only.extent is Extent.TO_THE_END


@pytest.mark.parametrize("extent", Extent)
def test_the_cpl_decides_where_the_image_ends(extent: Extent) -> None:
    image = read(ota_file(b"firmware", SIGNATURE_BLOCK))
    (right,) = [each.manufacturer_image_hash for each in image.hashes if each.extent is extent]
    (match,) = find_matches(catalogue(f"7 hash={right} version=0002012F"), image)
    assert (match.cpl_entry_id, match.extent, match.contradictions) == (7, extent, ())


def test_every_contradiction_is_found() -> None:
    image = read(ota_file(b"firmware", maker=0xF002, version=0x38040404, hardware=(0x0204, 0x0300)))
    own = f"hash={hash_of(b'firmware')} version=0002012F"
    cpl = catalogue(f"1 {own} hw=02 rev=03 ; 2 {own} hw=03 rev=01")
    assert [[str(each) for each in match.contradictions] for match in find_matches(cpl, image)] == [
        [
            "Manufacturer identifier: the file says F002, the CPL F001",
            "Firmware version: the file says 38040404, the CPL 0002012F",
            "Minimum hardware version: the file says 0204, the CPL hardware 0203",
        ],
        [
            "Manufacturer identifier: the file says F002, the CPL F001",
            "Firmware version: the file says 38040404, the CPL 0002012F",
            "Maximum hardware version: the file says 0300, the CPL hardware 0301",
        ],
    ]


@pytest.mark.parametrize("control", range(8))
def test_any_of_the_optional_fields_can_be_left_out(control: int) -> None:
    fields = {1: b"\x03", 2: bytes.fromhex("A090785634 12DB00"), 4: bytes.fromhex("0102 0304")}
    optional = b"".join(octets for bit, octets in fields.items() if control & bit)
    length = 56 + len(optional)
    whole: dict[str, Any] = {
        "header_length": length,
        "field_control": control,
        "optional": optional,
        "total": length,
    }
    header = parse_ota_header(ota_file(b"", **whole))
    assert header.security_credential_version == (3 if control & 1 else NOT_KNOWN)
    assert header.upgrade_file_destination == ("00-DB-12-34-56-78-90-A0" if control & 2 else NOT_KNOWN)
    hardware = ("0201", "0403") if control & 4 else (NOT_KNOWN, NOT_KNOWN)
    assert (header.minimum_hardware_version, header.maximum_hardware_version) == hardware


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", ["OTA file begins with nothing, not with 1E F1 EE 0B; give the OTA file as its maker made it"]),
        (
            b"PK\x03\x04" + bytes(99),
            ["OTA file begins with 50 4B 03 04, not with 1E F1 EE 0B; give the OTA file as its maker made it"],
        ),
        (ota_file()[:20], ["OTA header ends after 20 octets, and has at least 56; get the whole file"]),
        (ota_file()[:58], ["OTA header ends after 58 of its 60 octets; get the whole file"]),
        (
            ota_file()[:60],
            [
                "Total image size 77 is not the size of the file, which has 60 octets: 17 are missing; get the "
                "whole file"
            ],
        ),
        (
            ota_file() + b"x",
            [
                "Total image size 77 is not the size of the file, which has 78 octets: 1 is too many; get the file "
                "as its maker made it"
            ],
        ),
        (
            ota_file() + b"xx",
            [
                "Total image size 77 is not the size of the file, which has 79 octets: 2 are too many; get the "
                "file as its maker made it"
            ],
        ),
        (ota_file(b""), ["Manufacturer Image has no octets; get the whole file"]),
        (
            ota_file(header_version=0x0200, field_control=0x8004, total=12),
            [
                "OTA header version '0200' is not understood; 0100 is, and another version may have other fields",
                "Field control '8004' sets bits that mean nothing (8000); only bits 0, 1 and 2 have a meaning",
                "Total image size '12' is less than the length of the header, 60; it counts the header too",
            ],
        ),
        (
            ota_file(field_control=0x8000),
            ["Field control '8000' sets bits that mean nothing (8000); only bits 0, 1 and 2 have a meaning"],
        ),
        (
            ota_file(header_length=65535),
            [
                "OTA header length '65535' is not the length of the fields that field control 0004 names; "
                "they have 60 octets",
                "Total image size '77' is less than the length of the header, 65535; it counts the header too",
            ],
        ),
        (
            ota_file(hardware=(0x0300, 0x0200)),
            [
                "Minimum hardware version '0300' is above the maximum, 0200, so the image is for no hardware; ask "
                "whoever made the file"
            ],
        ),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(octets: bytes, said: list[str]) -> None:
    assert refused(octets) == said


@given(st.binary(max_size=400), st.booleans(), st.lists(st.integers(1, 200), max_size=12))
def test_in_which_pieces_a_file_comes_makes_no_difference(firmware: bytes, signed: bool, sizes: list[int]) -> None:
    octets = ota_file(b"x" + firmware, SIGNATURE_BLOCK if signed else b"")
    reader, at = ImageReader(), 0
    for size in sizes:
        reader.feed(octets[at : at + size])
        at += size
    reader.feed(octets[at:])
    assert reader.finish() == read(octets)


@pytest.mark.parametrize("size", [1, 59, 60, 65, 66, 67, 68, 69, 70, 131, 132, 133, 200, 600])
def test_pieces_of_any_one_size_give_the_same(size: int) -> None:
    octets = ota_file(bytes(range(250)) * 2, SIGNATURE_BLOCK)
    reader = ImageReader()
    for at in range(0, len(octets), size):
        reader.feed(octets[at : at + size])
    assert reader.finish() == read(octets)


def test_what_is_no_ota_file_is_refused_as_soon_as_its_header_has_come() -> None:
    reader = ImageReader()
    reader.feed(b"x" * (LONGEST_HEADER - 1))
    with pytest.raises(FirmpathError, match="OTA file begins with 78 78 78 78"):
        reader.feed(b"x")


def test_no_file_is_larger_than_a_header_can_say() -> None:
    class Piece(bytes):
        """Octets that say that they are more than they are."""

        def __len__(self) -> int:
            return 2**32 - 1

    reader = ImageReader()
    reader.feed(Piece())
    with pytest.raises(FirmpathError) as refusal:
        reader.feed(b"x")
    assert str(refusal.value) == "OTA file is larger than 4,294,967,295 octets; is it the right file?"


@given(st.binary(max_size=LONGEST_HEADER + 80), st.integers(0, 60), st.binary(max_size=6))
def test_any_octets_are_read_or_refused(tail: bytes, cut: int, instead: bytes) -> None:
    octets = ota_file()[:cut] + instead + ota_file()[cut + len(instead) :] + tail
    try:
        image = read(octets)
    except FirmpathError:
        return
    assert image.octets == image.header.total_image_size == len(octets)


@given(st.integers(1, 90), st.integers(60, 76))
def test_what_is_known_of_a_copy_is_true_of_it(at_once: int, changed_at: int) -> None:
    class Changing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            self.getbuffer()[changed_at] ^= 1  # somebody else writes to it meanwhile
            return piece

    copied = CopiedImage(Changing(ota_file()))
    pieces = list(iter(lambda: copied.read(at_once), b""))
    assert copied.finish() == read(b"".join(pieces))


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless(io.RawIOBase):
        left = 64 * 2**20 - 60
        header = ota_file(b"", total=64 * 2**20)

        def read(self, size: int = -1) -> bytes:
            head, self.header = self.header, b""
            size = min(size, self.left) - len(head) if not head else 0
            self.left -= size
            return head + bytes(size)

    tracemalloc.start()
    read_image(Endless())  # type: ignore[arg-type]  # it reads as a file does
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * 2**20
