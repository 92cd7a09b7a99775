"""Which entries the DCC's systems have loaded, and which still wait."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication import dcc_queries
from firmpath.registry.publication.dcc_loading import (
    FILE,
    IDS,
    LOADED_ON,
    Written,
    read_file,
    read_pasted,
    record_loaded,
    record_removed,
)
from firmpath.registry.publication.tables import PUBLIC_COLUMNS, csv_of
from firmpath.registry.web.dcc.listing import find_loaded, find_waiting, questions_of
from firmpath.registry.web.questions import Question, asked, parse_day, summary

PER_PAGE: Final = 50
_DAY: Final = Question("on", LOADED_ON, "The day on which the DCC's systems loaded them", "date")
_QUESTIONS: Final = (
    _DAY,
    Question(
        "ids",
        IDS,
        "Those you did not tick below, with commas or line breaks between them",
        "textarea",
        optional=True,
        rows=3,
    ),
    Question(
        "file",
        FILE,
        "CSV with a column 'CPL Entry ID'",
        "file",
        optional=True,
        label="A table of ids",
        accept=".csv",
    ),
)


@allowed(GET=Act.RECORD_LOADED, POST=Act.RECORD_LOADED)
def waiting(request: Asked) -> HttpResponseBase:
    """List the entries that wait to be loaded, or record that some have been."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            number = record_loaded(*_read_form(request), by=request.who, at=request.at)
            messages.success(
                request, f"{number} {'entry is' if number == 1 else 'entries are'} recorded as loaded."
            )
            return redirect("dcc")
        except FirmpathError as error:
            faults = error.faults
    catalogue = current().register.catalogue(request.today)
    every = dcc_queries.not_loaded(catalogue)
    found = find_waiting(every, request.GET)
    if request.GET.get("format") == "csv":
        return _table([each.entry for each in found])
    values = request.POST if faults else {"on": request.today}
    asked_list = asked(_QUESTIONS, values, faults)
    context: dict[str, Any] = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "every": every,
        "loaded_count": len(dcc_queries.loaded(catalogue)),
        "last_extract": dcc_queries.last_extract(),
        "ticked": set(request.POST.getlist("entry")),
        "asked": asked_list,
        "filters_asked": asked(questions_of(catalogue), request.GET),
        "problems": summary(asked_list, faults),
        "faults": faults,
    }
    return render(request, "dcc/waiting.html", context, status=422 if faults else 200)


@allowed(GET=Act.RECORD_LOADED)
def loaded(request: Asked) -> HttpResponseBase:
    """List the entries that are recorded as loaded."""
    catalogue = current().register.catalogue(request.today)
    every = dcc_queries.loaded(catalogue)
    found = find_loaded(every, request.GET)
    if request.GET.get("format") == "csv":
        return _table([each.entry for each in found])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "every": every, "filters_asked": asked(questions_of(catalogue), request.GET)}
    return render(request, "dcc/loaded.html", context)


@allowed(GET=Act.RECORD_LOADED, POST=Act.RECORD_LOADED)
def remove(request: Asked) -> HttpResponse:
    """Ask whether entries shall be recorded as removed from the DCC's systems, and do so."""
    written = _ticked(request.POST if request.method == "POST" else request.GET)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            number = record_removed(written, request.who, request.at)
            messages.success(
                request, f"{number} {'entry is' if number == 1 else 'entries are'} recorded as removed."
            )
            return redirect("dcc_loaded")
        except FirmpathError as error:
            faults = error.faults
    every = dcc_queries.loaded(current().register.catalogue(request.today))
    texts = {each.text for each in written}
    context = {
        "chosen": [each for each in every if str(each.entry.cpl_entry_id) in texts],
        "problems": [(str(fault), "") for fault in faults],
        "faults": faults,
    }
    return render(request, "dcc/remove.html", context, status=422 if faults else 200)


def _read_form(request: Asked) -> tuple[list[Written], date | NotKnown, list[Fault]]:
    """Read everything that was ticked, pasted and sent, and the day; and what is wrong with file and day."""
    faults: list[Fault] = []
    written = [*_ticked(request.POST), *read_pasted(request.POST.get("ids", ""))]
    file = request.FILES.get("file")
    try:
        written += read_file(file.read()) if file else []
    except FirmpathError as error:
        faults += error.faults
    try:
        return written, parse_day(request.POST, _DAY), faults
    except FirmpathError as error:
        return written, NOT_KNOWN, [*error.faults, *faults]


def _ticked(query: QueryDict) -> list[Written]:
    return [Written(text) for text in query.getlist("entry")]


def _table(entries: Any) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(csv_of(entries, PUBLIC_COLUMNS), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="dcc.csv"'
    return answer
