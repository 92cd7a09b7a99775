"""SECAS applies a request for a correction: the fields and the mark that were asked for, in one change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from firmpath.pathways.faults import all_parsed
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.naming import name_of
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import state
from firmpath.registry.submissions.correction_queries import find_correction
from firmpath.registry.submissions.corrections import settle_correction
from firmpath.registry.submissions.deciding_states import CorrectionState
from firmpath.registry.submissions.models_deciding import CorrectionRequest
from firmpath.registry.submissions.on_record import OnRecord, find_on_record
from firmpath.registry.submissions.proposal_queries import responsible_parties
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.correction_form import MARK, asked_to_apply
from firmpath.registry.web.deciding.fields import (
    present_answers,
    present_in_words,
    questions_about,
    read_facts,
)
from firmpath.registry.web.deciding.kinds import change_of, something_stands, with_mark
from firmpath.registry.web.deciding.provenance import (
    CHANNEL,
    EVIDENCE,
    PARTY,
    choice_of,
    provenance_questions,
    read_provenance,
)
from firmpath.registry.web.deciding.texts import Answers
from firmpath.registry.web.questions import Choice, Question


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def apply_correction(request: Asked, correction_id: int) -> HttpResponse:
    """Apply what a request asks for, as it was asked or as SECAS puts it."""
    correction, register = find_correction(correction_id), current().register
    about = correction.cpl_entry_id if correction else 0
    found = find_on_record(register, about or 0, request.today)
    wanted = asked_to_apply(correction.wanted, found) if correction and found else ()
    if correction is None or not found or not wanted or correction.state != CorrectionState.OPEN:
        raise Http404("There is nothing to apply as it was asked, or not any more.")
    return ask_and_confirm(request, _form(request, register, correction, found, wanted))


@allowed(POST=Act.EDIT)
def settle(request: Asked, correction_id: int) -> HttpResponse:
    """Say that what was recorded for a request settles it."""
    settle_correction(correction_id, request.who, request.at)
    messages.success(request, "The request is settled. The requester is told by e-mail.")
    return redirect("correction", correction_id=correction_id)


def _form(
    request: Asked,
    register: LivingRegister,
    correction: CorrectionRequest,
    found: OnRecord,
    wanted: tuple[str, ...],
) -> ChangeForm:
    catalogue, entry = found.catalogue, found.entry
    fields = questions_about(catalogue, entry, wanted)
    marks = (_mark_question(correction),) if MARK.name in wanted else ()
    parties = responsible_parties(correction.party.name, str(entry.published.manufacturer_name or ""))
    stands = bool(marks) or something_stands(entry, [question.name for question in fields])

    def read(answers: Answers) -> Proposed:
        facts, mark, told = all_parsed(
            lambda: read_facts(answers, entry, fields),
            lambda: choice_of(answers, marks[0]) if marks else "",
            lambda: read_provenance(answers, stands, parties),
        )
        change = change_of(told, *facts)
        change = with_mark(mark, register, found, change) if mark not in ("", AS_IT_IS.value) else change
        terms = ", ".join(dict.fromkeys(question.term for question in (*fields, *marks)))
        what = f"{name_of(entry)}: {terms}, as asked in correction {correction.pk}"
        stated = state(register, change, request.who, found.day)
        about = (entry.cpl_entry_id, "", told.evidence, correction.pk)
        return Proposed(stated, what, told.reason, *about, not told.effective_from)

    present = present_in_words(catalogue, entry)
    return ChangeForm(
        f"Apply correction {correction.pk}",
        name_of(entry),
        (*fields, *marks, *provenance_questions(stands, parties)),
        {**present_answers(entry), **correction.wanted, **_provenance(correction, stands)},
        read,
        reverse("correction", args=[correction.pk]),
        tuple((question.term, present[question.term]) for question in fields),
        "What was asked for is filled in. Look at each field before you go on",
    )


AS_IT_IS = Choice("as-it-is", "Leave the marks as they are")


def _mark_question(correction: CorrectionRequest) -> Question:
    asked_for = [choice for choice in MARK.choices if choice.value in correction.wanted[MARK.name]]
    return MARK._replace(choices=(*asked_for, AS_IT_IS), optional=False)


def _provenance(correction: CorrectionRequest, stands: bool) -> dict[str, str]:
    return {
        "stands": "mistake",
        CHANNEL.name: (Channel.SECAS_CORRECTION if stands else Channel.BEST_ENDEAVOURS).value,
        PARTY.name: correction.party.name,
        EVIDENCE.name: correction.email_text,
    }
