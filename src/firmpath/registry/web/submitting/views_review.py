"""What the DCC and SECAS do before a submission is published: endorse, return, correct."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.answers import PARTS
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_submission
from firmpath.registry.submissions.reviewing import edit, endorse, return_
from firmpath.registry.submissions.status import Status
from firmpath.registry.web.questions import Question, asked, summary
from firmpath.registry.web.submitting.filling import describe
from firmpath.registry.web.submitting.pages import PAGES, questions_of, read_page, shown_answers
from firmpath.registry.web.submitting.views_one import reading_page

_WHY: Final = Question(
    "reason",
    "Reason",
    "The submitter reads this. Say what has to be put right, and how.",
    "textarea",
    label="Why are you returning it?",
)
_WHY_CORRECTED: Final = Question(
    "reason",
    "Reason",
    "It is published with the correction; the submitter is told",
    "textarea",
    rows=3,
    label="Why do you correct it?",
)
_TABLE_TEXTS: Final = (
    Question("base_cpl_entry_ids", "Base firmware", "N/A, or CPL Entry IDs with semicolons between, as in 12; 15"),
    Question("base_firmware_reason", "Reason for the base firmware", "", "textarea", rows=3, optional=True),
)


@allowed(POST=Act.ENDORSE)
def endorse_it(request: Request, reference: str) -> HttpResponse:
    """Endorse a submission with a Communications Hub."""
    try:
        endorse(reference, request.who, request.at)
    except FirmpathError as error:
        return reading_page(request, find_submission(request.who, reference), list(error.faults), 409)
    messages.success(request, "Endorsed. It is with SECAS now.")
    return redirect("submission", reference)


@allowed(GET=Act.ENDORSE, POST=Act.ENDORSE)
def return_by_dcc(request: Request, reference: str) -> HttpResponse:
    """Ask the DCC why, and return a submission."""
    return _return(request, reference)


@allowed(GET=Act.REVIEW, POST=Act.REVIEW)
def return_by_secas(request: Request, reference: str) -> HttpResponse:
    """Ask SECAS why, and return a submission."""
    return _return(request, reference)


def _return(request: Request, reference: str) -> HttpResponse:
    submission = find_submission(request.who, reference)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            return_(reference, request.POST.get("reason", ""), request.who, request.at)
        except FirmpathError as error:
            faults = error.faults
        else:
            messages.success(
                request, f"Submission {submission.reference} has gone back to {submission.party.name}."
            )
            return redirect("submissions")
    questions = asked((_WHY,), request.POST, faults)
    context = {
        "submission": submission,
        "asked": questions,
        "faults": faults,
        "problems": summary(questions, faults),
    }
    return render(request, "submitting/return.html", context, status=422 if faults else 200)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def correct(request: Request, reference: str, position: int, part: str) -> HttpResponse:
    """Let SECAS correct the answers of one page, with a reason."""
    submission = find_submission(request.who, reference)
    entry = find_entry(submission, position)
    if part not in PAGES or submission.status != Status.WITH_SECAS:
        raise Http404("There is nothing here to correct.")
    if request.method != "POST":
        return _correction_page(request, submission, entry, part, ())
    try:
        edit(reference, position, _read(request, part), request.POST.get("reason", ""), request.who, request.at)
    except FirmpathError as error:
        return _correction_page(request, submission, entry, part, error.faults)
    messages.success(request, "Corrected. What was submitted is kept and published beside it.")
    return redirect("submission", submission.reference)


def _read(request: Request, part: str) -> dict[str, str]:
    texts = {each.name: request.POST[each.name] for each in _TABLE_TEXTS if each.name in request.POST}
    return texts if part == "base-firmware" else read_page(part, request.POST)


def _correction_page(
    request: Request, submission: Submission, entry: SubmissionEntry, part: str, faults: tuple[Fault, ...]
) -> HttpResponse:
    names = PARTS[part]
    questions = (
        *questions_of(part, request.who),
        *(each for each in _TABLE_TEXTS if each.name in names),
        _WHY_CORRECTED,
    )
    values = shown_answers(entry.answers) if request.method != "POST" else request.POST
    asked_list = asked(questions, values, faults)
    context = {
        "submission": submission,
        "entry": entry,
        "description": describe(entry),
        "page": PAGES[part],
        "asked": asked_list,
        "faults": faults,
        "problems": summary(asked_list, faults),
    }
    return render(request, "submitting/correct.html", context, status=422 if faults else 200)
