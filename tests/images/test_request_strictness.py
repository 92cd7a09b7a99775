"""What a service request says that nobody understands, or says of itself and is not so, is refused by name."""

import codecs
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import LARGEST_COUNTER, OtherBody
from firmpath.images.xml_streaming import as_octets
from firmpath.pathways.faults import FirmpathError
from tests.images.making import BROKER, ORIGINATOR, ota_file, request, update_request
from tests.images.test_request_reading import FIRST, GOOD, changed, read, refused

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
LOCATION = f'{XSI} xsi:schemaLocation="http://www.dccinterface.co.uk/ServiceUserGateway a.xsd"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<sr:Request ",
            '<sr:Request mode="test" ',
            "Attribute 'mode' is not understood, in Request; leave it out",
        ),
        (
            "<sr:Header>",
            '<sr:Header schemaVersion="5.4">',
            "Attribute 'schemaVersion' is not understood, in Request/Header; leave it out",
        ),
        (
            "<sr:RequestID>",
            '<sr:RequestID ns:a="1" xmlns:ns="urn:other">',
            "Attribute '{urn:other}a' is not understood, in Request/Header/RequestID; leave it out",
        ),
        (
            "<sr:UpdateFirmware>",
            '<sr:UpdateFirmware force="yes">',
            "Attribute 'force' is not understood, in Request/Body/UpdateFirmware; leave it out",
        ),
        (
            "<sr:DeviceIDList>",
            f'<sr:DeviceIDList {XSI} xsi:nil="true">',
            "Attribute '{http://www.w3.org/2001/XMLSchema-instance}nil' is not understood, in "
            "Request/Body/UpdateFirmware/DeviceIDList; leave it out",
        ),
    ],
)
def test_an_attribute_that_is_not_understood_is_refused_by_name(old: str, new: str, said: str) -> None:
    assert refused(changed(old, new)) == [said]


def test_attributes_that_say_nothing_of_a_request_are_left_alone() -> None:
    for element in ("sr:Request", "sr:Body", "sr:DeviceIDList"):
        octets = changed(f"<{element}", f"<{element} {LOCATION}")
        assert read(octets) == read(GOOD)
    assert read(request("12.2", '<sr:Other own="1"><sr:a b="2"/></sr:Other>')).body == OtherBody("Other")
    signature = (
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="a"><ds:a Algorithm="b"/></ds:Signature>'
    )
    assert read(changed("</sr:Request>", f"{signature}</sr:Request>")).is_signed


TEXT = GOOD.decode()


def saying(encoding: str) -> str:
    return TEXT.replace("UTF-8", encoding)


@pytest.mark.parametrize(
    "octets",
    [
        codecs.BOM_UTF8 + GOOD,
        GOOD.replace(b' encoding="UTF-8"', b""),
        GOOD[GOOD.index(b"<sr:Request") :],
        saying("utf-8").replace('"utf-8"', "'utf-8'").encode(),
        saying("ISO-8859-1").encode("latin-1"),
        saying("US-ASCII").encode("ascii"),
        saying("windows-1252").encode("cp1252"),
        saying("UTF-16").encode("utf-16"),
        codecs.BOM_UTF16_BE + saying("utf-16be").encode("utf-16-be"),
        saying("UTF-16LE").encode("utf-16-le"),
        TEXT.replace(' encoding="UTF-8"', "").encode("utf-16"),
    ],
)
def test_a_request_in_another_encoding_is_read_if_it_says_so(octets: bytes) -> None:
    assert read(octets) == read(GOOD)


@pytest.mark.parametrize(
    ("octets", "wrong"),
    [
        (TEXT.encode("utf-16"), "says that it is in UTF-8, and its octets are UTF-16"),
        (TEXT.encode("utf-16-be"), "says that it is in UTF-8, and its octets are UTF-16"),
        (
            codecs.BOM_UTF16_LE + saying("UTF-16BE").encode("utf-16-le"),
            "says that it is in UTF-16BE, and its octets",
        ),
        (saying("UTF-16").encode(), "says that it is in UTF-16, and its octets are not that"),
        (codecs.BOM_UTF8 + saying("UTF-16").encode(), "says that it is in UTF-16, and its octets are UTF-8"),
        (
            codecs.BOM_UTF8 + saying("ISO-8859-1").encode(),
            "says that it is in ISO-8859-1, and its octets are UTF-8",
        ),
        (saying("UTF-32").encode("utf-32"), "is in UTF-32, which is not read"),
        (saying("UTF-7").encode("utf-7"), "says that it is in UTF-7, which is not read"),
        (TEXT.replace("?>", f"{' ' * 1024}?>", 1).encode(), "has an XML declaration of more than 1,024 octets"),
    ],
)
def test_octets_that_are_not_what_the_request_says_are_refused(octets: bytes, wrong: str) -> None:
    (fault,) = refused(octets)
    right = "give the whole document, as it was made"
    if "declaration" not in wrong:
        right = 'save it anew as UTF-8, with encoding="UTF-8" in its first line'
    assert fault.startswith(f"Service request {wrong}")
    assert fault.endswith(f"; {right}")


@given(st.lists(st.integers(1, 60), max_size=20))
def test_in_which_pieces_its_first_octets_come_makes_no_difference(sizes: list[int]) -> None:
    octets, ends = TEXT.encode("utf-16"), [0]
    for size in sizes:
        ends.append(ends[-1] + size)
    pieces = [octets[a:b] for a, b in zip(ends, [*ends[1:], len(octets)], strict=True)]
    with pytest.raises(FirmpathError, match="its octets are UTF-16"):
        parse_request(pieces)


@pytest.mark.parametrize("encoding", ["UTF-16", "windows-1252", "UTF-8"])
def test_what_came_as_text_is_in_no_encoding_any_more(encoding: str) -> None:
    assert read(as_octets(saying(encoding))) == read(as_octets(f"\ufeff{TEXT}")) == read(GOOD)


SIGNATURE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (changed("<sr:Header>", f"{SIGNATURE}<sr:Header>"), "Header comes after Signature; give it before"),
        (changed("<sr:Body>", f"{SIGNATURE}<sr:Body>"), "Body comes after Signature; give it before"),
        (changed("</sr:Request>", f"{SIGNATURE * 2}</sr:Request>"), "Signature is there twice; give it once"),
        (
            changed("Version>0002012F", "Version>\u00a00002012F"),
            "FirmwareVersion '\\xa00002012F' has characters that are not ASCII; write it as in the DUIS",
        ),
        (
            changed(":1000<", ":1000\u2003<"),
            "RequestID '02-00-00-00-00-00-0A-01:90-B3-D5-1F-30-00-00-02:1000\\x2003' has characters",
        ),
    ],
)
def test_what_other_readers_would_read_otherwise_is_refused(octets: bytes, said: str) -> None:
    faults = refused(octets)
    assert faults[0].startswith(said)


def test_the_space_of_xml_around_a_field_is_no_part_of_it() -> None:
    assert read(changed(">0002012F<", "> \r\n\t0002012F\n<")) == read(GOOD)


def test_a_name_without_end_does_not_fill_the_screen() -> None:
    name = "x" * 40_000
    documents = (
        f"<{name}/>".encode(),
        changed("<sr:Header>", f"<sr:Header><sr:{name}><sr:{name}/></sr:{name}>"),
        request("11.2", f"<sr:{name}/><sr:b/>"),
    )
    assert all(len(fault) < 400 for octets in documents for fault in refused(octets))
    assert read(request("11.2", f"<sr:{name}/>")).body == OtherBody(f"{'x' * 80}…")


def test_an_image_in_two_parts_is_refused_though_they_would_make_a_whole_one() -> None:
    text = b64encode(ota_file()).decode()
    for cut in (4, 60):
        parts = f"{text[:cut]}</sr:FirmwareImage><sr:FirmwareImage>{text[cut:]}"
        assert refused(changed(text, parts)) == ["FirmwareImage is there twice; give it once"]


@pytest.mark.parametrize(("faults", "more"), [(19, 0), (20, 0), (21, 1), (3_000, 1)])
def test_of_very_many_faults_the_first_are_told_and_that_there_are_more(faults: int, more: int) -> None:
    told = refused(update_request([FIRST, *[""] * faults]))
    assert told[:20] == ["DeviceIDList is empty; give each Device a DeviceIDList of its own"] * min(faults, 20)
    assert told[20:] == ["Service request has more faults than these 20; put these right first"] * more


HEADER = {
    each: f"<sr:{each}>{text}</sr:{each}>"
    for each, text in {
        "RequestID": f"{ORIGINATOR}:{BROKER}:1000",
        "CommandVariant": "8",
        "ServiceReference": "11.1",
        "ServiceReferenceVariant": "11.1",
    }.items()
}


@pytest.mark.parametrize("field", HEADER)
def test_a_field_of_the_header_is_there_once(field: str) -> None:
    assert refused(changed(HEADER[field], "")) == [f"{field} is not given; give the whole request"]
    assert refused(changed(HEADER[field], HEADER[field] * 2)) == [f"{field} is there twice; give it once"]


@pytest.mark.parametrize("field", ["FirmwareImage", "FirmwareVersion", "DeviceIDList"])
def test_a_field_has_no_elements_in_it(field: str) -> None:
    where = f"Request/Body/UpdateFirmware/{field}"
    for place in (f"<sr:{field}>", f"</sr:{field}>"):
        within = f"<sr:x/>{place}" if "/" in place else f"{place}<sr:x/>"
        assert f"Element 'x' has no place here, in {where}; give it as in the DUIS" in refused(
            changed(place, within)
        )


@pytest.mark.parametrize("more", ["", "X"])
def test_of_a_field_too_long_to_be_meant_no_part_is_taken_for_it(more: str) -> None:
    said = refused(changed("0002012F<", f"0002012F{' ' * 1_000}{more}<"))
    assert said[0] == f"FirmwareVersion has {1_008 + len(more):,} characters; is it the right file?"


@pytest.mark.parametrize("counter", [0, LARGEST_COUNTER])
def test_the_least_and_the_largest_counter_are_read(counter: int) -> None:
    assert read(changed(":1000<", f":{counter}<")).request_id.counter == counter
