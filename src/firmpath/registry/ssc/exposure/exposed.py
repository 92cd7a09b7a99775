"""The exposure to one vulnerability: a verdict for every entry, and what has been assessed otherwise."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ssc.assessments.assessment import Assessment
from firmpath.registry.ssc.exposure.ground import Devices, Ground
from firmpath.registry.ssc.exposure.verdict import Verdict, VerdictKind, Why, judge
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability


class Exposure(NamedTuple):
    """A vulnerability over the ground: `verdicts` has one for each stack, `assessed` what the SSC has said.

    `kinds` has the kind of each verdict. An assessment goes before what follows from the versions.
    """

    ground: Ground
    vulnerability: Vulnerability
    verdicts: tuple[Verdict, ...]
    assessed: Mapping[CPLEntryID, Assessment]
    kinds: tuple[VerdictKind, ...]

    def verdict_of(self, cpl_entry_id: CPLEntryID) -> Verdict:
        """Give the verdict of an entry, assessed or derived."""
        assessment = self.assessed.get(cpl_entry_id)
        return Verdict(assessment.kind, Why.ASSESSED) if assessment else self.derived(cpl_entry_id)

    def derived(self, cpl_entry_id: CPLEntryID) -> Verdict:
        """Give what follows from the versions alone."""
        return self.verdicts[self.ground.code_of[cpl_entry_id]]

    def ids_with(self, kind: VerdictKind) -> list[CPLEntryID]:
        """Give the entries with a verdict, in order."""
        return [each for each in self.ground.code_of if self.verdict_of(each).kind is kind]


class Share(NamedTuple):
    """A part of the CPL, such as the entries of one manufacturer, with its entries and Devices by verdict."""

    name: str
    entries: Mapping[VerdictKind, int]
    devices: Mapping[VerdictKind, int]


def expose(ground: Ground, vulnerability: Vulnerability, assessed: Mapping[CPLEntryID, Assessment]) -> Exposure:
    """Judge a vulnerability for every stack.

    Cost: the different stacks times the ranges.
    """
    verdicts = tuple(judge(vulnerability, ground.names, stack) for stack in ground.stacks)
    on_the_cpl = {each: found for each, found in assessed.items() if each in ground.code_of}
    return Exposure(ground, vulnerability, verdicts, on_the_cpl, tuple(verdict.kind for verdict in verdicts))


def count_all(exposure: Exposure, devices: Devices) -> Share:
    """Count the entries and Devices of each verdict over the whole CPL.

    Cost: linear in the families and in the entries with Devices.
    """
    entries: Counter[VerdictKind] = Counter()
    for verdict, count in zip(exposure.verdicts, exposure.ground.counts, strict=True):
        entries[verdict.kind] += count
    for each, assessment in exposure.assessed.items():
        entries[exposure.derived(each).kind] -= 1
        entries[assessment.kind] += 1
    weighed: Counter[VerdictKind] = Counter()
    for each, count in devices.items():
        if each in exposure.ground.code_of:
            weighed[exposure.verdict_of(each).kind] += count
    return Share("all", entries, weighed)


GROUPINGS: Final[Mapping[str, Callable[[CPLEntry], str]]] = {
    "Manufacturer": lambda entry: str(entry.published.manufacturer_name or entry.hardware_model.manufacturer_id),
    "Device type": lambda entry: entry.hardware_model.device_type.value,
    "ZigBee band": lambda entry: str(entry.zigbee_band),
}
"""By what the exposure is broken down."""


def break_down(exposure: Exposure, devices: Devices) -> dict[str, list[Share]]:
    """Count the verdicts of each manufacturer, Device type and band: those with most that is affected first.

    Cost: linear in the entries.
    """
    entries: Counter[tuple[str, str, VerdictKind]] = Counter()
    weighed: Counter[tuple[str, str, VerdictKind]] = Counter()
    kind_of, code_of = exposure.kinds, exposure.ground.code_of
    for each, entry in exposure.ground.catalogue.entries.items():
        kind = exposure.verdict_of(each).kind if each in exposure.assessed else kind_of[code_of[each]]
        weight = devices.get(each, 0)
        for grouping, name_of in GROUPINGS.items():
            key = grouping, name_of(entry), kind
            entries[key] += 1
            if weight:
                weighed[key] += weight
    return {grouping: _shares_of(grouping, entries, weighed) for grouping in GROUPINGS}


def _shares_of(
    grouping: str, entries: Counter[tuple[str, str, VerdictKind]], weighed: Counter[tuple[str, str, VerdictKind]]
) -> list[Share]:
    names = dict.fromkeys(name for by, name, _ in entries if by == grouping)
    shares = (
        Share(
            name,
            {kind: entries[grouping, name, kind] for kind in VerdictKind},
            {kind: weighed[grouping, name, kind] for kind in VerdictKind},
        )
        for name in names
    )
    return sorted(shares, key=lambda share: (*_most_affected_first(share), share.name))


def _most_affected_first(share: Share) -> Iterable[int]:
    for kind in (VerdictKind.AFFECTED, VerdictKind.UNKNOWN):
        yield -share.devices[kind]
        yield -share.entries[kind]


def reasons_of(exposure: Exposure) -> Counter[Why]:
    """Count the entries that are unknown by what would have to be known."""
    found: Counter[Why] = Counter()
    for verdict, count in zip(exposure.verdicts, exposure.ground.counts, strict=True):
        if verdict.kind is VerdictKind.UNKNOWN:
            found[verdict.why] += count
    for each in exposure.assessed:
        derived = exposure.derived(each)
        if derived.kind is VerdictKind.UNKNOWN:
            found[derived.why] -= 1
    return +found
