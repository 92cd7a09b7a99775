"""Known answers, kept as data that a reader of an advisory can judge: `cases/*.toml`."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import find_hopeful
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.ssc.assessments.assessment import Assessment
from firmpath.registry.ssc.exposure.exposed import Exposure, break_down, count_all, expose
from firmpath.registry.ssc.exposure.ground import GROUPINGS, lay_ground, weigh_ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind, judge
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.versions.comparing import RULES, Held, Rule
from firmpath.registry.ssc.versions.names import ReadStack, Stack, names_of, read_stack
from firmpath.registry.ssc.versions.ranges import VersionRange, holds
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability
from firmpath.registry.ssc.ways_out.asking import draft_letters
from firmpath.registry.ssc.ways_out.finding import Outcome, Stuck, WaysOut, count_ways_out, find_ways_out
from tests.differential.small_catalogues import small_catalogues
from tests.notation import ON, catalogue
from tests.registry.conftest import AT
from tests.registry.ssc.known import KNOWN

FOLDER = Path(__file__).parent / "cases"
VERSIONS = ("7.1.0", "7.2.0", "7.3.0", "7.4.0")


def affecting_up_to(version: str) -> Vulnerability:
    """Make a vulnerability of every version up to one."""
    return Vulnerability("A-1", ranges=(AffectedRange("", "OrrinZNet", "", VersionRange("", version, "")),))


def table(name: str, part: str) -> list[Any]:
    found: list[Any] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))[part]
    return found


def test_there_are_enough() -> None:
    assert len(table("comparisons.toml", "cases")) >= 40
    assert len(table("verdicts.toml", "cases")) >= 25
    assert len(table("ways_out.toml", "case")) >= 18


@pytest.mark.parametrize("case", table("comparisons.toml", "cases"), ids=lambda case: f"{case[4]}: {case[6]}")
def test_a_range_holds(case: list[str]) -> None:
    rule, since, up_to, below, version, answer, _ = case
    held = holds(VersionRange(since, up_to, below), version, RULES[rule])
    assert (held.value if isinstance(held, Held) else "unknown") == answer


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_what_a_rule_gives_as_examples_can_be_given(rule: Rule) -> None:
    """As the version of a stack that has the rule, whatever its name."""
    names = names_of({}, {1: Stack(1, "Some Stack", 0, rule)})
    written = [each.strip(",") for each in rule.example.split() if re.search("[0-9]", each)]
    assert len(written) >= 2
    assert [read_stack(names, "", f"Some Stack {each}") for each in written] == [
        ReadStack(NOT_KNOWN, 1, each) for each in written
    ]


@pytest.mark.parametrize("case", table("verdicts.toml", "cases"), ids=str)
def test_a_stack_is_judged(case: list[str]) -> None:
    stack, chips, up_to, vendor, version, verdict, why = case
    affected = AffectedRange("", stack, chips, VersionRange("", up_to, ""))
    found = judge(Vulnerability("A-1", ranges=(affected,)), KNOWN, read_stack(KNOWN, vendor, version))
    assert (found.kind.value, found.why.name) == (verdict, why)


def exposed(listed: Catalogue, affected: list[int], unknown: list[int]) -> Exposure:
    """Expose entries to a vulnerability by what is known of their stacks."""
    stacks = {
        each: KnownStack(NOT_KNOWN, "OrrinZNet 7.1.0" if each in affected else "OrrinZNet 7.4.0")
        for each in listed.entries
        if each not in unknown
    }
    return expose(lay_ground(listed, stacks, KNOWN), affecting_up_to("7.3.0"), {})


@pytest.mark.parametrize("case", table("ways_out.toml", "case"), ids=lambda case: case["name"])
def test_a_way_out(case: dict[str, Any]) -> None:
    exposure = exposed(catalogue(case["catalogue"]), case["affected"], case.get("unknown", []))
    found = find_ways_out(exposure)
    ways = [tuple(CPLEntryID(int(each)) for each in way.split()) for way in case.get("ways", [])]
    assert list(found.ways.values()) == ways
    stuck = {str(each): why.name for each, why in found.stuck.items()}
    assert stuck == case.get("stuck", {})
    letters = draft_letters(exposure, found, "SSC", ON)
    assert [". Can CPL entry " in each.text for each in letters] == [True] * ("NOT_SAID" in stuck.values())
    assert count_ways_out(exposure.ground, [exposure]) == [in_numbers(found)]


@settings(max_examples=60)
@given(small_catalogues(), st.data())
def test_vulnerabilities_counted_together_are_counted_as_each_alone(text: str, data: st.DataObject) -> None:
    listed = catalogue(text)
    a_stack = st.sampled_from((*VERSIONS, "")).map(lambda version: KnownStack(NOT_KNOWN, f"OrrinZNet {version}"))
    stacks = data.draw(st.fixed_dictionaries(dict.fromkeys(listed.entries, a_stack)))
    assessed = st.sampled_from(VerdictKind).map(lambda kind: Assessment(kind, "", "Tried it.", "S. Stone", AT))
    some = st.dictionaries(st.sampled_from(tuple(listed.entries)), assessed, max_size=2)
    ground = lay_ground(listed, stacks, KNOWN)
    asked = data.draw(st.lists(st.tuples(st.sampled_from(VERSIONS), some), max_size=5))
    exposures = [expose(ground, affecting_up_to(version), otherwise) for version, otherwise in asked]
    found = [find_ways_out(each, [other for other in exposures if other is not each]) for each in exposures]
    assert count_ways_out(ground, exposures) == list(map(in_numbers, found))
    devices = data.draw(st.dictionaries(st.sampled_from((*listed.entries, CPLEntryID(999))), st.integers(1, 9)))
    for exposure, each in zip(exposures, found, strict=True):
        assert sorted((*each.ways, *each.stuck)) == exposure.ids_with(VerdictKind.AFFECTED)
        is_counted_as_one_by_one(exposure, devices)
        without_hope(exposure, each)
        assert [*map(len, each.ways.values())] == [*map(len, find_ways_out(exposure).ways.values())]


def without_hope(exposure: Exposure, found: WaysOut) -> None:
    """Exchange only is said where no way may yet open to any entry that is not known to be affected."""
    given_up = {each for each, why in found.stuck.items() if why in (Stuck.EXCHANGE, Stuck.NO_FIX)}
    for family in exposure.ground.families:
        upgrades = exposure.ground.catalogue.upgrades(family.family)
        for target in family.ids:
            if exposure.verdict_of(target).kind is not VerdictKind.AFFECTED:
                assert not given_up & find_hopeful(upgrades, target)


def is_counted_as_one_by_one(exposure: Exposure, devices: Mapping[CPLEntryID, int]) -> None:
    kinds = {each: exposure.verdict_of(each).kind for each in exposure.ground.catalogue.entries}
    weighed = weigh_ground(exposure.ground, devices)
    for name, shares in {**break_down(exposure, weighed), "all": [count_all(exposure, weighed)]}.items():
        ids_of: dict[str, list[CPLEntryID]] = {}
        for each, entry in exposure.ground.catalogue.entries.items():
            ids_of.setdefault(GROUPINGS[name](entry) if name in GROUPINGS else name, []).append(each)
        assert {share.name for share in shares} == set(ids_of)
        for share in shares:
            for kind in VerdictKind:
                ids = [each for each in ids_of[share.name] if kinds[each] is kind]
                assert (share.entries[kind], share.devices[kind]) == (len(ids), sum(devices.get(i, 0) for i in ids))


def in_numbers(found: WaysOut) -> Outcome:
    most = max((len(way) - 1 for way in found.ways.values()), default=0)
    return Outcome(len(found.ways), most, Counter(found.stuck.values()), found.onto_affected)
