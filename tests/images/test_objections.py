"""What speaks against a request as a whole, in the words that people read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.images.known_devices import Inventoried
from firmpath.images.preflight import Terms, preflight
from firmpath.images.preflight_words import find_not_known
from firmpath.images.request_reading import parse_request
from firmpath.images.service_request import write_execution
from firmpath.images.targets import ObjectionKind
from firmpath.pathways.catalogue import Catalogue
from tests.images.making import BROKER, ORIGINATOR, activate_request, device, hash_of, update_request
from tests.images.test_preflight import CPL, IMAGE, ONE, OWN, by_id
from tests.notation import catalogue

WITHDRAWN = catalogue(f"1 <- 2; 2 {OWN}; 2 withdrawn")
GONE = "CPL entry 2 (0002012F) was withdrawn on 1 January 2025; no Device may be taken to it"


@pytest.mark.parametrize(
    ("octets", "cpl", "said"),
    [
        (update_request([ONE]), WITHDRAWN, GONE),
        (activate_request(ONE, hash_of(IMAGE)), WITHDRAWN, GONE),
        (activate_request(ONE, hash_of(IMAGE), "2027-01-15T09:00:00.00Z"), WITHDRAWN, GONE),
        (
            activate_request(ONE, hash_of(IMAGE), "2026-05-31T09:00:00.00Z"),
            CPL,
            "ExecutionDateTime 31 May 2026, 09:00 UTC is before 1 June 2026; give an instant to come, or leave it "
            "out",
        ),
        (
            activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:01Z"),
            CPL,
            "ExecutionDateTime 3000-12-31T00:00:01.00Z is not the instant that cancels, 3000-12-31T00:00:00.00Z, "
            "and no other so far off can be meant; give that one, or a day to come",
        ),
        (
            update_request([ONE], target=ONE),
            CPL,
            f"Target of the RequestID {ONE} is a Device of its DeviceIDList; address an 11.1 to the Access Control "
            f"Broker, such as {BROKER}",
        ),
        (
            update_request([ONE], target=ORIGINATOR),
            CPL,
            f"Target of the RequestID {ORIGINATOR} is its originator too; address an 11.1 to the Access Control "
            f"Broker, such as {BROKER}",
        ),
        (
            activate_request(BROKER, hash_of(IMAGE)),
            CPL,
            f"Target of the RequestID {BROKER} is the Access Control Broker, which runs no firmware of a Device; "
            "address an 11.3 to the Device",
        ),
        (
            activate_request(BROKER, hash_of(IMAGE), "3000-12-31T00:00:00.00Z"),
            CPL,
            f"Target of the RequestID {BROKER} is the Access Control Broker, which runs no firmware of a Device; "
            "address an 11.3 to the Device",
        ),
        (
            activate_request(ORIGINATOR, hash_of(IMAGE)),
            CPL,
            f"Target of the RequestID {ORIGINATOR} is its originator too; address an 11.3 to the Device",
        ),
        (
            update_request([ONE, ONE]),
            CPL,
            "DeviceIDList names some Devices more than once (1 too many); the repaired list has each once",
        ),
        (
            update_request([ONE, device(2), device(3)]),
            CPL,
            "DeviceIDList names 3 Devices, more than 2; make several requests of it",
        ),
    ],
)
def test_what_speaks_against_it_is_said(octets: bytes, cpl: Catalogue, said: str) -> None:
    devices = {each: by_id(1) for each in (ONE, device(2), device(3), BROKER, ORIGINATOR)}
    found = preflight(cpl, parse_request([octets]), Inventoried(devices, True, True), Terms(most_devices=2))
    assert [str(each.fault) for each in found.objections] == [said]
    assert not found.is_go
    of_the_list = (ObjectionKind.TOO_MANY_DEVICES, ObjectionKind.LISTED_TWICE)
    reason = "go" if found.objections[0].kind in of_the_list else "request"
    assert {each.reason.value for each in found.verdicts.values()} == {reason}


NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@given(st.timedeltas(min_value=timedelta(hours=-12), max_value=timedelta(days=300)))
def test_an_instant_has_passed_from_the_instant_that_it_is(left: timedelta) -> None:
    octets = activate_request(ONE, hash_of(IMAGE), write_execution(NOON + left))
    terms = Terms(at=NOON, stale_after_days=1_000_000)
    found = preflight(CPL, parse_request([octets]), Inventoried({ONE: by_id(1)}, True, True), terms)
    has_passed = left <= timedelta(0)
    kinds = [each.kind for each in found.objections]
    assert (kinds, found.is_go) == ([ObjectionKind.EXECUTION_HAS_PASSED] * has_passed, not has_passed)


def test_an_instant_of_today_that_has_passed_is_told_with_the_time() -> None:
    octets = activate_request(ONE, hash_of(IMAGE), "2026-06-01T11:59:59.99Z")
    found = preflight(CPL, parse_request([octets]), Inventoried({}, True, True), Terms(at=NOON))
    assert [str(each.fault) for each in found.objections] == [
        "ExecutionDateTime 1 June 2026, 11:59 UTC has passed: it is 1 June 2026, 12:00 UTC; give an instant to "
        "come, or leave it out"
    ]


def test_of_an_address_that_may_be_right_it_is_said_that_nobody_knows() -> None:
    inventoried = Inventoried({ONE: by_id(1)}, True, True)
    said = (
        f"whether {device(9)}, which it is addressed to, is the Access Control Broker; the published requests are "
        f"addressed to {BROKER}."
    )
    for target, not_known in ((BROKER, []), (device(9), [said])):
        found = preflight(CPL, parse_request([update_request([ONE], target=target)]), inventoried)
        assert (found.is_go, list(find_not_known(found))) == (True, not_known)
    own = preflight(CPL, parse_request([activate_request(ONE, hash_of(IMAGE))]), inventoried)
    assert (own.is_go, list(find_not_known(own))) == (True, [])


def test_a_target_that_is_nearly_the_originator_is_another() -> None:
    for target, kinds in ((ORIGINATOR, [ObjectionKind.ADDRESSED_WRONGLY]), (f"{ORIGINATOR[:-1]}2", [])):
        asked = parse_request([activate_request(target, hash_of(IMAGE))])
        found = preflight(CPL, asked, Inventoried({target: by_id(1)}, True, True))
        assert [each.kind for each in found.objections] == kinds
