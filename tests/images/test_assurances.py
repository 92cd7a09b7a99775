"""What an inventory does not say of a Device is a no-go, unless somebody answers for it; then that is told."""

import shlex

import pytest

from firmpath.images.assurances import Assurances, parse_assurances
from firmpath.images.known_devices import Inventoried, KnownDevice
from firmpath.images.preflight import Preflight, Terms, preflight
from firmpath.images.preflight_json import preflight_json
from firmpath.images.preflight_words import explain_preflight, find_groups
from firmpath.images.request_reading import parse_request
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN
from tests.images.making import device, update_request
from tests.images.test_preflight import CPL, by_id, reason_of

STATUS, AGE, PENDING = "our list has none", "read by hand today", "on the wall since May"
ADD_STATUS = (
    "put its device_status into the inventory, as service request 8.2 gives it, or say why it is in use all the "
    "same (--status-not-known-because WHY)."
)
ADD_READ_ON = (
    "put the day on which its row was read into the column read_on, or say why the row is not stale "
    "(--age-not-known-because WHY)."
)


def judged(
    *known: KnownDevice, assurances: Assurances = (), columns: tuple[bool, bool] = (True, True)
) -> Preflight:
    devices = {device(at): each for at, each in enumerate(known, 1)}
    asked = parse_request([update_request(devices)])
    return preflight(CPL, asked, Inventoried(devices, *columns), Terms(assurances=assurances))


def said(found: Preflight) -> list[tuple[str, str]]:
    return [(group.text, group.next_step) for group in find_groups(found)]


def test_without_either_column_every_device_is_a_no_go_and_both_are_named() -> None:
    found = judged(by_id(1, "", ""), columns=(False, False))
    assert (reason_of(found), found.is_go, found.repaired) == ("status_not_known", False, ())
    assert said(found) == [
        (
            "The inventory has no column device_status, so nobody can say whether it is Suspended. The inventory "
            "has no column read_on, so nobody can say whether it is stale.",
            f"Next: {ADD_STATUS} Then {ADD_READ_ON}",
        )
    ]


def test_an_empty_cell_is_as_little_known_as_a_missing_column() -> None:
    assert said(judged(by_id(1, status=" "))) == [
        ("Its device_status is empty, so nobody can say whether it is Suspended.", f"Next: {ADD_STATUS}")
    ]
    assert said(judged(by_id(1, read_on=" "))) == [
        ("Its read_on is empty, so nobody can say whether it is stale.", f"Next: {ADD_READ_ON}")
    ]


def test_a_status_without_a_source_is_named_with_what_would_settle_it() -> None:
    assert said(judged(by_id(1, status="Pending"))) == [
        (
            "Its device_status, Pending, does not say for sure that it is in use.",
            "Next: read its inventory anew (service request 8.2), or say why such Devices are in use (--in-use "
            "Pending=WHY).",
        )
    ]
    assert len(said(judged(by_id(1, status="Pending"), by_id(1, status="Recovery")))) == 2
    ((_, step),) = said(judged(by_id(1, status="x';echo run;'")))
    asked = step.partition("(")[2].rpartition(")")[0].partition("(")[2]
    assert shlex.split(asked) == ["--in-use", "x';echo run;'=WHY"], "nothing of it is run by whoever copies it"


def test_every_doubt_is_said_and_each_reading_asked_for_once() -> None:
    assert said(judged(by_id(1, "Suspended", "2020-01-01"))) == [
        (
            "It is Suspended: after an activation without a response the inventory keeps the old version. Its row "
            "is stale: it was read more than 30 days ago.",
            "Next: read its firmware version (service request 11.2), and put that into the inventory.",
        )
    ]


def test_what_somebody_answers_for_is_a_go_and_is_told_with_its_reason() -> None:
    found = judged(
        by_id(1, "", ""), by_id(1, "in stalled", "2026-05-30"), by_id(2, "", "2026-05-30"),
        assurances=parse_assurances(STATUS, AGE, [("Installed", PENDING)]), columns=(False, False),
    )  # fmt: skip
    assert [verdict.is_go for verdict in found.verdicts.values()] == [True, True, False]
    lines = explain_preflight(found, find_groups(found)).lines
    assert [each for each in lines if each.startswith("On your word")] == [
        f"On your word, 2 Devices whose status is not known, counted as in use: {STATUS}",
        f"On your word, 1 Device read on a day that is not known, counted as read lately: {AGE}",
        f"On your word, 1 Device with the status Installed, counted as in use: {PENDING}",
    ]
    assert preflight_json(found)["assurances"] == [
        {"reason": "status_not_known", "because": STATUS, "devices": 2},
        {"reason": "not_known_when_read", "because": AGE, "devices": 1},
        {"reason": "status_not_understood", "status": "Installed", "because": PENDING, "devices": 1},
    ]
    go = judged(by_id(1, "", "2026-05-30"), assurances=parse_assurances(STATUS, NOT_KNOWN, []))
    assert explain_preflight(go, find_groups(go)).headline == (
        "Go, on your word. This 11.1 may take 1 Device to CPL entry 2 (0002012F)."
    )
    unneeded = judged(by_id(1), assurances=parse_assurances(STATUS, NOT_KNOWN, []))
    words = explain_preflight(unneeded, find_groups(unneeded))
    assert words.headline.startswith("Go. This 11.1")
    assert words.lines[1].startswith("On your word, 0 Devices whose status is not known")
    assert preflight_json(unneeded)["assurances"][0]["devices"] == 0


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (by_id(1, "Suspended", "2026-05-30"), "suspended"),
        (by_id(1, "Decommissioned", "2026-05-30"), "not_in_use"),
        (by_id(1, "Whitelisted", "2026-05-30"), "status_not_understood"),
        (by_id(1, "", "2020-01-01"), "stale"),
        (by_id(1, "", "soon"), "read_on_not_understood"),
        (by_id(1, "", "", rows=2), "several_rows"),
    ],
)
def test_nobody_can_answer_for_what_the_inventory_does_say(known: KnownDevice, reason: str) -> None:
    assert reason_of(judged(known, assurances=parse_assurances(STATUS, AGE, [("Pending", PENDING)]))) == reason


def test_of_two_reasons_for_a_status_the_first_counts_and_both_are_told() -> None:
    twice = parse_assurances(NOT_KNOWN, NOT_KNOWN, [("Installed", "one"), ("in stalled", "two")])
    found = judged(by_id(1, status="Installed"), assurances=twice)
    assert [(each["because"], each["devices"]) for each in preflight_json(found)["assurances"]] == [
        ("one", 1),
        ("two", 0),
    ]


def test_no_reason_is_empty_and_no_suspended_device_is_in_use() -> None:
    with pytest.raises(FirmpathError) as refusal:
        parse_assurances("", " ", [("suspended", "why"), ("With Drawn", "why"), ("", "why"), ("Pending", "")])
    assert [str(fault) for fault in refusal.value.faults] == [
        "Reason '' is empty; leave it out, or write it without",
        "Reason ' ' is empty; leave it out, or write it without",
        "Status 'suspended' is never in use; read such a Device anew (service request 11.2)",
        "Status 'With Drawn' is never in use; read such a Device anew (service request 11.2)",
        "Status '' is empty; leave it out, or write it without",
        "Reason '' is empty; leave it out, or write it without",
    ]
