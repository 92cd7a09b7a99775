"""Vulnerabilities as they are kept: read as known at an instant, added, changed, and taken in from files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import VulnerabilityRevision
from firmpath.registry.ssc.revisions import Kept, keep_new, keep_next, latest, revisions_of
from firmpath.registry.ssc.taken_names import Names
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    REFERENCE,
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


class Taken(StrEnum):
    """What became of a vulnerability that was taken in."""

    ADDED = "added"
    CHANGED = "changed"
    AS_IT_WAS = "as it was"


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
    refuse_if_any((*check_vulnerability(vulnerability), *_faults_of_reference(vulnerability, 0)))
    return keep_new(VulnerabilityRevision, to_json(vulnerability), _taken(vulnerability), by, at)


@ssc_open()
def change_vulnerability(seen: Kept, changed: Vulnerability, reason: str, by: Who, at: datetime) -> None:
    """Change a vulnerability that was seen.

    :raises FirmpathError: every fault of it, or somebody else has changed it in the meantime.
    """
    faults = [*check_vulnerability(changed), *_faults_of_reference(changed, seen.number)]
    if not reason:
        faults.append(Fault("Reason", "", "is not given", "say why, for those who read it later", quoted=False))
    if changed == of_json(dict(seen.content)):
        faults.append(Fault("The change", "", "changes nothing", "change something, or go back", quoted=False))
    refuse_if_any(faults)
    keep_next(VulnerabilityRevision, seen, to_json(changed), _taken(changed), by, at, reason)


@ssc_open()
def take_in(vulnerabilities: Iterable[Vulnerability], reason: str, by: Who, at: datetime) -> Counter[Taken]:
    """Add those that are not there by their reference, and change those that differ: all of them, or none.

    :raises FirmpathError: every fault of every one.
    """
    found = list(vulnerabilities)
    check_all(found)
    counts: Counter[Taken] = Counter()
    with transaction.atomic(using=SSC):
        known = {each.vulnerability.reference: each for each in known_vulnerabilities().values()}
        for each in found:
            counts[_take(each, known.get(each.reference), reason, by, at)] += 1
    return counts


def check_all(vulnerabilities: Iterable[Vulnerability]) -> None:
    """Take nothing in.

    :raises FirmpathError: every fault for which these would not be taken in.
    """
    refuse_if_any(_faults_of_all(vulnerabilities))


def _faults_of_all(found: Iterable[Vulnerability]) -> Iterator[Fault]:
    references: set[str] = set()
    for number, each in enumerate(found, 1):
        place = f"in record {number}" + (f", {each.reference}" if each.reference else "")
        yield from (fault.at(place) for fault in check_vulnerability(each))
        if each.reference and each.reference in references:
            wrong = "is that of an earlier record"
            yield Fault(REFERENCE, each.reference, wrong, "give one record for it", f"in record {number}")
        references.add(each.reference)


def _take(given: Vulnerability, known: KeptVulnerability | None, reason: str, by: Who, at: datetime) -> Taken:
    if known is None:
        keep_new(VulnerabilityRevision, to_json(given), _taken(given), by, at, reason)
        return Taken.ADDED
    before = known.vulnerability
    after = given._replace(**{name: getattr(before, name) for name in given._fields if not getattr(given, name)})
    if after == before:
        return Taken.AS_IT_WAS
    keep_next(VulnerabilityRevision, known.kept, to_json(after), _taken(after), by, at, reason)
    return Taken.CHANGED


def _faults_of_reference(vulnerability: Vulnerability, own: int) -> Iterable[Fault]:
    for number, each in known_vulnerabilities().items():
        if each.vulnerability.reference == vulnerability.reference and number != own:
            wrong = f"is that of vulnerability {number}"
            yield Fault(REFERENCE, vulnerability.reference, wrong, "add what is new to that one")


def _taken(vulnerability: Vulnerability) -> Names:
    return Names("vulnerability", REFERENCE, {vulnerability.reference: vulnerability.reference})


def _of(kept: Kept) -> KeptVulnerability:
    return KeptVulnerability(kept.number, kept, of_json(dict(kept.content)))
