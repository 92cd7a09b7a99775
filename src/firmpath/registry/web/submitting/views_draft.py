"""Begin a submission, fill in its pages, add and remove entries, throw it away."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed, keeps_typed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.drafts import (
    SavedMeanwhileError,
    Seen,
    add_entry,
    create_draft,
    discard,
    mark_of_answers,
    recall,
    remove_entry,
    save_answers,
)
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_open_submission, find_submission
from firmpath.registry.submissions.status import WAITING
from firmpath.registry.web.questions import asked, summary
from firmpath.registry.web.submitting.filling import describe, faults_of_part, known_image
from firmpath.registry.web.submitting.pages import PAGES, questions_of, read_page, shown_answers

LATER: Final = "later"
"""The name of the button that saves without looking for faults."""

IMAGE: Final = "device"
"""The page that asks which image it is."""
KNOWN: Final = "The CPL has this Manufacturer Image hash already."

NOTHING_TYPED: Final[Mapping[str, str]] = MappingProxyType({})

SAVED: Final = "Saved. Nothing is sent to anybody until you submit it."


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def begin(request: Request) -> HttpResponse:
    """Say what a submission needs, and begin one."""
    if request.method == "POST":
        return redirect("submission", create_draft(request.who, request.at).reference)
    return render(request, "submitting/new.html")


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
@keeps_typed
def part(request: Request, reference: str, position: int, part: str) -> HttpResponse:
    """Ask what one page of an entry asks; save it with its faults, and show them."""
    submission = find_open_submission(request.who, reference)
    entry = find_entry(submission, position)
    if part not in PAGES:
        raise Http404("A submission has no such page.")
    if request.method != "POST":
        return _page(request, submission, entry, part, [], read_page(part, request.typed) if request.typed else {})
    typed = read_page(part, request.POST)
    try:
        entry = save_answers(reference, position, typed, request.who, request.at, seen_on(request, part))
    except SavedMeanwhileError as error:
        return _page(request, submission, entry, part, list(error.faults), typed)
    if LATER in request.POST:
        return saved_for_later(request, submission, entry)
    faults = faults_of_part(submission, entry, part, request.at)
    if faults:
        return _page(request, submission, entry, part, faults)
    if part == IMAGE and (known := known_image(entry, request.at)):
        messages.warning(request, f"{KNOWN} {' '.join(known)}")
    return next_page(submission, entry, part)


def seen_on(request: Request, part: str) -> Seen | None:
    """Give what a page showed of an entry when it was opened, if it says so."""
    return Seen(part, request.POST["shown"]) if "shown" in request.POST else None


def _page(
    request: Request,
    submission: Submission,
    entry: SubmissionEntry,
    part: str,
    faults: list[Fault],
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> HttpResponse:
    questions = asked(questions_of(part, request.who), shown_answers({**entry.answers, **typed}), faults)
    context = {
        "submission": submission,
        "entry": entry,
        "page": PAGES[part],
        "known_image": known_image(entry, request.at) if part == IMAGE else (),
        "known_words": KNOWN,
        "shown": request.typed.get("shown") or mark_of_answers(entry, part),
        "asked": questions,
        "faults": faults,
        "problems": summary(questions, faults),
    }
    return render(request, "submitting/part.html", context, status=422 if faults else 200)


def saved_for_later(request: Request, submission: Submission, entry: SubmissionEntry) -> HttpResponse:
    """Go back to the task list, and say that the draft is kept."""
    messages.success(request, SAVED)
    return to_entry(submission, entry)


def next_page(submission: Submission, entry: SubmissionEntry, part: str) -> HttpResponse:
    """Go on with the page after this one, or to the task list where the SSC's page comes next."""
    names = list(PAGES)
    at = names.index(part) + 1
    if part == "zigbee-band" or at == len(names):
        return to_entry(submission, entry)
    return redirect("submission_part", submission.reference, entry.position, names[at])


def to_entry(submission: Submission, entry: SubmissionEntry) -> HttpResponse:
    """Go to the task list of an entry."""
    if submission.entries.count() == 1:
        return redirect("submission", submission.reference)
    return redirect("submission_entry", submission.reference, entry.position)


@allowed(POST=Act.SUBMIT)
def add(request: Request, reference: str) -> HttpResponse:
    """Add an entry for the same hardware."""
    added = add_entry(reference, request.who, request.at)
    return redirect("submission_entry", added.submission.reference, added.position)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def remove(request: Request, reference: str, position: int) -> HttpResponse:
    """Ask, and then take an entry out of a submission."""
    submission = find_open_submission(request.who, reference)
    entry = find_entry(submission, position)
    if request.method == "POST":
        remove_entry(reference, position, request.who, request.at)
        messages.success(request, f"Entry {position} has been taken out.")
        return redirect("submission", submission.reference)
    context = {"submission": submission, "entry": entry, "description": describe(entry)}
    return render(request, "submitting/remove.html", context)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def discard_draft(request: Request, reference: str) -> HttpResponse:
    """Ask, and then throw a draft away."""
    submission = find_open_submission(request.who, reference)
    if request.method == "POST":
        discard(reference, request.who, request.at)
        messages.success(request, f"Submission {submission.reference} has been discarded.")
        return redirect("submissions")
    context = {"submission": submission, "entries": [describe(each) for each in submission.entries.all()[:20]]}
    return render(request, "submitting/discard.html", context)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def take_back(request: Request, reference: str) -> HttpResponse:
    """Ask, and then take back a submission that waits for the DCC or SECAS."""
    submission = find_submission(request.who, reference)
    if request.method == "POST":
        recall(reference, request.who, request.at)
        messages.success(request, f"Submission {submission.reference} is a draft again.")
        return redirect("submission", submission.reference)
    if submission.status not in WAITING:
        return redirect("submission", submission.reference)
    return render(request, "submitting/take_back.html", {"submission": submission})
