"""The page of the entries of one vulnerability: the verdict of each, in any order, narrowed, or to take away."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse

from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.exposure.looking import Picture
from firmpath.registry.ssc.exposure.tables import exposure_table
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.pages.asking import table_response
from firmpath.registry.ssc.pages.exposure import page, picture_of
from firmpath.registry.ssc.pages.lists import (
    Keys,
    entry_questions,
    form_of,
    in_asked_order,
    is_narrowed,
    narrow,
    page_of,
)
from firmpath.registry.ssc.pages.searching import search_field, search_of
from firmpath.registry.ssc.stacks.listing import known_first
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.web.questions import Question

_VERDICT: Final = Question("verdict", "Verdict", kind="hidden")
_NOTHING: Final = KnownStack()


@allowed(GET=Act.READ_SSC)
def entries(request: Asked, number: int) -> HttpResponse:
    """Show the entries with one verdict, or take away those that are asked for: of every verdict where none is."""
    form, verdict = form_of(request), request.GET.get("verdict", "")
    picture, faults = picture_of(request, number, f"entries as {form.upper()}" if form else "entries")
    if verdict not in ("", *VerdictKind):
        faults = (*faults, Fault("Verdict", verdict, "is none", f"choose one of {', '.join(VerdictKind)}"))
    verdict = verdict if verdict in tuple(VerdictKind) else ("" if form and not faults else VerdictKind.AFFECTED)
    exposure = picture.exposure
    of_it = [each for each in picture.catalogue.entries if verdict in ("", exposure.verdict_of(each).kind)]
    ids = in_asked_order(narrow(picture, of_it, request, search_of(request)), request, _keys(picture))
    if form and not faults:
        return table_response(form, exposure_table(picture, ids), f"exposure-{number}-{request.today}")
    shown = page_of(ids, request)
    return page(
        request,
        "ssc/exposure_entries.html",
        picture,
        faults,
        questions=(*entry_questions(picture.catalogue), _VERDICT),
        page=shown,
        rows=_rows(picture, shown),
        verdict=verdict,
        of_it=len(of_it),
        is_narrowed=is_narrowed(request),
        **search_field(request, "ssc_exposure"),
    )


def _keys(picture: Picture) -> Keys[CPLEntryID]:
    """Give the columns by which the entries can be sorted."""
    catalogue, given, shared = picture.catalogue, picture.exposure.ground.given, picture.shared
    return {
        "id": lambda each: each,
        "type": lambda each: catalogue[each].hardware_model.device_type.value,
        "vendor": lambda each: known_first(given.get(each, _NOTHING).chipset_vendor),
        "version": lambda each: known_first(given.get(each, _NOTHING).stack_version),
        "why": lambda each: _why(picture, each),
        "devices": lambda each: (picture.devices.get(each, 0), shared.get(each, 0)),
    }


def _why(picture: Picture, each: CPLEntryID) -> str:
    assessed = picture.exposure.assessed.get(each)
    return assessed.reason if assessed else str(picture.exposure.verdict_of(each).why)


def _rows(picture: Picture, ids: Sequence[CPLEntryID]) -> list[tuple[Any, ...]]:
    exposure, shared = picture.exposure, picture.shared
    return [
        (
            picture.catalogue[each],
            exposure.verdict_of(each),
            exposure.ground.given.get(each),
            exposure.assessed.get(each),
            (picture.devices.get(each), shared.get(each)),
            exposure.condition_of(each),
        )
        for each in ids
    ]
