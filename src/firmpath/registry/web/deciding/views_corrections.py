"""Requests for corrections: to ask, to follow, and for SECAS to refuse or apply."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.plain_text import parse_text
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed, keeps_typed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions import corrections as actions
from firmpath.registry.submissions.correction_queries import corrections_for, find_file
from firmpath.registry.submissions.models_deciding import CorrectionRequest
from firmpath.registry.submissions.on_record import OnRecord, find_on_record
from firmpath.registry.web.deciding.correction_form import (
    field_questions,
    read_request,
    words_questions,
)
from firmpath.registry.web.deciding.correction_rows import correction_page, list_context, list_file
from firmpath.registry.web.deciding.fields import present_in_words
from firmpath.registry.web.deciding.texts import require_text
from firmpath.registry.web.deciding.wording import not_yet
from firmpath.registry.web.lists import wants_csv
from firmpath.registry.web.questions import Question, asked, summary

REASON = Question("reason", "Reason", "The requester is told, in these words", "textarea", rows=3)


class _About(NamedTuple):
    """What a request is about: an entry, or an open notice with its name."""

    catalogue: Catalogue
    found: OnRecord | NotKnown
    notice_id: str
    notice_name: str

    @property
    def entry(self) -> CPLEntry | NotKnown:
        """The entry that it is about."""
        return self.found.entry if self.found else NOT_KNOWN


@allowed(GET=Act.REQUEST_CORRECTION)
def list_corrections(request: Asked) -> HttpResponse:
    """List the requests that somebody may see."""
    if wants_csv(request):
        return list_file(request)
    return render(request, "deciding/corrections.html", list_context(request))


@allowed(GET=Act.REQUEST_CORRECTION, POST=Act.REQUEST_CORRECTION)
@keeps_typed
def new_correction(request: Asked) -> HttpResponse:
    """Ask for a correction of an entry or of a notice."""
    about = _about(request)
    if not about.entry and not about.notice_id:
        return _which_entry_page(request)
    if request.method != "POST":
        return _new_page(request, about)
    try:
        asked_for = read_request(request, about.catalogue, about.entry, about.notice_id)
    except FirmpathError as error:
        return _new_page(request, about, error.faults)
    correction = actions.request_correction(asked_for, request.who, request.at)
    messages.success(request, "Your request has been sent to SECAS.")
    return redirect("correction", correction_id=correction.pk)


@allowed(GET=Act.REQUEST_CORRECTION)
def show_correction(request: Asked, correction_id: int) -> HttpResponse:
    """Show a request, its evidence, and what became of it."""
    return render(request, "deciding/correction.html", correction_page(request, _find(request, correction_id)))


@allowed(GET=Act.REQUEST_CORRECTION)
def download_evidence(request: Asked, correction_id: int, file_id: int) -> HttpResponse:
    """Give a file that came with a request: to save, never to show."""
    found = find_file(request.who, correction_id, file_id)
    if found is None:
        raise Http404("There is no such file.")
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(found.contents), content_type="application/octet-stream", headers=headers)


@allowed(GET=Act.EDIT, POST=Act.EDIT)
def refuse_correction(request: Asked, correction_id: int) -> HttpResponse:
    """Refuse a request with a reason."""
    correction = _find(request, correction_id)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            reason = require_text(request.POST, REASON, parse_text)
            actions.refuse_correction(correction_id, reason, request.who, request.at)
        except FirmpathError as error:
            faults = error.faults
        else:
            messages.success(request, "The request has been refused. The requester is told by e-mail.")
            return redirect("correction", correction_id=correction_id)
    asked_list = asked([REASON], request.POST, faults)
    context = {
        "correction": correction,
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
    }
    return render(request, "deciding/refuse_correction.html", context, status=422 if faults else 200)


def _find(request: Asked, correction_id: int) -> CorrectionRequest:
    correction = corrections_for(request.who).filter(pk=correction_id).first()
    if correction is None:
        raise Http404("There is no such request.")
    return correction


def _about(request: Asked) -> _About:
    register, today = current().register, request.today
    written = request.GET.get("entry", "").strip()
    cpl_entry_id = int(written) if written.isdecimal() and len(written) < 16 else 0
    found = find_on_record(register, cpl_entry_id, today)
    catalogue = found.catalogue if found else register.catalogue(today)
    open_notices = {each.notice_id: each.opened.name for each in catalogue.notices}
    notice_id = request.GET.get("notice", "")
    known = notice_id if notice_id in open_notices and not found else ""
    return _About(catalogue, found, known, open_notices.get(known, ""))


def _new_page(request: Asked, about: _About, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    entry, catalogue = about.entry, about.catalogue
    typed = request.POST or request.typed
    asked_list = asked(words_questions(), typed, faults)
    asked_fields = asked(field_questions(catalogue, entry) if entry else (), typed, faults)
    context = {
        "about": about,
        "entry": entry,
        "not_yet": not_yet(about.found) if about.found and not about.found.is_listed else "",
        "asked": asked_list,
        "asked_fields": asked_fields,
        "now": list(present_in_words(catalogue, entry).items()) if entry else [],
        "problems": summary((*asked_list, *asked_fields), faults),
        "faults": faults,
    }
    return render(request, "deciding/new_correction.html", context, status=422 if faults else 200)


def _which_entry_page(request: Asked) -> HttpResponse:
    written = request.GET.get("entry", "").strip()
    question = Question("entry", "CPL Entry ID", "A whole number, for example 311", inputmode="numeric", width=10)
    context = {"asked": asked([question], {"entry": written}), "not_found": bool(written)}
    return render(request, "deciding/which_entry.html", context, status=404 if written else 200)
