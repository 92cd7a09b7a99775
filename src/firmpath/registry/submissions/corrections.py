"""Requests to correct the register: somebody asks, SECAS applies or refuses, and the requester is told."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.letters import Letter
from firmpath.registry.parties.mail import send_soon
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.deciding_states import CorrectionState, ProposalState
from firmpath.registry.submissions.evidence import Given, as_rows
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile
from firmpath.registry.submissions.standing import require_act

_LOG: Final = logging.getLogger("firmpath")

MOST_OPEN: Final = 500
"""The most requests of one Party that wait for SECAS."""


class Request(NamedTuple):
    """What somebody asks for: about an entry (0 for none) or a notice ("" for none), in words and by field."""

    words: str
    cpl_entry_id: int = 0
    notice_id: str = ""
    email_text: str = ""
    wanted: Mapping[str, list[str]] = {}
    files: tuple[Given, ...] = ()


def request_correction(request: Request, by: Who, at: datetime) -> CorrectionRequest:
    """Take a request, with its evidence; sent twice, as with the button pressed twice, it is one request.

    :raises FirmpathError: the Party has as many that wait as there can be.
    """
    require_act(by, Act.REQUEST_CORRECTION)
    with transaction.atomic():
        take_turn(f"corrections of Party {by.party_id}")
        waiting = CorrectionRequest.objects.filter(party_id=by.party_id, state=CorrectionState.OPEN)
        for each in waiting.filter(asked_by_id=by.person_id, words=request.words):
            if _asks_the_same(each, request):
                return each
        if waiting.count() >= MOST_OPEN:
            wrong = f"has {MOST_OPEN} requests for corrections that wait, the most there can be"
            raise FirmpathError(Fault("Party", by.party_name, wrong, "ask SECAS to decide some of them first"))
        correction = CorrectionRequest.objects.create(
            asked_by_id=by.person_id,
            party_id=by.party_id,
            asked_at=at,
            cpl_entry_id=request.cpl_entry_id or None,
            notice_id=request.notice_id,
            words=request.words,
            email_text=request.email_text,
            wanted=dict(request.wanted),
        )
        EvidenceFile.objects.bulk_create(as_rows(correction.pk, request.files))
        log_act(by, "correction requested", f"correction {correction.pk}", at)
    _log("correction requested", correction, by)
    return correction


def _asks_the_same(correction: CorrectionRequest, request: Request) -> bool:
    kept = (correction.cpl_entry_id or 0, correction.notice_id, correction.email_text, correction.wanted)
    asked = (request.cpl_entry_id, request.notice_id, request.email_text, dict(request.wanted))
    given = sorted((each.name, each.sha256) for each in as_rows(correction.pk, request.files))
    return kept == asked and given == sorted(correction.files.values_list("name", "sha256"))


def refuse_correction(correction_id: int, reason: str, by: Who, at: datetime) -> CorrectionRequest:
    """Refuse a request with a reason, which the requester is told.

    :raises FirmpathError: it is decided already, or a change for it waits for a second person.
    """
    require_act(by, Act.EDIT)
    with transaction.atomic():
        correction = _open(correction_id)
        _refuse_while_a_change_waits(correction)
        _decide(correction, CorrectionState.REFUSED, reason, by, at)
    return correction


def settle_correction(correction_id: int, by: Who, at: datetime) -> CorrectionRequest:
    """Say that the changes recorded for a request settle it, which the requester is told.

    :raises FirmpathError: it is decided already, no change for it has been recorded, or one still waits.
    """
    require_act(by, Act.EDIT)
    with transaction.atomic():
        correction = _open(correction_id)
        _refuse_while_a_change_waits(correction)
        if not correction.proposals.filter(state=ProposalState.RECORDED).exists():
            wrong, right = "has no change that was recorded for it", "make a change for it, or refuse it"
            raise FirmpathError(Fault("Correction", str(correction_id), wrong, right, quoted=False))
        _decide(correction, CorrectionState.APPLIED, "", by, at)
    return correction


def _refuse_while_a_change_waits(correction: CorrectionRequest) -> None:
    if correction.proposals.filter(state=ProposalState.WAITING).exists():
        wrong, right = "has a change that waits for a second person", "have that change decided first"
        raise FirmpathError(Fault("Correction", str(correction.pk), wrong, right, quoted=False))


def _open(correction_id: int) -> CorrectionRequest:
    correction = CorrectionRequest.objects.select_for_update().filter(pk=correction_id).first()
    if correction is None or correction.state != CorrectionState.OPEN:
        wrong = f"is {correction.state} already" if correction else "does not exist"
        raise FirmpathError(Fault("Correction", str(correction_id), wrong, "look at the list again", quoted=False))
    return correction


def _decide(correction: CorrectionRequest, state: CorrectionState, reason: str, by: Who, at: datetime) -> None:
    correction.state, correction.decision_reason = state, reason
    correction.decided_by_id, correction.decided_at = by.person_id, at
    correction.save()
    log_act(by, f"correction {state}", f"correction {correction.pk}", at, reason)
    address, letter = correction.asked_by.email, letter_about(correction)
    transaction.on_commit(lambda: send_soon(address, letter))
    transaction.on_commit(lambda: _log(f"correction {state}", correction, by))


def letter_about(correction: CorrectionRequest) -> Letter:
    """Write what there is to say about a request that is decided."""
    number = correction.pk
    if correction.state == CorrectionState.APPLIED:
        told = "SECAS has applied it. The register shows the change, and beside it what was there before."
    else:
        told = f"SECAS has refused it, for this reason:\n\n{correction.decision_reason}"
    address = f"{settings.CONFIGURATION.public_url}{reverse('correction', args=[number])}"
    text = f"You asked for a correction (number {number}).\n\n{told}\n\n{address}\n"
    return Letter(f"Your request for correction {number} is {correction.state}", text)


def _log(what: str, correction: CorrectionRequest, by: Who) -> None:
    _LOG.info("", extra={"what": what, "fields": {"correction": correction.pk, "person": by.person_id}})
