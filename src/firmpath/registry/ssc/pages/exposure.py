"""The pages of one vulnerability: what it comes to, entry by entry, the ways out, fixes, letters, and OpenVEX."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.assessments.keeping import past_assessments
from firmpath.registry.ssc.exposure import tables
from firmpath.registry.ssc.exposure.exposed import Share, break_down, reasons_of
from firmpath.registry.ssc.exposure.looking import KNOWN_ON, AskedOf, Picture, read_asked, see_exposure
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.pages.asking import as_of_questions, carried_of, table_response, wanted_of
from firmpath.registry.ssc.pages.lists import form_of
from firmpath.registry.ssc.steering.opening import notices_because_of
from firmpath.registry.ssc.vulnerabilities.keeping import upside_down
from firmpath.registry.ssc.vulnerabilities.openvex import openvex_of
from firmpath.registry.ssc.vulnerabilities.scoring import score
from firmpath.registry.ssc.ways_out.asking import draft_letters, draft_operators, draft_stack_letters
from firmpath.registry.ssc.ways_out.finding import Stuck
from firmpath.registry.ssc.ways_out.weighing import weigh
from firmpath.registry.web.questions import Asked as Answered
from firmpath.registry.web.questions import Question, asked, summary

ROWS_PER_PAGE: Final = 50


def picture_of(request: Asked, number: int, what: str) -> tuple[Picture, tuple[Fault, ...]]:
    """Give the exposure that a page shows, with the faults of what was asked for, in whose place today counts."""
    try:
        return _require_picture(request, number, what, wanted_of(request)), ()
    except FirmpathError as error:
        today = read_asked({}, request.today)
        return _require_picture(request, number, what, today), error.faults


def _require_picture(request: Asked, number: int, what: str, wanted: AskedOf) -> Picture:
    """Give the exposure that is asked for.

    :raises FirmpathError: there is no such inventory, or the vulnerability was not on record by then.
    """
    found = see_exposure(number, wanted, f"{what} of vulnerability {number}", request.who, request.at)
    if found:
        return found
    if known_on := wanted.as_of.known_on:
        wrong = "is before this vulnerability was recorded here"
        raise FirmpathError(Fault(KNOWN_ON, str(known_on), wrong, "choose a later day, or leave it empty"))
    raise Http404("There is no such vulnerability.")


def page(
    request: Asked,
    template: str,
    picture: Picture,
    faults: tuple[Fault, ...],
    also_asked: Sequence[Answered] = (),
    questions: Sequence[Question] = (),
    **more: Any,
) -> HttpResponse:
    """Render a page of one vulnerability; faults can be about what it has `also_asked`.

    `questions` are asked beside the day, the knowledge and the inventory.
    """
    questions = (*questions, *as_of_questions(picture.asked.as_of.known_at))
    asked_list = asked(questions, request.GET, faults)
    carried = carried_of(picture.asked)
    context = {
        "picture": picture,
        "number": picture.kept.number,
        "vulnerability": picture.kept.vulnerability,
        "kinds": [(kind, picture.total.entries[kind], picture.total.devices[kind]) for kind in VerdictKind],
        "filters_asked": asked_list,
        "problems": summary([*asked_list, *also_asked], faults),
        "faults": faults,
        "carried": urlencode(carried),
        "carried_fields": carried,
        **more,
    }
    return render(request, template, context, status=422 if faults else 200)


@allowed(GET=Act.READ_SSC)
def vulnerability(request: Asked, number: int) -> HttpResponse:
    """Show a vulnerability and what it comes to."""
    form = form_of(request)
    picture, faults = picture_of(request, number, f"exposure as {form.upper()}" if form else "exposure")
    if form and not faults:
        return table_response(form, tables.shares_table(picture), f"exposed-{number}-{request.today}")
    return _summary(request, picture, faults)


def _summary(request: Asked, picture: Picture, faults: tuple[Fault, ...]) -> HttpResponse:
    number, known_at = picture.kept.number, picture.asked.as_of.known_at
    shares = [
        (name, [(share, _counts(share)) for share in found])
        for name, found in break_down(picture.exposure, picture.weighed, picture.together).items()
    ]
    return page(
        request,
        "ssc/vulnerability.html",
        picture,
        faults,
        severity=score(picture.kept.vulnerability.cvss),
        shares=shares,
        reasons=reasons_of(picture.exposure).most_common(),
        stuck=stuck_counts(picture),
        rescued=(len(picture.found.ways), weigh(picture.found.ways, picture.weights)),
        onto_affected=picture.found.onto_affected,
        upside_down=upside_down(picture.kept.vulnerability, picture.exposure.ground.names),
        assessments=past_assessments(number, known_at),
        notices=notices_because_of(number, known_at),
    )


@allowed(GET=Act.READ_SSC)
def letters(request: Asked, number: int) -> HttpResponse:
    """Show the letters to send: to manufacturers about gaps, and to whoever operates the Devices."""
    return _letters(request, *picture_of(request, number, "letters"))


def _letters(request: Asked, picture: Picture, faults: tuple[Fault, ...]) -> HttpResponse:
    today, party = request.today, request.who.party_name
    affected = picture.exposure.ids_with(VerdictKind.AFFECTED)
    return page(
        request,
        "ssc/letters.html",
        picture,
        faults,
        letters=draft_letters(picture.exposure, picture.found, party, today),
        stack_letters=draft_stack_letters(picture.exposure.ground, party, today),
        operators=draft_operators(picture.catalogue, affected, party, today),
        affected=len(affected),
        silent=sum(why is Stuck.NOT_SAID for why in picture.found.stuck.values()),
    )


@allowed(GET=Act.READ_SSC)
def operators(request: Asked, number: int, form: str) -> HttpResponse:
    """Take the report away of which entries are asked about: public facts, and nothing of why."""
    if form not in tables.KINDS:
        raise Http404("There is no such form.")
    picture, faults = picture_of(request, number, f"report for operators as {form.upper()}")
    if faults:
        return _letters(request, picture, faults)
    affected = picture.exposure.ids_with(VerdictKind.AFFECTED)
    return table_response(form, tables.operators_table(picture, affected), f"devices-{request.today}")


@allowed(GET=Act.READ_SSC)
def openvex(request: Asked, number: int) -> HttpResponse:
    """Take the exposure away as OpenVEX."""
    picture, faults = picture_of(request, number, "OpenVEX")
    if faults:
        return _summary(request, picture, faults)
    try:
        document = openvex_of(picture.exposure, picture.found, number, request.who.party_name, request.at)
    except FirmpathError as error:
        raise Http404(str(error)) from None
    text = json.dumps(document, ensure_ascii=False, indent=1)
    answer = HttpResponse(text + "\n", content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="openvex-{number}-{request.today}.json"'
    return answer


def stuck_counts(picture: Picture) -> list[tuple[Stuck, int, int]]:
    """Count the entries and Devices without a way out, by reason."""
    weights = picture.weights
    found: list[tuple[Stuck, int, int]] = []
    for why in Stuck:
        ids = {each: why for each, reason in picture.found.stuck.items() if reason is why}
        if ids:
            found.append((why, len(ids), weigh(ids, weights)))
    return found


def _counts(share: Share) -> list[tuple[VerdictKind, int, int]]:
    return [(kind, share.entries[kind], share.devices[kind]) for kind in VerdictKind]
