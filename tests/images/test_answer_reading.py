"""Answers about Devices: what is read out of them in each form, and what is refused."""

import time
from pathlib import Path

import pytest

from firmpath.images.answer_reading import LONGEST_ANSWER, read_answer
from firmpath.images.device_answers import DeviceAnswers, ReadDevice
from firmpath.images.known_devices import Doubt
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import parse_reference
from tests.images.refusing import refused

REFERENCE = "F001/00050203@0002012F"
DEVICE = (
    "<sr:Device><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID><sr:DeviceType>ESME</sr:DeviceType>"
    "<sr:DeviceManufacturer>f001</sr:DeviceManufacturer><sr:DeviceModel>00050203</sr:DeviceModel>"
    "<sr:DeviceFirmwareVersion>0002012F</sr:DeviceFirmwareVersion>"
    "<sr:DeviceFirmwareVersionStatus>Active</sr:DeviceFirmwareVersionStatus></sr:Device>"
)
ANSWER = f'<?xml version="1.0"?><sr:Response xmlns:sr="http://duis.example">{DEVICE}</sr:Response>'


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
        "Manufacturer identifier: F001\nModel identifier: 00050203\nFW version: 0002012F",
        "Manufacturer\tF001\nModel\t00050203\nFirmware Version\t0002012F",  # a page shows it in two columns
        "Manufacturer\tF001 CPL Status\tActive Model\t00050203 Firmware Version\t0002012F",
        "Model\tCPL Status\tManufacturer\tFirmware version\n00050203\tActive\tF001\t0002012F",  # or in a row
        "CPL Status,Model,Manufacturer,Firmware version\r\nActive,00050203,F001,0002012F\r\n",
        "Model;CPL Status;Manufacturer;Firmware version\n\n00050203;Active;F001;0002012F",
        "Model\tManufacturer\tCPL Status\tFirmware version 00050203\tF001\tActive\t0002012F",  # a box joins rows
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
    out_of_scope = DEVICE.replace("ESME", "IHD").replace("A0<", "A1<")
    hub = DEVICE.replace("ESME", "CHF").replace("A0<", "A2<")
    found = read_answer(f'<r xmlns:sr="http://duis.example">{DEVICE}{out_of_scope}{hub}</r>')
    assert [each.name for each in found.devices] == [
        "ESME 00-DB-12-34-56-78-90-A0",
        "Communications Hub 00-DB-12-34-56-78-90-A2",
    ]
    assert [str(fault) for fault in found.faults] == [
        "Device type 'IHD' is outside the scope of MP231, in the answer about Device 00-DB-12-34-56-78-90-A1; "
        "in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC"
    ]


def test_the_published_sample_is_read(shared_data: Path) -> None:
    found = read_answer((shared_data / "duis" / "8.2_DSPInventory_test_sample.json").read_text())
    assert [str(each.reference) for each in found.devices] == ["firmware version 0002012F of AB01/010A030B"]
    assert len(found.faults) == 3
    assert [each[:48] for each in found.passed_over] == ["The Gas Proxy Function 88-73-84-FF-00-2F-96-1E i"]


def test_what_is_missing_or_malformed_is_said_all_at_once() -> None:
    assert refused("Manufacturer: F001") == [
        "DeviceModel is not given; paste the whole answer, or write manufacturer/model@version "
        "(F001/00050203@0002012F)",
        "DeviceFirmwareVersion is not given; paste the whole answer, or write manufacturer/model@version "
        "(F001/00050203@0002012F)",
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


def test_text_is_whole_around_what_is_no_element() -> None:
    split = ANSWER.replace("0002012F", "0002<!-- a comment --><![CDATA[012F]]>")
    assert read_answer(split) == read_answer(ANSWER)
    assert refused(ANSWER.replace("0002012F", "<x>0002012F</x>")) == [
        "DeviceFirmwareVersion is not given, in the answer about Device 00-DB-12-34-56-78-90-A0; paste the whole "
        "answer, or write manufacturer/model@version (F001/00050203@0002012F)"
    ]


@pytest.mark.parametrize("name", ["DeviceStatus", "status", "DeviceFirmwareVersion", "FirmwareVersion", "DEVICEID"])
def test_a_field_that_is_an_attribute_is_refused_and_not_passed_over(name: str) -> None:
    for element in ("sr:Device", "sr:DeviceType"):
        assert refused(ANSWER.replace(f"<{element}>", f'<{element} {name}="Decommissioned">')) == [
            f"Attribute '{name}' is not understood, in {element.partition(':')[2]}; give the answer as it came: "
            "what is read stands in elements of their own"
        ]
    other = ANSWER.replace("<sr:Device>", '<sr:Device statusCode="200" CPLStatus="Active">')
    assert read_answer(other) == read_answer(ANSWER)


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
        *(
            as_json.replace("}", f', "{each}": "{status}"}}')
            for each in ("Status", "device_status", "Device Status")
        ),
        f"Device Status:\n{status}\n{named}",
        f"device_status: {status}, {named}",
        f"Status: {status} CPLStatus: Active {named}".replace("\n", " "),
    ):
        (device,) = read_answer(text).devices
        assert (device.status, device.doubts) == (status, doubts)
    for text in (ANSWER, as_json, f"{named}\nCPL Status: Active\nFirmware version status: Active"):
        assert read_answer(text).devices[0].doubts == ()


def test_a_status_that_is_not_the_devices_own_is_none_of_it() -> None:
    device = '{"DeviceManufacturer": "F001", "DeviceModel": "00050203", "DeviceFirmwareVersion": "0002012F"'
    for text in (
        f'{{"status": 200, "Device": {device}}}}}',
        f'{device}, "DeviceStatus": "Commissioned", "status": 1}}',
    ):
        assert read_answer(text).devices[0].doubts == ()


@pytest.mark.parametrize("name", ["DeviceStatus", "DeviceFirmwareVersion", "deviceType"])
def test_a_field_that_is_an_object_is_refused(name: str) -> None:
    text = f'{{"DeviceManufacturer": "F001", "DeviceModel": "00050203", "{name}": {{"value": "Suspended"}}}}'
    own = f"D{name[1:]}"
    assert refused(text) == [f"{own} is an object; give its text alone"]


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
