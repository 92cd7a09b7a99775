"""How old what was read of a Device may be, and until when a step may be used: both on the day of the execution."""

from datetime import date

import pytest

from firmpath.images.assurances import Assurance
from firmpath.images.known_devices import Doubt, KnownDevice
from firmpath.images.preflight import Terms
from firmpath.images.preflight_words import find_groups
from tests.images.making import activate_request, hash_of
from tests.images.test_preflight import IMAGE, ONE, OWN, by_id, judged, reason_of
from tests.notation import catalogue

LATELY = by_id(1, read_on="2026-06-01")


@pytest.mark.parametrize(
    ("known", "octets", "reason"),
    [
        (by_id(1, read_on="2026-05-02"), b"", "go"),
        (by_id(1, read_on="2026-05-01"), b"", "stale"),
        (by_id(1), activate_request(ONE, hash_of(IMAGE), "2026-06-01T00:00:00.00Z"), "go"),
        (LATELY, activate_request(ONE, hash_of(IMAGE), "2026-06-30T22:59:59.99Z"), "go"),
        (LATELY, activate_request(ONE, hash_of(IMAGE), "2026-06-30T23:00:00.00Z"), "ends_before_execution"),
        (by_id(1), activate_request(ONE, hash_of(IMAGE), "2026-06-29T22:59:59.99Z"), "go"),
        (by_id(1), activate_request(ONE, hash_of(IMAGE), "2026-06-29T23:00:00.00Z"), "stale_by_execution"),
        (by_id(1), activate_request(ONE, hash_of(IMAGE), "2026-05-31T23:00:00.00Z"), "go"),
        (by_id(1), activate_request(ONE, hash_of(IMAGE), "2026-05-31T22:59:59.99Z"), "request"),
    ],
)
def test_days_count_to_their_end(known: KnownDevice, octets: bytes, reason: str) -> None:
    assert reason_of(judged(known, catalogue(f"1 <- 2; 2 {OWN}; 2 cpa=2026-06-30"), octets)) == reason


@pytest.mark.parametrize("read_on", ["2026-05-03", "2026-06-01", ""])
def test_what_is_read_today_is_not_known_to_hold_in_years(read_on: str) -> None:
    """Whenever it was read: even the word of somebody that it was lately does not reach so far."""
    octets = activate_request(ONE, hash_of(IMAGE), "2030-01-15T09:00:00.00Z")
    word = (Assurance(Doubt.NOT_KNOWN_WHEN_READ, "read today"),)
    found = judged(by_id(1, read_on=read_on), octets=octets, terms=Terms(assurances=word))
    assert (reason_of(found), found.repaired) == ("stale_by_execution", ())
    (group,) = find_groups(found)
    assert (group.text, group.next_step) == (
        "It would be executed on 15 January 2030, more than 30 days after its row was read: nobody can say what it "
        "will run by then.",
        "Next: give an ExecutionDateTime of at most 30 days after its row was read, or make the request later.",
    )
    assert judged(by_id(1), octets=octets, terms=Terms(stale_after_days=36_500)).is_go


def test_no_number_of_days_is_too_many() -> None:
    known = by_id(1, read_on="0001-01-01")
    assert reason_of(judged(known, terms=Terms(stale_after_days=10_000_000))) == "go"
    assert reason_of(judged(known, terms=Terms(stale_after_days=700_000))) == "stale"
    last = catalogue(f"1 <- 2; 2 {OWN}", date(9999, 12, 31))
    assert reason_of(judged(by_id(1, read_on="9999-12-31"), last)) == "go"
