"""Many entries at once from a spreadsheet, and the template for it."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.answers import ANSWERS, term_of
from firmpath.registry.submissions.bulk import MOST_OCTETS, TEMPLATE, replace_entries, upload_submission
from firmpath.registry.submissions.drafts import MOST_ENTRIES
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.queries import find_open_submission
from firmpath.registry.web.questions import Question, asked, summary
from firmpath.tables.columns import REQUIRED_NAMES
from firmpath.tables.listing import csv_of
from firmpath.tables.writing import workbook_octets

MOST_FAULTS_SHOWN: Final = 500
_NEEDED: Final = {*REQUIRED_NAMES, "zigbee_band", "base_cpl_entry_ids"} - {"listed_on"}
_FILE: Final = Question(
    "spreadsheet",
    "File",
    f"CSV or XLSX, at most {MOST_OCTETS // 2**20} MB and {MOST_ENTRIES:,} rows",
    "file",
    label="Spreadsheet",
    accept=".csv,.xlsx",
)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def upload(request: Request) -> HttpResponse:
    """Ask for a spreadsheet, and make a draft of it or show all of its faults."""
    return _uploaded(request, lambda octets, name: upload_submission(octets, name, request.who, request.at), None)


@allowed(GET=Act.SUBMIT, POST=Act.SUBMIT)
def replace(request: Request, reference: str) -> HttpResponse:
    """Ask for a spreadsheet that takes the place of all entries of a draft, or of a submission that came back."""
    found = find_open_submission(request.who, reference)
    return _uploaded(
        request, lambda octets, name: replace_entries(reference, octets, name, request.who, request.at), found
    )


def _uploaded(
    request: Request, save: Callable[[bytes, str], Submission], replaced: Submission | None
) -> HttpResponse:
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            submission = save(*_read(request))
        except FirmpathError as error:
            faults = error.faults
        else:
            count = submission.entries.count()
            messages.success(request, f"{counted(count, 'row is', 'rows are')} saved as a draft.")
            return redirect("submission_rehearsal", submission.reference)
    return _page(request, faults, replaced)


def _page(request: Request, faults: tuple[Fault, ...], replaced: Submission | None) -> HttpResponse:
    questions = asked((_FILE,), {}, faults)
    context = {
        "asked": questions,
        "faults": faults,
        "problems": summary(questions, faults[:MOST_FAULTS_SHOWN]),
        "more_faults": max(0, len(faults) - MOST_FAULTS_SHOWN),
        "replaced": replaced,
        "entry_count": replaced.entries.count() if replaced else 0,
        "columns": [(name, *_about(name)) for name in TEMPLATE],
    }
    return render(request, "submitting/upload.html", context, status=422 if faults else 200)


def _read(request: Request) -> tuple[bytes, str]:
    sent = request.FILES.get("spreadsheet")
    if not isinstance(sent, UploadedFile):
        raise FirmpathError(Fault("File", "", "is not chosen", "choose a CSV or XLSX file", quoted=False))
    return sent.read(MOST_OCTETS + 1), sent.name or "the file"


@allowed(GET=Act.SUBMIT)
def template(request: Request, form: str) -> HttpResponse:
    """Give an empty spreadsheet with the headings of a submission."""
    if form == "xlsx":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        octets = workbook_octets(TEMPLATE, [], "Submission")
    elif form == "csv":
        kind, octets = "text/csv; charset=utf-8", csv_of(TEMPLATE, ())
    else:
        raise Http404("There is a template as csv and as xlsx.")
    response = HttpResponse(octets, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="submission.{form}"'
    return response


def _about(name: str) -> tuple[str, str]:
    """Say what goes into a column, and whether it may be empty."""
    if name not in ANSWERS:
        return name.replace("_", " ").replace("zigbee", "ZigBee"), "Needed. Only the Security Sub-Committee sees it"
    more = {
        "base_cpl_entry_ids": "CPL Entry IDs, as in 12; 15, or N/A; row 3 means the entry in row 3 of this file",
        "base_firmware_reason": "Where a rule asks for one",
        "listed_on": "As in 2026-01-31; empty for the day of publication",
    }
    return term_of(name), "; ".join(filter(None, ("Needed" if name in _NEEDED else "", more.get(name, ""))))
