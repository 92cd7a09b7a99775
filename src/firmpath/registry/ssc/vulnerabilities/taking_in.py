"""Vulnerabilities taken in from files: what is new is added, what differs is changed, the rest is as it was.

Who published a record can take it back, and that back again. What the SSC decided by hand no file undoes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.db import transaction

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.models import VulnerabilityRevision
from firmpath.registry.ssc.revisions import keep_new, keep_next
from firmpath.registry.ssc.versions.known_names import known_names
from firmpath.registry.ssc.vulnerabilities.keeping import (
    KeptVulnerability,
    faults_of_ends,
    history_of_vulnerability,
    known_vulnerabilities,
    own_names,
)
from firmpath.registry.ssc.vulnerabilities.same_cve import same_cves
from firmpath.registry.ssc.vulnerabilities.vulnerability import (
    RANGES,
    REFERENCE,
    Vulnerability,
    check_vulnerability,
    to_json,
)
from firmpath.registry.ssc.wall import ssc_open


class Taken(StrEnum):
    """What became of a vulnerability that was taken in."""

    ADDED = "added"
    CHANGED = "changed"
    AS_IT_WAS = "as it was"


class TakenIn(NamedTuple):
    """What became of the vulnerabilities of a file, and what whoever sent it should know."""

    counts: Counter[Taken]
    cautions: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many were added, changed, and left as they were."""
        stays = Taken.AS_IT_WAS if self.counts[Taken.AS_IT_WAS] == 1 else "as they were"
        words = {**{each: each.value for each in Taken}, Taken.AS_IT_WAS: stays}
        return ", ".join(f"{self.counts[each]} {words[each]}" for each in Taken)


class _Taking(NamedTuple):
    """How a file is taken in: whether its records are those of whoever publishes them, why, by whom and when."""

    is_published: bool
    reason: str
    by: Who
    at: datetime


_FROM_A_FILE: Final = "taken in from "
"""How the reason begins of every revision that a file brought."""


@ssc_open()
def take_in(
    vulnerabilities: Iterable[Vulnerability], name: str, by: Who, at: datetime, *, is_published: bool = False
) -> TakenIn:
    """Add those that are not there by their reference, and change those that differ: all of them, or none.

    Where `is_published`, records are as their publisher has them: what is not withdrawn there counts, or again.
    :raises FirmpathError: every fault of every one.
    """
    found = list(vulnerabilities)
    taking = _Taking(is_published, f"{_FROM_A_FILE}{name}", by, at)
    known = _by_reference()
    refuse_if_any(_faults_of_all(found, known))
    counts: Counter[Taken] = Counter()
    cautions: list[str] = []
    with transaction.atomic(using=SSC):
        for each in found:
            if _is_rejected(each):
                counts.update(_take_rejected(each, known, taking, cautions))
            else:
                counts[_take(each, known.get(each.reference), taking, cautions)] += 1
        cautions += _shared_with_others({each.reference for each in found})
    return TakenIn(counts, tuple(cautions))


@ssc_open()
def check_all(vulnerabilities: Iterable[Vulnerability]) -> None:
    """Take nothing in.

    :raises FirmpathError: every fault for which these would not be taken in.
    """
    refuse_if_any(_faults_of_all(vulnerabilities, _by_reference()))


def _by_reference() -> dict[str, KeptVulnerability]:
    return {each.vulnerability.reference: each for each in known_vulnerabilities().values()}


def _is_rejected(given: Vulnerability) -> bool:
    """Say whether a record says nothing but that its CVE was rejected."""
    return bool(given.rejected) and not given.ranges


def _faults_of_all(found: Iterable[Vulnerability], known: Mapping[str, KeptVulnerability]) -> Iterator[Fault]:
    references: set[str] = set()
    names = known_names()
    for number, each in enumerate(found, 1):
        place = f"in record {number}" + (f", {each.reference}" if each.reference else "")
        before = known[each.reference].vulnerability.ranges if each.reference in known else ()
        is_rejected = _is_rejected(each)
        found_wrong = (fault for fault in check_vulnerability(each) if not is_rejected or fault.term != RANGES)
        yield from (fault.at(place) for fault in found_wrong)
        if not is_rejected:
            yield from (fault.at(place) for fault in faults_of_ends(each, names, before))
        if each.reference and each.reference in references:
            wrong = "is that of an earlier record"
            yield Fault(REFERENCE, each.reference, wrong, "give one record for it", f"in record {number}")
        references.add(each.reference)


def _take(given: Vulnerability, known: KeptVulnerability | None, taking: _Taking, cautions: list[str]) -> Taken:
    if known is None:
        keep_new(VulnerabilityRevision, to_json(given), own_names(given), taking.by, taking.at, taking.reason)
        return Taken.ADDED
    before = known.vulnerability
    after = given._replace(**{name: getattr(before, name) for name in given._fields if not getattr(given, name)})
    if taking.is_published:
        after = after._replace(
            rejected=tuple(each for each in before.rejected if each.split(" ")[0] not in given.cves),
            is_withdrawn=given.is_withdrawn or _stays_withdrawn(known, cautions),
        )
    return _keep(known, after, taking)


def _keep(known: KeptVulnerability, after: Vulnerability, taking: _Taking) -> Taken:
    if after == known.vulnerability:
        return Taken.AS_IT_WAS
    names = own_names(after)
    keep_next(VulnerabilityRevision, known.kept, to_json(after), names, taking.by, taking.at, taking.reason)
    return Taken.CHANGED


def _stays_withdrawn(known: KeptVulnerability, cautions: list[str]) -> bool:
    """Say whether what is published without being withdrawn stays so here: where the SSC withdrew it by hand."""
    if not known.vulnerability.is_withdrawn:
        return False
    withdrawn = known
    for each in history_of_vulnerability(known.number):  # the newest first
        if not each.vulnerability.is_withdrawn:
            break
        withdrawn = each
    name = f"{known.vulnerability.reference}, vulnerability {known.number},"
    if withdrawn.kept.reason.startswith(_FROM_A_FILE):
        cautions.append(f"{name} is no longer withdrawn where it is published, and counts again.")
        return False
    cautions.append(f"{name} stays withdrawn, since the SSC withdrew it by hand; it is published as not withdrawn.")
    return True


def _take_rejected(
    given: Vulnerability, known: Mapping[str, KeptVulnerability], taking: _Taking, cautions: list[str]
) -> Iterator[Taken]:
    """Say of every record of a rejected CVE that it was; whether it still counts is for the SSC to say."""
    (said,) = given.rejected
    resting = [each for each in known.values() if given.reference in _names_of(each.vulnerability)]
    if not resting:
        cautions.append(f"{said}. It is not on record, and nothing was recorded.")
    for each in resting:
        before = each.vulnerability
        if before.is_withdrawn:
            yield Taken.AS_IT_WAS
            continue
        kept = (line for line in before.rejected if line.split(" ")[0] != given.reference)
        yield _keep(each, before._replace(rejected=(*kept, said)), taking)
        rests = f"{before.reference}, vulnerability {each.number}, rests on it and still counts"
        cautions.append(f"{said}. {rests}: withdraw it, or leave it if Devices are affected all the same.")


def _names_of(vulnerability: Vulnerability) -> tuple[str, ...]:
    return (vulnerability.reference, *vulnerability.cves)


def _shared_with_others(references: set[str]) -> Iterator[str]:
    """Say which records of a file share a CVE with others that are on record, each two of them once."""
    known = known_vulnerabilities()
    for number, others in same_cves(known).items():
        reference = known[number].vulnerability.reference
        if reference in references:
            told = (each for each in others if each.number > number or each.reference not in references)
            yield from (f"{reference}: {each.words}." for each in told)
