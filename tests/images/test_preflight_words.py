"""What is said of a preflight: its words for people, and its JSON."""

from firmpath.images.known_devices import Inventoried
from firmpath.images.preflight import preflight
from firmpath.images.preflight_json import preflight_json
from firmpath.images.preflight_words import find_groups, find_not_known
from firmpath.images.request_reading import parse_request
from tests.images.making import device, ota_file_for, update_request
from tests.images.test_preflight import (
    CPL,
    DEVICES,
    ONE,
    OWN,
    TWINS,
    TWO_TYPES,
    by_id,
    by_version,
    judged,
    reason_of,
)
from tests.notation import catalogue


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


def test_a_file_for_one_device_is_for_no_other() -> None:
    asked = parse_request([update_request([ONE, device(2)], ota_file_for(ONE))])
    found = preflight(CPL, asked, Inventoried({ONE: by_id(1), device(2): by_id(1)}, True, True))
    assert {each: str(verdict.reason) for each, verdict in found.verdicts.items()} == {
        ONE: "go",
        device(2): "for_another_device",
    }
    assert (found.is_go, found.repaired) == (False, (ONE,))
    assert find_groups(found)[0][1:3] == (
        f"The OTA file is for one Device alone, {ONE}.",
        "Next: take it off the list, or ask the manufacturer for a file that is for every Device.",
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
    assert [(each["reason"], each["candidates"]) for each in written["groups"]] == [
        ("not_in_the_inventory", []),
        ("already_there", [2]),
        ("go", [1]),
    ]
    assert written["explanation"]["headline"] == (
        "No-go. This 11.1 must not be sent as it is: 2 of 3 Devices may not take it."
    )


def test_what_settles_an_ambiguous_device_settles_it() -> None:
    assert reason_of(judged(by_version("0000000A", image_hash="1".rjust(64, "0")), TWINS)) == "go"
    undecided = judged(by_version("0000000A"), TWO_TYPES)
    assert reason_of(undecided) == "candidates_disagree"
    assert "look up the Device type" in find_groups(undecided)[0].next_step
    assert reason_of(judged(by_version("0000000A", "ESME"), TWO_TYPES)) == "go"
    assert reason_of(judged(by_version("0000000A", "PPMID"), TWO_TYPES)) == "request_contradicted"


def test_candidates_with_other_first_steps_are_not_sent_to_either() -> None:
    runs = "1 version=0000000A; 5 version=0000000A hash=AB"
    same = judged(by_version("0000000A"), catalogue(f"1 <- 7; 5 <- 7; 7 <- 2; 2 {OWN}; {runs}"))
    assert reason_of(same) == "other_step_first"
    other = judged(by_version("0000000A"), catalogue(f"1 <- 7; 5 <- 8; 7 <- 2; 8 <- 2; 2 {OWN}; {runs}"))
    assert (reason_of(other), other.is_go) == ("candidates_disagree", False)
    assert find_groups(other)[0].next_step.startswith("Next: find out which image the Device runs.")


def test_a_go_from_either_candidate_names_both() -> None:
    found = judged(
        by_version("0000000A"),
        catalogue(f"1 <- 2; 5 <- 2; 2 {OWN}; 1 version=0000000A; 5 version=0000000A hash=AB"),
    )
    assert found.is_go
    text = find_groups(found)[0].text
    assert "Yes, from CPL entry 1 (" in text
    assert "Yes, from CPL entry 5 (" in text


def test_rows_of_an_inventory_that_are_about_nobody_are_counted() -> None:
    inventoried = Inventoried({ONE: by_id(1)}, True, True, 1_200)
    found = preflight(CPL, parse_request([update_request([ONE])]), inventoried)
    assert list(find_not_known(found)) == [
        "which Devices 1,200 rows of the inventory are about, as there is no Device ID that can be read in them."
    ]
