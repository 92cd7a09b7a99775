"""What is no answer that says what a Device runs, and names Devices all the same: each is refused as what it is."""

import json
import time
from pathlib import Path

import pytest

from firmpath.images.answer_reading import read_answer
from firmpath.pathways.faults import FirmpathError
from tests.images.refusing import refused
from tests.images.test_own_answers import answer_by_itself

DEVICE = (
    "<DeviceID>00-DB-12-34-56-78-90-A0</DeviceID><DeviceManufacturer>F001</DeviceManufacturer>"
    "<DeviceModel>00050203</DeviceModel><DeviceType>ESME</DeviceType>"
)
INVENTORIED = f"<Device>{DEVICE}<DeviceFirmwareVersion>0002012F</DeviceFirmwareVersion></Device>"
RIGHT = "give the answer to service request 8.2 or 11.2"


def request(reference: str, body: str) -> str:
    header = f"<CommandVariant>8</CommandVariant><ServiceReference>{reference}</ServiceReference>"
    return f'<sr:Request xmlns:sr="http://duis.example"><Header>{header}</Header><Body>{body}</Body></sr:Request>'


def response(code: str, body: str) -> str:
    return f"<Response><Header><ResponseCode>{code}</ResponseCode></Header><Body>{body}</Body></Response>"


def answer_to(reference: str, within: str = "", code: str = "I0") -> str:
    message = f"<ServiceReference>{reference}</ServiceReference>{within}"
    return response(code, f"<ResponseMessage>{message}</ResponseMessage>")


def alert(kind: str, field: str, code: str, within: str = "") -> str:
    return response("I0", f"<{kind}><{field}>{code}</{field}>{within}</{kind}>")


PRE_NOTIFIED = f"<DevicePrenotification>{DEVICE}<FirmwareVersion>0002012F</FirmwareVersion></DevicePrenotification>"
OTHERS = {
    request("8.2", "<ReadInventory><DeviceID>00-DB-12-34-56-78-90-A0</DeviceID></ReadInventory>"): (
        f"Answer is a service request (8.2), which does not say what a Device runs; {RIGHT}"
    ),
    request("11.1", "<UpdateFirmware><FirmwareVersion>0002012F</FirmwareVersion></UpdateFirmware>"): (
        f"Answer is a service request (11.1), which does not say what a Device runs; {RIGHT}"
    ),
    request("12.2", PRE_NOTIFIED): (
        f"Answer is a service request (12.2), which does not say what a Device runs; {RIGHT}"
    ),
    f"<Request>{PRE_NOTIFIED}</Request>": (
        f"Answer is a service request, which does not say what a Device runs; {RIGHT}"
    ),
    answer_to("12.2"): f"Service request '12.2' has no answer that says what a Device runs; {RIGHT}",
    answer_to("12.2", INVENTORIED): f"Service request '12.2' has no answer that says what a Device runs; {RIGHT}",
    response("I99", ""): (
        f"Answer acknowledges a request (I99), or has nothing about a Device in it; {RIGHT}, which comes later"
    ),
    answer_to("11.2"): (
        f"Answer acknowledges a request (I0), or has nothing about a Device in it; {RIGHT}, which comes later"
    ),
    alert("DCCAlertMessage", "DCCAlertCode", "N60", INVENTORIED): (
        f"Answer is a DCC alert (N60), which does not say what a Device runs; {RIGHT}"
    ),
    alert("DeviceAlertMessage", "AlertCode", "8F1D", "<GBCSPayload>AAAA</GBCSPayload>"): (
        f"Answer is an alert of a Device (8F1D), which does not say what a Device runs; {RIGHT}"
    ),
    answer_to("8.2", code="E20"): "ResponseCode 'E20' says that the request failed; read it again by 8.2",
    answer_to("8.2", INVENTORIED, "E20"): "ResponseCode 'E20' says that the request failed; read it again by 8.2",
    f"<a><ResponseCode>E20</ResponseCode>{INVENTORIED}</a>": (
        "ResponseCode 'E20' says that the request failed; read it again by 11.2 or 8.2"
    ),
}


@pytest.mark.parametrize(("message", "words"), OTHERS.items())
def test_another_message_is_refused_as_what_it_is(message: str, words: str) -> None:
    assert refused(message) == [words]
    found = read_answer(f"<All>{message}{INVENTORIED}</All>")  # and nothing else is lost for it
    assert [each.device_id for each in found.devices] == ["00-DB-12-34-56-78-90-A0"]
    assert list(map(str, found.faults)) == [words]


@pytest.mark.parametrize(
    "name",
    [
        "8.2_READ_INVENTORY_REQUEST_DUIS.XML",
        "8.4_UPDATE_INVENTORY_REQUEST_DUIS.XML",
        "11.1_UPDATE_FIRMWARE_REQUEST_DUIS.XML",
        "11.4_UPDATE_PPMID_FIRMWARE_REQUEST_DUIS.XML",
        "12.2_DEVICE_PRE_NOTIFICATION_REQUEST_DUIS.XML",
        "CS06_11.3_FUTURE_DATED_SUCCESS_REQUEST_DUIS.XML",
        "ECS52_11.2_SUCCESS_REQUEST_DUIS.XML",
    ],
)
def test_a_published_request_is_refused_as_one(shared_data: Path, name: str) -> None:
    reference = next(each for each in name.split("_") if each[0].isdigit())
    assert refused((shared_data / "duis" / name).read_text()) == [
        f"Answer is a service request ({reference}), which does not say what a Device runs; {RIGHT}"
    ]


def as_json(reference: str, prefix: str = "", **more: str) -> str:
    device = {"DeviceManufacturer": "F001", "DeviceModel": "00050203", "DeviceFirmwareVersion": "0002012F"}
    header = {f"{prefix}ServiceReference": reference, **more}
    return json.dumps({f"{prefix}Header": header, f"{prefix}Body": {f"{prefix}Device": [device]}})


def test_json_is_held_against_the_same() -> None:
    assert len(read_answer(as_json("8.2")).devices) == 1
    assert refused(as_json("12.2")) == [
        f"Service request '12.2' has no answer that says what a Device runs; {RIGHT}"
    ]
    for prefix in ("", "sr:"):
        assert refused(as_json("12.2", prefix, CommandVariant="8")) == [
            f"Answer is a service request (12.2), which does not say what a Device runs; {RIGHT}"
        ]
    assert refused(as_json("8.2", ResponseCode="E20")) == [
        "ResponseCode 'E20' says that the request failed; read it again by 8.2"
    ]
    simplified = {"header": {"type": "request", "commandVariant": {"number": 8}, "serviceReference": "12.2"}}
    assert refused(json.dumps(simplified | {"body": json.loads(as_json("8.2"))["Body"]})) == [
        f"Answer is a service request (12.2), which does not say what a Device runs; {RIGHT}"
    ]
    failed = {"header": {"type": "response", "responseCode": "E20"}} | {"body": json.loads(as_json("8.2"))["Body"]}
    assert refused(json.dumps(failed))[0].startswith("ResponseCode 'E20' says that the request failed")
    inside = f'{{"DCCAlertMessage": {{"DCCAlertCode": "N60", "a": {as_json("8.2")}}}}}'
    assert refused(inside) == [f"Answer is a DCC alert (N60), which does not say what a Device runs; {RIGHT}"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ServiceReference: 12.2", "Service request '12.2' has no answer that says what a Device runs"),
        ("CommandVariant=8", "Answer is a service request, which does not say what a Device runs"),
        ("responsecode: E20", "ResponseCode 'E20' says that the request failed"),
    ],
)
def test_a_pasted_line_that_says_so_is_enough(line: str, words: str) -> None:
    device = "Manufacturer: F001\nModel: 00050203\nFirmware version: 0002012F"
    assert len(read_answer(f"ServiceReference: 8.2\nResponseCode: I0\n{device}").devices) == 1
    (fault,) = refused(f"{line}\n{device}")
    assert fault.startswith(words)


def test_documents_pasted_one_behind_the_other_are_read_each_for_itself() -> None:
    begins = '<?xml version="1.0" encoding="UTF-8"?>'
    other = answer_to("8.2", INVENTORIED).replace("A0<", "A1<")
    found = read_answer(f"{begins}{answer_by_itself()}\n{begins}\n{other}\n{begins}{answer_to('12.2')}\n")
    assert [each.device_id for each in found.devices] == ["02-00-00-00-00-00-00-01", "00-DB-12-34-56-78-90-A1"]
    assert len(found.faults) == 1
    assert refused(f"{begins}{other}{other}")[0].startswith("Answer is not whole XML")


@pytest.mark.parametrize(
    "text",
    [
        f"{'<Response>' * 60}{'<x><DeviceID/></x>' * 60_000}{'</Response>' * 60}",
        f"{'{' + chr(34) + 'Response' + chr(34) + ':'}" * 900 + f"[{','.join(['{}'] * 60_000)}]" + "}" * 900,
        f"<a>{'<Response/>' * 60_000}</a>",
        '<?xml version="1.0"?><a/>' * 60_000,
    ],
)
def test_messages_in_messages_cost_no_more_than_their_length(text: str) -> None:
    before = time.process_time()
    with pytest.raises(FirmpathError) as refusal:
        read_answer(text, 2**24)
    assert len(refusal.value.faults) == 1
    assert time.process_time() - before < 4
