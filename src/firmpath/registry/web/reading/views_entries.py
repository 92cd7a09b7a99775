"""The CPL as a list: searched, narrowed, sorted, and downloaded as it is shown."""

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.tables import register_of
from firmpath.registry.web.questions import asked
from firmpath.registry.web.reading.asking import device_of
from firmpath.registry.web.reading.box import carried
from firmpath.registry.web.reading.downloads import (
    CONTENT_TYPES,
    MOST_XLSX_ROWS,
    Download,
    give_table,
    may_have_xlsx,
)
from firmpath.registry.web.reading.listing import PER_PAGE, find_entries, questions_for, read_shown
from firmpath.registry.web.reading.readers import may_edit, reads_fir


@allowed(GET=Act.READ_CPL)
def entries(request: Asked) -> HttpResponseBase:
    """Show a page of the list, or give all that it shows as a table."""
    head, shown = current(), read_shown(request.GET)
    if request.GET.get("format") in CONTENT_TYPES:
        return give_table(request, head, shown)
    catalogue = head.register.catalogue(request.today)
    page = Paginator(find_entries(catalogue, shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "catalogue": catalogue,
        "shown": shown,
        "asked": asked(questions_for(catalogue), request.GET),
        "reads_fir": reads_fir(request),
        "has_xlsx": may_have_xlsx(request, shown, page.paginator.count),
        "most_xlsx": MOST_XLSX_ROWS,
        "may_edit": may_edit(request),
        "carried": carried(request.GET),
        "device": device_of(request.GET),
        "entries": [(entry, len(catalogue.twins_of(entry.cpl_entry_id)) > 1) for entry in page],
    }
    return render(request, "reading/entries.html", context)


@allowed(GET=Act.READ_FIR)
def register_file(request: Asked) -> HttpResponseBase:
    """Give the whole record as a register file, which `firmpath` reads; who entered what is for SECAS alone."""
    head = current()
    with_people = request.who.may(Act.EDIT)
    file = Download(request, f"{head.chain} {with_people}", "cpl.register", "application/x-ndjson")
    return file.is_had() or file.given(register_of(head.register.statements, with_people))
