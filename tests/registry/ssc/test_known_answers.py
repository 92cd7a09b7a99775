"""Known answers, kept as data that a reader of an advisory can judge: `cases/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.registry.ssc.exposure.exposed import Exposure, expose
from firmpath.registry.ssc.exposure.ground import lay_ground
from firmpath.registry.ssc.exposure.verdict import judge
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.versions.comparing import RULES, Held
from firmpath.registry.ssc.versions.names import read_stack
from firmpath.registry.ssc.versions.ranges import VersionRange, holds
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability
from firmpath.registry.ssc.ways_out.finding import WayFinder
from tests.notation import catalogue
from tests.registry.ssc.known import KNOWN

FOLDER = Path(__file__).parent / "cases"
UP_TO_7_3 = Vulnerability("A-1", ranges=(AffectedRange("", "OrrinZNet", "", VersionRange("", "7.3.0", "")),))


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


@pytest.mark.parametrize("case", table("verdicts.toml", "cases"), ids=str)
def test_a_stack_is_judged(case: list[str]) -> None:
    stack, chips, up_to, vendor, version, verdict, why = case
    affected = AffectedRange("", stack, chips, VersionRange("", up_to, ""))
    found = judge(Vulnerability("A-1", ranges=(affected,)), KNOWN, read_stack(KNOWN, vendor, version))
    assert (found.kind.value, found.why.name) == (verdict, why)


def exposed(listed: Catalogue, affected: list[int], unknown: list[int]) -> Exposure:
    """Expose entries to a vulnerability by what is known of their stacks."""
    given = {
        each: KnownStack(NOT_KNOWN, "OrrinZNet 7.1.0" if each in affected else "OrrinZNet 7.4.0")
        for each in listed.entries
        if each not in unknown
    }
    return expose(lay_ground(listed, given, KNOWN), UP_TO_7_3, {})


@pytest.mark.parametrize("case", table("ways_out.toml", "case"), ids=lambda case: case["name"])
def test_a_way_out(case: dict[str, Any]) -> None:
    exposure = exposed(catalogue(case["catalogue"]), case["affected"], case.get("unknown", []))
    found = WayFinder(exposure.ground).ways_out(exposure)
    ways = [tuple(CPLEntryID(int(each)) for each in way.split()) for way in case.get("ways", [])]
    assert list(found.ways.values()) == ways
    stuck = {str(each): why.name for each, why in found.stuck.items()}
    assert stuck == case.get("stuck", {})
    counted = WayFinder(exposure.ground).count(exposure)
    assert counted.rescued == len(ways)
    assert sum(counted.stuck.values()) == len(stuck)
