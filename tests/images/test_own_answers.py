"""Answers that Devices give themselves to an 11.2: the version alone, and whether the request failed."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from firmpath.images.answer_reading import read_answer
from firmpath.images.device_answers import ByVersion, candidates_of
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.identifiers import FirmwareVersion
from tests.images.refusing import refused
from tests.notation import catalogue


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
        (answer_by_itself().replace("<GBCSPayload>", "<GBCSPayload>!"), "GBCSPayload is not Base64"),
        (answer_by_itself().replace("</GBCS", f"{' ' * 5_000}zz</GBCS"), "GBCSPayload has 5,"),
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
    assert list(map(str, found.faults)) == [
        "ResponseCode 'E5' says that the request failed, in the answer of Device 02-00-00-00-00-00-00-01; read it "
        "again by 11.2 or 8.2"
    ]


def test_a_code_that_stands_there_twice_or_has_elements_in_it_is_refused() -> None:
    code = "<ResponseCode>E5</ResponseCode>"
    assert refused(answer_by_itself().replace("</Header>", f"{code}</Header>")) == [
        "ResponseCode 'E5' stands there twice; give the answer as it came"
    ]
    (fault,) = refused(answer_by_itself().replace("<ResponseCode>I0", "<ResponseCode>E5<x/>I0"))
    assert fault.startswith("ResponseCode 'E5I0' has elements in its text")
