"""Find vulnerabilities by what people call them: their own reference, or a CVE id."""

from collections.abc import Iterable, Mapping

from firmpath.registry.ssc.vulnerabilities.keeping import KeptVulnerability


def find_named(
    known: Mapping[int, KeptVulnerability], identifiers: Iterable[str]
) -> dict[str, list[KeptVulnerability]]:
    """Give, for each of these, those that have it, in order of their numbers; letters of any size are the same.

    Cost: linear in what is on record and in the identifiers.
    """
    by_name: dict[str, list[KeptVulnerability]] = {}
    for each in known.values():
        names = (each.vulnerability.reference, *each.vulnerability.cves)
        for name in dict.fromkeys(name.casefold() for name in names):
            by_name.setdefault(name, []).append(each)
    return {each: by_name.get(each.casefold(), []) for each in identifiers}
