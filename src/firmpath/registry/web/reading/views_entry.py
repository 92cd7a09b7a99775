"""One entry: as it is today, as it was on another day or was known then, and all that was stated about it."""

from datetime import UTC, datetime, time
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firmpath.pathways.comparison import compare
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.identifiers import CPLEntryID, parse_date, parse_instant
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.changes import describe, fact_of
from firmpath.registry.publication.dcc_queries import loaded_on
from firmpath.registry.publication.naming import Naming
from firmpath.registry.web.questions import Question, written_day
from firmpath.registry.web.reading.asking import NotUnderstoodError, asked_again, device_of, read_all, read_day
from firmpath.registry.web.reading.box import carried
from firmpath.registry.web.reading.entry_page import page_of_entry
from firmpath.registry.web.reading.readers import may_edit, reads_fir

AS_AT: Final = Question(
    "on", "As at", "The day that is asked about. Leave it empty for today.", kind="date", optional=True
)
KNOWN_ON: Final = Question(
    "known",
    "As known on",
    "Use only what was on record by the end of this day, UTC. Leave it empty for everything on record today.",
    kind="date",
    optional=True,
)


@allowed(GET=Act.READ_CPL)
def entry(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """Show an entry as it is today."""
    register, number = current().register, CPLEntryID(cpl_entry_id)
    catalogue = register.catalogue(request.today)
    if number not in catalogue:
        return _not_here(request, register, number)
    page = page_of_entry(catalogue, number, reads_fir(request))
    if page["reads_fir"]:
        page["loaded_on"] = loaded_on(number)
    page |= asked_again((AS_AT, KNOWN_ON), {}) | {"may_edit": may_edit(request), "carried": carried(request.GET)}
    page["device"] = device_of(request.GET)
    return render(request, "reading/entry.html", page)


@allowed(GET=Act.READ_FIR)
def entry_then(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """Show an entry as it was on a day, as it was known on a day or at an instant, and what differs from today."""
    register, number = current().register, CPLEntryID(cpl_entry_id)
    try:
        on, known = read_all(
            on=lambda: read_day(request.GET, "on", request.today, "As at"), known=lambda: _known(request)
        )
    except NotUnderstoodError as error:
        page = {"number": number} | asked_again((AS_AT, KNOWN_ON), request.GET, error.by_name)
        return render(request, "reading/entry_when.html", page, status=422)
    then = register.entry_as(number, on, known)
    questions = asked_again((AS_AT, KNOWN_ON), request.GET)
    if number not in then:
        page = {"number": number, "on": on, "known": known, "exists": bool(register.history_of(number))}
        return render(request, "reading/entry_not_then.html", page | questions, status=404)
    now = register.entry_as(number, request.today)
    difference = explain_difference(then, now, compare(then, now))
    page = page_of_entry(then, number, True) | questions
    return render(request, "reading/entry.html", page | {"on": on, "known": known, "difference": difference})


@allowed(GET=Act.READ_FIR)
def history(request: Asked, cpl_entry_id: int) -> HttpResponse:
    """Show everything that was stated about an entry, newest first, corrections beside what they correct."""
    register, number = current().register, CPLEntryID(cpl_entry_id)
    past = register.history_of(number)
    if not past:
        return _not_here(request, register, number)
    naming = Naming(register)
    changes: list[dict[str, Any]] = [
        {
            "change": describe(naming, each.statement, fact_of(register, each.statement), each.corrected_by, True),
            "entered_by": each.statement.entered_by if request.who.may(Act.EDIT) else NOT_KNOWN,
        }
        for each in reversed(past)
    ]
    page = {"number": number, "name": naming.full(number), "changes": changes}
    return render(request, "reading/history.html", page | asked_again((AS_AT, KNOWN_ON), {}))


def _known(request: HttpRequest) -> datetime | NotKnown:
    """Read by when things have to be on record: an instant, or a day, which means its end."""
    written = request.GET.get("known", "").strip()
    if "T" in written:
        return parse_instant(written, "As known on")
    day = written_day(request.GET, "known")
    return datetime.combine(parse_date(day, "As known on"), time.max, UTC) if day else NOT_KNOWN


def _not_here(request: Asked, register: LivingRegister, number: CPLEntryID) -> HttpResponse:
    """Say that there is no such entry, or that it is to come."""
    coming = register.catalogue(request.today).not_yet_listed.get(number)
    return render(request, "reading/no_entry.html", {"number": number, "coming": coming}, status=404)
