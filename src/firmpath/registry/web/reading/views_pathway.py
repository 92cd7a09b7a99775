"""The answer: whether a Device may go where it is to go, by which steps, and if not, why not."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from firmpath.pathways.answers import Answer
from firmpath.pathways.ask import ask
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.dcc_queries import loaded_on
from firmpath.registry.web.reading.answer_page import drawing_of, page_of_answer
from firmpath.registry.web.reading.asking import (
    BECAUSE,
    NotUnderstoodError,
    Wanted,
    asked_again,
    read_wanted,
    refuse_unknown_notices,
)
from firmpath.registry.web.reading.box import questions_for
from firmpath.registry.web.reading.readers import may_edit
from firmpath.registry.web.reading.views_home import ask_again


@allowed(GET=Act.READ_FIR)
def pathway(request: Asked) -> HttpResponse:
    """Show the answer in words and as a drawing, with everything that belongs to it."""
    try:
        return render(request, "reading/pathway.html", _page(request, request.GET))
    except NotUnderstoodError as error:
        if error.by_name.keys() != {"because"}:
            return ask_again(request, error)
        nothing_accepted = request.GET.copy()
        nothing_accepted.setlist("accept", [])
        page = _page(request, nothing_accepted) | asked_again((BECAUSE,), request.GET, error.by_name)
        return render(request, "reading/pathway.html", page, status=422)


@allowed(GET=Act.READ_FIR)
def pathway_svg(request: Asked) -> HttpResponse:
    """Give the drawing of an answer as a file.

    :raises FirmpathError: there is nothing to draw.
    """
    wanted, catalogue, answer = _answer(request, request.GET)
    svg = drawing_of(catalogue, wanted, answer)
    if not svg:
        raise FirmpathError(Fault("Drawing", "", "cannot be made of this answer", "read it in words", quoted=False))
    name = f"pathway-{'-'.join(request.GET.get('installed', '').split('/'))}.svg"
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_plain(name)}"'
    return response


def _page(request: Asked, query: QueryDict) -> dict[str, Any]:
    wanted, catalogue, answer = _answer(request, query)
    page = page_of_answer(catalogue, wanted, answer, request.who)
    if "following" in page and wanted.is_today:
        page["loaded_on"] = loaded_on(page["following"].cpl_entry_id)
    question = wanted.query(device=None)  # a link to share tells of no Device
    return page | {
        "may_edit": may_edit(request),
        "svg": drawing_of(catalogue, wanted, answer),
        "device": wanted.device,
        "drawing_query": question,
        "address": request.build_absolute_uri(reverse("pathway") + question),
        "again": asked_again(questions_for(catalogue), query)["asked"],
        **asked_again((BECAUSE,), {}),
    }


def _answer(request: Asked, query: QueryDict) -> tuple[Wanted, Catalogue, Answer]:
    wanted = read_wanted(query, request.at)
    catalogue = current().register.catalogue(wanted.on)
    refuse_unknown_notices(catalogue, wanted.accepted)
    return wanted, catalogue, ask(catalogue, wanted.installed, wanted.target, wanted.accepted)


def _plain(name: str) -> str:
    return "".join(each for each in name if (each.isascii() and each.isalnum()) or each in "-.@")
