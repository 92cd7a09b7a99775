"""OpenVEX documents have what the format asks for, and no word that it does not know.

Source: OpenVEX 0.2.0 and its JSON schema, whose required fields and words are written here anew.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.ssc.assessments.assessment import JUSTIFICATIONS, Assessment
from firmpath.registry.ssc.exposure.exposed import Exposure, expose
from firmpath.registry.ssc.exposure.ground import lay_ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.vulnerabilities.openvex import openvex_of
from firmpath.registry.ssc.vulnerabilities.range_words import parse_ranges
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability
from firmpath.registry.ssc.ways_out.finding import find_ways_out
from tests.differential.small_catalogues import MANY, small_catalogues
from tests.notation import RECORDED_AT, catalogue
from tests.registry.ssc.known import KNOWN

Json = dict[str, Any]

DOCUMENT: Final = {"@context", "@id", "author", "timestamp", "version", "statements"}
STATEMENT: Final = {
    "not_affected": ({"impact_statement"}, {"justification", "status_notes"}),
    "affected": ({"action_statement", "status_notes"},),
    "under_investigation": ({"status_notes"},),
}
"""For each status the fields that we give beside vulnerability, products and status: one of these sets.

Never both a justification and an impact statement; always an action statement where something is affected.
"""

WORDS: Final = {
    "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist",
}  # fmt: skip

STACKS: Final = ("OrrinZNet 7.1.0", "OrrinZNet 7.4.0", "OrrinZNet 9.0.0", "ValeStack 1", "")
RANGES: Final = (
    "OrrinZNet: 7.3.x and earlier\nOrrinZNet: 7.4.0 is unaffected\nOrrinZNet: every other version is unknown"
)
cves = st.lists(st.sampled_from(["CVE-2026-1234", "CVE-2026-1235", "OS-1"]), max_size=4)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    kind = draw(st.sampled_from(VerdictKind))
    words = st.sampled_from([*JUSTIFICATIONS, ""]) if kind is VerdictKind.NOT_AFFECTED else st.just("")
    return Assessment(kind, draw(words), draw(st.sampled_from(["seen", "told"])), "Mo Quill", RECORDED_AT)


def exposure_of(text: str, stacks: Iterable[str], assessed: dict[int, Assessment], names: list[str]) -> Exposure:
    listed = catalogue(text)
    given = {
        each: KnownStack(NOT_KNOWN, stack or NOT_KNOWN) for each, stack in zip(listed.entries, stacks, strict=False)
    }
    vulnerability = Vulnerability("OS-1", tuple(names), ranges=parse_ranges(RANGES), condition="Price cluster")
    by_entry = {CPLEntryID(each): said for each, said in assessed.items()}
    return expose(lay_ground(listed, given, KNOWN), vulnerability, by_entry)


def document_of(exposure: Exposure) -> Json:
    return openvex_of(exposure, find_ways_out(exposure), 7, "SSC", RECORDED_AT)


@MANY
@given(
    small_catalogues(),
    st.lists(st.sampled_from(STACKS)),
    st.dictionaries(st.integers(1, 6), assessments(), max_size=3),
    cves,
)
def test_a_document_is_one(text: str, stacks: list[str], assessed: dict[int, Assessment], names: list[str]) -> None:
    exposure = exposure_of(text, stacks, assessed, names)
    document = document_of(exposure)
    assert document.keys() == DOCUMENT
    assert document["@context"] == "https://openvex.dev/ns/v0.2.0"
    assert document["@id"].startswith("urn:")
    assert datetime.fromisoformat(document["timestamp"]).tzinfo
    assert document["version"] >= 1
    assert document["statements"]
    assert no_two_are_alike(document["statements"])
    for statement in document["statements"]:
        is_a_statement(statement)
    named = [product["@id"] for statement in document["statements"] for product in statement["products"]]
    assert sorted(named) == sorted(f"urn:firmpath:cpl-entry:{each}" for each in exposure.ground.catalogue.entries)


def is_a_statement(statement: Json) -> None:
    fields = statement.keys() - {"vulnerability", "products", "status"}
    assert fields in STATEMENT[statement["status"]]
    assert statement.get("justification", "component_not_present") in WORDS
    assert all(statement[name] for name in fields)
    assert {"name"} <= statement["vulnerability"].keys() <= {"name", "aliases"}
    assert no_two_are_alike(statement["vulnerability"].get("aliases", ["one"]))
    assert statement["products"]
    for product in statement["products"]:
        assert product.keys() == {"@id", "hashes"}
        assert product["@id"].startswith("urn:")
        assert product["hashes"].keys() == {"sha-256"}
        assert len(product["hashes"]["sha-256"]) == 64


def no_two_are_alike(found: list[Any]) -> bool:
    return bool(found) and len({repr(each) for each in found}) == len(found)


def test_what_the_ssc_assessed_is_said_in_the_words_of_the_format() -> None:
    said = Assessment(VerdictKind.NOT_AFFECTED, "component_not_present", "Shown to us.", "Mo Quill", RECORDED_AT)
    (statement,) = document_of(exposure_of("1", (), {1: said}, []))["statements"]
    assert (statement["justification"], statement["status_notes"]) == ("component_not_present", "Shown to us.")
    assert "impact_statement" not in statement  # the schema takes one of the two


def test_what_no_version_tells_is_said_of_what_may_be_affected_and_is_not_assessed() -> None:
    said = Assessment(VerdictKind.AFFECTED, "", "Tried it.", "Mo Quill", RECORDED_AT)
    stacks = ("OrrinZNet 7.1.0", "", "OrrinZNet 7.4.0", "OrrinZNet 7.1.0")
    exposure = exposure_of("1 ; 2 ; 3 ; 4", stacks, {4: said}, [])
    notes = {
        statement["products"][0]["@id"][-1]: statement.get("status_notes", statement.get("impact_statement"))
        for statement in document_of(exposure)["statements"]
    }
    only = "; only where this holds as well, which no version tells: Price cluster"
    assert {each for each, words in notes.items() if words.endswith(only)} == {"1", "2"}
    assert notes["4"] == "Tried it."
    assert [exposure.condition_of(CPLEntryID(each)) for each in (1, 2, 3, 4)] == ["Price cluster"] * 2 + [""] * 2


def test_a_cpl_without_entries_has_no_document() -> None:
    with pytest.raises(FirmpathError, match="CPL has no entry on that day"):
        document_of(exposure_of("", (), {}, []))
