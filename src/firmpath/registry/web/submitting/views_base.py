"""The page on which base firmware is chosen: by version, hash, id and name, or N/A."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.rules import Severity
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed, keeps_typed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.answers import PARTS, REASON, REASON_TERM, Wanted, nowhere, state, term_of
from firmpath.registry.submissions.drafts import SavedMeanwhileError, mark_of_answers, save_answers
from firmpath.registry.submissions.models import Submission, SubmissionEntry
from firmpath.registry.submissions.queries import find_entry, find_open_submission
from firmpath.registry.submissions.rehearsing import rehearse_stated, terms_of, wanted_of
from firmpath.registry.web.questions import Question, asked, summary
from firmpath.registry.web.submitting.bases import (
    NAME,
    NAMED,
    NOT_APPLICABLE,
    family_of,
    offered_bases,
    offered_siblings,
    read_chosen,
    write_chosen,
)
from firmpath.registry.web.submitting.filling import faults_of_part
from firmpath.registry.web.submitting.pages import PAGES
from firmpath.registry.web.submitting.views_draft import LATER, NOTHING_TYPED, next_page, saved_for_later, seen_on

_PART = "base-firmware"
_BASE_RULES = ("R3", "R42", "R45", "R46")
_KIND = Question("kind", term_of(NAME))
_OTHERS = Question(
    "others",
    "Any other CPL Entry ID",
    "For an entry that is not in the list; several with a semicolon between them, as in 12; 15",
    optional=True,
    width=30,
)
_REASON = Question(REASON, REASON_TERM, "Published with the entry, for others to read", "textarea", rows=3)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
@keeps_typed
def base_firmware(request: Request, reference: str, position: int) -> HttpResponse:
    """Ask what the firmware can be applied to; save it with its faults, and show them."""
    submission = find_open_submission(request.who, reference)
    entry = find_entry(submission, position)
    if request.method != "POST":
        return _page(request, submission, entry, [], _read(request.typed) if request.typed else {})
    typed = _read(request.POST)
    try:
        entry = save_answers(reference, position, typed, request.who, request.at, seen_on(request, _PART))
    except SavedMeanwhileError as error:
        return _page(request, submission, entry, list(error.faults), typed)
    if LATER in request.POST:
        return saved_for_later(request, submission, entry)
    if "find" in request.POST:
        return redirect(f"{_address(submission, entry)}?{urlencode({'q': request.POST.get('q', '')})}#choices")
    faults = faults_of_part(submission, entry, _PART, request.at) or _faults_of_rules(submission, entry, request.at)
    return _page(request, submission, entry, faults) if faults else next_page(submission, entry, _PART)


def _read(sent: QueryDict) -> dict[str, str]:
    read = {NAME: write_chosen(sent.get("kind", ""), sent.getlist("base"), sent.get("others", ""))}
    return read | ({REASON: str(sent[REASON])} if REASON in sent else {})


def _faults_of_rules(submission: Submission, entry: SubmissionEntry, at: datetime) -> list[Fault]:
    """Judge the base firmware as soon as there is enough to judge it by: before certificates, band or contact."""
    wanted = wanted_of(submission)
    own = _as_far_as_said(next(each for each in wanted if each.position == entry.position))
    terms = terms_of(submission, wanted, current().register, at)
    if any(each.startswith("entry") for each in read_chosen(own.answers).values):
        return []  # judged with the entries of this submission that it names, on the page of the rehearsal
    try:
        stated = state([own], terms, nowhere)
        outcome = rehearse_stated(stated, terms, [own], current().register, at)
    except FirmpathError:
        return []  # the page of the device says what is wrong
    found = []
    for each in outcome.blocking:
        if each.rule.startswith(_BASE_RULES):
            wants_reason = each.severity is Severity.NEEDS_REASON
            term, wrong = (REASON_TERM, "is asked for") if wants_reason else (term_of(NAME), "is refused")
            found.append(Fault(term, "", f"{wrong}: {each.text}", each.remedy, "", each.rule, quoted=False))
    return found


def _as_far_as_said(each: Wanted) -> Wanted:
    names = (*PARTS["device"], *PARTS[_PART])
    return Wanted(each.position, {name: text for name, text in each.answers.items() if name in names})


def _page(
    request: Request,
    submission: Submission,
    entry: SubmissionEntry,
    faults: list[Fault],
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> HttpResponse:
    shown = request.typed.get("shown") or mark_of_answers(entry, _PART)
    entry.answers = {**entry.answers, **typed}  # for this page alone; it is not saved
    family = family_of(entry.answers)
    asking = faults or _faults_of_rules(submission, entry, request.at)
    wants_reason = bool(entry.answers.get(REASON)) or any(each.term == REASON_TERM for each in asking)
    choices = _choices(request, submission, entry, family) if family else {}
    values = {REASON: entry.answers.get(REASON, ""), "others": choices.get("others", "")}
    context = {
        "submission": submission,
        "entry": entry,
        "page": PAGES[_PART],
        "shown": shown,
        "family": family,
        "device_url": reverse("submission_part", args=[submission.reference, entry.position, "device"]),
        **choices,
        **_questions(values, faults, wants_reason),
        "reasons_wanted": [str(each) for each in asking if each.term == REASON_TERM],
        "faults": faults,
    }
    return render(request, "submitting/base_firmware.html", context, status=422 if faults else 200)


def _choices(
    request: Request, submission: Submission, entry: SubmissionEntry, family: HardwareFamily
) -> dict[str, Any]:
    catalogue, chosen = current().register.catalogue(request.today), read_chosen(entry.answers)
    search = request.GET.get("q", "")
    bases, left_out = offered_bases(catalogue, family, chosen, search)
    siblings = offered_siblings(list(submission.entries.all()), entry, chosen)
    offered = [each.value for each in bases] + [each.value for each in siblings]
    kind = NOT_APPLICABLE if chosen.is_not_applicable else NAMED if chosen.values else ""
    return {
        "catalogue": catalogue,
        "kind": kind,
        "bases": bases,
        "siblings": siblings,
        "left_out": left_out,
        "family_size": len(catalogue.families.get(family, ())),
        "search": search,
        "others": chosen.beside(offered),
    }


def _questions(values: dict[str, str], faults: list[Fault], wants_reason: bool) -> dict[str, Any]:
    kind, others, reason = asked((_KIND, _OTHERS, _REASON), values, faults)
    shown = (kind, others, reason) if wants_reason else (kind, others)
    return {
        "asked_kind": kind,
        "asked_others": others,
        "asked_reason": reason if wants_reason else None,
        "problems": summary(shown, faults),
    }


def _address(submission: Submission, entry: SubmissionEntry) -> str:
    return reverse("submission_base_firmware", args=[submission.reference, entry.position])
