"""SECAS opens, extends and closes notices, and corrects what was stated about them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import NoticeClosed, NoticeExtended, NoticeOpened
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.notices import Notice
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.changes import Change, state
from firmpath.registry.submissions.notice_queries import past_notices, standing_about_notice, used_notice_ids
from firmpath.registry.submissions.proposals import Proposed
from firmpath.registry.web.deciding.confirming import ChangeForm, ask_and_confirm
from firmpath.registry.web.deciding.kinds import change_of
from firmpath.registry.web.deciding.notice_forms import (
    NOTICE_ID,
    QUESTIONS,
    present_notice,
    questions_to_correct,
    read_correction,
    read_notice,
)
from firmpath.registry.web.deciding.prefilled import correction_id, parties_for, provenance_defaults
from firmpath.registry.web.deciding.provenance import (
    Provenance,
    provenance_questions,
    read_provenance,
    source_questions,
)
from firmpath.registry.web.deciding.texts import Answers
from firmpath.registry.web.deciding.wording import statement_words, step_words

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
    catalogue = register.catalogue(request.today)
    found = [(each, [step_words(catalogue, step) for step in each.steps]) for each in catalogue.notices]
    context = {"open": found, "closed": past_notices(register, request.today), "catalogue": catalogue}
    return render(request, "deciding/notices.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def open_notice(request: Asked) -> HttpResponse:
    """Open a notice."""
    return ask_and_confirm(request, _form(request, "open", ""))


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def change_notice(request: Asked, notice_id: str, verb: str) -> HttpResponse:
    """Extend or close a notice that is open."""
    open_ids = {each.notice_id for each in current().register.catalogue(request.today).notices}
    if verb not in ("extend", "close") or notice_id not in open_ids:
        raise Http404("There is no such notice, or it is not open.")
    return ask_and_confirm(request, _form(request, verb, notice_id))


@allowed(GET=Act.EDIT)
def notice_record(request: Asked, notice_id: str) -> HttpResponse:
    """List the statements about a notice that stand, each to be corrected or taken back."""
    register = current().register
    catalogue = register.catalogue(request.today)
    standing = [
        (each, statement_words(catalogue, each), not isinstance(each.fact, NoticeClosed))
        for each in standing_about_notice(register, notice_id)
    ]
    if not standing:
        raise Http404("There is no such notice.")
    context = {"notice_id": notice_id, "standing": standing, "query": request.META["QUERY_STRING"]}
    return render(request, "deciding/notice_record.html", context)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def correct_notice(request: Asked, notice_id: str, number: int) -> HttpResponse:
    """Correct what a statement about a notice says."""
    statement = _standing(notice_id, number)
    if not isinstance(statement.fact, NoticeOpened | NoticeExtended):
        raise Http404("There is nothing in it to correct; it can be taken back.")
    return ask_and_confirm(request, _correction_form(request, statement, statement.fact))


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def retract_notice(request: Asked, notice_id: str, number: int) -> HttpResponse:
    """Take back an extension or a closure of a notice."""
    statement = _standing(notice_id, number)
    if not isinstance(statement.fact, NoticeExtended | NoticeClosed):
        raise Http404("That a notice was opened is not taken back; it can be corrected, or the notice closed.")
    return ask_and_confirm(request, _retraction_form(request, statement, statement.fact))


def _standing(notice_id: str, number: int) -> Statement:
    for statement in standing_about_notice(current().register, notice_id):
        if statement.number == number:
            return statement
    raise Http404("There is no such statement about this notice, or it has been corrected.")


def _correction_form(request: Asked, statement: Statement, wrong: NoticeOpened | NoticeExtended) -> ChangeForm:
    register, parties = current().register, parties_for(request)
    catalogue = register.catalogue(request.today)

    def read(answers: Answers) -> Proposed:
        fact, told = all_parsed(
            lambda: read_correction(wrong, answers, catalogue), lambda: read_provenance(answers, False, parties)
        )
        change = change_of(told, fact)._replace(instead_of=statement)
        what = f"Notice {fact.notice_id}: statement {statement.number} corrected"
        return _proposed(request, register, fact.notice_id, what, change, told)

    return ChangeForm(
        f"Correct statement {statement.number}",
        f"Notice {wrong.notice_id}",
        (*questions_to_correct(wrong), *source_questions(parties)),
        {**present_notice(wrong), **provenance_defaults(request)},
        read,
        _record_of(request, wrong.notice_id),
        (("Statement", statement_words(catalogue, statement)),),
        "What it says was never right. To cover fewer upgrades needs a second person",
    )


def _retraction_form(request: Asked, statement: Statement, wrong: NoticeExtended | NoticeClosed) -> ChangeForm:
    register, parties = current().register, parties_for(request)
    catalogue = register.catalogue(request.today)

    def read(answers: Answers) -> Proposed:
        told = read_provenance(answers, False, parties)
        change = change_of(told)._replace(retracts=(statement,))
        what = f"Notice {wrong.notice_id}: statement {statement.number} taken back"
        return _proposed(request, register, wrong.notice_id, what, change, told)

    is_closure = isinstance(wrong, NoticeClosed)
    return ChangeForm(
        f"Take back statement {statement.number}",
        f"Notice {wrong.notice_id}",
        source_questions(parties),
        provenance_defaults(request),
        read,
        _record_of(request, wrong.notice_id),
        (("Statement", statement_words(catalogue, statement)),),
        "The notice is then open again" if is_closure else "The notice then covers fewer upgrades",
    )


def _proposed(
    request: Asked, register: LivingRegister, notice_id: str, what: str, change: Change, told: Provenance
) -> Proposed:
    stated = state(register, change, request.who, request.today)
    day_is_open = not told.effective_from
    return Proposed(stated, what, told.reason, 0, notice_id, told.evidence, correction_id(request), day_is_open)


def _record_of(request: Asked, notice_id: str) -> str:
    query = request.META["QUERY_STRING"]
    return reverse("notice_record", args=[notice_id]) + (f"?{query}" if query else "")


def _form(request: Asked, verb: str, notice_id: str) -> ChangeForm:
    register, parties = current().register, parties_for(request)
    catalogue = register.catalogue(request.today)
    notice = next((each for each in catalogue.notices if each.notice_id == notice_id), None)

    def read(answers: Answers) -> Proposed:
        fact, told = all_parsed(
            lambda: read_notice(verb, notice_id, answers, catalogue),
            lambda: read_provenance(answers, False, parties),
        )
        _refuse_used_again(register, verb, fact.notice_id)
        what = f"Notice {fact.notice_id} {_DONE[verb]}"
        return _proposed(request, register, fact.notice_id, what, change_of(told, fact), told)

    return ChangeForm(
        _TITLES[verb].format(notice_id),
        "Notices",
        (*QUESTIONS[verb], *provenance_questions(False, parties)),
        provenance_defaults(request),
        read,
        reverse("edit_notices"),
        _now(catalogue, notice) if notice else (),
        _HINTS[verb],
    )


def _now(catalogue: Catalogue, notice: Notice) -> tuple[tuple[str, object], ...]:
    steps = "; ".join(step_words(catalogue, each) for each in notice.steps)
    return ("Name", notice.opened.name), ("Upgrades", steps)


def _refuse_used_again(register: LivingRegister, verb: str, notice_id: str) -> None:
    if verb == "open" and notice_id in used_notice_ids(register):
        right = "give this notice an id of its own"
        raise FirmpathError(Fault(NOTICE_ID.term, notice_id, "has been used before", right))
