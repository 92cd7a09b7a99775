"""The pages of one vulnerability: what it comes to, entry by entry, the ways out, fixes, letters, and OpenVEX."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.naming import chain
from firmpath.pathways.pathway import Steps
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.assessments.keeping import past_assessments
from firmpath.registry.ssc.exposure import tables
from firmpath.registry.ssc.exposure.days import DAYS_MEAN, days_of_exposure, days_since_fix
from firmpath.registry.ssc.exposure.exposed import Share, break_down, reasons_of
from firmpath.registry.ssc.exposure.looking import KNOWN_ON, AskedOf, Picture, read_asked, see_exposure
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.pages.asking import as_of_questions, carried_of, table_response, wanted_of
from firmpath.registry.ssc.steering.opening import notices_because_of
from firmpath.registry.ssc.vulnerabilities.keeping import upside_down
from firmpath.registry.ssc.vulnerabilities.openvex import openvex_of
from firmpath.registry.ssc.vulnerabilities.scoring import score
from firmpath.registry.ssc.ways_out.asking import draft_letters, draft_operators, draft_stack_letters
from firmpath.registry.ssc.ways_out.finding import Stuck
from firmpath.registry.ssc.ways_out.fixes import Fix, find_fixes, try_fix, way_by
from firmpath.registry.ssc.ways_out.ordering import put_in_order, words_of_place
from firmpath.registry.ssc.ways_out.others import remarks_on, words_of
from firmpath.registry.ssc.ways_out.weighing import weigh
from firmpath.registry.web.questions import Asked as Answered
from firmpath.registry.web.questions import Question, asked, summary

ROWS_PER_PAGE: Final = 50
_FROM: Final = Question("from", "From", "A CPL Entry ID", width=10, inputmode="numeric")
_TO: Final = Question("to", "To", "A CPL Entry ID", width=10, inputmode="numeric")


def picture_of(request: Asked, number: int, what: str) -> tuple[Picture, tuple[Fault, ...]]:
    """Give the exposure that a page shows, with the faults of what was asked for, in whose place today counts."""
    try:
        return _require_picture(request, number, what, wanted_of(request)), ()
    except FirmpathError as error:
        today = read_asked({}, request.at.date())
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
    **more: Any,
) -> HttpResponse:
    """Render a page of one vulnerability; faults can be about what it has `also_asked`."""
    asked_list = asked(as_of_questions(picture.asked.as_of.known_at), request.GET, faults)
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
    return _summary(request, *picture_of(request, number, "exposure"))


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
        stuck=_stuck_counts(picture),
        rescued=(len(picture.found.ways), weigh(picture.found.ways, picture.weights)),
        onto_affected=picture.found.onto_affected,
        upside_down=upside_down(picture.kept.vulnerability, picture.exposure.ground.names),
        assessments=past_assessments(number, known_at),
        notices=notices_because_of(number, known_at),
    )


@allowed(GET=Act.READ_SSC)
def entries(request: Asked, number: int) -> HttpResponse:
    """Show the verdict of every entry, or take the table away."""
    name = request.GET.get("format", "")
    what = f"entries as {name.upper()}" if name in tables.KINDS else "entries"
    picture, faults = picture_of(request, number, what)
    if name in tables.KINDS and not faults:
        return table_response(name, tables.exposure_table(picture), f"exposure-{number}-{request.at:%Y-%m-%d}")
    verdict = request.GET.get("verdict", VerdictKind.AFFECTED)
    if verdict not in tuple(VerdictKind):
        faults = (*faults, Fault("Verdict", verdict, "is none", f"choose one of {', '.join(VerdictKind)}"))
        verdict = VerdictKind.AFFECTED
    exposure = picture.exposure
    ids = [each for each in picture.catalogue.entries if exposure.verdict_of(each).kind == verdict]
    shown, shared = Paginator(ids, ROWS_PER_PAGE).get_page(request.GET.get("page")), picture.shared
    rows = [
        (
            picture.catalogue[each],
            exposure.verdict_of(each),
            exposure.ground.given.get(each),
            exposure.assessed.get(each),
            (picture.devices.get(each), shared.get(each)),
            exposure.condition_of(each),
        )
        for each in shown
    ]
    return page(request, "ssc/exposure_entries.html", picture, faults, page=shown, rows=rows, verdict=verdict)


@allowed(GET=Act.READ_SSC)
def ways_out(request: Asked, number: int) -> HttpResponse:
    """Show the way out of each affected entry, those that have none by reason, and what would help most."""
    picture, faults = picture_of(request, number, "ways out")
    found, weights = picture.found, picture.weights
    ways = Paginator(list(found.ways.items()), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    shared = picture.shared
    stuck = [
        (why, count, weight, [each for each, reason in found.stuck.items() if reason is why][:ROWS_PER_PAGE])
        for why, count, weight in _stuck_counts(picture)
    ]
    tried, questions, wrong = _try(request, picture)
    return page(
        request,
        "ssc/ways_out.html",
        picture,
        (*faults, *wrong),
        questions,
        page=ways,
        days_mean=DAYS_MEAN,
        rows=[_way_row(picture, each, way, shared.get(each)) for each, way in ways],
        stuck=stuck,
        rescued=(len(found.ways), weigh(found.ways, weights)),
        left_over=_left_over(picture),
        onto_affected=found.onto_affected,
        fixes=_fix_rows(picture),
        tried=tried,
        tried_cautions=_cautions(picture, way_by(found, tried)) if isinstance(tried, Fix) else (),
        try_asked=questions,
    )


def _way_row(picture: Picture, each: CPLEntryID, way: Steps, shared: int | None) -> tuple[object, ...]:
    days = str(days_of_exposure(picture, each)), days_since_fix(picture, each)
    cleaner = picture.found.cleaner.get(each, ())
    said = _cautions(picture, way), chain(picture.catalogue, cleaner), _cautions(picture, cleaner)
    return way, len(way) - 1, _passed(picture, way), (picture.devices.get(each), shared), *days, *said


def _cautions(picture: Picture, way: Steps) -> list[str]:
    """Say which other vulnerabilities affect what a way leads through and to, or of which nobody can say."""
    return [words_of(each, picture.catalogue) for each in remarks_on(picture.found.others, way)]


def _fix_rows(picture: Picture) -> list[tuple[Fix, list[str], list[str]]]:
    """Give the upgrades in the order to publish them, with how they overlap and what else is known of them."""
    fixes = put_in_order(find_fixes(picture.exposure, picture.found, picture.weights), picture.weights)
    is_weighed = bool(picture.inventory)
    return [
        (each.fix, words_of_place(each, is_weighed=is_weighed), _cautions(picture, way_by(picture.found, each.fix)))
        for each in fixes[:ROWS_PER_PAGE]
    ]


def _passed(picture: Picture, way: Steps) -> list[tuple[CPLEntryID, VerdictKind]]:
    """Give what a way leads through: on an affected entry a Device stays exposed, on an unknown one it may be."""
    return [(each, picture.exposure.verdict_of(each).kind) for each in way[1:-1]]


@allowed(GET=Act.READ_SSC)
def letters(request: Asked, number: int) -> HttpResponse:
    """Show the letters to send: to manufacturers about gaps, and to whoever operates the Devices."""
    return _letters(request, *picture_of(request, number, "letters"))


def _letters(request: Asked, picture: Picture, faults: tuple[Fault, ...]) -> HttpResponse:
    today, party = request.at.date(), request.who.party_name
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
    return table_response(form, tables.operators_table(picture, affected), f"devices-{request.at:%Y-%m-%d}")


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
    answer["Content-Disposition"] = f'attachment; filename="openvex-{number}-{request.at:%Y-%m-%d}.json"'
    return answer


def _try(request: Asked, picture: Picture) -> tuple[Fix | str, Sequence[Answered], tuple[Fault, ...]]:
    """Say what an upgrade would rescue that somebody has thought of: '' where nobody has."""
    written = [request.GET.get(each.name, "").strip() for each in (_FROM, _TO)]
    faults: tuple[Fault, ...] = ()
    tried: Fix | str = ""
    if any(written):
        try:
            from_id, to_id = all_parsed(lambda: _id(written[0], _FROM), lambda: _id(written[1], _TO))
            found = try_fix(picture.exposure, picture.found, from_id, to_id, picture.weights)
            tried = found if isinstance(found, Fix) else str(found)
        except FirmpathError as error:
            faults = error.faults
    return tried, asked((_FROM, _TO), request.GET, faults), faults


def _id(text: str, question: Question) -> CPLEntryID:
    if not text:
        raise FirmpathError(Fault(question.term, "", "is not given", "write a CPL Entry ID", quoted=False))
    try:
        return parse_cpl_entry_id(text)
    except FirmpathError as error:
        raise FirmpathError(*(fault._replace(term=question.term) for fault in error.faults)) from None


def _left_over(picture: Picture) -> int:
    """Count affected Devices that run one of several entries of which not the same becomes."""
    told = weigh(picture.found.ways, picture.weights) + sum(weight for _, _, weight in _stuck_counts(picture))
    return picture.total.devices[VerdictKind.AFFECTED] - told


def _stuck_counts(picture: Picture) -> list[tuple[Stuck, int, int]]:
    weights = picture.weights
    found: list[tuple[Stuck, int, int]] = []
    for why in Stuck:
        ids = {each: why for each, reason in picture.found.stuck.items() if reason is why}
        if ids:
            found.append((why, len(ids), weigh(ids, weights)))
    return found


def _counts(share: Share) -> list[tuple[VerdictKind, int, int]]:
    return [(kind, share.entries[kind], share.devices[kind]) for kind in VerdictKind]
