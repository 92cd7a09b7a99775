"""The extracts for the DCC's systems: taken, listed, and given as files."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication import dcc_queries
from firmpath.registry.publication.dcc_extracts import Extract, csv_of, json_of, make_extract, take_extract, xlsx_of
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.web.dcc.extract_rows import extracts_file, extracts_shown
from firmpath.registry.web.lists import wants_csv
from firmpath.registry.web.questions import Choice, Question, asked, summary

_ALL = Choice(ExtractKind.ALL, "All listed entries", "Everything, as at today")
_CHANGES = Choice(ExtractKind.CHANGES, "Only changes", "What was added, changed or removed since the last extract")
_FORMATS: Final[dict[str, tuple[str, Callable[[Extract], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of),
    "json": ("application/json", json_of),
}


@allowed(GET=Act.TAKE_EXTRACT, POST=Act.TAKE_EXTRACT)
def extracts(request: Asked) -> HttpResponse:
    """List the extracts, as a page or as CSV, or take one."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            taken = take_extract(_parse_kind(request.POST.get("kind", "")), request.who, request.at)
            messages.success(request, f"Extract {taken.pk} is taken. Download it below.")
            return redirect("dcc_extract", number=taken.pk)
        except FirmpathError as error:
            faults = error.faults
    every = list(dcc_queries.extracts())
    if wants_csv(request):
        return extracts_file(every, request)
    has_last = bool(every)
    values = request.POST if faults else {"kind": ExtractKind.CHANGES if has_last else ExtractKind.ALL}
    questions = asked((_question(has_last=has_last),), values, faults)
    context = extracts_shown(every, request) | {
        "has_last": has_last,
        "asked": questions,
        "problems": summary(questions, faults),
        "faults": faults,
    }
    return render(request, "dcc/extracts.html", context, status=422 if faults else 200)


@allowed(GET=Act.TAKE_EXTRACT)
def extract(request: Asked, number: int) -> HttpResponse:
    """Show an extract, or give it as a file."""
    taken = dcc_queries.find_extract(number)
    if taken is None:
        raise Http404("There is no such extract.")
    if request.GET.get("format") not in _FORMATS:
        return render(request, "dcc/extract.html", {"taken": taken})
    name = request.GET["format"]
    kind, file_of = _FORMATS[name]
    answer = HttpResponse(file_of(make_extract(taken, current().register)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="cpl-extract-{number}.{name}"'
    return answer


def _parse_kind(text: str) -> ExtractKind:
    try:
        return ExtractKind(text)
    except ValueError:
        raise FirmpathError(Fault("Extract", text, "is not chosen", "choose one", quoted=bool(text))) from None


def _question(*, has_last: bool) -> Question:
    choices = (_ALL, _CHANGES) if has_last else (_ALL,)
    return Question("kind", "Extract", kind="radios", choices=choices, label="What should be in the extract?")
