"""What a submission would change if it were published now, and whether anything speaks against it.

Source: FEATURES F30; MP231 section 3.
"""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from firmpath.pathways.comparison import LeftOut
from firmpath.pathways.days import britains_day
from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.pathway_changes import PathwayChange
from firmpath.pathways.rehearsal import Rehearsal
from firmpath.pathways.rules import Finding, Severity
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import Stated
from firmpath.registry.ledger.issued import next_cpl_entry_id
from firmpath.registry.submissions.answers import Terms, Wanted, has_passed, place_in_submission
from firmpath.registry.submissions.corrected import Answered, answered, state_answered
from firmpath.registry.submissions.models import Submission

_MOST_HELD: Final = 8
"""So many outcomes are held at a time in each process; a large one takes some megabytes."""


class Outcome(NamedTuple):
    """What publishing a submission would do.

    `ids` are the CPL Entry IDs by position; those that will be issued may be others. `seen` names the outcome: two
    rehearsals with one name differ in nothing but these ids. `late` are the positions of the entries whose listing
    date has passed, and which would be listed today.
    """

    stated: tuple[Stated, ...]
    ids: Mapping[int, CPLEntryID]
    rehearsal: Rehearsal
    seen: str
    late: tuple[int, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that have to go before it can be submitted or published."""
        return tuple(each for each in self.rehearsal.findings if each.severity is not Severity.NOTE)

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(each.severity is severity for each in self.rehearsal.findings)


def wanted_of(submission: Submission) -> list[Wanted]:
    """Give the entries of a submission with their answers, in order."""
    return [Wanted(each.position, each.answers) for each in submission.entries.all()]


def ids_for(wanted: Sequence[Wanted], register: LivingRegister) -> dict[int, CPLEntryID]:
    """Give the CPL Entry IDs that would be issued now, by position."""
    first = next_cpl_entry_id(register)
    return {each.position: CPLEntryID(first + offset) for offset, each in enumerate(wanted)}


def terms_of(submission: Submission, wanted: Sequence[Wanted], register: LivingRegister, at: datetime) -> Terms:
    """Say on which terms the answers would become statements now; a draft asks for no day that has passed."""
    by = submission.submitted_by_id or submission.made_by_id
    ids = ids_for(wanted, register)
    return Terms(ids, submission.party.name, f"person {by}", britains_day(at), not submission.is_open)


def rehearse_submission(submission: Submission, register: LivingRegister, at: datetime) -> Outcome:
    """Show what publishing a submission now would change.

    Cost: that of comparing the families it touches; of reading the answers alone, where it was shown a moment ago.

    :raises FirmpathError: every fault of every answer.
    """
    return rehearse_answered(submission, answered(submission), register, at)


def rehearse_answered(submission: Submission, said: Answered, register: LivingRegister, at: datetime) -> Outcome:
    """Show what publishing a submission now would change if it answered this.

    :raises FirmpathError: every fault of every answer.
    """
    terms = terms_of(submission, said.wanted, register, at)
    stated = state_answered(said, terms, place_in_submission(said.wanted), register.last_number + 1)
    return _HELD.rehearsed(stated, terms, said.wanted, register, at)


def rehearse_stated(
    stated: tuple[Stated, ...], terms: Terms, wanted: Sequence[Wanted], register: LivingRegister, at: datetime
) -> Outcome:
    """Show what recording these statements now would change."""
    first = register.last_number + 1
    statements = [Statement(first + offset, at.replace(microsecond=0), *each) for offset, each in enumerate(stated)]
    rehearsal = register.rehearse(statements, britains_day(at))
    named = _named(_numbered_from(first, stated), rehearsal, terms.ids)
    return Outcome(stated, terms.ids, rehearsal, named, _late(wanted, at))


def _late(wanted: Sequence[Wanted], at: datetime) -> tuple[int, ...]:
    return tuple(each.position for each in wanted if has_passed(each.answers, britains_day(at)))


class _Held:
    """The outcomes of the submissions that were looked at last, by the register as it is now.

    What a submission states, and the day, are all that its outcome depends on beside the register.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._register: LivingRegister | None = None
        self._outcomes: dict[tuple[date, tuple[Stated, ...]], Outcome] = {}

    def rehearsed(
        self,
        stated: tuple[Stated, ...],
        terms: Terms,
        wanted: Sequence[Wanted],
        register: LivingRegister,
        at: datetime,
    ) -> Outcome:
        """Give the outcome that is held, or rehearse."""
        named = britains_day(at), stated
        with self._lock:
            found = self._outcomes.get(named) if register is self._register else None
        outcome = found or rehearse_stated(stated, terms, wanted, register, at)
        with self._lock:
            if register is not self._register:
                self._register, self._outcomes = register, {}
            self._outcomes.pop(named, None)
            self._outcomes[named] = outcome  # the last one now
            while len(self._outcomes) > _MOST_HELD:
                del self._outcomes[next(iter(self._outcomes))]
        return outcome._replace(ids=terms.ids, late=_late(wanted, at))


_HELD: Final = _Held()


def faults_of_findings(findings: Sequence[Finding]) -> Iterator[Fault]:
    """Put findings that block a submission in the form of faults."""
    for finding in findings:
        asks = "refuses this" if finding.severity is Severity.REFUSE else "asks for a reason"
        yield Fault(f"Rule {finding.rule}", "", f"{asks}: {finding.text}", finding.remedy, "", finding.rule, False)


def has_hub(wanted: Sequence[Wanted]) -> bool:
    """Say whether a Communications Hub is among the entries, which the DCC has to endorse."""
    return any(_device_type(each) is DeviceType.COMMUNICATIONS_HUB for each in wanted)


def _device_type(each: Wanted) -> DeviceType | None:
    try:
        return parse_device_type(each.answers.get("device_type", ""))
    except FirmpathError:
        return None


def _numbered_from(first: int, stated: tuple[Stated, ...]) -> tuple[object, ...]:
    """Say what corrects what by the place in the submission, since the numbers move up if others are first."""
    return tuple(
        (each._replace(corrects=NOT_KNOWN), f"corrects +{each.corrects - first}" if each.corrects else "")
        for each in stated
    )


def _named(stated: tuple[object, ...], rehearsal: Rehearsal, ids: Mapping[int, CPLEntryID]) -> str:
    """Name an outcome by its contents; new entries by position, since their ids move up if others are first."""
    position_of = {cpl_entry_id: f"#{position}" for position, cpl_entry_id in ids.items()}
    contents = repr(_neutral((stated, rehearsal.difference, rehearsal.findings), position_of))
    return sha256(contents.encode("utf-8", "surrogatepass")).hexdigest()


def _neutral(value: Any, position_of: Mapping[CPLEntryID, str]) -> object:
    """Put positions in the place of the ids of new entries; what only looks like one changes the name in vain."""
    match value:
        case PathwayChange():
            return tuple(_neutral(end, position_of) for end in value[:2]), value[2:]
        case LeftOut():
            return tuple(value)
        case Finding():
            texts = (_neutral_text(text, position_of) for text in (value.text, value.remedy))
            return value.rule, value.severity, _neutral(value.cpl_entry_id, position_of), *texts
        case tuple():
            return type(value).__name__, *(_neutral(each, position_of) for each in value)
        case int():
            return position_of.get(CPLEntryID(value), value)
    return value


def _neutral_text(text: str, position_of: Mapping[CPLEntryID, str]) -> str:
    return re.sub(
        r"(?<!\w)[1-9][0-9]{0,15}(?!\w)", lambda found: position_of.get(CPLEntryID(int(found[0])), found[0]), text
    )
