"""Requests to correct the register: somebody asks, SECAS applies or refuses, and the requester is told."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties import mail
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.evidence import Given, as_rows
from firmpath.registry.submissions.models_deciding import CorrectionRequest, EvidenceFile

OPEN, APPLIED, REFUSED = "open", "applied", "refused"
_LOG: Final = logging.getLogger("firmpath")


class Request(NamedTuple):
    """What somebody asks for: about an entry (0 for none) or a notice ("" for none), in words and by field."""

    words: str
    cpl_entry_id: int = 0
    notice_id: str = ""
    email_text: str = ""
    wanted: Mapping[str, list[str]] = {}
    files: tuple[Given, ...] = ()


def request_correction(request: Request, by: Who, at: datetime) -> CorrectionRequest:
    """Take a request, with its evidence."""
    with transaction.atomic():
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


def refuse_correction(correction_id: int, reason: str, by: Who, at: datetime) -> CorrectionRequest:
    """Refuse a request with a reason, which the requester is told.

    :raises FirmpathError: it is decided already, or a change for it waits for a second person.
    """
    with transaction.atomic():
        correction = _open(correction_id)
        if correction.proposals.filter(state="waiting").exists():
            wrong, right = "has a change that waits for a second person", "refuse or withdraw the change first"
            raise FirmpathError(Fault("Correction", str(correction_id), wrong, right, quoted=False))
        _decide(correction, REFUSED, reason, by, at)
    return correction


def settle_by(correction: CorrectionRequest, by: Who, at: datetime) -> None:
    """Note that a change made for a request has been recorded; call it in the transaction that records."""
    if correction.state == OPEN:
        _decide(correction, APPLIED, "", by, at)


def _open(correction_id: int) -> CorrectionRequest:
    correction = CorrectionRequest.objects.select_for_update().filter(pk=correction_id).first()
    if correction is None or correction.state != OPEN:
        wrong = f"is {correction.state} already" if correction else "does not exist"
        raise FirmpathError(Fault("Correction", str(correction_id), wrong, "look at the list again", quoted=False))
    return correction


def _decide(correction: CorrectionRequest, state: str, reason: str, by: Who, at: datetime) -> None:
    correction.state, correction.decision_reason = state, reason
    correction.decided_by_id, correction.decided_at = by.person_id, at
    correction.save()
    log_act(by, f"correction {state}", f"correction {correction.pk}", at, reason)
    transaction.on_commit(lambda: _tell(correction))
    transaction.on_commit(lambda: _log(f"correction {state}", correction, by))


def _tell(correction: CorrectionRequest) -> None:
    number, person = correction.pk, correction.asked_by
    if correction.state == APPLIED:
        told = "SECAS has applied it. The register shows the change, and beside it what was there before."
    else:
        told = f"SECAS has refused it, for this reason:\n\n{correction.decision_reason}"
    text = f"You asked for a correction (number {number}).\n\n{told}\n"
    mail.send(person.email, f"Your request for correction {number} is {correction.state}", text)


def _log(what: str, correction: CorrectionRequest, by: Who) -> None:
    _LOG.info("", extra={"what": what, "fields": {"correction": correction.pk, "person": by.person_id}})
