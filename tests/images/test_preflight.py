"""Preflight: a verdict for every Device, and what speaks against a request as a whole."""

from typing import Any

import pytest

from firmpath.fleet.readings import Reading
from firmpath.images.known_devices import Inventoried, KnownDevice
from firmpath.images.preflight import REASONS, Preflight, Terms, preflight
from firmpath.images.preflight_json import preflight_json
from firmpath.images.preflight_words import explain_preflight, find_groups, find_not_known
from firmpath.images.request_reading import parse_request
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from tests.images.making import (
    SIGNATURE_BLOCK,
    activate_request,
    device,
    hash_of,
    ota_file,
    request,
    update_request,
)
from tests.notation import catalogue

IMAGE = b"an invented image"
OWN = f"version=0002012F hash={hash_of(IMAGE)}"
CPL = catalogue(f"1 <- 2 <- 3; 2 <- 4; 2 {OWN}; 1 version=00000001")
ONE = device(1)


def by_id(
    cpl_entry_id: object, status: str = "Commissioned", read_on: str = "2026-05-30", **more: Any
) -> KnownDevice:
    return KnownDevice(Reading(str(cpl_entry_id)), status, read_on, **more)


def by_version(version: str, device_type: str = "", model: str = "00050203", image_hash: str = "") -> KnownDevice:
    reading = Reading("", device_type, "F001", model, version, image_hash)
    return KnownDevice(reading, "Commissioned", "2026-05-30")


def judged(
    known: KnownDevice | None,
    cpl: Catalogue = CPL,
    octets: bytes = b"",
    terms: Terms = Terms(),  # noqa: B008
) -> Preflight:
    devices = {} if known is None else {ONE: known}
    asked = parse_request([octets or update_request([ONE])])
    return preflight(cpl, asked, Inventoried(devices, True, True), terms)


def reason_of(found: Preflight) -> str:
    (verdict,) = found.verdicts.values()
    return str(verdict.reason.value)


TWINS = catalogue(f"1 <- 2; 5 <- 6; 2 {OWN}; 1 version=0000000A; 5 version=0000000A hash=AB")
REVISIONS = catalogue(f"1 <- 2; 1 rev=04; 2 {OWN}")
TWO_TYPES = catalogue(
    f"1 <- 2; 2 {OWN}; 1 version=0000000A; 3 <- 4; 3 type=PPMID version=0000000A; 4 type=PPMID {OWN}"
)
DEVICES = {
    "go": (by_id(1), CPL),
    "malformed": (None, CPL),
    "not_in_the_inventory": (None, CPL),
    "inventory_not_understood": (by_id("x"), CPL),
    "other_step_first": (by_id(1), catalogue(f"1 <- 5 <- 2; 2 {OWN}")),
    "hardware_out_of_range": (by_id(1), REVISIONS),
    "several_rows": (by_id(1, rows=2), CPL),
    "row_not_understood": (by_id(1, is_too_wide=True), CPL),
    "suspended": (by_id(1, status="Suspended"), CPL),
    "not_in_use": (by_id(1, status="Decommissioned"), CPL),
    "status_not_understood": (by_id(1, status=""), CPL),
    "stale": (by_id(1, read_on="2026-05-01"), CPL),
    "not_known_when_read": (by_id(1, read_on="last week"), CPL),
    "already_there": (by_id(2), CPL),
    "unknown_device": (by_version("38040404"), CPL),
    "other_hardware": (by_id(7), catalogue(f"1 <- 2; 2 {OWN}; 7 model=0007")),
    "blocked_by_notice": (by_id(1), catalogue(f"1 <- 2; 2 {OWN}; notice N1: 1 -> 2")),
    "pathway_closed": (by_id(1), catalogue(f"1 <- 2; 2 {OWN}; 2 cpa=2026-05-31")),
    "dead_end": (by_id(1), catalogue(f"1 dead-end; 5 <- 2; 2 {OWN}")),
    "nobody_has_said": (by_id(1), catalogue(f"1; 2 ?; 2 {OWN}")),
    "no_pathway_declared": (by_id(3), CPL),
    "candidates_disagree": (by_version("0000000A"), TWINS),
}
"""For each reason a Device, and a CPL by which it is that."""


@pytest.mark.parametrize("reason", DEVICES)
def test_every_device_has_its_reason(reason: str) -> None:
    known, cpl = DEVICES[reason]
    octets = update_request(["nonsense"]) if reason == "malformed" else b""
    found = judged(known, cpl, octets)
    assert (reason_of(found), found.is_go, found.repaired) == (
        reason,
        reason == "go",
        (ONE,) if reason == "go" else (),
    )
    (group,) = find_groups(found)
    assert group.text
    assert group.next_step.startswith("Next: ") or reason in ("go", "already_there")


def test_every_reason_is_tried() -> None:
    assert set(DEVICES) | {"request", "cancels", "ends_before_execution"} == set(REASONS)


def test_text_that_people_read() -> None:
    said = {reason: find_groups(judged(*DEVICES[reason]))[0][1:3] for reason in DEVICES if reason != "malformed"}
    assert said["suspended"] == (
        "It is Suspended: after an activation without a response the inventory keeps the old version.",
        "Next: read its firmware version (service request 11.2), and put that into the inventory.",
    )
    assert said["other_step_first"] == (
        'Not yet. From CPL entry 1 (firmware 00000001, "v1") a Device has to go to CPL entry 5 (firmware 00000005, '
        '"v5") first, 1 step before CPL entry 2 (firmware 0002012F, "v2").',
        'Next: take it to CPL entry 5 (firmware 00000005, "v5").',
    )
    assert said["candidates_disagree"][1].startswith("Next: find out which image the Device runs.")
    assert said["hardware_out_of_range"][0] == (
        'The image is for hardware 0203 to 0203, and CPL entry 1 (firmware 00000001, "v1") is for hardware 0204.'
    )


def test_what_settles_an_ambiguous_device_settles_it() -> None:
    assert reason_of(judged(by_version("0000000A", image_hash="1".rjust(64, "0")), TWINS)) == "go"
    undecided = judged(by_version("0000000A"), TWO_TYPES)
    assert reason_of(undecided) == "candidates_disagree"
    assert "look up the Device type" in find_groups(undecided)[0].next_step
    assert reason_of(judged(by_version("0000000A", "ESME"), TWO_TYPES)) == "go"
    assert reason_of(judged(by_version("0000000A", "PPMID"), TWO_TYPES)) == "other_hardware"


def test_what_contradicts_the_cpl_is_no_reading() -> None:
    found = judged(by_version("00000001", "GSME"))
    assert reason_of(found) == "unknown_device"
    assert find_groups(found)[0].text.startswith("The device_type of the inventory contradicts the CPL")


def objections(found: Preflight) -> list[str]:
    return [each.kind.value for each in found.objections]


@pytest.mark.parametrize(
    ("octets", "cpl", "kinds"),
    [
        (update_request([ONE], ota_file(b"other")), CPL, ["not_on_the_cpl"]),
        (update_request([ONE], version="38040404"), CPL, ["other_version"]),
        (update_request([ONE], ota_file(maker=0xF002)), CPL, ["header_contradicts"]),
        (update_request([ONE], ota_file(version=0x38040404)), CPL, ["header_contradicts"]),
        (update_request([ONE], ota_file(maker=0xF002), "38040404"), CPL, ["other_version", "header_contradicts"]),
        (update_request([ONE], reference="11.4"), CPL, ["other_service_request"]),
        (update_request([ONE]), catalogue(f"1 <- 2; 2 {OWN}; 2 withdrawn"), ["withdrawn"]),
        (update_request([ONE]), catalogue(f"1 <- 2; 1 type=PPMID; 2 type=PPMID {OWN}"), ["other_service_request"]),
        (activate_request(ONE, "A" * 64), CPL, ["not_on_the_cpl"]),
        (activate_request(ONE, hash_of(IMAGE), "2026-05-31T09:00:00.00Z"), CPL, ["execution_has_passed"]),
    ],
)
def test_what_speaks_against_all_gives_nobody_a_go(octets: bytes, cpl: Catalogue, kinds: list[str]) -> None:
    found = judged(by_id(1), cpl, octets)
    assert (objections(found), reason_of(found), found.is_go, found.targets.entries) == (
        kinds,
        "request",
        False,
        (),
    )


def test_words_about_a_request_as_a_whole() -> None:
    found = judged(by_id(1), octets=update_request([ONE], version="38040404"))
    assert str(found.objections[0].fault) == (
        "Firmware version 38040404 contradicts the hash of the image, which the CPL has for 0002012F (2 "
        "(0002012F)); the header of the image says 0002012F; find out which is meant"
    )
    found = judged(by_id(1), octets=update_request([ONE], reference="11.4"))
    assert str(found.objections[0].fault) == (
        "Service request 11.4 is not for ESME, which 2 (0002012F) is for; a PPMID takes 11.4, which activates too; "
        "others take 11.1 and 11.3"
    )


def test_the_cpl_decides_which_extent_is_meant() -> None:
    octets = update_request([ONE], ota_file(IMAGE, SIGNATURE_BLOCK))
    assert judged(by_id(1), octets=octets).is_go
    whole = catalogue(f"1 <- 2; 2 version=0002012F hash={hash_of(IMAGE + SIGNATURE_BLOCK)}")
    assert judged(by_id(1), whole, octets).is_go


def test_one_hash_for_two_types_goes_by_the_request() -> None:
    esme = judged(by_id(1), TWO_TYPES)
    ppmid = judged(by_id(3), TWO_TYPES, update_request([ONE], reference="11.4"))
    assert (esme.targets.entries, esme.is_go) == ((2,), True)
    assert (ppmid.targets.entries, ppmid.is_go) == ((4,), True)
    assert list(find_not_known(ppmid)) == [
        "whether the Communications Hub of each PPMID has firmware that supports such an update; the inventory of "
        "the Device does not say."
    ]
    assert not judged(by_id(3), TWO_TYPES).is_go


def test_an_activation_goes_by_its_hash_alone() -> None:
    assert judged(by_id(1), octets=activate_request(ONE, hash_of(IMAGE))).is_go
    later = activate_request(ONE, hash_of(IMAGE), "2026-07-01T00:00:00.00Z")
    assert judged(by_id(1), octets=later).is_go
    ending = catalogue(f"1 <- 2; 2 {OWN}; 2 cpa=2026-06-30")
    found = judged(by_id(1), ending, later)
    assert reason_of(found) == "ends_before_execution"
    assert find_groups(found)[0].text.startswith("The step from CPL entry 1 ")


def test_a_cancellation_brings_nothing() -> None:
    found = judged(None, octets=activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:00.00Z"))
    assert (reason_of(found), found.is_go) == ("cancels", True)
    assert explain_preflight(found, find_groups(found)).headline == (
        "Go. This 11.3 cancels an activation, and brings no firmware to the Device."
    )


def test_an_accepted_notice_gives_a_go_and_says_so() -> None:
    cpl = catalogue(f"1 <- 2; 2 {OWN}; notice N1: 1 -> 2")
    found = judged(by_id(1), cpl, terms=Terms(frozenset({"N1"})))
    assert found.is_go
    assert "The risk on the step 1 (00000001) → 2 (0002012F) is accepted." in find_groups(found)[0].text


def test_the_list_itself_is_looked_at() -> None:
    devices = {device(at): by_id(1) for at in range(1, 5)}
    listed = [device(1), device(2), device(1), device(3), device(4)]
    asked = parse_request([update_request(listed)])
    found = preflight(CPL, asked, Inventoried(devices, True, True), Terms(most_devices=3))
    assert objections(found) == ["too_many_devices", "listed_twice"]
    assert (found.is_go, found.repaired) == (False, tuple(map(device, (1, 2, 3, 4))))
    assert objections(preflight(CPL, parse_request([update_request([""])]), Inventoried({}, True, True))) == [
        "no_devices"
    ]


def test_what_the_inventory_cannot_say_is_said_to_be_not_known() -> None:
    asked = parse_request([update_request([ONE])])
    found = preflight(CPL, asked, Inventoried({ONE: by_id(1, "", "")}, False, False))
    assert found.is_go
    assert list(find_not_known(found)) == [
        "whether a Device is Suspended; the inventory has no column device_status.",
        "whether a row is stale; the inventory has no column read_on.",
    ]


def test_a_request_that_brings_no_firmware_is_refused() -> None:
    with pytest.raises(FirmpathError) as refusal:
        judged(by_id(1), octets=request("12.2", "<sr:DevicePrenotification/>"))
    assert str(refusal.value) == (
        "Service request 12.2 (DevicePrenotification) brings no firmware to a Device; 11.1, 11.3 and 11.4 are "
        "checked"
    )


def test_json_has_every_device_in_the_order_of_the_list() -> None:
    devices = {device(1): by_id(2), device(3): by_id(1)}
    asked = parse_request([update_request([device(3), device(2), device(1)])])
    written = preflight_json(preflight(CPL, asked, Inventoried(devices, True, True)))
    assert [(each["device_id"], each["go"], each["reason"]) for each in written["devices"]] == [
        (device(3), True, "go"),
        (device(2), False, "not_in_the_inventory"),
        (device(1), False, "already_there"),
    ]
    assert written["repaired"] == [device(3)]
    assert [written["groups"][each["group"]]["reason"] for each in written["devices"]] == [
        each["reason"] for each in written["devices"]
    ]
    assert written["explanation"]["headline"] == (
        "No-go. This 11.1 must not be sent as it is: 2 of 3 Devices may not take it."
    )
