"""From a Catalogue and an answer to a Picture: which entries are drawn, and how each is marked."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from firmpath.drawing.picture import MOST_ARROWS, MOST_BOXES, Arrow, ArrowKind, Box, BoxKind, Picture, Role
from firmpath.pathways.answers import AlreadyThere, NoPathway, OneAnswer, Pathway, SeveralTargets
from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.facts import DeadEndMarked, SteppingStoneMarked
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.upgrades import Step, Successors, Upgrades, turned_around

_Ids = set[CPLEntryID]


def map_of_entry(catalogue: Catalogue, cpl_entry_id: CPLEntryID, accepted: frozenset[str]) -> Picture:
    """Draw every entry that declared upgrades join to this one, directly or not."""
    upgrades = catalogue.upgrades(catalogue.family_of(cpl_entry_id), accepted)
    shown = _joined_to(upgrades, [cpl_entry_id])
    boxes = (_box(upgrades, each, ("asked about",) if each == cpl_entry_id else ()) for each in sorted(shown))
    return Picture(
        f"Upgrades around CPL entry {short_name(catalogue, cpl_entry_id)}",
        f"{len(shown)} entries of {catalogue[cpl_entry_id].hardware_model} and the upgrades declared between them.",
        tuple(boxes),
        tuple(_arrows(upgrades, shown, set(), set())),
    )


def map_of_pathway(catalogue: Catalogue, answer: OneAnswer, accepted: frozenset[str]) -> Picture:
    """Draw an answer: the pathway among the other upgrades, or what is in its way and what is missing."""
    installed, target, steps = _ends_and_steps(answer)
    upgrades = catalogue.upgrades(catalogue.family_of(installed), accepted)
    stones = {stone.cpl_entry_id for stone in answer.stepping_stones} if isinstance(answer, Pathway) else set()
    missing = {(each.from_id, each.to_id) for each in answer.missing} if isinstance(answer, NoPathway) else set()
    ends = [each for each in (installed, target, *steps) if each in upgrades.entries]
    shown = _joined_to(upgrades, ends)
    roles = dict.fromkeys(steps, Role.ON_PATHWAY) | {target: Role.TARGET} | {installed: Role.INSTALLED}
    boxes = (_box(upgrades, each, (), roles.get(each, Role.NONE), each in stones) for each in sorted(shown))
    taken = set(pairwise(steps)) if isinstance(answer, Pathway) else set()
    return Picture(
        f"From {full_name(catalogue, installed)} to {full_name(catalogue, target)}",
        explain(catalogue, answer).headline,
        tuple(boxes),
        tuple(_arrows(upgrades, shown, taken, missing)),
    )


def _ends_and_steps(answer: OneAnswer) -> tuple[CPLEntryID, CPLEntryID, tuple[CPLEntryID, ...]]:
    match answer:
        case Pathway():
            return answer.installed, answer.target, answer.steps
        case NoPathway():
            return answer.installed, answer.target, answer.way
        case AlreadyThere():
            return answer.installed, answer.installed, ()
        case SeveralTargets():
            ids = ", ".join(map(str, answer.candidates))
            wrong = f"can be any of {ids}, so there is no one pathway to draw"
            raise FirmpathError(Fault("Target", str(answer.reference), wrong, "give the CPL Entry ID"))


def _joined_to(upgrades: Upgrades, starts: list[CPLEntryID]) -> _Ids:
    """Give the entries joined to these by upgrades in either direction; only the nearest where all are too many."""
    sources = turned_around(upgrades.declared)
    shown = set(starts)
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        for other in (*upgrades.declared[here], *sources[here]):
            if other not in shown:
                shown.add(other)
                waiting.append(other)
    if _is_drawable(upgrades.declared, shown):
        return shown
    nearest = {other for here in starts for other in (here, *upgrades.declared[here], *sources[here])}
    return nearest if _is_drawable(upgrades.declared, nearest) else set(starts)


def _is_drawable(successors: Successors, shown: _Ids) -> bool:
    return len(shown) <= MOST_BOXES and sum(len(successors[each]) for each in shown) <= MOST_ARROWS


def _box(
    upgrades: Upgrades,
    cpl_entry_id: CPLEntryID,
    words: Iterable[str] = (),
    role: Role = Role.NONE,
    is_stone: bool = False,
) -> Box:
    entry = upgrades.entries[cpl_entry_id]
    name = entry.published.firmware_name
    title = f"{cpl_entry_id}  {name}" if name else str(cpl_entry_id)
    kinds = list(_kinds(entry, is_stone))
    # One shape for each box: the gravest of what it is; the rest is said in words.
    return Box(cpl_entry_id, (title, str(entry.firmware_version)), kinds[0], (*kinds[1:-1], *words), role)


def _kinds(entry: CPLEntry, is_stone: bool) -> Iterator[BoxKind]:
    if entry.withdrawn_on:
        yield BoxKind.WITHDRAWN
    if isinstance(entry.mark, DeadEndMarked):
        yield BoxKind.DEAD_END
    if is_stone or isinstance(entry.mark, SteppingStoneMarked):
        yield BoxKind.STEPPING_STONE
    if isinstance(entry.base_firmware, NotProvided):
        yield BoxKind.SILENT
    yield BoxKind.PLAIN


def _arrows(upgrades: Upgrades, shown: _Ids, taken: set[Step], missing: set[Step]) -> Iterator[Arrow]:
    for from_id in sorted(shown):
        for to_id in upgrades.declared[from_id]:
            if to_id in shown:
                kind = ArrowKind.PATHWAY if (from_id, to_id) in taken else ArrowKind.DECLARED
                barred = (from_id, to_id) in upgrades.bars
                yield Arrow(from_id, to_id, ArrowKind.BARRED if barred else kind)
    for from_id, to_id in sorted(missing):
        yield Arrow(from_id, to_id, ArrowKind.MISSING)
