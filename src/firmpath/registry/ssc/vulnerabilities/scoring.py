"""Severity: the CVSS vector is kept, and a library works the score out of it. Source: CVSS 2 to 4 of FIRST."""

from collections.abc import Iterator
from typing import NamedTuple

from cvss import CVSS2, CVSS3, CVSS4, CVSSError

from firmpath.pathways.faults import Fault
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown


class Severity(NamedTuple):
    """The base score of a vector, and its word."""

    score: float
    word: str


def score(vector: str) -> Severity | NotKnown:
    """Score a vector; not known where it is none."""
    try:
        if vector.startswith("CVSS:4"):
            four = CVSS4(vector)
            return Severity(float(four.base_score), str(four.severity))
        three_or_two = CVSS3(vector) if vector.startswith("CVSS:3") else CVSS2(vector)
        return Severity(float(three_or_two.scores()[0]), str(three_or_two.severities()[0]))
    except CVSSError:
        return NOT_KNOWN


def check_cvss(vector: str) -> Iterator[Fault]:
    """Yield what is wrong with a vector."""
    if not score(vector):
        right = "paste the whole vector, as in CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
        yield Fault("CVSS vector", vector, "is not a CVSS vector of version 2, 3 or 4", right)
