"""CVE records and OSV as they are published, ranges as people write them, and severities."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.csv_files import read_csv, write_csv
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.range_words import parse_ranges, write_range
from firmpath.registry.ssc.vulnerabilities.scoring import Severity, score
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    AffectedRange,
    RangeStatus,
    Vulnerability,
    check_vulnerability,
    of_json,
    to_json,
)

VECTOR = "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"


def cve(versions: list[dict[str, Any]], **affected: Any) -> bytes:
    product = {"vendor": "Orrin Silicon", "product": "OrrinZNet", "versions": versions, **affected}
    container = {
        "title": "Frames can stop the radio",
        "affected": [product],
        "descriptions": [{"lang": "en", "value": "A frame stops it."}, {"lang": "cy", "value": "Mae'n stopio."}],
        "metrics": [{"cvssV3_1": {"vectorString": VECTOR}}],
        "references": [{"url": "https://orrin.example/advisory"}],
    }
    record = {
        "dataType": "CVE_RECORD",
        "dataVersion": "5.1",
        "cveMetadata": {"cveId": "CVE-2026-1234"},
        "containers": {"cna": container},
    }
    return json.dumps(record).encode()


def osv(events: list[dict[str, str]], kind: str = "ECOSYSTEM", **more: Any) -> bytes:
    affected = {"package": {"ecosystem": "", "name": "OrrinZNet"}, "ranges": [{"type": kind, "events": events}]}
    return json.dumps({"id": "ORR-1", "aliases": ["CVE-2026-1234"], "affected": [affected], **more}).encode()


def versions_of(octets: bytes) -> list[VersionRange]:
    (found,) = read_json(octets)
    assert list(check_vulnerability(found)) == []
    return [each.versions for each in found.ranges]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ({"version": "0", "status": "affected", "lessThan": "7.4.0"}, VersionRange("", "", "7.4.0")),
        ({"version": "0", "status": "affected", "lessThanOrEqual": "7.3.x"}, VersionRange("", "7.3.x", "")),
        (
            {"version": "7.1.3", "status": "affected", "lessThanOrEqual": "7.3.0"},
            VersionRange("7.1.3", "7.3.0", ""),
        ),
        ({"version": "7.3.2", "status": "affected"}, VersionRange("7.3.2", "7.3.2", "")),
        ({"version": "unspecified", "status": "affected"}, VersionRange()),
        ({"version": "6.0", "status": "affected", "lessThan": "7.*"}, VersionRange("6.0", "7.*", "")),
        ({"version": "6.0", "status": "affected", "lessThan": "*"}, VersionRange("6.0", "", "")),
    ],
)
def test_a_cve_record_is_read(version: dict[str, str], expected: VersionRange) -> None:
    octets = cve([version, {"version": "9.9.9", "status": "unaffected"}], defaultStatus="unaffected")
    assert versions_of(octets) == [expected]
    (found,) = read_json(octets)
    assert (found.reference, found.cves, found.cvss) == ("CVE-2026-1234", ("CVE-2026-1234",), VECTOR)
    assert (found.note, found.sources) == ("A frame stops it.", ("https://orrin.example/advisory",))
    assert found.ranges[0].stack_maker == "Orrin Silicon"


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (cve([{"version": "1", "status": "perhaps"}]), "status 'perhaps' is none, in CVE-2026-1234; give one of"),
        (cve([], defaultStatus="perhaps"), "defaultStatus 'perhaps' is none"),
        (cve([{"version": "1", "status": "unaffected"}], defaultStatus="affected"), "affected but some"),
        (
            cve([{"version": "1", "status": "affected", "changes": [{"at": "2"}]}]),
            "the status changes",
        ),
        (osv([{"introduced": "0"}, {"limit": "2"}]), "limit '2' is an event that is not understood"),
        (osv([{"fixed": "7.4.0", "introduced": "0"}]), "has an event that says more than one thing"),
        (osv([{}]), "has an event that says more than one thing, or nothing"),
        (osv([{"introduced": "abc"}], "GIT"), "counts commits, which no stack version names"),
        (b"{}", "is neither a CVE record of format 5 nor OSV"),
        (b"[7]", "Record '7' is not an object"),
        (b"[]", "has no record in it"),
        (b"{", "is no JSON that can be read"),
        (b'{"dataType": "CVE_RECORD"}', "lacks something, or has it in another form"),
    ],
)
def test_what_matters_and_is_not_understood_is_refused(octets: bytes, words: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        read_json(octets)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([{"introduced": "0"}, {"fixed": "7.4.0"}], [VersionRange("", "", "7.4.0")]),
        ([{"introduced": "7.1"}, {"last_affected": "7.3.0"}], [VersionRange("7.1", "7.3.0", "")]),
        ([{"introduced": "8.0"}], [VersionRange("8.0", "", "")]),
        (
            [{"introduced": "6.0"}, {"fixed": "6.5"}, {"introduced": "7.0"}],
            [VersionRange("6.0", "", "6.5"), VersionRange("7.0", "", "")],
        ),
    ],
)
def test_osv_is_read_event_by_event(events: list[dict[str, str]], expected: list[VersionRange]) -> None:
    assert versions_of(osv(events, severity=[{"type": "CVSS_V3", "score": VECTOR}])) == expected
    (found,) = read_json(osv(events, withdrawn="2026-01-01T00:00:00Z"))
    assert (found.reference, found.cves, found.is_withdrawn) == ("ORR-1", ("CVE-2026-1234",), True)


WORDS = {
    "OrrinZNet: 7.3.x and earlier": VersionRange("", "7.3.x", ""),
    "OrrinZNet: up to 7.3.0": VersionRange("", "7.3.0", ""),
    "OrrinZNet: below 7.4.0": VersionRange("", "", "7.4.0"),
    "OrrinZNet: 7.1.3 to 7.3.0": VersionRange("7.1.3", "7.3.0", ""),
    "OrrinZNet: from 7.1.3 through 7.3.0": VersionRange("7.1.3", "7.3.0", ""),
    "OrrinZNet: from 7.1.3, below 7.4": VersionRange("7.1.3", "", "7.4"),
    "OrrinZNet: 8.0.0 and later": VersionRange("8.0.0", "", ""),
    "OrrinZNet: 6.8.0": VersionRange("6.8.0", "6.8.0", ""),
    "OrrinZNet: all versions": VersionRange(),
    "OrrinZNet: every other version": VersionRange(),
}


@pytest.mark.parametrize("line", WORDS)
def test_a_range_is_read_as_people_write_it(line: str) -> None:
    (found,) = parse_ranges(line)
    assert (found.stack, found.versions) == ("OrrinZNet", WORDS[line])
    (whole,) = parse_ranges(f"Orrin Silicon / {line} on chips of Vale is unknown")
    assert (whole.stack_maker, whole.chipset_vendor, whole.versions) == ("Orrin Silicon", "Vale", WORDS[line])
    assert (found.status, whole.status) == (RangeStatus.AFFECTED, RangeStatus.UNKNOWN)


versions = st.builds(lambda *numbers: ".".join(map(str, numbers)), st.integers(0, 9), st.integers(0, 20))
bounds = st.one_of(
    st.just(VersionRange()),
    st.builds(VersionRange, st.one_of(st.just(""), versions), st.one_of(st.just(""), versions), st.just("")),
    st.builds(VersionRange, st.one_of(st.just(""), versions), st.just(""), versions),
)
ranges = st.builds(
    AffectedRange, st.sampled_from(["", "Orrin Silicon"]), st.sampled_from(["OrrinZNet", "Vale Stack 3"]),
    st.sampled_from(["", "Vale"]), bounds, st.sampled_from(["", "as they print it"]), st.sampled_from(RangeStatus),
)  # fmt: skip


def names_what_is_not_safe(found: list[AffectedRange]) -> bool:
    return any(each.status is not RangeStatus.UNAFFECTED for each in found)


@given(st.lists(ranges, min_size=1, max_size=4, unique_by=write_range))
def test_what_is_shown_can_be_read_again_and_keeps_how_it_was_printed(written: list[AffectedRange]) -> None:
    text = "\n".join(map(write_range, written))
    assert parse_ranges(text, tuple(written)) == tuple(written)
    anew = parse_ranges(text)
    assert [each._replace(as_printed="") for each in anew] == [each._replace(as_printed="") for each in written]


@given(st.lists(ranges, min_size=1, max_size=4, unique=True).filter(names_what_is_not_safe))
def test_what_is_written_as_csv_and_as_json_is_read_again(written: list[AffectedRange]) -> None:
    whole = Vulnerability(
        "A-1", ("CVE-2026-1234",), "a title", tuple(written), "a condition", VECTOR, "a note", ("x",)
    )
    assert read_csv(write_csv([whole])) == [whole]
    assert of_json(json.loads(json.dumps(to_json(whole)))) == whole


said = st.lists(st.sampled_from(["", "a", "b"]), min_size=1, max_size=5)


@given(st.sampled_from(["title", "condition", "note"]), said)
def test_rows_of_one_reference_that_differ_are_named_whichever_is_the_first(name: str, said: list[str]) -> None:
    table = "\n".join((f"reference,stack,{name}", *(f"A-1,OrrinZNet,{each}" for each in said)))
    told = {number: each for number, each in enumerate(said, 2) if each}
    first = min(told, default=0)
    differ = [number for number, each in told.items() if each != told[first]]
    if not differ:
        assert getattr(read_csv(table.encode())[0], name) == told.get(first, "")
        return
    with pytest.raises(FirmpathError) as refused:
        read_csv(table.encode())
    wrong = f"is not that of row {first}, '{told[first]}'"
    assert [(fault.wrong, fault.where) for fault in refused.value.faults] == [
        (wrong, f"in row {number}") for number in differ
    ]


@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        (VECTOR, Severity(6.5, "Medium")),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", Severity(10.0, "Critical")),
        ("AV:N/AC:L/Au:N/C:C/I:C/A:C", Severity(10.0, "High")),
    ],
)
def test_a_vector_is_scored(vector: str, expected: Severity) -> None:
    assert score(vector) == expected
    assert not score(vector[:-4])
