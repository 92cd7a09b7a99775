"""An inventory answer that somebody pastes: what is read out of it, and what is refused."""

import time
from pathlib import Path

import pytest

from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import parse_reference
from firmpath.registry.web.reading.pasted import LONGEST_PASTED, is_pasted, read_pasted

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
        read_pasted(text)
    return [str(fault) for fault in refusal.value.faults]


def test_xml_gives_type_manufacturer_model_and_version() -> None:
    (device,) = read_pasted(ANSWER).devices
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
    assert is_pasted(text)
    (device,) = read_pasted(text).devices
    assert device.reference == parse_reference(REFERENCE)
    assert device.device_type is NOT_KNOWN


def test_every_device_of_an_answer_is_read_and_nothing_is_dropped_in_silence() -> None:
    out_of_scope = DEVICE.replace("ESME", "GPF").replace("A0<", "A1<")
    hub = DEVICE.replace("ESME", "CHF").replace("A0<", "A2<")
    found = read_pasted(f'<r xmlns:sr="http://duis.example">{DEVICE}{out_of_scope}{hub}</r>')
    assert [each.name for each in found.devices] == [
        "ESME 00-DB-12-34-56-78-90-A0",
        "Communications Hub 00-DB-12-34-56-78-90-A2",
    ]
    assert [str(fault) for fault in found.faults] == [
        "Device type 'GPF' is outside the scope of MP231, in the answer about Device 00-DB-12-34-56-78-90-A1; "
        "in scope are ESME, GSME, Communications Hub, PPMID, HCALCS, SAPC"
    ]


def test_the_published_sample_is_read(shared_data: Path) -> None:
    found = read_pasted((shared_data / "duis" / "8.2_DSPInventory_test_sample.json").read_text())
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
        ('<?xml version="1.0" encoding="bogus"?><a/>', "is not whole XML"),
        ("<a><b/></a>", "names no Device with its manufacturer, model and firmware version"),
        ("<a>" + "x" * LONGEST_PASTED + "</a>", "is longer than 64 kB"),
    ],
)
def test_what_is_no_inventory_answer_is_refused(text: str, wrong: str) -> None:
    (fault,) = refused(text)
    assert fault.startswith(f"Inventory answer {wrong}; ")


@pytest.mark.parametrize("text", ["118", REFERENCE, "A" * 64, "hello: world"])
def test_other_ways_to_name_an_entry_are_not_taken_for_an_answer(text: str) -> None:
    assert not is_pasted(text)


@pytest.mark.parametrize("text", ["Manufacturer: " + "A" * 60_000, "Model" + " " * 60_000, "Model:" * 10_000])
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    before = time.process_time()
    assert refused(text)
    assert time.process_time() - before < 2
