"""SECAS's changes: recorded at once where they narrow, and by a second person where they widen.

What was shown is what is recorded: whoever confirms or approves says which effect they saw, and if the register has
changed so that the effect is another, nothing is recorded and they are shown the new one.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.rehearsal import Rehearsal
from firmpath.pathways.rules import Severity, check_catalogue
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import Ledger, Stated, appending
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.corrections import settle_by
from firmpath.registry.submissions.days_ahead import days_with
from firmpath.registry.submissions.effects import Effect, Widens, effect_of
from firmpath.registry.submissions.models_deciding import CorrectionRequest, Proposal

WAITING, RECORDED, REFUSED, WITHDRAWN = "waiting", "recorded", "refused", "withdrawn"
_LOG: Final = logging.getLogger("firmpath")


class Preview(NamedTuple):
    """What a change would do if it were recorded now. `statements` have the numbers they would get."""

    statements: tuple[Statement, ...]
    rehearsal: Rehearsal
    effect: Effect

    @property
    def widens(self) -> bool:
        """Whether a second person has to approve it."""
        return isinstance(self.effect, Widens)

    @property
    def explanation(self) -> Explanation:
        """The pathways gained, lost or lengthened, in words."""
        return explain_difference(self.rehearsal.before, self.rehearsal.after, self.rehearsal.difference)

    @property
    def seen(self) -> str:
        """A name for this effect as it is shown: another effect has another."""
        findings = (f"{each.rule} {each}" for each in self.rehearsal.findings)
        shown = (type(self.effect).__name__, *self.effect.why, *self.explanation, *findings)
        return sha256("\n".join(map(str, shown)).encode()).hexdigest()[:32]


class Proposed(NamedTuple):
    """A change to propose: its statements, what it is in a few words, and what it is about (0 and "": nothing)."""

    stated: tuple[Stated, ...]
    what: str
    reason: str
    cpl_entry_id: int = 0
    notice_id: str = ""
    evidence: str = ""
    correction_id: int = 0


class EffectChanged(Exception):  # noqa: N818  # not an error of anybody: the page is shown again
    """The effect is no longer the one that was seen; `preview` is the one it would have now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(preview)
        self.preview = preview


def preview(stated: tuple[Stated, ...], at: datetime) -> Preview:
    """Show what a change would do; nothing is recorded.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    """
    return _preview(Ledger(current(), at), stated, at)


def propose(proposed: Proposed, seen: str, by: Who, at: datetime) -> Proposal:
    """Record a change that narrows; put one that widens before a second person.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    :raises EffectChanged: its effect is not the one that was seen.
    """
    with appending(at) as ledger:
        shown = _preview_seen(ledger, proposed.stated, seen, at)
        proposal = Proposal.objects.create(
            made_by_id=by.person_id,
            made_at=at,
            cpl_entry_id=proposed.cpl_entry_id or None,
            notice_id=proposed.notice_id,
            what=proposed.what[:300],  # as much as is stored
            reason=proposed.reason,
            evidence=proposed.evidence,
            lines="\n".join(map(write_line, shown.statements)),
            effect="widens" if shown.widens else "narrows",
            effect_words="\n".join(shown.effect.why),
            correction=_correction(proposed.correction_id),
        )
        log_act(by, "change proposed", f"proposal {proposal.pk}", at, proposed.reason)
        if not shown.widens:
            _record(ledger, proposal, proposed.stated, by, at)
    _log("change proposed" if shown.widens else "change recorded", proposal, by)
    return proposal


def approve(proposal_id: int, seen: str, by: Who, at: datetime) -> Proposal:
    """Record a change that somebody else of SECAS proposed.

    :raises FirmpathError: the person proposed it, it is decided already, or it contradicts the record by now.
    :raises EffectChanged: its effect is not the one that was seen.
    """
    with appending(at) as ledger:
        proposal = _waiting(proposal_id)
        refuse_if_any(_faults_of_approver(proposal, by))
        stated = stated_in(proposal)
        shown = _preview_seen(ledger, stated, seen, at)
        proposal.effect = "widens" if shown.widens else "narrows"
        proposal.effect_words = "\n".join(shown.effect.why)
        log_act(by, "change approved", f"proposal {proposal.pk}", at)
        _record(ledger, proposal, stated, by, at)
    _log("change recorded", proposal, by)
    return proposal


def refuse(proposal_id: int, reason: str, by: Who, at: datetime) -> Proposal:
    """Refuse a change that somebody else of SECAS proposed, with a reason.

    :raises FirmpathError: the person proposed it, or it is decided already.
    """
    with appending(at):
        proposal = _waiting(proposal_id)
        refuse_if_any(_faults_of_approver(proposal, by))
        return _decide(proposal, REFUSED, reason, by, at)


def withdraw(proposal_id: int, by: Who, at: datetime) -> Proposal:
    """Take one's own proposal back.

    :raises FirmpathError: somebody else proposed it, or it is decided already.
    """
    with appending(at):
        proposal = _waiting(proposal_id)
        if proposal.made_by_id != by.person_id:
            wrong, right = "was made by somebody else", "refuse it with a reason"
            raise FirmpathError(Fault("Proposal", str(proposal.pk), wrong, right, quoted=False))
        return _decide(proposal, WITHDRAWN, "", by, at)


def stated_in(proposal: Proposal) -> tuple[Stated, ...]:
    """Give what a proposal states."""
    return tuple(Stated(*each[2:]) for each in statements_in(proposal))


def statements_in(proposal: Proposal) -> tuple[Statement, ...]:
    """Give the statements of a proposal, with the numbers they had, or would have had, when it was made."""
    return read_lines(proposal.lines.split("\n"))


def _preview(ledger: Ledger, stated: tuple[Stated, ...], at: datetime) -> Preview:
    statements, register, today = ledger.numbered(stated), ledger.register, at.date()
    rehearsal = register.rehearse(statements, today)
    shown = Preview(statements, rehearsal, effect_of(days_with(register, statements, today), today))
    refuse_if_any(_faults_by_rules(shown))
    return shown


def _faults_by_rules(shown: Preview) -> Iterator[Fault]:
    """What narrows may leave a rule broken that was broken before: mending it can take several steps."""
    refused = [each for each in shown.rehearsal.findings if each.severity is Severity.REFUSE]
    if refused and not shown.widens:
        before = shown.rehearsal.before
        families = {before.family_of(each.cpl_entry_id) for each in refused if each.cpl_entry_id in before}
        known = {(each.rule, each.cpl_entry_id) for each in check_catalogue(before, families=families)}
        refused = [each for each in refused if (each.rule, each.cpl_entry_id) not in known]
    for each in refused:
        wrong = f"breaks rule {each.rule}: {each.text}"
        yield Fault("The change", "", wrong, each.remedy, rule=each.rule, quoted=False)


def _preview_seen(ledger: Ledger, stated: tuple[Stated, ...], seen: str, at: datetime) -> Preview:
    shown = _preview(ledger, stated, at)
    if shown.seen != seen:
        raise EffectChanged(shown)
    return shown


def _record(ledger: Ledger, proposal: Proposal, stated: tuple[Stated, ...], by: Who, at: datetime) -> None:
    statements = ledger.record(stated)
    proposal.first_number = statements[0].number
    _decide(proposal, RECORDED, "", by, at)
    if proposal.correction is not None:
        settle_by(proposal.correction, by, at)


def _decide(proposal: Proposal, state: str, reason: str, by: Who, at: datetime) -> Proposal:
    proposal.state, proposal.decision_reason = state, reason
    proposal.decided_by_id, proposal.decided_at = by.person_id, at
    proposal.save()
    log_act(by, f"change {state}", f"proposal {proposal.pk}", at, reason)
    return proposal


def _waiting(proposal_id: int) -> Proposal:
    """Find a proposal within the ledger's turn, which all who decide take, so that none is decided twice."""
    proposal = Proposal.objects.select_related("correction").filter(pk=proposal_id).first()
    if proposal is None or proposal.state != WAITING:
        wrong = f"is {proposal.state} already" if proposal else "does not exist"
        raise FirmpathError(Fault("Proposal", str(proposal_id), wrong, "look at the list again", quoted=False))
    return proposal


def _faults_of_approver(proposal: Proposal, by: Who) -> list[Fault]:
    if proposal.made_by_id != by.person_id:
        return []
    right = "a second person of SECAS has to decide it; you can withdraw it"
    return [Fault("Proposal", str(proposal.pk), "is your own", right, quoted=False)]


def _correction(correction_id: int) -> CorrectionRequest | None:
    """Find the request that a change is made for, and keep others from deciding it meanwhile."""
    if not correction_id:
        return None
    correction = CorrectionRequest.objects.select_for_update().filter(pk=correction_id).first()
    if correction is None or correction.state == "refused":
        wrong = "has been refused" if correction else "does not exist"
        right = "make the change without it"
        raise FirmpathError(Fault("Correction", str(correction_id), wrong, right, quoted=False))
    return correction


def _log(what: str, proposal: Proposal, by: Who) -> None:
    _LOG.info("", extra={"what": what, "fields": {"proposal": proposal.pk, "person": by.person_id}})
