"""The CPL as a list: searched, narrowed, sorted, and downloaded as it is shown."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.tables import column_names, csv_of, register_of, xlsx_of
from firmpath.registry.web.questions import asked
from firmpath.registry.web.reading.listing import PER_PAGE, find_entries, questions_for, read_shown
from firmpath.registry.web.reading.readers import may_edit, reads_fir

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS: Final = ("csv", "xlsx")


@allowed(GET=Act.READ_CPL)
def entries(request: Asked) -> HttpResponseBase:
    """Show a page of the list, or give all that it shows as a table."""
    head = current()
    catalogue = head.register.catalogue(request.at.date())
    shown = read_shown(request.GET)
    if request.GET.get("format") in _FORMATS:
        return _table(request, f"{head.chain} {catalogue.as_at}", lambda: find_entries(catalogue, shown))
    page = Paginator(find_entries(catalogue, shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "catalogue": catalogue,
        "shown": shown,
        "asked": asked(questions_for(catalogue), request.GET),
        "reads_fir": reads_fir(request),
        "may_edit": may_edit(request),
        "entries": [(entry, len(catalogue.twins_of(entry.cpl_entry_id)) > 1) for entry in page],
    }
    return render(request, "reading/entries.html", context)


@allowed(GET=Act.READ_FIR)
def register_file(request: Asked) -> HttpResponseBase:
    """Give the whole record as a register file, which `firmpath` reads; who entered what is for SECAS alone."""
    head = current()
    with_people = request.who.may(Act.EDIT)
    octets = register_of(head.register.statements, with_people)
    return _download(request, f"{head.chain} {with_people}", "cpl.register", "application/x-ndjson", lambda: octets)


def _table(request: Asked, of: str, find: Callable[[], list[CPLEntry]]) -> HttpResponseBase:
    """Give the entries as CSV, piece by piece, or as XLSX."""
    names = column_names(reads_fir(request))
    of = f"{of} {len(names)} {sorted(request.GET.lists())}"
    if request.GET["format"] == "csv":
        return _download(request, of, "cpl.csv", "text/csv; charset=utf-8", lambda: csv_of(find(), names))
    return _download(request, of, "cpl.xlsx", _XLSX, lambda: iter((xlsx_of(find(), names),)))


def _download(
    request: Asked, of: str, name: str, content_type: str, octets: Callable[[], Iterator[bytes]]
) -> HttpResponseBase:
    """Give a file; not again to who has it already, as its ETag says, which is made of what it was made `of`."""
    etag = f'"{sha256(of.encode()).hexdigest()}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(octets())
        answer.headers["Content-Type"] = content_type
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
