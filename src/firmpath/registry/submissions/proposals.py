"""SECAS's changes: recorded at once where they narrow, and by a second person where they widen.

What was shown is what is recorded: whoever confirms or approves says what they saw, and if the register has changed
so that it is something else, nothing is recorded and they are shown what it is now.
"""

import logging
from datetime import date, datetime
from typing import Final, NamedTuple

from firmpath.pathways.days import britains_day
from firmpath.pathways.facts import NoticeOpened
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.register_reader import read_lines
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import Ledger, Stated, appending
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.changes import dated_when_recorded
from firmpath.registry.submissions.deciding_states import CorrectionState, EffectKind, ProposalState
from firmpath.registry.submissions.models_deciding import CorrectionRequest, Proposal
from firmpath.registry.submissions.previews import EffectChanged, Preview, preview, preview_seen, still_seen
from firmpath.registry.submissions.standing import require_act

__all__ = [
    "EffectChanged",
    "Preview",
    "Proposed",
    "approve",
    "preview",
    "propose",
    "refuse",
    "stated_in",
    "statements_in",
    "withdraw",
]
_LOG: Final = logging.getLogger("firmpath")


class Proposed(NamedTuple):
    """A change to propose: its statements, what it is in a few words, and what it is about (0 and "": nothing).

    `from_recording` says that no day was given from which it holds.
    """

    stated: tuple[Stated, ...]
    what: str
    reason: str
    cpl_entry_id: int = 0
    notice_id: str = ""
    evidence: str = ""
    correction_id: int = 0
    from_recording: bool = False


def propose(proposed: Proposed, seen: str, by: Who, at: datetime) -> Proposal:
    """Record a change that narrows; put one that widens before a second person.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    :raises EffectChanged: its effect is not the one that was seen.
    """
    require_act(by, _act_for(proposed, by))
    ahead = preview_seen(proposed.stated, seen, at)
    with appending(at) as ledger:
        shown = still_seen(ahead, ledger, proposed.stated, seen, at)
        proposal = _store(proposed, shown, by, at)
        log_act(by, "change proposed", f"proposal {proposal.pk}", at, proposed.reason)
        if not shown.widens:
            _record(ledger, proposal, proposed.stated, by, at)
    _log("change proposed" if shown.widens else "change recorded", proposal, by)
    return proposal


def _act_for(proposed: Proposed, by: Who) -> Act:
    """Say what somebody has to be allowed: to open a notice is less than to edit, since it opens no way."""
    opens_notices = all(isinstance(each.fact, NoticeOpened) for each in proposed.stated)
    return Act.OPEN_NOTICE if opens_notices and by.may(Act.OPEN_NOTICE) else Act.EDIT


def approve(proposal_id: int, seen: str, by: Who, at: datetime) -> Proposal:
    """Record a change that somebody else of SECAS proposed; the record names them both.

    :raises FirmpathError: the person proposed it, it is decided already, or it contradicts the record by now.
    :raises EffectChanged: its effect is not the one that was seen.
    """
    require_act(by, Act.EDIT)
    stated = stated_in(_to_be_decided(proposal_id, by), britains_day(at))
    ahead = preview_seen(stated, seen, at)
    with appending(at) as ledger:
        proposal = _to_be_decided(proposal_id, by)
        shown = still_seen(ahead, ledger, stated, seen, at)
        proposal.effect, proposal.effect_words = _kind(shown), "\n".join(shown.effect.why)
        log_act(by, "change approved", f"proposal {proposal.pk}", at)
        _record(ledger, proposal, tuple(_approved(each, by) for each in stated), by, at)
    _log("change recorded", proposal, by)
    return proposal


def refuse(proposal_id: int, reason: str, by: Who, at: datetime) -> Proposal:
    """Refuse a change that somebody else of SECAS proposed, with a reason.

    :raises FirmpathError: the person proposed it, or it is decided already.
    """
    require_act(by, Act.EDIT)
    with appending(at):
        return _decide(_to_be_decided(proposal_id, by), ProposalState.REFUSED, reason, by, at)


def withdraw(proposal_id: int, by: Who, at: datetime) -> Proposal:
    """Take one's own proposal back.

    :raises FirmpathError: somebody else proposed it, or it is decided already.
    """
    require_act(by, Act.EDIT)
    with appending(at):
        proposal = _waiting(proposal_id)
        if proposal.made_by_id != by.person_id:
            wrong, right = "was made by somebody else", "refuse it with a reason"
            raise FirmpathError(Fault("Proposal", str(proposal.pk), wrong, right, quoted=False))
        return _decide(proposal, ProposalState.WITHDRAWN, "", by, at)


def stated_in(proposal: Proposal, today: date) -> tuple[Stated, ...]:
    """Give what a proposal states if it is recorded today."""
    stated = tuple(Stated(*each[2:]) for each in statements_in(proposal))
    return dated_when_recorded(stated, today) if proposal.from_recording else stated


def statements_in(proposal: Proposal) -> tuple[Statement, ...]:
    """Give the statements of a proposal, with the numbers they had, or would have had, when it was made."""
    return read_lines(proposal.lines.split("\n"))


def _store(proposed: Proposed, shown: Preview, by: Who, at: datetime) -> Proposal:
    return Proposal.objects.create(
        made_by_id=by.person_id,
        made_at=at,
        cpl_entry_id=proposed.cpl_entry_id or None,
        notice_id=proposed.notice_id,
        what=proposed.what,
        reason=proposed.reason,
        evidence=proposed.evidence,
        lines="\n".join(map(write_line, shown.statements)),
        from_recording=proposed.from_recording,
        effect=_kind(shown),
        effect_words="\n".join(shown.effect.why),
        correction=_correction(proposed),
    )


def _kind(shown: Preview) -> EffectKind:
    return EffectKind.WIDENS if shown.widens else EffectKind.NARROWS


def _approved(stated: Stated, by: Who) -> Stated:
    """The record itself shows that two people stand behind what widens."""
    return stated._replace(entered_by=f"{stated.entered_by}, approved by {by.in_record}")


def _record(ledger: Ledger, proposal: Proposal, stated: tuple[Stated, ...], by: Who, at: datetime) -> None:
    statements = ledger.record(stated)
    proposal.first_number = statements[0].number
    _decide(proposal, ProposalState.RECORDED, "", by, at)


def _decide(proposal: Proposal, state: ProposalState, reason: str, by: Who, at: datetime) -> Proposal:
    proposal.state, proposal.decision_reason = state, reason
    proposal.decided_by_id, proposal.decided_at = by.person_id, at
    proposal.save()
    log_act(by, f"change {state}", f"proposal {proposal.pk}", at, reason)
    return proposal


def _waiting(proposal_id: int) -> Proposal:
    """Find a proposal; within the ledger's turn, which all who decide take, so that none is decided twice."""
    proposal = Proposal.objects.select_related("correction").filter(pk=proposal_id).first()
    if proposal is None or proposal.state != ProposalState.WAITING:
        wrong = f"is {proposal.state} already" if proposal else "does not exist"
        raise FirmpathError(Fault("Proposal", str(proposal_id), wrong, "look at the list again", quoted=False))
    return proposal


def _to_be_decided(proposal_id: int, by: Who) -> Proposal:
    proposal = _waiting(proposal_id)
    if proposal.made_by_id == by.person_id:
        right = "a second person of SECAS has to decide it; you can withdraw it"
        raise FirmpathError(Fault("Proposal", str(proposal.pk), "is your own", right, quoted=False))
    return proposal


def _correction(proposed: Proposed) -> CorrectionRequest | None:
    """Find the request that a change is made for, and keep others from deciding it meanwhile."""
    number = proposed.correction_id
    if not number:
        return None
    correction = CorrectionRequest.objects.select_for_update().filter(pk=number).first()
    if correction is None:
        wrong = "does not exist"
    elif correction.state != CorrectionState.OPEN:
        wrong = f"has been {correction.state}"
    elif proposed.cpl_entry_id and correction.cpl_entry_id not in (None, proposed.cpl_entry_id):
        wrong = f"is about CPL entry {correction.cpl_entry_id}, not {proposed.cpl_entry_id}"
    else:
        return correction
    raise FirmpathError(Fault("Correction", str(number), wrong, "make the change without it", quoted=False))


def _log(what: str, proposal: Proposal, by: Who) -> None:
    _LOG.info("", extra={"what": what, "fields": {"proposal": proposal.pk, "person": by.person_id}})
