"""What a CVE record does not name is unknown unless it says otherwise, and never safe by silence."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.ssc.exposure.verdict import VerdictKind, Why, judge
from firmpath.registry.ssc.versions.names import read_stack
from firmpath.registry.ssc.vulnerabilities.csv_files import read_csv
from firmpath.registry.ssc.vulnerabilities.json_files import read_json
from firmpath.registry.ssc.vulnerabilities.vulnerability import RangeStatus, Vulnerability, check_vulnerability
from tests.registry.ssc.known import KNOWN
from tests.registry.ssc.test_files_of_vulnerabilities import cve, osv

Version = tuple[int, int, int]
Bound = Version | str | None
Named = tuple[str, Version | str, Bound]
KINDS = {
    "affected": VerdictKind.AFFECTED,
    "unaffected": VerdictKind.NOT_AFFECTED,
    "unknown": VerdictKind.UNKNOWN,
}
ONE, TWO, THREE = (1, 0, 0), (2, 0, 0), (3, 0, 0)
versions = st.tuples(st.integers(1, 3), st.integers(0, 2), st.integers(0, 2))
no_bounds = st.sampled_from(["0", "*", "n/a", "Unspecified", "", " "])
named = st.tuples(st.sampled_from(list(KINDS)), versions | no_bounds, versions | no_bounds | st.none()).filter(
    lambda each: not isinstance(each[1], tuple) or not isinstance(each[2], tuple) or each[1] < each[2]
)
defaults = st.sampled_from(["", "unknown", "unaffected"])


def written(bound: Version | str) -> str:
    return bound if isinstance(bound, str) else ".".join(map(str, bound))


def as_listed(each: Named) -> dict[str, str]:
    status, low, high = each
    end = {} if high is None else {"lessThan": written(high)}
    return {"version": written(low), **end, "versionType": "semver", "status": status}


def holds(low: Version | str, high: Bound, version: Version) -> bool:
    if high is None and isinstance(low, tuple):
        return version == low
    return (isinstance(low, str) or low <= version) and (not isinstance(high, tuple) or version < high)


def is_bound(bound: Bound) -> bool:
    return isinstance(bound, tuple)


def bounds_nothing(low: Version | str, high: Bound) -> bool:
    is_begun = isinstance(low, tuple) or (low == "0" and high is not None)
    return not is_begun or (isinstance(high, str) and high != "*")


def judged(vulnerability: Vulnerability, stack: str) -> tuple[VerdictKind, Why]:
    return judge(vulnerability, KNOWN, read_stack(KNOWN, "", stack))


@given(st.lists(named, max_size=4), defaults, versions)
@example([("affected", ONE, TWO)], "", THREE)
@example([("affected", ONE, TWO), ("unaffected", TWO, THREE)], "", TWO)
@example([("unknown", ONE, TWO)], "unaffected", ONE)
@example([("unaffected", "0", None), ("affected", ONE, TWO)], "", THREE)
@example([("unaffected", ONE, "n/a"), ("affected", "0", TWO)], "unknown", THREE)
@example([("unaffected", "0", ONE), ("unaffected", TWO, "*")], "", THREE)
@example([("unaffected", ONE, THREE), ("unknown", TWO, None)], "", TWO)
def test_a_verdict_is_that_of_the_record(listed: list[Named], default: str, version: Version) -> None:
    """Held against the record's own rule; of several that name a version, the worst counts."""
    record = cve(list(map(as_listed, listed)), **({"defaultStatus": default} if default else {}))
    safe = [each for each in listed if each[0] == "unaffected" != default]
    if any(bounds_nothing(low, high) for _, low, high in safe):
        with pytest.raises(FirmpathError, match="bounds no versions, but they are called unaffected"):
            read_json(record)
        return
    (found,) = read_json(record)
    leaves_open = ("unknown", False, False)  # which is no other than to name nothing
    is_left_open = any((each[0], *map(is_bound, each[1:])) == leaves_open for each in listed)
    says = {
        each[0]
        for each in listed
        if holds(*each[1:], version) and (each[0], *map(is_bound, each[1:])) != leaves_open
    }
    otherwise = "unknown" if is_left_open else default or "unknown"
    expected = next((each for each in ("affected", "unknown", "unaffected") if each in says), otherwise)
    if list(check_vulnerability(found)):
        assert not {"affected", "unknown"} & {default or "unknown", *(each[0] for each in listed)}
    elif default == "unaffected" and says == {"unaffected"} and is_left_open:
        assert judged(found, f"OrrinZNet {written(version)}")[0] is not VerdictKind.AFFECTED
    else:
        assert judged(found, f"OrrinZNet {written(version)}")[0] is KINDS[expected]


SAFE_FROM_7 = [{"version": "7.0.0", "lessThan": "*", "status": "unaffected"}]
AFFECTED_BELOW_7 = [{"version": "0", "lessThan": "7.0.0", "status": "affected"}]


@pytest.mark.parametrize("narrowed", [{"platforms": ["EFR32"]}, {"modules": ["green power"]}, {"packageName": "g"}])
def test_a_part_of_a_product_that_is_safe_clears_nothing(narrowed: dict[str, Any]) -> None:
    """What narrows a product is no part of a stack's name: left out, it would call the other parts safe too."""
    (name,) = narrowed
    for versions, default in ((SAFE_FROM_7, "unknown"), (AFFECTED_BELOW_7, "unaffected")):
        with pytest.raises(
            FirmpathError, match=f"{name} .* narrows the product, but versions of it are called unaffected"
        ):
            read_json(cve(versions, defaultStatus=default, **narrowed))
    whole = read_json(cve(AFFECTED_BELOW_7))
    assert read_json(cve(AFFECTED_BELOW_7, **narrowed)) == whole
    assert read_json(cve(AFFECTED_BELOW_7, **{name: type(narrowed[name])()})) == whole


def test_it_is_said_why() -> None:
    affected = {"version": "0", "lessThan": "7.4.0", "versionType": "custom", "status": "affected"}
    fixed = {"version": "7.4.0", "lessThan": "7.*", "versionType": "custom", "status": "unaffected"}
    (found,) = read_json(cve([affected, fixed]))
    assert [each.words for each in found.ranges] == [
        "OrrinZNet: below 7.4.0",
        "OrrinZNet: from 7.4.0 on, up to and including 7.* is unaffected",
        "OrrinZNet: every other version is unknown",
    ]
    for stack, kind, why in (
        ("OrrinZNet 7.3.9", VerdictKind.AFFECTED, Why.IN_RANGE),
        ("OrrinZNet 7.5.1", VerdictKind.NOT_AFFECTED, Why.SAID_UNAFFECTED),
        ("OrrinZNet 8.0.0", VerdictKind.UNKNOWN, Why.NOT_SAID),
        ("OrrinZNet 7", VerdictKind.UNKNOWN, Why.PARTLY_IN_RANGE),
        ("OrrinZNet", VerdictKind.UNKNOWN, Why.VERSION_NOT_GIVEN),
        ("ValeStack 8", VerdictKind.NOT_AFFECTED, Why.OTHER_STACK),
    ):
        assert (judged(found, stack), stack) == ((kind, why), stack)


@pytest.mark.parametrize(
    ("vendor", "kind"),
    [
        ("Orrin Silicon", VerdictKind.NOT_AFFECTED),
        ("orrin-silicon", VerdictKind.NOT_AFFECTED),
        ("", VerdictKind.NOT_AFFECTED),
        ("Vale Semiconductors", VerdictKind.UNKNOWN),
        ("Nobody Known", VerdictKind.UNKNOWN),
    ],
)
def test_what_another_maker_calls_unaffected_clears_nothing(vendor: str, kind: VerdictKind) -> None:
    """To be affected, the name of the stack is enough; to be safe, its maker has to be the one that says so."""
    (found,) = read_json(cve([*AFFECTED_BELOW_7, *SAFE_FROM_7], vendor=vendor))
    assert judged(found, "OrrinZNet 7.4.0")[0] is kind
    assert judged(found, "OrrinZNet 6.0.0")[0] is VerdictKind.AFFECTED


ADDED = {"vendor": "orrin", "product": "orrinznet", "platforms": ["EFR32"]}


@pytest.mark.parametrize(
    ("added", "version", "kind"),
    [
        ({"versions": [{"version": "7.0.0", "lessThan": "7.4.0", "status": "affected"}]}, "7.3.0", "affected"),
        ({"versions": [{"version": "7.3.0", "status": "unknown"}]}, "7.3.0", "unknown"),
        ({"versions": [{"version": "7.3.0", "status": "unknown"}]}, "7.4.0", "unaffected"),
        ({"versions": [], "defaultStatus": "affected"}, "7.3.0", "affected"),
        ({"versions": [{"version": "6.0.0", "status": "unaffected"}]}, "6.0.0", "affected"),
        ({"versions": [{"version": "9.0.0", "status": "unaffected"}]}, "7.3.0", "unaffected"),
    ],
)
def test_what_others_add_to_a_cve_record_is_read_and_makes_nothing_safe(
    added: dict[str, Any], version: str, kind: str
) -> None:
    record = json.loads(cve([*AFFECTED_BELOW_7, *SAFE_FROM_7]))
    record["containers"]["adp"] = [{"title": "enrichment"}, {"affected": [{**ADDED, **added}]}]
    (found,) = read_json(json.dumps(record).encode())
    assert judged(found, f"OrrinZNet {version}")[0] is KINDS[kind]


def test_what_a_record_names_as_unknown_stays_so_whatever_else_it_calls_it() -> None:
    named = {"version": "7.3.0", "status": "unknown"}
    for listed in ([named, *SAFE_FROM_7], [*SAFE_FROM_7, named]):
        (found,) = read_json(cve(listed))
        assert judged(found, "OrrinZNet 7.3.0") == (VerdictKind.UNKNOWN, Why.NOT_SAID)
        assert judged(found, "OrrinZNet 7.4.0") == (VerdictKind.NOT_AFFECTED, Why.SAID_UNAFFECTED)


def test_a_record_that_names_no_version_leaves_all_of_them_open() -> None:
    (found,) = read_json(cve([]))
    assert judged(found, "OrrinZNet 7.4.0") == (VerdictKind.UNKNOWN, Why.NOT_SAID)
    record = json.loads(cve([]))
    del record["containers"]["cna"]["affected"][0]["versions"]
    assert read_json(json.dumps(record).encode())[0].ranges == found.ranges


@pytest.mark.parametrize("events", [[], [{"fixed": "7.4.0"}]])
def test_osv_that_says_of_no_version_that_it_is_affected_leaves_all_of_them_open(
    events: list[dict[str, str]],
) -> None:
    (found,) = read_json(osv(events))
    assert judged(found, "OrrinZNet 7.4.0") == (VerdictKind.UNKNOWN, Why.NOT_SAID)


def test_a_table_has_a_column_for_it() -> None:
    (found,) = read_csv(b"reference,stack,affected_below,status\nA-1,OrrinZNet,7,\nA-1,OrrinZNet,,unknown\n")
    assert [each.status for each in found.ranges] == [RangeStatus.AFFECTED, RangeStatus.UNKNOWN]
