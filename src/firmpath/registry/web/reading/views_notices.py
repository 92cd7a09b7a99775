"""Notices: warnings about upgrades, those in force and those that were."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.reading.notice_list import list_notices
from firmpath.registry.web.reading.readers import may_edit

PER_PAGE: Final = 20


@allowed(GET=Act.READ_FIR)
def notices(request: Asked) -> HttpResponse:
    """Show the notices that are open or to come, then those that are closed."""
    page = Paginator(list_notices(current().register), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": request.at.date(), "may_edit": may_edit(request)}
    return render(request, "reading/notices.html", context)
