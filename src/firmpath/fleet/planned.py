"""What is planned for a reading: the row of the small table that an engine joins to an inventory.

The words of `status` are those of the core's answers (FEATURES F24), with two of our own for rows that ask nothing.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.fleet.days import NO_END
from firmpath.fleet.readings import COLUMNS, NotUnderstood, Reading, Understood, understand
from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    AnswerKind,
    CandidatesAgree,
    CandidatesDisagree,
    CautionKind,
    NoPathway,
    NotOnTheCPL,
    OneAnswer,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.ask import answer_together, ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.device_model import HardwareModel
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.newest import answer_for_newest, find_left_out
from firmpath.pathways.one_answer import answer_for
from firmpath.pathways.pathway import Steps
from firmpath.pathways.reference import Newest
from firmpath.pathways.upgrades import BarKind


class OfTheRow(StrEnum):
    """Statuses that are about the row of the inventory itself, or about what is asked for it."""

    NO_TARGET = "no_target"
    MALFORMED = "malformed"
    DUPLICATE_DEVICE_ID = "duplicate_device_id"
    NO_REGION = "no_region"
    NOT_COMMISSIONED = "not_commissioned"


STATUSES: Final = (*(kind.value for kind in AnswerKind), *(each.value for each in OfTheRow))
"""Every word that can stand under `status`."""

NO_ENTRY: Final = 0
"""Stands in the small table where there is no entry; a plan has null there."""

NOTHING_IN: Final = "nothing in "
"""How a reason begins that a column is empty; its heading follows."""

_ENDS: Final = (CautionKind.NOTHING_LEADS_ON, CautionKind.INTO_DEAD_END)


class Planned(NamedTuple):
    """What is planned for every Device with the same reading.

    `candidates` are CPL Entry IDs joined by `; ` where the reading can mean several, and then `installed` is 0.
    `reason` is a code, documented in docs/plan.md; '' where there is nothing to say.
    """

    installed: int
    candidates: str
    target: int
    next_entry: int
    remaining_steps: int
    status: str
    reason: str

    @property
    def is_at_newest_of_rest(self) -> bool:
        """Whether these Devices run the newest entry that is not excluded, and would have a step to one that is."""
        return self.status == AnswerKind.ALREADY_THERE and bool(self.reason)


class Judged(NamedTuple):
    """A reading with what is planned for it, and the core's answer, of which words are made; None: not asked."""

    reading: Reading
    planned: Planned
    answer: Answer | NotUnderstood | None

    @property
    def shared(self) -> Answer | NotUnderstood | None:
        """The answer, of several candidates that agree the one that they share."""
        return self.answer.shared if isinstance(self.answer, CandidatesAgree) else self.answer

    @property
    def held_back_by(self) -> Steps:
        """The excluded entries that alone keep these Devices from a step; none where anything else does."""
        return self.shared.held_back_by if isinstance(self.shared, NoPathway) else ()

    @property
    def ends_because(self) -> str:
        """Why nothing leads on from where these Devices go; '' where something does, or there is nothing newer.

        It is `excluded`, a word of `Shut`, or `into_dead_end` for what somebody has marked.
        """
        cautions = self.shared.cautions if isinstance(self.shared, Pathway) else ()
        ends = (each.why or each.kind.value for each in cautions if each.kind in _ENDS)
        return next(ends, "")

    @property
    def last_day(self) -> date:
        """The last day on which the pathway can be used, whichever of the candidates a Device runs."""
        shared = self.shared
        return shared.valid_until or NO_END if isinstance(shared, Pathway) else NO_END


class Question(NamedTuple):
    """What Devices are to run, and the notices whose risk is accepted.

    `targets` has the target of each HardwareModel, where it is not the newest for all.
    """

    targets: Mapping[HardwareModel, CPLEntryID] | None = None
    accepted: frozenset[str] = frozenset()


def judge(catalogue: Catalogue, reading: Reading, question: Question, columns: Collection[str] = COLUMNS) -> Judged:
    """Answer for a reading of an inventory that has these columns, and say what is planned for it.

    Cost: that of `ask`.
    """
    understood = understand(catalogue, reading, columns)
    if isinstance(understood, NotUnderstood):
        return Judged(reading, _nothing(OfTheRow.MALFORMED, ", ".join(understood.columns)), understood)
    answer = _answer(catalogue, understood, question)
    planned = _planned(catalogue, understood, answer)
    if planned.status == AnswerKind.ALREADY_THERE and question.targets is None:
        planned = planned._replace(reason=_what_is_left_out(catalogue, understood, question))
    return Judged(reading, planned, answer)


def _what_is_left_out(catalogue: Catalogue, understood: Understood, question: Question) -> str:
    """Name what is excluded and newer than what a Device runs, if it would have a step to it; '' for nothing."""
    ahead = (find_left_out(catalogue, each, question.accepted) for each in understood.candidates)
    entries = dict.fromkeys(each for found in ahead for each in found)
    return "; ".join(f"{BarKind.EXCLUDED.value} {each}" for each in entries)


def _answer(catalogue: Catalogue, understood: Understood, question: Question) -> Answer | None:
    """Answer for every candidate; None where no target is given for one of them."""
    candidates = understood.candidates
    if understood.contradicted:
        return NotOnTheCPL(AnswerKind.UNKNOWN_DEVICE, understood.reference, catalogue.as_at)
    if not candidates:
        return ask(catalogue, understood.reference, Newest(), question.accepted)
    answers: list[OneAnswer] = []
    for each in candidates:
        if question.targets is None:
            answers.append(answer_for_newest(catalogue, each, question.accepted))
        elif target := question.targets.get(catalogue[each].hardware_model):
            answers.append(answer_for(catalogue, each, target, question.accepted))
        else:
            return None
    return answer_together(understood.reference, candidates, answers)


def _planned(catalogue: Catalogue, understood: Understood, answer: Answer | None) -> Planned:
    candidates = understood.candidates
    installed = candidates[0] if len(candidates) == 1 else NO_ENTRY
    several = "; ".join(map(str, candidates)) if len(candidates) > 1 else ""
    if answer is None:
        return _nothing(OfTheRow.NO_TARGET, "")._replace(installed=installed, candidates=several)
    shared = answer.shared if isinstance(answer, CandidatesAgree) else answer
    plain = _nothing(answer.kind, _reason(catalogue, understood, shared))
    plain = plain._replace(installed=installed, candidates=several)
    match shared:
        case Pathway():
            steps = len(shared.steps) - 1
            return plain._replace(target=shared.target, next_entry=shared.next_step, remaining_steps=steps)
        case AlreadyThere():
            return plain._replace(target=shared.installed if installed else NO_ENTRY)
        case NoPathway():
            return plain._replace(target=shared.target)
        case _:
            return plain


def _nothing(status: str, reason: str) -> Planned:
    return Planned(NO_ENTRY, "", NO_ENTRY, NO_ENTRY, 0, str(status), reason)


def _reason(catalogue: Catalogue, understood: Understood, answer: Answer) -> str:
    match answer:
        case NotOnTheCPL():
            return _why_unknown(understood, answer)
        case CandidatesDisagree():
            return _what_settles(catalogue, answer)
        case SeveralTargets():
            return f"targets {'; '.join(map(str, answer.candidates))}"
        case NoPathway():
            return _why_not(answer)
        case _:
            return ""


def _why_unknown(understood: Understood, answer: NotOnTheCPL) -> str:
    if understood.contradicted:
        return f"contradicted by {understood.contradicted}"
    return f"listed from {answer.listed_from}" if answer.listed_from else "not on the CPL"


def _what_settles(catalogue: Catalogue, answer: CandidatesDisagree) -> str:
    """Name the column of the inventory that would tell the candidates apart."""
    entries = [catalogue[each] for each in answer.candidates]
    if len({entry.hardware_model.device_type for entry in entries}) == len(entries):
        return "settled by device_type"
    if len({entry.manufacturer_image_hash for entry in entries}) == len(entries):
        return "settled by manufacturer_image_hash"
    return "settled by cpl_entry_id"


def _why_not(answer: NoPathway) -> str:
    """Name what is in the way: notices, entries that are closed, or the entries whose bases nobody has stated."""
    bars = dict.fromkeys(bar for _, found in answer.bars for bar in found)
    named = [f"{bar.kind.value} {bar.notice_id or bar.cpl_entry_id}" for bar in bars]
    missing = [f"undeclared {each.from_id} to {each.to_id}" for each in answer.missing]
    return "; ".join((*named, *missing))
