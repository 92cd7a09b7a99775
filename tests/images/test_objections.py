"""What speaks against a request as a whole, in the words that people read."""

import pytest

from firmpath.images.known_devices import Inventoried
from firmpath.images.preflight import Terms, preflight
from firmpath.images.request_reading import parse_request
from firmpath.pathways.catalogue import Catalogue
from tests.images.making import activate_request, device, hash_of, update_request
from tests.images.test_preflight import CPL, IMAGE, ONE, OWN
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
            "ExecutionDateTime 31 May 2026, 09:00 UTC is before 1 June 2026; give a day to come, or leave it out",
        ),
        (
            activate_request(ONE, hash_of(IMAGE), "3000-12-31T00:00:01Z"),
            CPL,
            "ExecutionDateTime 3000-12-31T00:00:01.00Z is not the instant that cancels, 3000-12-31T00:00:00.00Z, "
            "and no other so far off can be meant; give that one, or a day to come",
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
    found = preflight(cpl, parse_request([octets]), Inventoried({}, True, True), Terms(most_devices=2))
    assert [str(each.fault) for each in found.objections] == [said]
    assert not found.is_go
