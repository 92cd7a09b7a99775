"""SECAS opens, extends and closes notices."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.living_register import LivingRegister
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import Change, state
from firmpath.registry.submissions.correction_queries import find_correction
from firmpath.registry.submissions.notice_queries import past_notices, used_notice_ids
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.notice_forms import NOTICE_ID, QUESTIONS, read_notice
from firmpath.registry.web.deciding.provenance import provenance_questions, read_provenance
from firmpath.registry.web.deciding.texts import Answers, collected
from firmpath.registry.web.deciding.views_changes import correction_id
from firmpath.registry.web.deciding.wording import step_words

_TITLES = {"open": "Open a notice", "extend": "Extend notice {}", "close": "Close notice {}"}
_DONE = {"open": "opened", "extend": "extended", "close": "closed"}
_HINTS = {
    "open": "No pathway uses these upgrades until the notice is closed, unless somebody accepts it by name",
    "extend": "The notice comes to cover these upgrades as well as those it covers already",
    "close": "Its upgrades are offered again, where nothing else bars them",
}


@allowed(GET=Act.EDIT)
def edit_notices(request: Asked) -> HttpResponse:
    """List the notices that are open, and those that were closed."""
    register = current().register
    catalogue = register.catalogue(request.at.date())
    found = [(each, [step_words(catalogue, step) for step in each.steps]) for each in catalogue.notices]
    context = {"open": found, "closed": past_notices(register, request.at.date()), "catalogue": catalogue}
    return render(request, "deciding/notices.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def open_notice(request: Asked) -> HttpResponse:
    """Open a notice."""
    return ask_and_confirm(request, _form(request, "open", ""))


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def change_notice(request: Asked, notice_id: str, verb: str) -> HttpResponse:
    """Extend or close a notice that is open."""
    open_ids = {each.notice_id for each in current().register.catalogue(request.at.date()).notices}
    if verb not in ("extend", "close") or notice_id not in open_ids:
        raise Http404("There is no such notice, or it is not open.")
    return ask_and_confirm(request, _form(request, verb, notice_id))


def _form(request: Asked, verb: str, notice_id: str) -> ChangeForm:
    register, today = current().register, request.at.date()
    catalogue = register.catalogue(today)
    notice = next((each for each in catalogue.notices if each.notice_id == notice_id), None)
    correction = find_correction(correction_id(request))

    def read(answers: Answers) -> Proposed:
        fact, told = collected(
            lambda: read_notice(verb, notice_id, answers, catalogue),
            lambda: read_provenance(answers, asks_mistake=False),
        )
        _refuse_used_again(register, verb, fact.notice_id)
        change = Change((fact,), told.party, told.reason, told.effective_from, told.channel)
        stated = state(register, change, request.who, today)
        what = f"Notice {fact.notice_id} {_DONE[verb]}"
        return Proposed(stated, what, told.reason, 0, fact.notice_id, told.evidence, correction_id(request))

    return ChangeForm(
        _TITLES[verb].format(notice_id),
        "Notices",
        (*QUESTIONS[verb], *provenance_questions(asks_mistake=False)),
        {
            "channel": "SECAS correction",
            "party": correction.party.name if correction else request.who.party_name,
            "evidence": correction.email_text if correction else "",
        },
        read,
        reverse("edit_notices"),
        (
            ("Name", notice.opened.name),
            ("Upgrades", "; ".join(step_words(catalogue, each) for each in notice.steps)),
        )
        if notice
        else (),
        _HINTS[verb],
    )


def _refuse_used_again(register: LivingRegister, verb: str, notice_id: str) -> None:
    if verb == "open" and notice_id in used_notice_ids(register):
        right = "give this notice an id of its own"
        raise FirmpathError(Fault(NOTICE_ID.term, notice_id, "has been used before", right))
