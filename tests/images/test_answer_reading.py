"""Answers about Devices: what is read out of them in each form, and what is refused."""

import json
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.images.answer_reading import LONGEST_ANSWER, read_answer
from firmpath.images.device_answers import ByVersion, DeviceAnswers, ReadDevice, candidates_of
from firmpath.images.known_devices import Doubt
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import FirmwareVersion
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import parse_reference
from tests.notation import catalogue

REFERENCE = "F001/00050203@0002012F"
DEVICE = (
    "<sr:Device><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID><sr:DeviceType>ESME</sr:DeviceType>"
    "<sr:DeviceManufacturer>f001</sr:DeviceManufacturer><sr:DeviceModel>00050203</sr:DeviceModel>"
    "<sr:DeviceFirmwareVersion>0002012F</sr:DeviceFirmwareVersion>"
    "<sr:DeviceFirmwareVersionStatus>Active</sr:DeviceFirmwareVersionStatus></sr:Device>"
)
ANSWER = f'<?xml version="1.0"?><sr:Response xmlns:sr="http://duis.example">{DEVICE}</sr:Response>'


def refused(text: str) -> list[str]:
    with pytest.raises(FirmpathError) as refusal:
        read_answer(text)
    return [str(fault) for fault in refusal.value.faults]


def test_xml_gives_type_manufacturer_model_and_version() -> None:
    (device,) = read_answer(ANSWER).devices
    assert device.device_id == "00-DB-12-34-56-78-90-A0"
    assert device.device_type is DeviceType.ESME
    assert device.reference == parse_reference(REFERENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Manufacturer: F001\nModel: 00050203\nFirmware version: 0002012F",
        "DeviceManufacturer=F001\r\nDeviceModel=00050203\r\nDeviceFirmwareVersion=0002012F",
        "Manufacturer: F001 CPLStatus: Active Model: 00050203 Firmware version: 0002012F",  # a box joins lines
        '{"DeviceManufacturer": "F001", "DeviceModel": "00050203", "DeviceFirmwareVersion": "0002012F"}',
    ],
)
def test_lines_and_json_give_the_same(text: str) -> None:
    (device,) = read_answer(text).devices
    assert device.reference == parse_reference(REFERENCE)
    assert device.device_type is NOT_KNOWN


@pytest.mark.parametrize(
    "again",
    [
        DEVICE.replace("0002012F", "00020130").replace("00-DB-12", "00-db-12"),
        DEVICE.replace("00050203", "00050204"),
        DEVICE.replace("ESME", "GSME"),
        DEVICE.replace("<sr:DeviceType>", "<sr:DeviceStatus>Suspended</sr:DeviceStatus><sr:DeviceType>"),
    ],
)
def test_a_device_of_which_different_things_are_said_is_neither(again: str) -> None:
    other = DEVICE.replace("A0<", "A1<")
    found = read_answer(f'<r xmlns:sr="http://duis.example">{DEVICE}{other}{other}{again}{DEVICE}</r>')
    assert [each.device_id for each in found.devices] == ["00-DB-12-34-56-78-90-A1"]
    assert [str(fault) for fault in found.faults] == [
        "Device ID 00-DB-12-34-56-78-90-A0 stands there more than once, with different firmware, Device type or "
        "status; give the latest answer about it alone"
    ]


def test_devices_without_an_id_do_not_contradict_each_other() -> None:
    unnamed = DEVICE.replace("<sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID>", "")
    two = unnamed + unnamed.replace("0002012F", "00020130")
    found = read_answer(f'<r xmlns:sr="http://duis.example">{two}</r>')
    assert (len(found.devices), found.faults) == (2, ())


LINES = ("Device ID: 0{0}", "Manufacturer: F001", "Model: 00050203", "Firmware version: 0000000{0}")


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n \t\r\n\n", " "])
def test_a_line_is_read_of_the_device_that_it_stands_with(between: str) -> None:
    whole = between.join("\n".join(LINES).format(each) for each in "123")
    named = [(f"0{each}", parse_reference(f"F001/00050203@0000000{each}")) for each in "123"]
    found = read_answer(f"\n\n{whole}\n\n").devices
    assert [(each.device_id, each.reference) for each in found] == named


@pytest.mark.parametrize("kept", [(0,), (0, 1), (0, 1, 2)])
def test_a_device_with_lines_missing_takes_none_of_the_next(kept: tuple[int, ...]) -> None:
    short = "\n".join(LINES[at] for at in kept).format(1)
    found = read_answer("{}\n \r\n{}".format(short, "\n".join(LINES).format(2)))
    assert [each.device_id for each in found.devices] == ["02"]
    assert all("is not given, in the answer about Device 01" in str(each) for each in found.faults)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("{0}\n{1}\n{2}\n\n{1}\n{3}", "Manufacturer"),  # the second has no Device ID
        ("{0}\n{1}\n{2}\n{3}\n{2}\n{3}", "Model"),
        ("{0}\n\n{1}\n\n{2}\n\n{3}", "Manufacturer"),
    ],
)
def test_lines_that_may_be_about_either_device_are_refused(text: str, second: str) -> None:
    assert refused(text.format(*LINES).format(1)) == [
        f"Answer has Devices that begin with different lines, Device ID and {second}; give each the same lines in "
        "the same order, and a blank line only between two Devices"
    ]


def test_every_device_of_an_answer_is_read_and_nothing_is_dropped_in_silence() -> None:
    out_of_scope = DEVICE.replace("ESME", "GPF").replace("A0<", "A1<")
    hub = DEVICE.replace("ESME", "CHF").replace("A0<", "A2<")
    found = read_answer(f'<r xmlns:sr="http://duis.example">{DEVICE}{out_of_scope}{hub}</r>')
    assert [each.name for each in found.devices] == [
        "ESME 00-DB-12-34-56-78-90-A0",
        "Communications Hub 00-DB-12-34-56-78-90-A2",
    ]
    assert [str(fault) for fault in found.faults] == [
        "Device type 'GPF' is outside the scope of MP231, in the answer about Device 00-DB-12-34-56-78-90-A1; "
        "in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC"
    ]


def test_the_published_sample_is_read(shared_data: Path) -> None:
    found = read_answer((shared_data / "duis" / "8.2_DSPInventory_test_sample.json").read_text())
    assert [str(each.reference) for each in found.devices] == ["firmware version 0002012F of AB01/010A030B"]
    assert len(found.faults) == 4


def test_what_is_missing_or_malformed_is_said_all_at_once() -> None:
    assert refused("Manufacturer: F001") == [
        "DeviceModel is not given; paste the whole answer",
        "DeviceFirmwareVersion is not given; paste the whole answer",
    ]
    assert refused("Manufacturer: F0012\nModel: 0005\nFirmware version: 0002012F") == [
        "Manufacturer identifier 'F0012' is not 4 hex digits (it has 5 characters)",
        "Model '0005' is not 8 hex digits (it has 4 characters)",
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "begins with a document type (DTD)"),
        ('<!DOCTYPE a SYSTEM "hostname"><a/>', "begins with a document type (DTD)"),
        ("<a>", "is not whole XML"),
        ("<a>&b;</a>", "is not whole XML"),
        ("<a><b/></a>", "names no Device with its manufacturer, model and firmware version"),
        ("<a>" + "x" * LONGEST_ANSWER + "</a>", "is longer than 64 kB"),
        ("{", "is not whole JSON"),
        ('{"a": NaN}', "is not whole JSON"),
        ("[" * 60_000, "is not whole JSON"),
        ('{"a":' * 10_000, "is not whole JSON"),
        ("[" + "9" * 60_000 + "]", "is not whole JSON"),
        ('{"DeviceModel": "00050203", "DeviceModel": "00050204"}', "is not whole JSON"),
        ("[" * 400 + "]" * 400, "names no Device with its manufacturer, model and firmware version"),
        ("<Request><FirmwareVersion>0002012F</FirmwareVersion></Request>", "names no Device with its manufacturer"),
    ],
)
def test_what_is_no_answer_is_refused(text: str, wrong: str) -> None:
    (fault,) = refused(text)
    assert fault.startswith(f"Answer {wrong}")


def test_what_stands_there_twice_is_no_value() -> None:
    twice = DEVICE.replace("<sr:DeviceModel>", "<sr:DeviceModel>00050204</sr:DeviceModel><sr:DeviceModel>")
    status = "<sr:DeviceStatus>Suspended</sr:DeviceStatus>"
    of_status = DEVICE.replace("<sr:DeviceModel>", f"{status * 2}<sr:DeviceModel>")
    for device, name in ((twice, "DeviceModel"), (of_status, "DeviceStatus")):
        assert refused(f'<r xmlns:sr="http://duis.example">{device}</r>') == [
            f"{name} stands there twice, in the answer about Device 00-DB-12-34-56-78-90-A0; give the answer as it "
            "came"
        ]


@pytest.mark.parametrize("mixed", ["junk<x/>0002012F", "0002012F<x/>", "<x/>0002012F", "00<b>02</b>012F"])
def test_a_value_with_elements_in_it_is_refused(mixed: str) -> None:
    (fault,) = refused(ANSWER.replace("0002012F", mixed))
    assert fault.startswith("DeviceFirmwareVersion '")
    assert fault.endswith(" has elements in its text; give the answer as it came")
    (fault,) = refused(answer_by_itself().replace("<ResponseCode>I0", "<ResponseCode>E5<x/>I0"))
    assert fault.startswith("ResponseCode 'E5I0' has elements in its text")


def test_text_is_whole_around_what_is_no_element() -> None:
    split = ANSWER.replace("0002012F", "0002<!-- a comment --><![CDATA[012F]]>")
    assert read_answer(split) == read_answer(ANSWER)
    assert refused(ANSWER.replace("0002012F", "<x>0002012F</x>")) == [
        "DeviceFirmwareVersion is not given, in the answer about Device 00-DB-12-34-56-78-90-A0; paste the whole "
        "answer"
    ]


def test_a_number_has_lost_its_zeros() -> None:
    text = '{"DeviceManufacturer": "F001", "DeviceModel": 50203, "DeviceFirmwareVersion": null}'
    assert refused(text) == [
        "Model '50203' is not 8 hex digits (it has 5 characters)",
        "Firmware version 'null' is not 8 hex digits (it has 4 characters)",
    ]


@pytest.mark.parametrize(
    ("status", "doubts"),
    [
        ("Commissioned", ()),
        ("SUSPENDED", (Doubt.SUSPENDED,)),
        ("Decommissioned", (Doubt.NOT_IN_USE,)),
        ("With drawn", (Doubt.NOT_IN_USE,)),
        ("Pending", (Doubt.STATUS_NOT_UNDERSTOOD,)),
        ("'Suspended'", (Doubt.STATUS_NOT_UNDERSTOOD,)),
        ("Commissioned (suspended)", (Doubt.STATUS_NOT_UNDERSTOOD,)),
    ],
)
def test_every_status_but_the_one_in_use_is_a_doubt_in_every_form(status: str, doubts: tuple[Doubt, ...]) -> None:
    named = "Manufacturer: F001\nModel: 00050203\nFirmware version: 0002012F"
    as_json = '{"DeviceManufacturer": "F001", "DeviceModel": "00050203", "DeviceFirmwareVersion": "0002012F"}'
    for text in (
        ANSWER.replace("</sr:DeviceType>", f"</sr:DeviceType><sr:DeviceStatus>{status}</sr:DeviceStatus>"),
        as_json.replace("}", f', "DeviceStatus": "{status}"}}'),
        f"{named}\nStatus: {status}\nCPL Status: Active",
        f"device_status: {status}, {named}",
        f"Status: {status} CPLStatus: Active {named}".replace("\n", " "),
    ):
        (device,) = read_answer(text).devices
        assert (device.status, device.doubts) == (status, doubts)
    for text in (ANSWER, as_json, f"{named}\nCPL Status: Active\nFirmware version status: Active"):
        assert read_answer(text).devices[0].doubts == ()


@pytest.mark.parametrize(
    ("name", "device_id", "version"),
    [
        ("ECS52_11.2_SUCCESS_RESPONSE_DUIS.XML", "BC-33-AC-00-FE-FA-55-3C", "00020000"),
        ("readfw-response.xml", "88-73-84-57-00-2F-96-1E", "0C230000"),
    ],
)
def test_a_published_answer_of_a_device_gives_its_version(
    shared_data: Path, name: str, device_id: str, version: str
) -> None:
    (device,) = read_answer((shared_data / "duis" / name).read_text()).devices
    assert (device.device_id, device.reference) == (device_id, ByVersion(FirmwareVersion(version)))


def in_json(answer: str, header: str = "", body: str = "") -> str:
    """Give such an answer in XML as JSON, with what is said of it beside it or in objects of these names."""
    found = {name: answer.split(name)[1].strip("<>/") for name in ("ResponseID", "ResponseCode", "GBCSPayload")}
    payload = {"GBCSPayload": found.pop("GBCSPayload")}
    return json.dumps(
        {"Response": ({header: found} if header else found) | ({body: [payload]} if body else payload)}
    )


def answer_by_itself(version: str = "0002012F", code: str = "I0", use_case: str = "0059") -> str:
    own, other = "02 00 00 00 00 00 00 01", "02 00 00 00 00 00 0A 01"
    counter = "00 00 01 82 90 CB 75 A8"
    parts = (
        f"DD 00 00 00 00 00 00 45 11 00 00 00 00 DF 09 02 {counter} 08 {own} 08 {other} 00 02 {use_case}",
        f"11 DA 20 CB 75 A8 00 00 01 09 04 {version} 01 01 00 00 C0 79 FB 9B B3 33 C9 70 19 37 F0 26",
    )
    payload = b64encode(bytes.fromhex(" ".join(parts))).decode()
    return (
        f"<Response><Header><ResponseID>{own.replace(' ', '-')}:{other.replace(' ', '-')}:7</ResponseID>"
        f"<ResponseCode>{code}</ResponseCode></Header><GBCSPayload>{payload}</GBCSPayload></Response>"
    )


def test_a_version_alone_means_every_entry_that_has_it() -> None:
    (device,) = read_answer(answer_by_itself()).devices
    assert (device.name, str(device.reference)) == ("Device 02-00-00-00-00-00-00-01", "firmware version 0002012F")
    cpl = catalogue("1 version=0002012F; 2 model=0007 version=0002012F; 3 type=GSME version=0002012F; 4")
    assert candidates_of(cpl, device) == (1, 2, 3)
    assert candidates_of(cpl, device._replace(device_type=DeviceType.GSME)) == (3,)
    assert read_answer(in_json(answer_by_itself(), "Header", "Body")).devices == (device,)
    (written,) = read_answer("Firmware version: 0002012F").devices
    assert written.reference == device.reference


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            answer_by_itself(use_case="0084"),
            "GBCSPayload is not an answer by use case ECS52, the one that is read here",
        ),
        *(
            (written(answer), said)
            for written in (
                str,
                in_json,
                lambda answer: in_json(answer, body="Body"),
                lambda answer: in_json(answer, "Header", "Body"),
            )
            for answer, said in (
                (answer_by_itself(code="E5"), "ResponseCode 'E5' says that the request failed"),
                (
                    answer_by_itself().replace("-01:", "-02:", 1),
                    "ResponseID '02-00-00-00-00-00-00-02' is not the Device that",
                ),
            )
        ),
        ("<a><GBCSPayload>AAA</GBCSPayload></a>", "GBCSPayload is not Base64"),
        ("<a><GBCSPayload/></a>", "GBCSPayload is not an answer by use case ECS52"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    (fault,) = refused(text)
    assert fault.startswith(said)


@pytest.mark.parametrize("form", [str, in_json])
@pytest.mark.parametrize("codes", [("I0", "E5"), ("E5", "I0")])
def test_of_several_answers_each_has_its_own_code(form: Callable[[str], str], codes: tuple[str, str]) -> None:
    parts = [form(answer_by_itself(code=code)) for code in codes]
    found = read_answer(f"[{','.join(parts)}]" if form is in_json else f"<All>{''.join(parts)}</All>")
    assert [each.name for each in found.devices] == ["Device 02-00-00-00-00-00-00-01"]
    assert [str(each)[:50] for each in found.faults] == ["ResponseCode 'E5' says that the request failed; re"]


def test_a_code_that_stands_there_twice_is_refused() -> None:
    code = "<ResponseCode>E5</ResponseCode>"
    assert refused(answer_by_itself().replace("</Header>", f"{code}</Header>")) == [
        "ResponseCode 'E5' stands there twice; give the answer as it came"
    ]


@pytest.mark.parametrize("text", ["118", REFERENCE, "F001, 00050203, 0002012F", "A" * 64])
def test_what_a_device_runs_may_just_be_named(text: str) -> None:
    assert read_answer(text) == (DeviceAnswers((ReadDevice("", NOT_KNOWN, parse_reference(text)),), ()))


def test_what_neither_names_an_entry_nor_is_an_answer_is_refused() -> None:
    (fault,) = refused("hello: world\n")
    assert fault.startswith("Entry 'hello: world' is not a way to name one; give a CPL Entry ID (311), ")
    assert fault.endswith("(1063/00050203@38040404), or a whole answer to service request 8.2 or 11.2")


@pytest.mark.parametrize(
    "text",
    ["Manufacturer: " + "A" * 60_000, "Model" + " " * 60_000, "Model:" * 10_000, "A , " * 10_000, "A" * 60_000],
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    before = time.process_time()
    assert refused(text)
    assert time.process_time() - before < 2
