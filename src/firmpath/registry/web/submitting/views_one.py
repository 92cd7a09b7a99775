"""One submission: what there is still to fill in, or what it says and what has happened to it."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.drafts import MOST_ENTRIES, faults_beside_answers, submit
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.publishing import why_not_publish
from firmpath.registry.submissions.queries import find_entry, find_submission, may_read_answers
from firmpath.registry.submissions.rehearsing import rehearse_submission
from firmpath.registry.submissions.status import WAITING, Status
from firmpath.registry.web.questions import summary
from firmpath.registry.web.submitting.answered import (
    answered_rows,
    corrected_in,
    history_of,
    issued_in,
    named_bases,
    pages_to_correct,
    summary_of,
)
from firmpath.registry.web.submitting.filling import describe, is_ready, tasks_of
from firmpath.registry.web.submitting.showing import change_rows, show_outcome
from firmpath.tables.listing import csv_of

_ON_A_PAGE: Final = 50


@allowed(GET=Act.READ_SUBMISSIONS)
def submission(request: Request, reference: str) -> HttpResponse:
    """Show a submission: to its makers what is left to do, to others what it says."""
    found = find_submission(request.who, reference)
    if not (found.is_open and request.who.may(Act.SUBMIT)):
        return reading_page(request, found, [])
    entries = list(found.entries.all())
    if len(entries) == 1:
        return _tasks_page(request, found, entries[0], is_only=True)
    return render(request, "submitting/entries.html", _entries(request, found) | {"most": MOST_ENTRIES})


@allowed(GET=Act.READ_SUBMISSIONS)
def entry(request: Request, reference: str, position: int) -> HttpResponse:
    """Show one of several entries of a submission."""
    found = find_submission(request.who, reference)
    one = find_entry(found, position)
    if found.is_open and request.who.may(Act.SUBMIT):
        return _tasks_page(request, found, one, is_only=False)
    if not may_read_answers(request.who, found):
        return redirect("submission", found.reference)
    return render(request, "submitting/entry.html", _about_entry(request, found, one))


@allowed(GET=Act.READ_SUBMISSIONS)
def rehearsal(request: Request, reference: str) -> HttpResponse:
    """Show what publishing it now would change, and let its makers submit it."""
    found = find_submission(request.who, reference)
    if not may_read_answers(request.who, found) or found.status == Status.PUBLISHED:
        return redirect("submission", found.reference)
    return rehearsal_page(request, found, [])


def rehearsal_page(request: Request, found: Submission, faults: list[Fault]) -> HttpResponse:
    """Show the rehearsal of a submission; `faults` are what was refused a moment ago."""
    context, refused = try_rehearsing(request, found)
    missing = faults_beside_answers(found) if found.is_open else []
    context |= {
        "submission": found,
        "may_submit": found.is_open and request.who.may(Act.SUBMIT),
        "missing": list(dict.fromkeys(map(str, (*refused, *missing)))),
        "faults": faults,
        "problems": summary((), faults),
    }
    context["is_ready"] = not context["missing"] and not (context.get("outcome") and context["outcome"].blocking)
    return render(request, "submitting/rehearsal.html", context, status=422 if faults else 200)


def try_rehearsing(request: Request, found: Submission) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Give what shows the rehearsal, or the faults that stand in its way."""
    try:
        outcome = rehearse_submission(found, current().register, request.at)
    except FirmpathError as error:
        return {}, error.faults
    asked_for = request.GET.get("entry", "")
    return show_outcome(outcome, int(asked_for) if asked_for.isdecimal() and len(asked_for) < 7 else 0), ()


@allowed(GET=Act.READ_SUBMISSIONS)
def changes(request: Request, reference: str) -> HttpResponse:
    """Give every pathway that would change as CSV."""
    found = find_submission(request.who, reference)
    if not may_read_answers(request.who, found) or found.status == Status.PUBLISHED:
        return redirect("submission", found.reference)
    outcome = rehearse_submission(found, current().register, request.at)
    headings, *rows = change_rows(outcome.rehearsal)
    response = HttpResponse(csv_of(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}-changes.csv"'
    return response


@allowed(POST=Act.SUBMIT)
def send_in(request: Request, reference: str) -> HttpResponse:
    """Submit it, or show what speaks against that."""
    found = find_submission(request.who, reference)
    try:
        sent = submit(reference, request.who, request.at)
    except FirmpathError as error:
        return rehearsal_page(request, found, list(error.faults))
    return redirect(f"{reverse('submission', args=[sent.reference])}?sent=yes")


def reading_page(request: Request, found: Submission, faults: list[Fault], status: int = 200) -> HttpResponse:
    """Show what a submission says, what happened to it, and to those whose turn it is what they can do."""
    who = request.who
    may_read = may_read_answers(who, found)
    context = (_entries(request, found) if may_read else {}) | {
        "submission": found,
        "history": history_of(found, who),
        "is_sent": "sent" in request.GET and not found.is_open,
        "may_read": may_read,
        "summary_rows": summary_of(found),
        "issued": issued_in(found),
        "turn": _turn(found, who),
        "corrected": corrected_in(found) if may_read else [],
        "may_take_back": found.status in WAITING and who.may(Act.SUBMIT) and who.party_id == found.party_id,
        "may_return_early": found.status == Status.WITH_DCC and who.may(Act.REVIEW),
        "faults": faults,
        "problems": summary((), faults),
    }
    if may_read and found.status not in (Status.PUBLISHED, Status.DISCARDED):
        shown, refused = try_rehearsing(request, found)
        context |= shown | {"missing": list(map(str, refused))}
    if context["turn"] == "SECAS":
        context |= {"why_not": why_not_publish(found, who), "to_correct": pages_to_correct(found)}
    return render(request, "submitting/reading.html", context, status=status)


def _turn(found: Submission, who: Who) -> str:
    """Say as whom somebody can deal with a submission now; "" if it is not their turn."""
    if found.status == Status.WITH_DCC and who.may(Act.ENDORSE):
        return "DCC"
    return "SECAS" if found.status == Status.WITH_SECAS and who.may(Act.REVIEW) else ""


def _tasks_page(request: Request, found: Submission, one: SubmissionEntry, *, is_only: bool) -> HttpResponse:
    tasks = tasks_of(found, one, request.at)
    context = {
        "submission": found,
        "entry": one,
        "is_only": is_only,
        "tasks": tasks,
        "description": describe(one),
        "history": history_of(found, request.who),
        "left": sum(kind != "good" for _, _, _, kind, _ in tasks),
        "is_ready": is_ready(tasks),
    }
    return render(request, "submitting/tasks.html", context)


def _entries(request: Request, found: Submission) -> dict[str, Any]:
    page = Paginator(found.entries.all(), _ON_A_PAGE).get_page(request.GET.get("page"))
    catalogue = _today(request)
    rows = [
        (each, describe(each), named_bases(each.answers.get("base_cpl_entry_ids", ""), catalogue))
        for each in page.object_list
    ]
    context: dict[str, Any] = {
        "submission": found,
        "page": page,
        "rows": rows,
        "history": history_of(found, request.who),
    }
    if page.paginator.count == 1:
        context |= _about_entry(request, found, rows[0][0])
    return context


def _about_entry(request: Request, found: Submission, one: SubmissionEntry) -> dict[str, Any]:
    is_secas = found.status == Status.WITH_SECAS and request.who.may(Act.EDIT)
    return {
        "submission": found,
        "entry": one,
        "description": describe(one),
        "answered": answered_rows(found, one, _today(request), may_correct=is_secas),
    }


def _today(request: Request) -> Catalogue:
    return current().register.catalogue(request.today)
