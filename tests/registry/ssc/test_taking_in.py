"""What a file does to what is on record: withdrawn and back, rejected, twice on record, upside down, too long."""

import html
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.exposure.verdict import Verdict, VerdictKind, Why, judge
from firmpath.registry.ssc.versions.comparing import RULES
from firmpath.registry.ssc.versions.names import read_stack
from firmpath.registry.ssc.versions.ranges import VersionRange, ends_before_it_begins
from firmpath.registry.ssc.vulnerabilities.files import take_in_file
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.keeping import (
    add_vulnerability,
    change_vulnerability,
    known_vulnerabilities,
)
from firmpath.registry.ssc.vulnerabilities.published import fit_published
from firmpath.registry.ssc.vulnerabilities.taking_in import Taken, TakenIn
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    AffectedRange,
    Vulnerability,
    check_vulnerability,
    of_json,
    to_json,
)
from tests.registry.api.calling import Caller
from tests.registry.conftest import AT
from tests.registry.ssc.exposing import VULNERABILITY, know_names, know_vulnerability
from tests.registry.ssc.known import KNOWN
from tests.registry.ssc.planting import who
from tests.registry.ssc.test_files_of_vulnerabilities import cve, osv

People = dict[Role, Person]
EVENTS = [{"introduced": "0"}, {"fixed": "7.4.0"}]
UPSIDE_DOWN = AffectedRange("", "OrrinZNet", "", VersionRange("7.4.0", "7.2.0", ""))
REJECTED = {
    "dataType": "CVE_RECORD",
    "cveMetadata": {"cveId": "CVE-2026-1234", "state": "REJECTED", "dateRejected": "2026-05-02T08:00:00.000Z"},
    "containers": {"cna": {"rejectedReasons": [{"lang": "en", "value": "It was\na duplicate."}]}},
}
SAID = "CVE-2026-1234 was rejected on 2026-05-02: It was a duplicate"


def taken(people: People, octets: bytes) -> TakenIn:
    return take_in_file("a.json", octets, who(people, Role.SSC), AT)


def only() -> Vulnerability:
    (kept,) = known_vulnerabilities().values()
    return kept.vulnerability


def withdraw(people: People, *, is_withdrawn: bool = True) -> None:
    (kept,) = known_vulnerabilities().values()
    changed = kept.vulnerability._replace(is_withdrawn=is_withdrawn)
    change_vulnerability(kept.kept, changed, "We looked.", who(people, Role.SSC), AT)


def test_what_its_publisher_withdrew_and_does_not_any_more_counts_again(people: People) -> None:
    gone = osv(EVENTS, withdrawn="2026-01-01T00:00:00Z")
    taken(people, osv(EVENTS))
    assert taken(people, gone).counts == {Taken.CHANGED: 1}
    assert only().is_withdrawn
    again = taken(people, osv(EVENTS))
    assert (again.counts, only().is_withdrawn) == ({Taken.CHANGED: 1}, False)
    (kept,) = known_vulnerabilities().values()
    assert again.cautions == (
        f"ORR-1, vulnerability {kept.number}, is no longer withdrawn where it is published, and counts again.",
    )


def test_what_the_ssc_withdrew_by_hand_no_file_brings_back(people: People) -> None:
    taken(people, osv(EVENTS))
    withdraw(people)
    kept = taken(people, osv(EVENTS))
    assert (kept.counts, only().is_withdrawn) == ({Taken.AS_IT_WAS: 1}, True)
    assert "stays withdrawn, since the SSC withdrew it by hand" in kept.cautions[0]
    csv = b"reference,stack,affected_below,title\nORR-1,OrrinZNet,7.4.0,A title\n"
    assert (taken(people, csv).counts, only().is_withdrawn) == ({Taken.CHANGED: 1}, True)
    withdraw(people, is_withdrawn=False)
    taken(people, osv(EVENTS, withdrawn="2026-01-01T00:00:00Z"))
    assert not taken(people, osv(EVENTS)).counts[Taken.AS_IT_WAS]
    assert not only().is_withdrawn


def test_a_rejected_cve_proposes_to_withdraw_and_withdraws_nothing(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    octets = json.dumps(REJECTED).encode()
    assert taken(people, octets) == (
        {},
        (f"{SAID}. It is not on record, and nothing was recorded.",),
    )
    assert known_vulnerabilities() == {}
    number = know_vulnerability(people)
    said = taken(people, octets)
    assert said.counts == {Taken.CHANGED: 1}
    assert said.cautions[0].startswith(f"{SAID}. OS-2026-7, vulnerability {number}, rests on it and still counts: ")
    assert (only().rejected, only().is_withdrawn) == ((SAID,), False)
    assert of_json(to_json(only())) == only()
    assert taken(people, octets).counts == {Taken.AS_IT_WAS: 1}
    html = signed_in(Role.SSC).get(reverse("ssc_vulnerability", args=[number])).content.decode()
    assert f"<p>{SAID}.</p><p>The vulnerability still counts." in html
    withdraw(people)
    assert (only().rejected, only().is_withdrawn) == ((SAID,), True)
    assert taken(people, octets).counts == {Taken.AS_IT_WAS: 1}


def test_a_cve_that_is_published_again_is_rejected_no_more(people: People) -> None:
    published = cve([{"version": "0", "status": "affected", "lessThan": "7.4.0"}], defaultStatus="unaffected")
    taken(people, published)
    taken(people, json.dumps(REJECTED).encode())
    assert only().rejected
    taken(people, published)
    assert only().rejected == ()


def test_a_cve_that_says_nothing_yet_and_a_range_with_two_ends_are_refused() -> None:
    reserved: dict[str, Any] = {**REJECTED, "cveMetadata": {"cveId": "CVE-2026-1", "state": "RESERVED"}}
    with pytest.raises(FirmpathError, match="state 'RESERVED' is not that of a published CVE, in CVE-2026-1"):
        read_json(json.dumps(reserved).encode())
    two = {"version": "7.0", "status": "affected", "lessThan": "7.4.0", "lessThanOrEqual": "7.2.0"}
    with pytest.raises(FirmpathError) as refused:
        read_json(cve([two], defaultStatus="unaffected"))
    assert str(refused.value) == (
        "lessThan '7.4.0' is given beside lessThanOrEqual '7.2.0', and a range has one end, in CVE-2026-1234; "
        "add it by hand, with the end that is meant"
    )


WRONG = "Affected versions 'OrrinZNet: from 7.4.0 on, up to and including 7.2.0' ends before it begins"


@pytest.mark.parametrize(
    ("cve_id", "reason", "fault"),
    [
        ("CVE-2026-1234", "half a sign: \ud83d", "CVE rejected 'CVE-2026-1234 was rejected: half a sign: "),
        ("CVE-2026-1234\x07", "twice", "Reference 'CVE-2026-1234\\x07' has the character U+0007"),
        ("none", "twice", "CVE ids 'none' is not a CVE id, in record 1"),
    ],
)
def test_a_rejected_record_is_checked_as_any_other(
    cve_id: str, reason: str, fault: str, people: People, signed_in: Callable[[Role], Client]
) -> None:
    """What is kept of it is shown on the page of the vulnerability, and what cannot be shown breaks that page."""
    about = {"cveId": cve_id, "state": "REJECTED"}
    container = {"rejectedReasons": [{"lang": "en", "value": reason}]}
    record = {"dataType": "CVE_RECORD", "cveMetadata": about, "containers": {"cna": container}}
    number = know_vulnerability(people)
    file = SimpleUploadedFile("a.json", json.dumps(record).encode())
    client = signed_in(Role.SSC)
    answer = client.post(reverse("ssc_vulnerability_import"), {"file": file})
    assert answer.status_code == 422
    assert fault in html.unescape(answer.content.decode())
    assert client.get(reverse("ssc_vulnerability", args=[number])).status_code == 200


def test_the_faults_of_all_records_are_told_at_once() -> None:
    wrong = {
        "id": "A-1",
        "affected": [{"package": {"name": "OrrinZNet"}, "ranges": [{"type": "GIT", "events": []}]}],
    }
    with pytest.raises(FirmpathError) as refusal:
        read_json(json.dumps([wrong, {**wrong, "id": "A-2"}, 5]).encode())
    assert [each.term for each in refusal.value.faults] == ["type", "type", "Record"]


def test_a_range_that_ends_before_it_begins_is_refused_and_shown_where_there_is_one(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    wrong = VULNERABILITY._replace(ranges=(UPSIDE_DOWN,))
    number = know_vulnerability(people, wrong)  # while nobody knew the rule of its stack
    know_names(people)
    with pytest.raises(FirmpathError, match=WRONG):
        add_vulnerability(wrong._replace(reference="OS-2"), who(people, Role.SSC), AT)
    with pytest.raises(FirmpathError) as refused:
        taken(people, osv([{"introduced": "7.4"}, {"fixed": "7.1"}]))
    assert "ends before it begins by the rule of its stack, and so names no version, in record 1, ORR-1" in str(
        refused.value
    )
    html = signed_in(Role.SSC).get(reverse("ssc_vulnerability", args=[number])).content.decode()
    assert "this range ends before it begins, so that it names no version" in html
    withdraw(people)  # which it does not stand in the way of
    judged = judge(Vulnerability("A-1", ranges=(UPSIDE_DOWN,)), KNOWN, read_stack(KNOWN, "", "OrrinZNet 7.3.0"))
    assert judged == Verdict(VerdictKind.UNKNOWN, Why.UPSIDE_DOWN)
    assert not ends_before_it_begins(VersionRange("7.2", "7.2.1", ""), RULES["dotted numbers"])


def test_a_range_that_ends_where_it_begins_calls_nothing_safe() -> None:
    nothing = AffectedRange("", "OrrinZNet", versions=VersionRange("7.3", "", "7.3"))
    judged = judge(Vulnerability("A-1", ranges=(nothing,)), KNOWN, read_stack(KNOWN, "", "OrrinZNet 7.3.0"))
    assert judged == Verdict(VerdictKind.UNKNOWN, Why.UPSIDE_DOWN)


def test_two_records_of_one_cve_are_told_on_both_and_on_the_list(
    people: People, signed_in: Callable[[Role], Client]
) -> None:
    first = know_vulnerability(people)
    said = taken(people, osv(EVENTS))
    (second,) = (number for number in known_vulnerabilities() if number != first)
    shared = "CVE-2026-1234 is on record as vulnerability"
    assert said.cautions == (f"ORR-1: {shared} {first} too, OS-2026-7, with other versions, or another condition.",)
    client = signed_in(Role.SSC)
    for own, other, reference in ((first, second, "ORR-1"), (second, first, "OS-2026-7")):
        html = client.get(reverse("ssc_vulnerability", args=[own])).content.decode()
        assert f"{shared} {other} too, {reference}, with other versions, or another condition." in html
    listed = client.get(reverse("ssc_vulnerabilities")).content.decode()
    assert listed.count("Same CVE, but other versions, as") == 2
    form = {"reference": "OS-9", "cves": "CVE-2026-1234", "ranges": "OrrinZNet: below 7.4.0"}
    added = client.post(reverse("ssc_vulnerability_add"), form, follow=True).content.decode()
    assert f"{shared} {second} too, ORR-1, with the same versions and condition." in added
    call = Caller(people[Role.SSC], Scope.READ_SSC).call("GET", f"/ssc/vulnerabilities/{first}")
    (one, _) = json.loads(call.content)["vulnerability"]["same_cve"]
    assert (one["number"], one["reference"], one["agrees"]) == (second, "ORR-1", False)


def test_what_is_too_long_or_white_is_fitted_and_said(people: People, signed_in: Callable[[Role], Client]) -> None:
    title, source = "A frame " * 40, f"https://orrin.example/{'a' * 200}"
    octets = osv(EVENTS, summary=title, details="One\ttwo\r\nthree\x07.", references=[{"url": source}])
    (given,) = read_json(octets)
    fitted, said = fit_published(given)
    assert [*check_vulnerability(fitted)] == []
    assert len(fitted.title) <= 200
    assert fitted.title.endswith("…")
    assert fitted.sources == ()
    assert fitted.note == f"Title: {title.strip()}\nSources: {source}\n\nOne two\nthree."
    assert said == [
        "ORR-1: Note had characters that cannot be shown; they were taken out",
        "ORR-1: Title 'A frame A frame A frame A frame A frame…' has 319 characters, more than 200: it was "
        "shortened, and stands in the note",
        "ORR-1: Sources 'https://orrin.example/aaaaaaaaaaaaaaaaa…' has 222 characters, more than 200: it was "
        "moved, and stands in the note",
    ]
    plain = Vulnerability("A-1", title="Short", note="Plain.")
    assert fit_published(plain) == (plain, [])
    file = SimpleUploadedFile("a.json", octets)
    html = (
        signed_in(Role.SSC).post(reverse("ssc_vulnerability_import"), {"file": file}, follow=True).content.decode()
    )
    assert "Taken in: 1 added, 0 changed, 0 as they were." in html
    assert "it was shortened, and stands in the note" in html
