"""SECAS applies a request for a correction: the fields that were asked for, in one change."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.naming import name_of
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import Change, state
from firmpath.registry.submissions.correction_queries import find_correction
from firmpath.registry.submissions.models_deciding import CorrectionRequest
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.correction_form import in_catalogue
from firmpath.registry.web.deciding.fields import (
    FIELDS,
    present_answers,
    present_in_words,
    questions_about,
    read_facts,
)
from firmpath.registry.web.deciding.kinds import something_stands
from firmpath.registry.web.deciding.provenance import (
    CHANNEL,
    EVIDENCE,
    PARTY,
    provenance_questions,
    read_provenance,
)
from firmpath.registry.web.deciding.texts import Answers, collected


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def apply_correction(request: Asked, correction_id: int) -> HttpResponse:
    """Apply the fields that a request asks for, as they were asked or as SECAS puts them."""
    correction = find_correction(correction_id)
    register, today = current().register, request.at.date()
    entry = in_catalogue(register.catalogue(today), correction.cpl_entry_id if correction else 0)
    wanted = {name for name in FIELDS if correction and name in correction.wanted}
    if correction is None or not entry or not wanted or correction.state != "open":
        raise Http404("There is nothing to apply as it was asked, or not any more.")
    return ask_and_confirm(request, _form(request, register, correction, entry))


def _form(request: Asked, register: LivingRegister, correction: CorrectionRequest, entry: CPLEntry) -> ChangeForm:
    today = request.at.date()
    catalogue = register.catalogue(today)
    questions = questions_about(catalogue, entry, set(correction.wanted))
    stands = something_stands(entry, [question.name for question in questions])

    def read(answers: Answers) -> Proposed:
        facts, told = collected(
            lambda: read_facts(answers, entry, questions), lambda: read_provenance(answers, stands)
        )
        change = Change(facts, told.party, told.reason, told.effective_from, told.channel, told.is_mistake)
        terms = ", ".join(dict.fromkeys(question.term for question in questions))
        what = f"{name_of(entry)}: {terms}, as asked in correction {correction.pk}"
        stated = state(register, change, request.who, today)
        return Proposed(stated, what, told.reason, entry.cpl_entry_id, "", told.evidence, correction.pk)

    present = present_in_words(catalogue, entry)
    return ChangeForm(
        f"Apply correction {correction.pk}",
        name_of(entry),
        (*questions, *provenance_questions(stands)),
        {**present_answers(entry), **correction.wanted, **_provenance(correction, stands)},
        read,
        reverse("correction", args=[correction.pk]),
        tuple((question.term, present[question.term]) for question in questions),
        "What was asked for is filled in. Look at each field before you go on",
    )


def _provenance(correction: CorrectionRequest, stands: bool) -> dict[str, str]:
    return {
        "stands": "mistake",
        CHANNEL.name: (Channel.SECAS_CORRECTION if stands else Channel.BEST_ENDEAVOURS).value,
        PARTY.name: correction.party.name,
        EVIDENCE.name: correction.email_text,
    }
