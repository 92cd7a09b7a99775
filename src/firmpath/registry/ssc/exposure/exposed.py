"""The exposure to one vulnerability: a verdict for every entry, and what has been assessed otherwise."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.assessments.assessment import Assessment
from firmpath.registry.ssc.exposure.ground import GROUPINGS, Ground, Together, Weighed
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

    def condition_of(self, cpl_entry_id: CPLEntryID) -> str:
        """Give what must hold besides for the verdict to matter, which no version tells; '' where nothing must.

        Whoever assessed an entry has looked at that as well, and what is not affected needs nothing more.
        """
        if cpl_entry_id in self.assessed or self.derived(cpl_entry_id).kind is VerdictKind.NOT_AFFECTED:
            return ""
        return self.vulnerability.condition

    def ids_with(self, kind: VerdictKind) -> list[CPLEntryID]:
        """Give the entries with a verdict, in order."""
        return [each for each in self.ground.code_of if self.verdict_of(each).kind is kind]


NONE_TOGETHER: Final[Together] = {}


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


def count_all(exposure: Exposure, devices: Weighed) -> Share:
    """Count the entries and Devices of each verdict over the whole CPL.

    Cost: linear in the stacks.
    """
    entries: Counter[VerdictKind] = Counter()
    weighed: Counter[VerdictKind] = Counter()
    for kind, count, weight in zip(exposure.kinds, exposure.ground.counts, devices.by_code, strict=True):
        entries[kind] += count
        weighed[kind] += weight
    for each, derived, assessed in _moved(exposure):
        for counts, number in ((entries, 1), (weighed, devices.devices.get(each, 0))):
            counts[derived] -= number
            counts[assessed] += number
    return Share("all", entries, weighed)


def verdict_together(exposure: Exposure, ids: Steps) -> VerdictKind | NotKnown:
    """Give the verdict of a Device that runs one of several entries; not known where the CPL has none of them.

    It is unknown where they differ, or where one of them is not listed, of which nothing is known.
    """
    listed = [each for each in ids if each in exposure.ground.code_of]
    kinds = {exposure.verdict_of(each).kind for each in listed}
    if not kinds:
        return NOT_KNOWN
    return kinds.pop() if len(kinds) == 1 and len(listed) == len(ids) else VerdictKind.UNKNOWN


NOT_TOLD_APART: Final = "one of several, which the inventory does not tell apart"
"""What the share is called of Devices whose entries differ in what the exposure is broken down by."""


def break_down(exposure: Exposure, devices: Weighed, together: Together = NONE_TOGETHER) -> dict[str, list[Share]]:
    """Count the verdicts of each manufacturer, Device type and band: those with most that is affected first.

    The Devices of all shares of a grouping are those of `count_all`, with those that run one of several entries.
    Cost: linear in the entries.
    """
    ground, len_of_kinds = exposure.ground, len(_KINDS)
    places = [_KINDS.index(kind) for kind in exposure.kinds]
    entries: _Counts = [0] * (len(_KINDS) * len(ground.called))
    weighed: _Counts = entries.copy()
    in_order = devices.in_order or repeat(0)
    for called, code, weight in zip(ground.called_of.values(), ground.code_of.values(), in_order, strict=False):
        place = called * len_of_kinds + places[code]
        entries[place] += 1
        weighed[place] += weight
    for each, derived, assessed in _moved(exposure):
        first = ground.called_of[each] * len_of_kinds
        for counts, number in ((entries, 1), (weighed, devices.devices.get(each, 0))):
            counts[first + _KINDS.index(derived)] -= number
            counts[first + _KINDS.index(assessed)] += number
    shares = {
        grouping: _shares_of([names[at] for names in ground.called], entries, weighed)
        for at, grouping in enumerate(GROUPINGS)
    }
    _add_together(exposure, together, shares)
    return {grouping: _in_order_of_shares(found.values()) for grouping, found in shares.items()}


def _add_together(exposure: Exposure, together: Together, shares: dict[str, dict[str, Share]]) -> None:
    """Weigh each share by the Devices besides of which the entries that they can run are all in it."""
    ground = exposure.ground
    for ids, number in together.items():
        kind = verdict_together(exposure, ids)
        if isinstance(kind, NotKnown):
            continue
        called = [ground.called[ground.called_of[each]] for each in ids if each in ground.called_of]
        for at, found in enumerate(shares.values()):
            names = {names[at] for names in called}
            name = names.pop() if len(names) == 1 else NOT_TOLD_APART
            share = found.setdefault(name, Share(name, Counter(), Counter()))
            found[name] = share._replace(devices=Counter(share.devices) + Counter({kind: number}))


_KINDS: Final = tuple(VerdictKind)
_Counts = list[int]
"""Entries or Devices: as many as there are `_KINDS` for each way in which entries are called."""


def _moved(exposure: Exposure) -> Iterator[tuple[CPLEntryID, VerdictKind, VerdictKind]]:
    """Give the entries that are assessed, with the verdict that follows from the versions and the one assessed."""
    for each, assessment in exposure.assessed.items():
        yield each, exposure.derived(each).kind, assessment.kind


def _shares_of(names: Sequence[str], entries: _Counts, weighed: _Counts) -> dict[str, Share]:
    """Give a share for each of the names, of which there is one for each way in which entries are called."""
    found = {name: (Counter[VerdictKind](), Counter[VerdictKind]()) for name in names}
    for at, name in enumerate(names):
        of_it = slice(at * len(_KINDS), (at + 1) * len(_KINDS))
        for share, counts in zip(found[name], (entries, weighed), strict=True):
            share.update(dict(zip(_KINDS, counts[of_it], strict=True)))
    return {name: Share(name, *both) for name, both in found.items()}


def _in_order_of_shares(shares: Iterable[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: (*_most_affected_first(share), share.name))


def _most_affected_first(share: Share) -> Iterable[int]:
    for kind in (VerdictKind.AFFECTED, VerdictKind.UNKNOWN):
        yield -share.devices[kind]
        yield -share.entries[kind]


def reasons_of(exposure: Exposure) -> Counter[Why]:
    """Count the entries that are unknown by what would have to be known, and those that are assessed as unknown."""
    found: Counter[Why] = Counter()
    for verdict, count in zip(exposure.verdicts, exposure.ground.counts, strict=True):
        if verdict.kind is VerdictKind.UNKNOWN:
            found[verdict.why] += count
    for each, assessment in exposure.assessed.items():
        derived = exposure.derived(each)
        if derived.kind is VerdictKind.UNKNOWN:
            found[derived.why] -= 1
        if assessment.kind is VerdictKind.UNKNOWN:
            found[Why.ASSESSED] += 1
    return +found
