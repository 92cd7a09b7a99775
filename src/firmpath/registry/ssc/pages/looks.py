"""The page of who looked at what."""

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import parse_date, write_instant
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.admission import people_to_be_confirmed
from firmpath.registry.parties.committee import changes_of_committee
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.looks.reading import ALL, LOG, Look, Wanted, see_looks, who_looked
from firmpath.registry.ssc.pages.asking import table_response
from firmpath.registry.ssc.pages.lists import form_of, page_of
from firmpath.registry.ssc.pages.searching import search_field, search_of
from firmpath.registry.ssc.stacks.listing import SEARCH, select
from firmpath.registry.web.questions import Question, asked, summary, written_day

_SINCE: Final = Question("since", "From", "The first day, UTC", "date")
_UP_TO: Final = Question("up_to", "Up to", "The last day, UTC", "date")
NO_FAULTS: Final[tuple[Fault, ...]] = ()
_HEADINGS: Final = ("number", "looked_at", "name", "what", "searched", "rows")


@allowed(GET=Act.READ_SSC)
def looks(request: Asked) -> HttpResponse:
    """Show who looked at what, or take the record away, or the part of it that is asked for."""
    form, faults = form_of(request), NO_FAULTS
    try:
        wanted = _wanted(request)
    except FirmpathError as error:
        wanted, faults = ALL, error.faults
    if form and not faults:
        seen = see_looks(request.who, request.at, f"{LOG} as {form.upper()}", wanted)
        rows = [_cells(each) for each in seen[:]]
        return table_response(form, (_HEADINGS, rows), f"looks-{request.today}")
    filters = asked(_questions(), request.GET, faults)
    context = {
        "page": page_of(see_looks(request.who, request.at, wanted=wanted), request),
        "is_filtered": wanted._replace(oldest_first=False) != ALL,
        "oldest_first": wanted.oldest_first,
        "filters_asked": filters,
        **search_field(request, "ssc_looks"),
        "problems": summary(filters, faults),
        "faults": faults,
        "changes": changes_of_committee(),
        "waiting": people_to_be_confirmed(request.who),
    }
    return render(request, "ssc/looks.html", context, status=422 if faults else 200)


def _questions() -> tuple[Question, ...]:
    people = [(str(number), name) for number, name in who_looked().items()]
    return select("person", "Who", people), _SINCE, _UP_TO, SEARCH


def _wanted(request: Asked) -> Wanted:
    """Read which looks are asked for.

    :raises FirmpathError: every part of it that cannot be meant.
    """
    query = request.GET
    person = query.get("person", "")

    def day(question: Question) -> date | NotKnown:
        written = written_day(query, question.name)
        return parse_date(written, question.term) if written else NOT_KNOWN

    since, up_to = all_parsed(lambda: day(_SINCE), lambda: day(_UP_TO))
    number = int(person) if person.isascii() and person.isdecimal() and len(person) < 16 else 0
    search = search_of(request)
    is_nothing = search.is_on and not search.words
    return Wanted(number, since, up_to, query.get("sort") == "when", search.words, is_nothing)


def _cells(look: Look) -> tuple[str, ...]:
    return str(look.number), write_instant(look.looked_at), look.name, look.what, look.searched, str(look.rows)
