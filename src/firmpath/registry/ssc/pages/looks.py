"""The page of who looked at what."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from firmpath.pathways.identifiers import write_instant
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.admission import people_to_be_confirmed
from firmpath.registry.parties.committee import changes_of_committee
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.exposure.tables import KINDS
from firmpath.registry.ssc.looks.reading import LOG, Look, see_looks
from firmpath.registry.ssc.pages.asking import table_response

_ROWS_PER_PAGE: Final = 50
_HEADINGS: Final = ("number", "looked_at", "name", "what", "searched", "rows")


@allowed(GET=Act.READ_SSC)
def looks(request: Asked) -> HttpResponse:
    """Show who looked at what, or take the whole record away."""
    form = request.GET.get("format", "")
    if form in KINDS:
        seen = see_looks(request.who, request.at, f"{LOG} as {form.upper()}")
        rows = [_cells(each) for each in seen[:]]
        return table_response(form, (_HEADINGS, rows), f"looks-{request.at:%Y-%m-%d}")
    found = Paginator(see_looks(request.who, request.at), _ROWS_PER_PAGE)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "changes": changes_of_committee(),
        "waiting": people_to_be_confirmed(request.who),
    }
    return render(request, "ssc/looks.html", context)


def _cells(look: Look) -> tuple[str, ...]:
    return str(look.number), write_instant(look.looked_at), look.name, look.what, look.searched, str(look.rows)
