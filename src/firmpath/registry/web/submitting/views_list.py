"""The page Submissions: a Party's own, or what waits for the DCC or SECAS."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from firmpath.registry.parties.access import Asked as Request
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.submissions.models import Submission
from firmpath.registry.web.lists import csv_file, read_filters, wants_csv
from firmpath.registry.web.questions import asked
from firmpath.registry.web.submitting.listing import (
    MINE,
    count_waiting,
    csv_rows,
    found_for,
    questions_for,
    rows_of,
)

_ON_A_PAGE: Final = 25
_ASKED: Final = ("status", "manufacturer", "sort")


@allowed(GET=Act.READ_SUBMISSIONS)
def submissions(request: Request) -> HttpResponse:
    """List submissions, as a page or as CSV."""
    reviews = not request.who.may(Act.SUBMIT)
    given = read_filters(request, _ASKED) if request.GET or not reviews else {"status": MINE}
    found = found_for(request.who, given)
    if wants_csv(request):
        return _as_csv(request, found)
    page: Paginator[Submission] = Paginator(found, _ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "reviews": reviews,
        "page": shown,
        "rows": rows_of(shown.object_list, request.at),
        "filters": asked(questions_for(reviews), given),
        "is_filtered": bool(given.get("status") or given.get("manufacturer")),
        "status": given.get("status", ""),
        "sort": given.get("sort") or ("age" if given.get("status") == MINE else "-changed"),
        "waiting": count_waiting(request.who),
        "may_submit": request.who.may(Act.SUBMIT),
    }
    return render(request, "submitting/list.html", context)


def _as_csv(request: Request, found: object) -> HttpResponse:
    headings, *rows = csv_rows(rows_of(found, request.at))  # type: ignore[arg-type]
    return csv_file("submissions", headings, rows)
