"""Preflight: a verdict for every Device, and what speaks against a request as a whole."""

from typing import Any

import pytest

from firmpath.fleet.readings import Reading
from firmpath.images.known_devices import Inventoried, KnownDevice
from firmpath.images.preflight import REASONS, Preflight, Terms, preflight
from firmpath.images.preflight_words import explain_preflight, find_groups, find_not_known
from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import Distribution
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import FirmpathError
from tests.images.making import (
    SIGNATURE_BLOCK,
    activate_request,
    device,
    hash_of,
    ota_file,
    ota_file_for,
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
    "for_another_device": (by_id(1), CPL),
    "not_in_the_inventory": (None, CPL),
    "inventory_not_understood": (by_id("x"), CPL),
    "other_step_first": (by_id(1), catalogue(f"1 <- 5 <- 2; 2 {OWN}")),
    "hardware_out_of_range": (by_id(1), REVISIONS),
    "several_rows": (by_id(1, rows=2), CPL),
    "row_not_understood": (by_id(1, is_too_wide=True), CPL),
    "suspended": (by_id(1, status="Suspended"), CPL),
    "not_in_use": (by_id(1, status="Decommissioned"), CPL),
    "status_not_known": (by_id(1, status=""), CPL),
    "status_not_understood": (by_id(1, status="Pending"), CPL),
    "stale": (by_id(1, read_on="2026-05-01"), CPL),
    "not_known_when_read": (by_id(1, read_on=""), CPL),
    "read_on_not_understood": (by_id(1, read_on="last week"), CPL),
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
    octets = {
        "malformed": update_request(["nonsense"]),
        "for_another_device": update_request([ONE], ota_file_for(device(2))),
    }.get(reason, b"")
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
    elsewhere = {"request", "cancels", "ends_before_execution", "stale_by_execution", "request_contradicted"}
    assert set(DEVICES) | elsewhere == set(REASONS)


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
    later = activate_request(ONE, hash_of(IMAGE), "2999-12-31T23:59:59.99Z")
    forever = Terms(stale_after_days=1_000_000)
    assert judged(by_id(1), octets=later, terms=forever).is_go
    ending = catalogue(f"1 <- 2; 2 {OWN}; 2 cpa=2026-06-30")
    found = judged(by_id(1), ending, later, forever)
    assert reason_of(found) == "ends_before_execution"
    assert find_groups(found)[0].text.startswith("The step from CPL entry 1 ")


def test_an_image_for_several_models_goes_to_the_family_of_the_device() -> None:
    cpl = catalogue(f"1 <- 4; 1 rev=04; 4 {OWN}; 2 model=0007; 2 {OWN}; 3 rev=04; 3 model=0007")
    found = judged(by_id(1), cpl, update_request([ONE], ota_file(IMAGE, hardware=(0x0203, 0x0204))))
    assert (found.targets.entries, reason_of(found)) == ((2, 4), "go")


def test_a_cancellation_brings_nothing() -> None:
    found = judged(None, octets=activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:00.00Z"))
    assert (reason_of(found), found.is_go) == ("cancels", True)
    assert explain_preflight(found, find_groups(found)).headline == (
        "Go. This 11.3 cancels an activation, and brings no firmware to the Device."
    )


def test_what_is_not_on_the_cpl_is_named_by_the_begin_of_its_hash() -> None:
    found = judged(by_id(1), octets=activate_request(ONE, "AB" * 32))
    assert str(found.objections[0].fault).startswith("Manufacturer Image hash ABABABAB… is not on this CPL")


def test_only_the_one_instant_cancels() -> None:
    for instant in ("3000-12-31T00:00:00.50Z", "3000-12-31T00:00:01.00Z", "3000-01-01T00:00:00.00Z"):
        found = judged(None, octets=activate_request(ONE, hash_of(IMAGE), instant))
        assert (reason_of(found), objections(found), found.is_go) == ("request", ["mistyped_cancellation"], False)


def test_the_activation_of_what_was_withdrawn_can_be_cancelled() -> None:
    cpl = catalogue(f"1 <- 2; 2 {OWN}; 2 withdrawn")
    found = judged(by_id(1), cpl, activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:00.00Z"))
    assert (reason_of(found), objections(found), found.is_go) == ("cancels", [], True)
    assert find_groups(found)[0].text.startswith("The request cancels an activation")


@pytest.mark.parametrize(
    "octets",
    [
        activate_request(ONE, hash_of(IMAGE)),
        update_request([ONE], ota_file(IMAGE, hardware=(0x0203, 0x0204))),
    ],
)
def test_what_was_withdrawn_for_its_model_is_no_go_by_way_of_another(octets: bytes) -> None:
    cpl = f"1 <- 2; 1 <- 4; 2 {OWN}; 4 rev=04; 4 {OWN}"
    assert judged(by_id(1), catalogue(cpl), octets).is_go
    found = judged(by_id(1), catalogue(f"{cpl}; 2 withdrawn"), octets)
    assert (reason_of(found), found.is_go, found.targets.entries) == ("pathway_closed", False, (4,))


def test_a_listed_entry_of_its_model_is_taken_rather_than_a_withdrawn_one() -> None:
    found = judged(by_id(1), catalogue(f"1 <- 2; 1 <- 4; 2 {OWN}; 4 {OWN}; 2 withdrawn"))
    assert (reason_of(found), found.targets.entries) == ("go", (4,))


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
    assert "names some Devices more than once (1 too many)" in str(found.objections[1].fault)
    assert objections(preflight(CPL, asked, Inventoried(devices, True, True), Terms(most_devices=4))) == [
        "listed_twice"
    ]


def test_a_request_that_brings_no_firmware_is_refused() -> None:
    with pytest.raises(FirmpathError) as refusal:
        judged(by_id(1), octets=request("12.2", "<sr:DevicePrenotification/>"))
    assert str(refusal.value) == (
        "Service request 12.2 (DevicePrenotification) brings no firmware to a Device; 11.1, 11.3 and 11.4 are "
        "checked"
    )


@pytest.mark.parametrize(("revision", "reason"), [("02", "hardware_out_of_range"), ("03", "go"), ("05", "go")])
def test_an_image_is_for_the_hardware_within_its_range(revision: str, reason: str) -> None:
    cpl = catalogue(f"1 <- 2; 1 rev={revision}; 2 {OWN}")
    octets = update_request([ONE], ota_file(IMAGE, hardware=(0x0203, 0x0205)))
    assert reason_of(judged(by_id(1), cpl, octets)) == reason


@pytest.mark.parametrize(("number", "kinds"), [(50_000, []), (50_001, ["too_many_devices"])])
def test_a_request_is_for_50_000_devices_unless_that_is_set(number: int, kinds: list[str]) -> None:
    asked = parse_request([update_request([ONE])])
    assert isinstance(asked.body, Distribution)
    listed = asked._replace(body=asked.body._replace(device_ids=tuple(map(str, range(number)))))
    assert objections(preflight(CPL, listed, Inventoried({}, True, True))) == kinds
