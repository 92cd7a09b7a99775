"""`firmpath image`: what people read of an OTA file, and the exit code."""

import json
from pathlib import Path

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register
from tests.images.making import SIGNATURE_BLOCK, activate_request, device, hash_of, ota_file, update_request

ON = ("--on", "2026-06-01")
IMAGE = b"an invented image"


def test_a_file_is_named_by_its_entry(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE, SIGNATURE_BLOCK, image_type=0))
    printed = firmpath("image", "a.ota", "--cpl", register(f"7 version=0002012F hash={hash_of(IMAGE)}"), *ON)
    assert printed.code == ExitCode.YES
    assert printed.lines == [
        'Yes. a.ota is the image of CPL entry 7 (firmware 0002012F, "v7").',
        "Manufacturer identifier  F001",
        "Image type               0000",
        "Firmware version         0002012F",
        "Hardware                 0203 to 0203",
        "Header string            an invented firmware image",
        "Protocol                 0002 (ZigBee PRO); this is not the ZigBee stack version of MP231",
        "Size                     143 octets, as the header says, of which 60 are the header",
        f"Manufacturer Image hash {hash_of(IMAGE + SIGNATURE_BLOCK)} (83 octets, all that follows the header).",
        f"Manufacturer Image hash {hash_of(IMAGE)} (17 octets, without the last 66, which look like a signature "
        "block: 00 40 and 64 more). It is the one on the CPL.",
        'CPL entry 7 (firmware 0002012F, "v7") is for ESME F001/00050203. The header agrees with it.',
        "The image type 0000 is not the model identifier 0005. Makers need not make them the same.",
        "Next: before a request with it is sent, check that with `firmpath preflight`.",
    ]


def test_one_hash_can_be_for_two_device_types(firmpath: Firmpath, register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    own = f"version=0002012F hash={hash_of(IMAGE)}"
    cpl = register(f"7 {own}; 8 type=PPMID {own}; 8 withdrawn")
    printed = firmpath("image", "a.ota", "--cpl", cpl, *ON)
    assert printed.lines[0] == (
        "Yes. a.ota is the image of 2 CPL entries: 7 (0002012F) and 8 (0002012F); the file does not say which of "
        "these it is for."
    )
    assert any("was withdrawn on 1 January 2025: no Device may be taken to it" in line for line in printed.lines)


@pytest.mark.parametrize(
    ("reference", "encoding"), [("11.1", "utf-8"), ("11.1", "utf-8-sig"), ("11.1", "utf-16"), ("11.4", "utf-8")]
)
def test_the_image_in_a_request_is_read_as_the_file_is(
    firmpath: Firmpath, register: Register, tmp_path: Path, reference: str, encoding: str
) -> None:
    text = update_request([device(1)], ota_file(IMAGE), reference=reference).decode()
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    (tmp_path / "a.xml").write_bytes(text.replace('encoding="UTF-8"', "").encode(encoding))
    asked = ("--cpl", register(f"7 version=0002012F hash={hash_of(IMAGE)}"), *ON)
    file, carried = firmpath("image", "a.ota", *asked), firmpath("image", "a.xml", *asked)
    assert carried == file._replace(out=file.out.replace("a.ota", "a.xml"))
    assert carried.lines[0] == 'Yes. a.xml is the image of CPL entry 7 (firmware 0002012F, "v7").'


def test_a_request_without_an_image_is_refused(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(activate_request(device(1), hash_of(IMAGE)))
    (tmp_path / "b.xml").write_text("<p>no request</p>")
    printed = firmpath("image", "a.xml", "b.xml")
    assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
    assert printed.err.splitlines()[0] == (
        "firmpath: Service request 11.3 carries no image, in a.xml; give an 11.1 or 11.4, or the OTA file itself"
    )
    assert ", in b.xml; " in printed.err


def test_published_requests_have_their_images_read(firmpath: Firmpath, shared_data: Path) -> None:
    for name, said in (("11.1_UPDATE_FIRMWARE", "GFI ESME"), ("11.4_UPDATE_PPMID_FIRMWARE", "GFI PPMID")):
        printed = firmpath("image", shared_data / "duis" / f"{name}_REQUEST_DUIS.XML")
        assert printed.code == ExitCode.YES
        assert f"Header string            I am a {said}" in printed.out


@pytest.mark.parametrize(
    ("octets", "headline", "next_step"),
    [
        (
            ota_file(IMAGE, maker=0xF002),
            "No. a.ota has the hash of CPL entry 7 (0002012F), but its header contradicts the CPL.",
            "Next: do not send it. Ask Brackenfell Metering which is right, the file or the CPL.",
        ),
        (
            ota_file(b"another image"),
            "No. The Manufacturer Image of a.ota is not on this CPL as at 1 June 2026.",
            "Next: do not send it. See that this CPL is the newest, and ask whoever gave you the file.",
        ),
    ],
)
def test_what_is_not_to_be_sent_is_a_no(
    firmpath: Firmpath, register: Register, tmp_path: Path, octets: bytes, headline: str, next_step: str
) -> None:
    (tmp_path / "a.ota").write_bytes(octets)
    printed = firmpath("image", "a.ota", "--cpl", register(f"7 version=0002012F hash={hash_of(IMAGE)}"), *ON)
    assert (printed.code, printed.lines[0], printed.lines[-1]) == (ExitCode.NO, headline, next_step)


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ("", "7 (0002012F), which was withdrawn"),
        (f"; 8 version=38040404 hash={hash_of(IMAGE)}", "7 (0002012F), which was withdrawn"),
        (
            f"; 8 type=PPMID version=0002012F hash={hash_of(IMAGE)}; 8 withdrawn",
            "7 (0002012F) and 8 (0002012F), which were all withdrawn",
        ),
    ],
)
def test_what_was_withdrawn_is_not_to_be_sent(
    firmpath: Firmpath, register: Register, tmp_path: Path, more: str, gone: str
) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    cpl = register(f"7 version=0002012F hash={hash_of(IMAGE)}; 7 withdrawn{more}")
    printed = firmpath("image", "a.ota", "--cpl", cpl, *ON)
    assert (printed.code, printed.lines[0], printed.lines[-1]) == (
        ExitCode.NO,
        f"No. a.ota is the image of CPL entry {gone}.",
        "Next: do not send it. What it is the image of was withdrawn.",
    )
    assert json.loads(firmpath("image", "a.ota", "--cpl", cpl, *ON, "--json").out)["answer"] == "withdrawn"


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ("", "7 (0002012F), whose CPA certificate has ended"),
        (
            f"; 8 type=PPMID version=0002012F hash={hash_of(IMAGE)}; 8 withdrawn",
            "7 (0002012F) and 8 (0002012F), each of which was withdrawn or has a CPA certificate that has ended",
        ),
    ],
)
def test_what_has_no_certificate_is_not_to_be_sent(
    firmpath: Firmpath, register: Register, tmp_path: Path, more: str, gone: str
) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    cpl = register(f"7 version=0002012F hash={hash_of(IMAGE)}; 7 cpa=2026-05-31{more}")
    printed = firmpath("image", "a.ota", "--cpl", cpl, *ON)
    assert (printed.code, printed.lines[0], printed.lines[-1]) == (
        ExitCode.NO,
        f"No. a.ota is the image of CPL entry {gone}.",
        "Next: do not send it. No Device may be taken to what it is the image of.",
    )
    ended = 'The CPA certificate of CPL entry 7 (firmware 0002012F, "v7") ended on 31 May 2026'
    assert f"{ended}: no Device may be taken to it." in printed.lines
    assert firmpath("image", "a.ota", "--cpl", cpl, *ON, "--json").json["answer"] == "certificate_ended"
    assert firmpath("image", "a.ota", "--cpl", cpl, "--on", "2026-05-31").code == ExitCode.YES


def test_without_a_cpl_a_file_is_read_all_the_same(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    printed = firmpath("image", "a.ota")
    assert printed.code == ExitCode.YES
    assert printed.lines[0] == "a.ota is a whole OTA file. It was compared with no CPL."
    assert f"Manufacturer Image hash {hash_of(IMAGE)} (17 octets)." in printed.lines


def test_what_is_said_of_a_cpl_wants_one(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file(IMAGE))
    words = ("--on", "some day", "--known-at", "once", "--mapping", "m", "--ignore", "A", "--ignore", "B")
    printed = firmpath("image", "a.ota", *words, "--sheet", "X")
    assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
    given = ("--on 'some day'", "--known-at 'once'", "--mapping 'm'", "--ignore 'A, B'", "--sheet 'X'")
    assert printed.err.splitlines()[:-1] == [
        f"firmpath: {each} goes with a CPL, and none is given; add --cpl FILE, or leave it out" for each in given
    ]


def test_every_fault_of_every_file_is_told(firmpath: Firmpath, tmp_path: Path) -> None:
    (tmp_path / "a.ota").write_bytes(ota_file()[:-1])
    (tmp_path / "b.ota").write_bytes(b"no image at all")
    printed = firmpath("image", "a.ota", "b.ota", "c.ota")
    assert (printed.code, printed.out) == (ExitCode.REFUSED, "")
    assert printed.err.splitlines() == [
        "firmpath: Total image size 77 is not the size of the file, which has 76 octets: 1 is missing, in a.ota; "
        "get the whole file",
        "firmpath: OTA file begins with 6E 6F 20 69, not with 1E F1 EE 0B, in b.ota; give the OTA file as its "
        "maker made it",
        "firmpath: File 'c.ota' cannot be read: there is no such file; check the name",
        "firmpath: 3 faults; nothing was done",
    ]
