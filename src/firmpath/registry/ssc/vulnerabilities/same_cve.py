"""Records that share a CVE: two of one vulnerability can say different things of what is affected."""

from collections.abc import Mapping
from typing import NamedTuple

from firmpath.registry.ssc.vulnerabilities.keeping import KeptVulnerability
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability


class SameCVE(NamedTuple):
    """Another record of the same CVE: its number and reference, the ids that both have, and whether they agree."""

    number: int
    reference: str
    cves: tuple[str, ...]
    agrees: bool

    @property
    def words(self) -> str:
        """What to say of it on the record that it shares a CVE with."""
        verb = "is" if len(self.cves) == 1 else "are"
        says = (
            "with the same versions and condition" if self.agrees else "with other versions, or another condition"
        )
        return (
            f"{', '.join(self.cves)} {verb} on record as vulnerability {self.number} too, {self.reference}, {says}"
        )


def same_cves(known: Mapping[int, KeptVulnerability]) -> dict[int, list[SameCVE]]:
    """Give, by number, the other records of the same CVE; withdrawn ones contradict nobody.

    Cost: linear in the CVEs, and in the pairs of records that share one.
    """
    by_cve: dict[str, list[int]] = {}
    for number, kept in known.items():
        for cve in () if kept.vulnerability.is_withdrawn else _ids_of(kept.vulnerability):
            by_cve.setdefault(cve, []).append(number)
    shared: dict[tuple[int, int], list[str]] = {}
    for cve, numbers in by_cve.items():
        for number in numbers:
            for other in numbers:
                if number != other:
                    shared.setdefault((number, other), []).append(cve)
    found: dict[int, list[SameCVE]] = {}
    for (number, other), cves in sorted(shared.items()):
        one, another = known[number].vulnerability, known[other].vulnerability
        agrees = _said_of_versions(one) == _said_of_versions(another)
        found.setdefault(number, []).append(SameCVE(other, another.reference, tuple(cves), agrees))
    return found


def _ids_of(vulnerability: Vulnerability) -> tuple[str, ...]:
    is_cve = vulnerability.reference.startswith("CVE-")
    return tuple(dict.fromkeys((*vulnerability.cves, *((vulnerability.reference,) if is_cve else ()))))


def _said_of_versions(vulnerability: Vulnerability) -> object:
    return vulnerability.condition, {each._replace(as_printed="") for each in vulnerability.ranges}
