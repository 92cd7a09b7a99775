"""The SSC's own pages: for its people alone, and every look is logged."""

from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.example.filling import can_be_filled
from firmpath.registry.ssc.pages.asking import table_response
from firmpath.registry.ssc.pages.lists import form_of, in_asked_order
from firmpath.registry.ssc.pages.searching import search_field, search_of
from firmpath.registry.ssc.stacks import tables
from firmpath.registry.ssc.stacks.listing import (
    COUNT_SORTS,
    SEARCH,
    WAITING_SORTS,
    questions_of,
    read_sought,
    select,
)
from firmpath.registry.ssc.stacks.looking import Listed, see_counts, see_entry, see_list, see_waiting
from firmpath.registry.web.questions import asked

ROWS_PER_PAGE: Final = 50
_FORMATS: Final = {
    "csv": ("text/csv; charset=utf-8", tables.csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.xlsx_of),
}


@allowed(GET=Act.READ_SSC)
def entries(request: Asked) -> HttpResponse:
    """List the entries with their stacks, or take the list away."""
    name = request.GET.get("format", "")
    what = f"list as {name.upper()}" if name in _FORMATS else "list"
    listed = see_list(read_sought(request.GET), what, request.GET.urlencode(), request.who, request.at)
    return _table(name, listed, request.today) if name in _FORMATS else _page_of(request, listed)


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
    search = search_of(request)
    found = in_asked_order((each for each in seen if search.finds(*filter(None, each.stack))), request, COUNT_SORTS)
    if form:
        return table_response(form, tables.counts_table(found), f"zigbee-counts-{request.today}")
    context = {"counts": found, "total": len(seen), **search_field(request, "ssc_counts")}
    return render(request, "ssc/counts.html", context)


@allowed(GET=Act.READ_SSC)
def waiting(request: Asked) -> HttpResponse:
    """Show what came with submissions that are not published yet."""
    form, what = form_of(request), "submissions in review"
    seen = see_waiting(f"{what} as {form.upper()}" if form else what, request.who, request.at)
    status = request.GET.get("status", "")
    search = search_of(request)
    wanted = (each for each in seen if status in ("", each.status) and search.finds(*each[:-1], *each.stack))
    found = in_asked_order(wanted, request, WAITING_SORTS)
    if form:
        return table_response(form, tables.waiting_table(found), f"zigbee-in-review-{request.today}")
    statuses = select("status", "Where it is", [(each, each) for each in sorted({each.status for each in seen})])
    filters = asked((statuses, SEARCH), request.GET)
    shown = {"waiting": found, "total": len(seen), "filters_asked": filters}
    return render(request, "ssc/waiting.html", {**shown, **search_field(request, "ssc_waiting")})


def _page_of(request: Asked, listed: Listed) -> HttpResponse:
    context: dict[str, Any] = {
        "catalogue": listed.catalogue,
        "total": len(listed.every_row),
        "page": Paginator(listed.rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "filters_asked": asked(questions_of(listed.every_row, listed.stacks), request.GET),
        "can_be_filled": not any(listed.stacks.by_entry) and can_be_filled(request.at),
        "is_filtered": len(listed.rows) < len(listed.every_row),
        **search_field(request, "ssc"),
    }
    return render(request, "ssc/entries.html", context)


def _table(name: str, listed: Listed, on: date) -> HttpResponse:
    kind, table_of = _FORMATS[name]
    answer = HttpResponse(table_of(listed.rows), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="zigbee-{on}.{name}"'
    return answer
