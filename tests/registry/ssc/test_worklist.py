"""The worklist: spellings that match nothing, and versions and ranges that cannot be compared."""

from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.versions.worklist import Spelling, Unreadable, unmatched, unreadable
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability
from tests.registry.ssc.known import KNOWN

GIVEN = [
    KnownStack("Orrin Silicon", "OrrinZNet 7.4.0"),
    KnownStack("Orrin Silicon", "OrrinZNet 7-beta"),
    KnownStack("Orrin Silicon", "OrrinZNet 7-beta"),
    KnownStack("Nobody", "ValeStack 1840-b"),
    KnownStack("No body", "Otherwise 1.0"),
]


def told(reference: str, stack: str, *versions: str) -> Vulnerability:
    return Vulnerability(reference, ranges=(AffectedRange("", stack, versions=VersionRange(*versions)),))


VULNERABILITIES = [
    told("A-1", "OrrinZNet", "", "740"),
    told("A-2", "OrrinZNet", "7.4.0", "7.2.0"),
    told("A-3", "ValeStack", "", "1840-b"),
    told("A-4", "OTHERWISE"),
    told("A-5", "OrrinZNet", "", "7.4.0"),
]


def test_what_cannot_be_compared_is_work_only_where_versions_have_an_order() -> None:
    assert unreadable(KNOWN, GIVEN, VULNERABILITIES) == [
        Unreadable("OrrinZNet", "7-beta", 2, ()),
        Unreadable("OrrinZNet", "OrrinZNet: up to and including 740", 0, ("A-1",)),
        Unreadable("OrrinZNet", "OrrinZNet: from 7.4.0 on, up to and including 7.2.0", 0, ("A-2",)),
    ]


def test_spellings_that_differ_in_nothing_that_matters_are_one() -> None:
    assert unmatched(KNOWN, GIVEN, VULNERABILITIES) == [
        Spelling("maker", "Nobody", 2, ()),
        Spelling("stack", "Otherwise", 1, ("A-4",)),
    ]
