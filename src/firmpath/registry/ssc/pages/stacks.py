"""The SSC's own pages: for its people alone, and every look is logged."""

from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.example.filling import can_be_filled
from firmpath.registry.ssc.looks.log import SEARCHED, remember_search
from firmpath.registry.ssc.pages.asking import table_response
from firmpath.registry.ssc.pages.lists import form_of, in_asked_order
from firmpath.registry.ssc.stacks import tables
from firmpath.registry.ssc.stacks.listing import COUNT_SORTS, WAITING_SORTS, questions_of, read_sought, select
from firmpath.registry.ssc.stacks.looking import Listed, see_counts, see_entry, see_list, see_waiting
from firmpath.registry.web.questions import Question, asked, summary

ROWS_PER_PAGE: Final = 50
_SEARCH: Final = Question(
    "search",
    SEARCHED,
    "Chipset vendor or stack version; or CPL Entry ID, firmware, model, manufacturer or hash",
    "search",
)
_FORMATS: Final = {
    "csv": ("text/csv; charset=utf-8", tables.csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.xlsx_of),
}


@allowed(GET=Act.READ_SSC, POST=Act.READ_SSC)
def entries(request: Asked) -> HttpResponse:
    """List the entries with their stacks, take the list away, or keep what is searched for."""
    if request.method == "POST":
        return _search(request)
    name = request.GET.get("format", "")
    what = f"list as {name.upper()}" if name in _FORMATS else "list"
    listed = see_list(read_sought(request.GET), what, request.GET.urlencode(), request.who, request.at)
    return _table(name, listed, request.at) if name in _FORMATS else _page_of(request, listed)


@allowed(GET=Act.READ_SSC)
def entry(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """Show what was said about the stack of an entry."""
    about = see_entry(CPLEntryID(cpl_entry_id), request.who, request.at)
    if about is None:
        raise Http404("The CPL has no such entry.")
    return render(request, "ssc/entry.html", about._asdict())


@allowed(GET=Act.READ_SSC)
def counts(request: Asked) -> HttpResponse:
    """Show how many entries have which stack."""
    form = form_of(request)
    seen = see_counts(f"counts as {form.upper()}" if form else "counts", request.who, request.at)
    found = in_asked_order(seen, request, COUNT_SORTS)
    if form:
        return table_response(form, tables.counts_table(found), f"zigbee-counts-{request.at:%Y-%m-%d}")
    return render(request, "ssc/counts.html", {"counts": found})


@allowed(GET=Act.READ_SSC)
def waiting(request: Asked) -> HttpResponse:
    """Show what came with submissions that are not published yet."""
    form, what = form_of(request), "submissions in review"
    seen = see_waiting(f"{what} as {form.upper()}" if form else what, request.who, request.at)
    status = request.GET.get("status", "")
    found = in_asked_order((each for each in seen if status in ("", each.status)), request, WAITING_SORTS)
    if form:
        return table_response(form, tables.waiting_table(found), f"zigbee-in-review-{request.at:%Y-%m-%d}")
    statuses = select("status", "Where it is", [(each, each) for each in sorted({each.status for each in seen})])
    filters = asked((statuses,), request.GET)
    return render(request, "ssc/waiting.html", {"waiting": found, "total": len(seen), "filters_asked": filters})


def _search(request: Asked) -> HttpResponse:
    text = request.POST.get("search", "").strip()
    if not text:
        return redirect("ssc")
    try:
        number = remember_search(request.who, text, request.at)
    except FirmpathError as error:
        listed = see_list(read_sought({}), "list", "", request.who, request.at)
        return _page_of(request, listed, text, error.faults)
    return redirect(f"{reverse('ssc')}?text={number}")


def _page_of(request: Asked, listed: Listed, searched: str = "", faults: tuple[Fault, ...] = ()) -> HttpResponse:
    search = asked((_SEARCH,), {"search": searched or listed.searched}, faults)
    context: dict[str, Any] = {
        "catalogue": listed.catalogue,
        "total": len(listed.every_row),
        "page": Paginator(listed.rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "filters_asked": asked(questions_of(listed.every_row, listed.stacks), request.GET),
        "can_be_filled": not any(listed.stacks.by_entry) and can_be_filled(request.at),
        "is_filtered": len(listed.rows) < len(listed.every_row),
        "search": search,
        "problems": summary(search, faults),
        "faults": faults,
    }
    return render(request, "ssc/entries.html", context, status=422 if faults else 200)


def _table(name: str, listed: Listed, at: datetime) -> HttpResponse:
    kind, table_of = _FORMATS[name]
    answer = HttpResponse(table_of(listed.rows), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="zigbee-{at:%Y-%m-%d}.{name}"'
    return answer
