"""How vulnerabilities divide the entries of each family: affected, not affected, and nobody can say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.together import Marked, Questions
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind


class Divided(NamedTuple):
    """A family, and by verdict its entries, each with the vulnerabilities of which it has that verdict."""

    family: HardwareFamily
    affected: Marked
    safe: Marked
    unknown: Marked


ALL: Final[Questions] = -1
"""Every question that there is."""


def divide(ground: Ground, exposures: Sequence[Exposure], asked: Questions = ALL) -> Iterator[Divided]:
    """Give the families that can have entries affected in one of the `asked`; bit n: the exposure at place n.

    Cost: linear in the entries, and in exposures times stacks.
    """
    by_stack, assessed = _by_stack(ground, exposures), _assessed(ground, exposures)
    is_hit = [bool(questions & asked) for questions in by_stack[VerdictKind.AFFECTED]]
    for family, ids, codes in ground.families:
        moved = any(asked >> at & 1 for at, _, _ in assessed.get(family, ()))
        if not moved and not any(map(is_hit.__getitem__, codes)):
            continue
        marked = {kind: dict(zip(ids, map(of.__getitem__, codes), strict=True)) for kind, of in by_stack.items()}
        for at, each, kind in assessed.get(family, ()):
            for of in marked.values():
                of[each] &= ~(1 << at)
            marked[kind][each] |= 1 << at
        yield Divided(family, *(marked[kind] for kind in VerdictKind))


def _by_stack(ground: Ground, exposures: Sequence[Exposure]) -> Mapping[VerdictKind, list[Questions]]:
    found = {kind: [0] * len(ground.stacks) for kind in VerdictKind}
    for at, exposure in enumerate(exposures):
        for code, verdict in enumerate(exposure.verdicts):
            found[verdict.kind][code] |= 1 << at
    return found


def _assessed(
    ground: Ground, exposures: Sequence[Exposure]
) -> Mapping[HardwareFamily, list[tuple[int, CPLEntryID, VerdictKind]]]:
    found: dict[HardwareFamily, list[tuple[int, CPLEntryID, VerdictKind]]] = {}
    for at, exposure in enumerate(exposures):
        for each, assessment in exposure.assessed.items():
            found.setdefault(ground.catalogue.family_of(each), []).append((at, each, assessment.kind))
    return found
