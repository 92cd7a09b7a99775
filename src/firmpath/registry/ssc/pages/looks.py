"""The page of who looked at what."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.looks.reading import see_looks

_ROWS_PER_PAGE: Final = 50


@allowed(GET=Act.READ_SSC)
def looks(request: Asked) -> HttpResponse:
    """Show who looked at what."""
    found = Paginator(see_looks(request.who, request.at), _ROWS_PER_PAGE)
    return render(request, "ssc/looks.html", {"page": found.get_page(request.GET.get("page"))})
