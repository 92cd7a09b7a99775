"""An image goes to a Device by the entry of its own hardware, and what speaks against that is not got around."""

import pytest

from firmpath.images.preflight_words import find_groups
from tests.images.making import hash_of, ota_file, update_request
from tests.images.test_preflight import IMAGE, ONE, OWN, TWO_TYPES, by_id, by_version, judged, reason_of
from tests.notation import catalogue

BOTH = ota_file(IMAGE, hardware=(0x0203, 0x0204))
SHARED = f"1 <- 2; 1 <- 4; 2 {OWN}; 4 rev=04; 4 {OWN}"


@pytest.mark.parametrize(
    ("of_its_own", "said"),
    [
        (
            f"4 version=00000007 hash={hash_of(IMAGE)}",
            "Firmware version 0002012F contradicts the hash of the image",
        ),
        (f"4 rev=05; 4 {OWN}", "OTA header contradicts what the CPL has for its hash: CPL entry 4"),
    ],
)
def test_an_entry_of_its_own_hardware_that_the_request_contradicts_is_a_no_go(of_its_own: str, said: str) -> None:
    revision = "05" if "rev=05" in of_its_own else "04"
    cpl = catalogue(f"1 <- 2; 2 {OWN}; 3 <- 4; 3 <- 2; 3 rev={revision}; 4 rev={revision}; {of_its_own}")
    octets = update_request([ONE], BOTH)
    assert judged(by_id(1), cpl, octets).is_go
    found = judged(by_id(3), cpl, octets)
    assert (reason_of(found), found.is_go, found.objections) == ("request_contradicted", False, ())
    (group,) = find_groups(found)
    assert group.text.startswith(said)
    assert group.next_step == "Next: make a request of its own for it."


def test_an_image_that_the_cpl_has_twice_for_its_hardware_goes_if_either_is_right() -> None:
    found = judged(by_id(1), catalogue(f"1 <- 2; 1 <- 4; 2 {OWN}; 4 {OWN}"))
    assert (reason_of(found), found.targets.entries) == ("go", (2, 4))


def test_a_device_of_another_type_is_told_of_the_request_for_it() -> None:
    found = judged(by_id(3), TWO_TYPES)
    assert reason_of(found) == "request_contradicted"
    assert find_groups(found)[0].text.startswith(
        "Service request 11.1 is not for PPMID, which 4 (0002012F) is for; "
    )


def test_candidates_that_are_all_a_no_go_have_each_its_next_step() -> None:
    runs = "1 version=0000000A; 5 version=0000000A hash=AB"
    asked = "1 contact=one@brackenfell.example; 5 contact=five@brackenfell.example"
    found = judged(
        by_version("0000000A"), catalogue(f"2 {OWN}; {runs}; {asked}; 1 dead-end; 5 dead-end; 1 <- 2; 5 <- 2")
    )
    assert reason_of(found) == "dead_end"
    (group,) = find_groups(found)
    assert (
        group.text.count("CPL entry 1 (firmware 0000000A")
        == group.text.count("CPL entry 5 (firmware 0000000A")
        == 1
    )
    assert group.next_step.startswith(
        "Next, if it runs 1 (0000000A): ask Brackenfell Metering (one@brackenfell.example)"
    )
    assert "Next, if it runs 5 (0000000A): ask Brackenfell Metering (five@brackenfell.example)" in group.next_step


def test_candidates_for_which_another_thing_is_right_are_each_told_of() -> None:
    cpl = catalogue(f"1 <- 2; 2 {OWN}; 1 version=0000000A; 5 version=0000000A hash=AB; 5 dead-end; 5 <- 2")
    found = judged(by_version("0000000A"), cpl)
    assert (reason_of(found), found.is_go) == ("candidates_disagree", False)
    (group,) = find_groups(found)
    assert "If it runs 1 (0000000A): Yes, from CPL entry 1 " in group.text
    assert "If it runs 5 (0000000A): No. " in group.text
