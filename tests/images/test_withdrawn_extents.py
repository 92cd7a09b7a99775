"""An image that can end in two places, and was withdrawn by one of them."""

import pytest

from firmpath.images.known_devices import Inventoried
from firmpath.images.preflight import Preflight, preflight
from firmpath.images.preflight_words import explain_preflight, find_groups, find_not_known
from firmpath.images.request_reading import parse_request
from tests.images.making import SIGNATURE_BLOCK, activate_request, hash_of, ota_file, update_request
from tests.images.test_preflight import IMAGE, ONE, by_id
from tests.notation import catalogue

WHOLE, WITHOUT = hash_of(IMAGE + SIGNATURE_BLOCK), hash_of(IMAGE)
FILE = ota_file(IMAGE, SIGNATURE_BLOCK, hardware=(0x0203, 0x0206))
CPL = "1 <- 2; 1 <- 4; 2 version=0002012F hash={}; 4 version=0002012F hash={}"


def judged(cpl: str, octets: bytes = b"") -> Preflight:
    asked = parse_request([octets or update_request([ONE], FILE)])
    return preflight(catalogue(cpl), asked, Inventoried({ONE: by_id(1)}, True, True))


def reason(found: Preflight) -> str:
    (verdict,) = found.verdicts.values()
    return str(verdict.reason.value)


@pytest.mark.parametrize("hashes", [(WHOLE, WITHOUT), (WITHOUT, WHOLE)])
def test_what_was_withdrawn_by_one_end_is_no_go_by_the_other(hashes: tuple[str, str]) -> None:
    cpl = CPL.format(*hashes)
    assert judged(cpl).is_go
    found = judged(f"{cpl}; 2 withdrawn")
    assert (reason(found), found.is_go, found.repaired) == ("candidates_disagree", False, ())
    (group,) = find_groups(found)
    assert group.text.startswith("The CPL has the image more than once for its hardware, and not the same is right")
    assert 'CPL entry 2 (firmware 0002012F, "v2") was withdrawn on 1 January 2025' in group.text
    assert group.next_step == "Next: ask whoever runs the CPL which of them is meant."


def test_what_was_withdrawn_by_both_ends_leaves_no_doubt() -> None:
    found = judged(f"{CPL.format(WHOLE, WITHOUT)}; 2 withdrawn; 4 withdrawn")
    assert (reason(found), list(find_not_known(found))) == ("request", [])


def test_what_was_withdrawn_for_another_revision_is_no_go_where_none_has_its_own() -> None:
    cpl = f"{CPL.format(WHOLE, WITHOUT)}; 2 rev=04; 4 rev=05"
    assert judged(cpl).is_go
    found = judged(f"{cpl}; 2 withdrawn")
    assert (reason(found), found.is_go) == ("candidates_disagree", False)


def test_what_was_withdrawn_for_hardware_of_no_device_is_told() -> None:
    found = judged(f"{CPL.format(WHOLE, WITHOUT)}; 2 rev=04; 2 withdrawn")
    said = (
        "whether the image is what was withdrawn as CPL entry 2 (0002012F), which has its hash up to the other "
        "place at which it can end, and is for no Device here."
    )
    assert (reason(found), found.is_go, list(find_not_known(found))) == ("go", True, [said])
    assert f"Not known: {said}" in explain_preflight(found, find_groups(found)).lines


def test_an_activation_names_one_end_and_so_does_an_entry_that_was_listed_anew() -> None:
    cpl = f"{CPL.format(WHOLE, WITHOUT)}; 2 withdrawn"
    assert judged(cpl, activate_request(ONE, WITHOUT)).is_go
    assert not judged(cpl, activate_request(ONE, WHOLE)).is_go
    anew = judged(f"{CPL.format(WITHOUT, WITHOUT)}; 2 withdrawn")
    assert (reason(anew), list(find_not_known(anew))) == ("go", [])
