"""A record of which a field has another type of JSON is refused in words, and never fails."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role, Scope
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.vulnerability import check_vulnerability
from tests.registry.api.calling import Caller
from tests.registry.ssc.test_files_of_vulnerabilities import VECTOR, cve, osv

VERSIONS = [{"version": "1", "status": "affected", "lessThan": "2"}, {"version": "3", "status": "unaffected"}]
EVENTS = [{"introduced": "0"}, {"fixed": "7.4.0"}]
MORE: dict[str, Any] = {
    "summary": "Frames can stop the radio",
    "details": "A frame stops it.",
    "severity": [{"type": "CVSS_V3", "score": VECTOR}],
    "references": [{"url": "https://orrin.example/advisory"}],
}
CVE = json.loads(cve(VERSIONS, defaultStatus="unaffected"))
OSV = json.loads(osv(EVENTS, **MORE))
OSV["affected"][0]["versions"] = ["6.7"]
Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Give the place of everything in a record, but of the whole."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield (*path, name)
        yield from places(each, (*path, name))


def with_another(record: Any, path: Path, value: Any) -> Any:
    """Put a value in a place of a copy of a record."""
    *way, last = path
    made = found = copy.deepcopy(record)
    for name in way:
        found = found[name]
    found[last] = value
    return made


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["\ud800", "CVE-2026-1"]),
    lambda each: (
        st.lists(each, max_size=2) | st.dictionaries(st.sampled_from(["version", "fixed"]), each, max_size=2)
    ),
    max_leaves=3,
)
CHANGED = st.sampled_from([CVE, OSV]).flatmap(
    lambda record: st.builds(with_another, st.just(record), st.sampled_from([*places(record)]), JSON)
)


def faults_of(octets: bytes) -> list[Fault]:
    try:
        return [fault for each in read_json(octets) for fault in check_vulnerability(each)]
    except FirmpathError as refused:
        return list(refused.faults)


@given(CHANGED)
def test_whatever_a_field_is_it_is_read_or_refused_in_words(record: Any) -> None:
    assert all(map(str, faults_of(json.dumps(record).encode())))


@pytest.mark.parametrize(
    ("record", "path", "value", "words"),
    [
        (
            OSV,
            "affected 0 ranges 0 events 1 fixed",
            7,
            "affected[0].ranges[0].events[1].fixed '7' is not text, in ORR-1",
        ),
        (OSV, "affected 0 ranges 0 events 1 fixed", ["x"], "events[1].fixed '[\"x\"]' is not text, in ORR-1"),
        (OSV, "affected 0 ranges 0 events 1 fixed", None, "events[1].fixed 'null' is not text, in ORR-1"),
        (
            OSV,
            "affected 0 versions",
            [None, 5],
            "versions[0] 'null' is not text, in ORR-1; give text, in quotation marks",
        ),
        (OSV, "affected 0 versions", "6.7", "affected[0].versions '\"6.7\"' is not a list, in ORR-1; give a list"),
        (OSV, "severity 0 score", 9.8, "severity[0].score '9.8' is not text, in ORR-1"),
        (OSV, "summary", None, "summary 'null' is not text, in ORR-1"),
        (OSV, "id", 7, "id '7' is not text, in a record whose id is not text"),
        (CVE, "cveMetadata cveId", None, "cveMetadata.cveId 'null' is not text, in a record whose id is not text"),
        (CVE, "cveMetadata cveId", [1], "cveMetadata.cveId '[1]' is not text"),
        (CVE, "cveMetadata", 5, "cveMetadata '5' is not an object"),
        (CVE, "containers cna title", None, "containers.cna.title 'null' is not text, in CVE-2026-1234"),
    ],
)
def test_a_field_of_another_type_is_named(record: Any, path: str, value: Any, words: str) -> None:
    place = tuple(int(each) if each.isdecimal() else each for each in path.split())
    with pytest.raises(FirmpathError) as refused:
        read_json(json.dumps(with_another(record, place, value)).encode())
    assert words in str(refused.value)


@pytest.mark.parametrize("detail", [None, "\ud800"])
def test_page_and_call_say_what_is_wrong(
    people: dict[Role, Person], signed_in: Callable[[Role], Client], detail: Any
) -> None:
    text = json.dumps({**OSV, "details": detail})
    caller = Caller(people[Role.SSC], Scope.WRITE_SSC)
    answer = caller.call("POST", "/ssc/vulnerabilities/import", {"name": "a.json", "text": text})
    assert (answer.status_code, len(json.loads(answer.content)["faults"])) == (409, 1)
    file = SimpleUploadedFile("a.json", text.encode())
    assert signed_in(Role.SSC).post(reverse("ssc_vulnerability_import"), {"file": file}).status_code == 422
