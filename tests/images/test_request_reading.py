"""Service requests from XML: every published sample is read, and what is not of their shape is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import Activation, Distribution, OtherBody, RequestID, ServiceRequest
from firmpath.images.xml_streaming import DEEPEST, MOST_ELEMENTS
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion
from firmpath.pathways.not_known import NOT_KNOWN
from tests.images.making import activate_request, device, hash_of, ota_file, request, update_request

FIRST, SECOND = device(1), device(2)
GOOD = update_request([FIRST, SECOND])


HEADER, BODY, END = (GOOD.index(each) for each in (b"<sr:Header>", b"<sr:Body>", b"</sr:Request>"))


def read(octets: bytes) -> ServiceRequest:
    return parse_request([octets])


def refused(octets: bytes) -> list[str]:
    with pytest.raises(FirmpathError) as refusal:
        read(octets)
    return [str(fault) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("11.1_UPDATE_FIRMWARE", "11.1"),
        ("11.4_UPDATE_PPMID_FIRMWARE", "11.4"),
        ("12.2_DEVICE_PRE_NOTIFICATION", "12.2"),
        ("8.2_READ_INVENTORY", "8.2"),
        ("8.4_UPDATE_INVENTORY", "8.4"),
        ("CS06_11.3_FUTURE_DATED_SUCCESS", "11.3"),
        ("CS06_11.3_IMMEDIATE_SUCCESS", "11.3"),
        ("CS08_11.2_SUCCESS", "11.2"),
        ("ECS52_11.2_SUCCESS", "11.2"),
        ("GCS38_11.2_SUCCESS", "11.2"),
    ],
)
def test_every_published_request_is_read(shared_data: Path, name: str, reference: str) -> None:
    found = read((shared_data / "duis" / f"{name}_REQUEST_DUIS.XML").read_bytes())
    assert (found.service_reference, found.is_signed) == (reference, True)
    assert isinstance(found.body, OtherBody) == (reference not in ("11.1", "11.3", "11.4"))


def test_no_published_request_is_left_out(shared_data: Path) -> None:
    there = {each.name for each in (shared_data / "duis").glob("*REQUEST_DUIS.XML")}
    assert len(there) == 10


def test_a_published_distribution_has_its_image_and_devices(shared_data: Path) -> None:
    body = read((shared_data / "duis" / "11.1_UPDATE_FIRMWARE_REQUEST_DUIS.XML").read_bytes()).body
    assert isinstance(body, Distribution)
    assert body.image.hashes[1].manufacturer_image_hash.startswith("7542F475")
    assert (body.firmware_version, body.device_ids) == (FirmwareVersion("00000000"), ("00-DB-12-34-56-78-90-A0",))


def test_a_published_activation_has_its_hash_and_instant(shared_data: Path) -> None:
    found = read((shared_data / "duis" / "CS06_11.3_FUTURE_DATED_SUCCESS_REQUEST_DUIS.XML").read_bytes())
    assert isinstance(found.body, Activation)
    assert found.body.executes_at == datetime(2030, 1, 15, 9, tzinfo=UTC)
    assert found.device_ids == ("00-DB-12-34-56-78-90-A0",)


def test_each_device_has_an_element_of_its_own() -> None:
    assert read(update_request([FIRST, f"\n {SECOND}\t"])).device_ids == (FIRST, SECOND)
    assert refused(update_request([FIRST, f"{FIRST}\n{SECOND}", "", " "])) == [
        f"DeviceIDList '{FIRST}\\x0a{SECOND}' has 2 Device IDs in it; give each Device a DeviceIDList of its own",
        "DeviceIDList is empty; give each Device a DeviceIDList of its own",
        "DeviceIDList is empty; give each Device a DeviceIDList of its own",
    ]


def test_a_request_says_who_asks_whom() -> None:
    assert read(GOOD).request_id == RequestID("02-00-00-00-00-00-0A-01", "90-B3-D5-1F-30-00-00-02", 1000)


def test_an_activation_can_be_at_once_or_a_cancellation() -> None:
    now = read(activate_request(FIRST, "A" * 64)).body
    never = read(activate_request(FIRST, "A" * 64, "3000-12-31T00:00:00.00Z")).body
    assert isinstance(now, Activation)
    assert isinstance(never, Activation)
    assert (now.executes_at, now.is_cancellation, never.is_cancellation) == (NOT_KNOWN, False, True)


@given(st.lists(st.integers(1, 700), max_size=9))
def test_in_which_pieces_a_request_comes_makes_no_difference(sizes: list[int]) -> None:
    def pieces() -> Iterator[bytes]:
        at = 0
        for size in sizes:
            yield GOOD[at : at + size]
            at += size
        yield GOOD[at:]

    assert parse_request(pieces()) == read(GOOD)


def changed(old: str, new: str, octets: bytes = GOOD) -> bytes:
    assert old.encode() in octets
    return octets.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (changed("<sr:CommandVariant>8</sr:CommandVariant>", ""), ["CommandVariant is not given"]),
        (changed("CommandVariant>8<", "CommandVariant>4<"), ["CommandVariant '4' is not the one of 11.1; write 8"]),
        (changed(' schemaVersion="5.4"', ""), ["schemaVersion is not given"]),
        (
            changed("ServiceReference>11.1<", "ServiceReference>11.4<"),
            [
                "ServiceReference '11.4' contradicts the body; a request with UpdateFirmware is 11.1",
                "ServiceReferenceVariant '11.1' is not the ServiceReference, 11.4",
            ],
        ),
        (
            changed("0A-01:90", "0A-1:90"),
            ["RequestID '02-00-00-00-00-00-0A-1:90-B3-D5-1F-30-00-00-02:1000' does not"],
        ),
        (
            changed(":1000<", ":01000<"),
            ["RequestID '02-00-00-00-00-00-0A-01:90-B3-D5-1F-30-00-00-02:01000' does not"],
        ),
        (
            changed("-02:1000<", "-2:1000<"),
            ["RequestID '02-00-00-00-00-00-0A-01:90-B3-D5-1F-30-00-00-2:1000' does"],
        ),
        (
            changed(":1000<", ":1000:1<"),
            ["RequestID '02-00-00-00-00-00-0A-01:90-B3-D5-1F-30-00-00-02:1000:1' does"],
        ),
        (
            changed(":1000<", f":{2**63}<"),
            [
                f"RequestID '02-00-00-00-00-00-0A-01:90-B3-D5-1F-30-00-00-02:{2**63}' has a counter above "
                f"{2**63 - 1}; give a lower one that is not used yet"
            ],
        ),
        (
            changed("0002012F", "2012F"),
            ["FirmwareVersion '2012F' is not 8 hex digits (it has 5 characters)"],
        ),
        (
            changed("<sr:DeviceIDList>", "<sr:Wrong/><sr:DeviceIDList>"),
            ["Element 'Wrong' has no place here, in Request/Body/UpdateFirmware; give it as in the DUIS"],
        ),
        (
            changed("sr:FirmwareImage>", "sr:FirmwareImage>!", GOOD),
            ["FirmwareImage is not Base64, in FirmwareImage"],
        ),
        (changed("=</sr:Firm", "</sr:Firm"), ["FirmwareImage is Base64 that was cut off, in FirmwareImage"]),
        (
            update_request([FIRST], ota_file()[:-1]),
            ["Total image size 77 is not the size of the file, which has 76 octets: 1 is missing"],
        ),
        (
            request("11.1", "<sr:UpdateFirmware/>"),
            ["FirmwareImage is not given", "FirmwareVersion is not given", "DeviceIDList is not given"],
        ),
        (
            request("11.3", "<sr:ActivateFirmware><sr:FirmwareHash>AB</sr:FirmwareHash></sr:ActivateFirmware>"),
            ["FirmwareHash 'AB' is not 64 hex digits (it has 2 characters)"],
        ),
        (activate_request(FIRST, "A" * 64, "soon"), ["ExecutionDateTime 'soon' is not an instant in UTC"]),
        (
            activate_request(FIRST, "A" * 64, "2030-02-30T00:00:00Z"),
            ["ExecutionDateTime '2030-02-30T00:00:00Z' is"],
        ),
        (
            request(
                "11.3",
                f"<sr:ActivateFirmware><sr:FirmwareHash>{'A' * 64}</sr:FirmwareHash><sr:ExecutionDateTime>"
                "2030-01-15T09:00:00Z</sr:ExecutionDateTime></sr:ActivateFirmware>",
            ),
            ["ActivateFirmware has its parts in the order FirmwareHash, ExecutionDateTime; the order is Exec"],
        ),
        (request("11.1", ""), ["Body has no request in it"]),
        (request("11.2", "<sr:A/><sr:B/>"), ["Body has B beside A"]),
        (
            changed("ServiceUserGateway", "Other"),
            [
                "Service request has its Request in the namespace http://www.dccinterface.co.uk/Other; that of the "
                "DUIS is http://www.dccinterface.co.uk/ServiceUserGateway"
            ],
        ),
        (
            changed("<sr:Request xmlns:sr", "<Request xmlns:sr").replace(b"</sr:Request", b"</Request"),
            [
                "Service request has its Request in no namespace; that of the DUIS is "
                "http://www.dccinterface.co.uk/ServiceUserGateway"
            ],
        ),
        (
            changed("<sr:DeviceIDList>", "<DeviceIDList/><sr:DeviceIDList>"),
            ["Element 'DeviceIDList' has no place here, in Request/Body/UpdateFirmware; give it as in the DUIS"],
        ),
        (changed('"5.4"', '"five"'), ["schemaVersion 'five' is not a version; write it as in \"5.4\""]),
        (changed("</sr:Header>", "</sr:Header><sr:Header/>"), ["Header is there twice; give it once"]),
        (changed("</sr:Body>", "</sr:Body><sr:Body/>"), ["Body is there twice; give it once"]),
        (
            b"%b%b%b%b" % (GOOD[:HEADER], GOOD[BODY:END], GOOD[HEADER:BODY], GOOD[END:]),
            ["Header comes after Body; give it before"],
        ),
        (
            changed("</sr:UpdateFirmware>", f"{device(9)}</sr:UpdateFirmware>"),
            [f"Text '{device(9)}' has no place here, in Request/Body/UpdateFirmware; give it as in the DUIS"],
        ),
        (
            changed("<sr:Body>", "<sr:Body>A"),
            ["Text 'A' has no place here, in Request/Body; give it as in the DUIS"],
        ),
        (changed("<sr:Body>", "A<sr:Body>"), ["Text 'A' has no place here, in Request; give it as in the DUIS"]),
        (
            changed("</sr:DeviceIDList>", f"{' ' * 978}</sr:DeviceIDList>"),
            ["DeviceIDList has 1,001 characters; is it the right file?"],
        ),
        (b"<a/>", ["Service request begins with the element a, not with Request of the DUIS"]),
    ],
)
def test_what_is_not_of_the_shape_is_refused_with_every_fault(octets: bytes, said: list[str]) -> None:
    faults = refused(octets)
    assert len(faults) == len(said)
    assert all(fault.startswith(each) for fault, each in zip(faults, said, strict=True)), faults


HEAD = GOOD[: GOOD.index(b"<sr:Header>")]
BOMB = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", "is not whole XML"),
        (GOOD[:-1], "is not whole XML"),
        (GOOD + b"<more/>", "is not whole XML"),
        (b"\xff\xfe<", "is not whole XML"),
        (GOOD.replace(b"UTF-8", b"no-such-encoding"), "says that it is in no-such-encoding, which is not read"),
        (GOOD.replace(b"0002012F", b"\xc3\x28"), "is not whole XML"),
        (GOOD.replace(b"0002012F", b"&other;"), "is not whole XML"),
        (f'<!DOCTYPE r [<!ENTITY a0 "ha">{BOMB}]><r>&a9;</r>'.encode(), "begins with a document type (DTD)"),
        (
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "hostname">]><r>&x;</r>',
            "begins with a document type (DTD)",
        ),
        (b'<!DOCTYPE r SYSTEM "http://dtd.example/r.dtd"><r/>', "begins with a document type (DTD)"),
        (HEAD + b"<!--" + b"x" * 2**21 + b"-->", "has a comment, attribute or tag of more than 1 MiB"),
        (b'<a b="' + b"x" * 2**21, "has a comment, attribute or tag of more than 1 MiB"),
        (HEAD + b"<sr:Body><sr:Other>" + b"<x>" * DEEPEST, f"has elements more than {DEEPEST} deep"),
        (HEAD + b"<sr:Body><sr:Other>" + b"<x/>" * MOST_ELEMENTS, "has more than 1,000,000 elements"),
    ],
)
def test_hostile_xml_is_refused(octets: bytes, said: str) -> None:
    (fault,) = refused(octets)
    assert fault.startswith(f"Service request {said}; ")


def test_only_what_is_within_another_counts_as_deep() -> None:
    devices = tuple(map(device, range(DEEPEST * 2)))
    assert read(update_request(devices)).device_ids == devices
    within = DEEPEST - 2  # the request and its body are around it
    deep = request("12.2", "<sr:a>" * within + "</sr:a>" * within)
    assert read(deep).body == OtherBody("a")


def test_a_text_without_end_is_refused_before_it_fills_the_memory() -> None:
    def endless() -> Iterator[bytes]:
        yield GOOD[: GOOD.index(b"FirmwareImage>") + len("FirmwareImage>")]
        piece = ota_file(b"").hex().encode() + b"A" * 2**18
        while True:
            yield piece

    with pytest.raises(FirmpathError, match="is larger than 256 MiB; is it the right file"):
        parse_request(endless())


def test_an_unsigned_request_is_told_from_a_signed_one() -> None:
    signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
    body = f"<sr:ActivateFirmware><sr:FirmwareHash>{hash_of(b'')}</sr:FirmwareHash></sr:ActivateFirmware>"
    assert read(request("11.3", body, more=signature)).is_signed
    assert not read(GOOD).is_signed


def test_a_device_id_is_kept_as_it_is_written_but_for_the_white_space_of_xml() -> None:
    joined = f"{FIRST}\u00a0{SECOND}"
    assert read(update_request([f" {FIRST}\n\t", joined])).device_ids == (FIRST, joined)
