"""Check a sequence of upgrades that somebody plans, step by step. Source: FEATURES F26."""

from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from firmpath.pathways.answers import Caution, OneAnswer
from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cautions import cautions_of_pathway
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import Steps
from firmpath.pathways.upgrades import Bar, Upgrades


class StepVerdict(StrEnum):
    """What is to be said of one planned step."""

    OPEN = "open"
    BARRED = "barred"
    NOBODY_HAS_SAID = "nobody_has_said"
    NOT_DECLARED = "not_declared"
    OTHER_HARDWARE = "other_hardware"
    SAME_ENTRY = "same_entry"


class PlannedStep(NamedTuple):
    """One step of the plan, the verdict on it, and what bars it where it is declared but may not be used."""

    from_id: CPLEntryID
    to_id: CPLEntryID
    verdict: StepVerdict
    bars: tuple[Bar, ...] = ()


class SequenceCheck(NamedTuple):
    """The verdict on each step, what to know where all are safe, and how to go from first to last instead."""

    steps: tuple[PlannedStep, ...]
    cautions: tuple[Caution, ...]
    instead: OneAnswer

    @property
    def is_safe(self) -> bool:
        """Whether every step is an open upgrade."""
        return all(step.verdict is StepVerdict.OPEN for step in self.steps)


def check_sequence(catalogue: Catalogue, planned: Steps, accepted: frozenset[str]) -> SequenceCheck:
    """Judge each step of a planned sequence of entries that are on the CPL, the installed one first.

    :raises FirmpathError: fewer than two entries.
    """
    if len(planned) < 2:
        given = " ".join(map(str, planned))
        raise FirmpathError(
            Fault("Sequence", given, "has no step", "give the installed entry and at least one more")
        )
    steps = tuple(
        _judge(catalogue.upgrades(catalogue.family_of(from_id), accepted), from_id, to_id)
        for from_id, to_id in pairwise(planned)
    )
    upgrades = catalogue.upgrades(catalogue.family_of(planned[0]), accepted)
    safe = all(step.verdict is StepVerdict.OPEN for step in steps)
    cautions = cautions_of_pathway(catalogue, upgrades, planned) if safe else ()
    return SequenceCheck(steps, cautions, answer_for(catalogue, planned[0], planned[-1], accepted))


def _judge(upgrades: Upgrades, from_id: CPLEntryID, to_id: CPLEntryID) -> PlannedStep:
    return PlannedStep(from_id, to_id, _verdict(upgrades, from_id, to_id), upgrades.bars.get((from_id, to_id), ()))


def _verdict(upgrades: Upgrades, from_id: CPLEntryID, to_id: CPLEntryID) -> StepVerdict:
    if from_id == to_id:
        return StepVerdict.SAME_ENTRY
    if from_id not in upgrades.entries or to_id not in upgrades.entries:
        return StepVerdict.OTHER_HARDWARE
    if to_id in upgrades.open[from_id]:
        return StepVerdict.OPEN
    if to_id in upgrades.declared[from_id]:
        return StepVerdict.BARRED
    silent = isinstance(upgrades.entries[to_id].base_firmware, NotProvided)
    return StepVerdict.NOBODY_HAS_SAID if silent else StepVerdict.NOT_DECLARED
