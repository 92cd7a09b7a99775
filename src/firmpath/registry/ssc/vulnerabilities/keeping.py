"""Vulnerabilities as they are kept: read as known at an instant, added, and changed."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.models import VulnerabilityRevision
from firmpath.registry.ssc.revisions import Kept, keep_new, keep_next, latest, revisions_of
from firmpath.registry.ssc.taken_names import OwnNames
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.versions.names import Names
from firmpath.registry.ssc.versions.ranges import ends_before_it_begins
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    RANGES,
    REFERENCE,
    AffectedRange,
    Vulnerability,
    check_vulnerability,
    of_json,
    to_json,
)
from firmpath.registry.ssc.wall import ssc_open


class KeptVulnerability(NamedTuple):
    """A vulnerability with its number, and the revision it was read from."""

    number: int
    kept: Kept
    vulnerability: Vulnerability


@ssc_open()
def known_vulnerabilities(known_at: datetime | NotKnown = NOT_KNOWN) -> dict[int, KeptVulnerability]:
    """Give every vulnerability by number, withdrawn ones included, as known at an instant.

    Cost: one query.
    """
    return {number: _of(kept) for number, kept in latest(VulnerabilityRevision, known_at).items()}


@ssc_open()
def history_of_vulnerability(number: int) -> list[KeptVulnerability]:
    """Give every revision of a vulnerability, the newest first; nothing where there is none."""
    return [_of(kept) for kept in revisions_of(VulnerabilityRevision, number)]


@ssc_open()
def add_vulnerability(vulnerability: Vulnerability, by: Who, at: datetime) -> int:
    """Add a vulnerability, and give its number.

    :raises FirmpathError: every fault of it.
    """
    faults = (*check_vulnerability(vulnerability), *faults_of_ends(vulnerability, known_names()))
    refuse_if_any((*faults, *_faults_of_reference(vulnerability, 0)))
    return keep_new(VulnerabilityRevision, to_json(vulnerability), own_names(vulnerability), by, at)


@ssc_open()
def change_vulnerability(seen: Kept, changed: Vulnerability, reason: str, by: Who, at: datetime) -> None:
    """Change a vulnerability that was seen; that one of its CVEs was rejected goes on being said of it.

    :raises FirmpathError: every fault of it, or somebody else has changed it in the meantime.
    """
    before = of_json(dict(seen.content))
    changed = changed._replace(rejected=before.rejected)
    faults = [*check_vulnerability(changed), *faults_of_ends(changed, known_names(), before.ranges)]
    faults += _faults_of_reference(changed, seen.number)
    if not reason:
        faults.append(Fault("Reason", "", "is not given", "say why, for those who read it later", quoted=False))
    if changed == before:
        faults.append(Fault("The change", "", "changes nothing", "change something, or go back", quoted=False))
    refuse_if_any(faults)
    keep_next(VulnerabilityRevision, seen, to_json(changed), own_names(changed), by, at, reason)


def upside_down(vulnerability: Vulnerability, names: Names) -> list[AffectedRange]:
    """Give the ranges that end before they begin by the rule of their stack, and so hold no version."""
    numbers = ((each, names.stack(each.stack)) for each in vulnerability.ranges)
    return [
        each
        for each, number in numbers
        if isinstance(number, int) and ends_before_it_begins(each.versions, names.stacks[number].rule)
    ]


def faults_of_ends(
    vulnerability: Vulnerability, names: Names, before: Collection[AffectedRange] = ()
) -> Iterator[Fault]:
    """Yield the ranges that end before they begin; one that was there `before` stands in the way of no change."""
    for each in upside_down(vulnerability, names):
        if each not in before:
            wrong = "ends before it begins by the rule of its stack, and so names no version"
            yield Fault(RANGES, each.words, wrong, "give its two ends in order, as whoever published it meant them")


def _faults_of_reference(vulnerability: Vulnerability, own: int) -> Iterable[Fault]:
    for number, each in known_vulnerabilities().items():
        if each.vulnerability.reference == vulnerability.reference and number != own:
            wrong = f"is that of vulnerability {number}"
            yield Fault(REFERENCE, vulnerability.reference, wrong, "add what is new to that one")


def own_names(vulnerability: Vulnerability) -> OwnNames:
    """Give the name that no other vulnerability may have: its reference."""
    return OwnNames("vulnerability", REFERENCE, {vulnerability.reference: vulnerability.reference})


def _of(kept: Kept) -> KeptVulnerability:
    return KeptVulnerability(kept.number, kept, of_json(dict(kept.content)))
