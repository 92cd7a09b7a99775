"""What Firmpath answers: values, one class for each shape of answer, and a word for each kind.

Different reasons for 'no' are different answers, because the next thing to do differs.
Source: FEATURES F24 and F25.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.facts import DeadEndMarked
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import MissingDeclaration
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import Reference, Target
from firmpath.pathways.stepping_stones import SteppingStone, stones_of_all
from firmpath.pathways.upgrades import Bar, BarKind, Step


class AnswerKind(StrEnum):
    """The word for each answer, as it stands under `"answer"` in JSON."""

    PATHWAY = "pathway"
    ALREADY_THERE = "already_there"
    UNKNOWN_DEVICE = "unknown_device"
    UNKNOWN_TARGET = "unknown_target"
    SEVERAL_TARGETS = "several_targets"
    OTHER_HARDWARE = "other_hardware"
    BLOCKED_BY_NOTICE = "blocked_by_notice"
    PATHWAY_CLOSED = "pathway_closed"
    DEAD_END = "dead_end"
    NOBODY_HAS_SAID = "nobody_has_said"
    NO_PATHWAY_DECLARED = "no_pathway_declared"
    CANDIDATES_DISAGREE = "candidates_disagree"


class CautionKind(StrEnum):
    """What a person should know before following a pathway."""

    TWIN = "twin"
    PROBABLE_DOWNGRADE = "probable_downgrade"
    OTHER_REVISION = "other_revision"
    NOTICE_ACCEPTED = "notice_accepted"
    NOTHING_LEADS_ON = "nothing_leads_on"
    NEWER_UNREACHED = "newer_unreached"
    INTO_DEAD_END = "into_dead_end"
    STAYS_WITHDRAWN = "stays_withdrawn"
    STAYS_UNCERTIFIED = "stays_uncertified"
    STAYS_IN_DEAD_END = "stays_in_dead_end"
    NEWER_IS_DEAD_END = "newer_is_dead_end"
    NEWER_IS_CLOSED = "newer_is_closed"


class Caution(NamedTuple):
    """One thing to know: about the entry it names, with the others it concerns, or the id of a notice.

    Where nothing leads on, `why` says what keeps Devices there: `excluded`, or else a word of `Shut`.
    """

    kind: CautionKind
    cpl_entry_id: CPLEntryID
    others: Steps = ()
    notice_id: str = ""
    why: str = ""


class Pathway(NamedTuple):
    """There is a safe pathway: `steps` from the installed entry to the target, both included.

    `valid_until` is the last day on which it can be used by what is on record: before a certificate on the way
    ends, or a withdrawal, a warning or the like takes effect.
    """

    steps: Steps
    stepping_stones: tuple[SteppingStone, ...] = ()
    cautions: tuple[Caution, ...] = ()
    valid_until: date | NotKnown = NOT_KNOWN

    @property
    def kind(self) -> AnswerKind:
        """The word for this answer."""
        return AnswerKind.PATHWAY

    @property
    def installed(self) -> CPLEntryID:
        """The entry that the Device runs."""
        return self.steps[0]

    @property
    def target(self) -> CPLEntryID:
        """The entry that it is to run in the end."""
        return self.steps[-1]

    @property
    def next_step(self) -> CPLEntryID:
        """The entry to activate first."""
        return self.steps[1]


class AlreadyThere(NamedTuple):
    """The Device runs the target already."""

    installed: CPLEntryID
    cautions: tuple[Caution, ...] = ()

    @property
    def kind(self) -> AnswerKind:
        """The word for this answer."""
        return AnswerKind.ALREADY_THERE


class NoPathway(NamedTuple):
    """There is no pathway that may be used today, and why.

    `way` is the way that comes nearest, with the `bars` on it and the declarations `missing` for it;
    `farthest` is the latest-listed entry that the Device can safely go to today, or the installed one itself;
    `leads_to_target` are the entries from which a pathway to the target is open; `coming` are entries of the same
    HardwareModel that are listed from a later day.
    """

    kind: AnswerKind
    installed: CPLEntryID
    target: CPLEntryID
    farthest: CPLEntryID
    way: Steps = ()
    bars: tuple[tuple[Step, tuple[Bar, ...]], ...] = ()
    missing: tuple[MissingDeclaration, ...] = ()
    mark: DeadEndMarked | NotKnown = NOT_KNOWN
    leads_to_target: Steps = ()
    coming: Steps = ()

    @property
    def held_back_by(self) -> Steps:
        """The excluded entries, where they are all that bars the way; none where anything else does."""
        bars = [bar for _, found in self.bars for bar in found]
        alone = all(bar.kind is BarKind.EXCLUDED for bar in bars)
        return tuple(dict.fromkeys(bar.cpl_entry_id for bar in bars)) if alone else ()


class NotOnTheCPL(NamedTuple):
    """The Device's firmware, or the target, is not on this CPL on this day."""

    kind: AnswerKind
    reference: Reference
    as_at: date
    listed_from: date | NotKnown = NOT_KNOWN


class SeveralTargets(NamedTuple):
    """The target could be any of several entries, and choosing one would be a guess."""

    reference: Target
    candidates: Steps

    @property
    def kind(self) -> AnswerKind:
        """The word for this answer."""
        return AnswerKind.SEVERAL_TARGETS


OneAnswer = Pathway | AlreadyThere | NoPathway | SeveralTargets


class CandidatesAgree(NamedTuple):
    """The Device may run any of several entries, and the same is to be done whichever of them it is."""

    reference: Reference
    candidates: Steps
    answers: tuple[OneAnswer, ...]

    @property
    def kind(self) -> AnswerKind:
        """The kind of answer that all candidates share."""
        return self.answers[0].kind

    @property
    def shared(self) -> OneAnswer:
        """The first candidate's answer, with the stops of all, and the cautions and the last day of any."""
        first = self.answers[0]
        cautions = tuple(dict.fromkeys(self._cautions()))
        if isinstance(first, AlreadyThere):
            return first._replace(cautions=cautions)
        if not isinstance(first, Pathway):
            return first
        pathways = [answer for answer in self.answers if isinstance(answer, Pathway)]
        stones = stones_of_all([pathway.stepping_stones for pathway in pathways])
        ends = [pathway.valid_until for pathway in pathways if pathway.valid_until]
        return first._replace(stepping_stones=stones, cautions=cautions, valid_until=min(ends, default=NOT_KNOWN))

    def _cautions(self) -> Iterator[Caution]:
        for answer in self.answers:
            if isinstance(answer, AlreadyThere | Pathway):
                yield from answer.cautions


class CandidatesDisagree(NamedTuple):
    """The Device may run any of several entries, and what is right for one is not right for another."""

    reference: Reference
    candidates: Steps
    answers: tuple[OneAnswer, ...]

    @property
    def kind(self) -> AnswerKind:
        """The word for this answer."""
        return AnswerKind.CANDIDATES_DISAGREE


Answer = OneAnswer | NotOnTheCPL | CandidatesAgree | CandidatesDisagree
