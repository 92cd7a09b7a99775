"""Notices: warnings about upgrades, those in force and those that were."""

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.lists import csv_file, holds, page_of, read_filters, wants_csv
from firmpath.registry.web.questions import Choice, Question, asked
from firmpath.registry.web.reading.notice_list import NOTICE_STATES, NoticeShown, list_notices
from firmpath.registry.web.reading.readers import may_edit

_FILTERS: Final = (
    Question("q", "Search", "A name, a word or a CPL Entry ID", kind="search"),
    Question(
        "state",
        "State",
        kind="select",
        choices=(Choice("", "Any"), *(Choice(each, each) for each in NOTICE_STATES)),
    ),
)
_HEADINGS: Final = (
    *("Notice", "Name", "State", "Open from", "Closed from"),
    *("Upgrades", "Put right in", "Responsible Party", "Text", "Link"),
)


@allowed(GET=Act.READ_FIR)
def notices(request: Asked) -> HttpResponse:
    """Show the notices that are open or to come, then those that are closed; or give them as CSV."""
    every, today = list_notices(current().register), request.today
    found = [each for each in every if _is_asked_for(each, request, today)]
    if wants_csv(request):
        return csv_file("notices", _HEADINGS, (_cells(each, today) for each in found))
    context = {
        "page": page_of(found, request),
        "every": every,
        "filters": asked(_FILTERS, request.GET),
        "today": today,
        "may_edit": may_edit(request),
    }
    return render(request, "reading/notices.html", context)


def _is_asked_for(notice: NoticeShown, request: Asked, today: date) -> bool:
    words, state = read_filters(request, ("q", "state")).values()
    opened = notice.opened
    texts = (opened.notice_id, opened.name, opened.text, notice.responsible_party, *notice.steps)
    return state in ("", notice.state(today)) and holds(words, *texts)


def _cells(notice: NoticeShown, today: date) -> tuple[object, ...]:
    opened = notice.opened
    return (
        *(opened.notice_id, opened.name, notice.state(today), notice.opened_on, notice.closed_on or ""),
        *("; ".join(notice.steps), notice.fixed_in, notice.responsible_party, opened.text, opened.link or ""),
    )
