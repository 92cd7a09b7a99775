"""The page that checks a service request before it is sent: the same answer as `firmpath preflight` gives."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from firmpath.images.preflight import Preflight
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.publication.preflights import check_request
from firmpath.registry.web.checking.form import GIVEN, QUESTIONS, REQUEST, read_sent
from firmpath.registry.web.checking.showing import show
from firmpath.registry.web.reading.asking import NO_FAULTS, NotUnderstoodError, asked_again


@allowed(GET=Act.READ_FIR, POST=Act.READ_FIR)
def check(request: Asked) -> HttpResponse:
    """Ask for a request and an inventory, and answer for every Device; nothing of it is kept."""
    if request.method != "POST":
        return render(request, "checking/preflight.html", _form(QueryDict()))
    try:
        found = _checked(request)
    except NotUnderstoodError as error:
        return render(request, "checking/preflight.html", _form(request.POST, error.by_name), status=422)
    context = _form(request.POST) | {"found": show(found), "catalogue": found.catalogue}
    return render(request, "checking/preflight.html", context)


def _checked(request: Asked) -> Preflight:
    sent = read_sent(request)
    try:
        return check_request(sent.service_request, sent.given, sent.by, request.at)
    except FirmpathError as error:
        raise NotUnderstoodError({REQUEST.name: error.faults}) from None


def _form(values: QueryDict, faults: Mapping[str, Sequence[Fault]] = NO_FAULTS) -> dict[str, object]:
    context = asked_again(QUESTIONS, values, faults)
    answered_for = context["asked"][len(GIVEN) :]
    return context | {
        "given": context["asked"][: len(GIVEN)],
        "answered_for": answered_for,
        "is_answered_for": any(each.value or each.has_fault for each in answered_for),
    }
