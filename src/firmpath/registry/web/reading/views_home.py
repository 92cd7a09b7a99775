"""The one box, and the guided way for those who know none of what it takes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.reference import ByID, Reference, find_candidates, parse_target
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.reading import guided
from firmpath.registry.web.reading.asking import (
    QUESTIONS,
    NotUnderstoodError,
    asked_again,
    read_all,
    read_day,
    read_installed,
    written,
)
from firmpath.registry.web.reading.pasted import Pasted, PastedDevice, is_pasted, read_pasted
from firmpath.registry.web.reading.readers import may_edit, reads_fir


@allowed(GET=Act.READ_CPL, POST=Act.READ_CPL)
def home(request: Asked) -> HttpResponse:
    """Ask what the Device runs, and go on to the answer."""
    if request.method == "POST":
        try:
            return _answered(request)
        except NotUnderstoodError as error:
            return ask_again(request, error)
    catalogue = current().register.catalogue(request.at.date())
    return render(request, "reading/home.html", asked_again(QUESTIONS, request.GET) | _frame(request, catalogue))


@allowed(GET=Act.READ_CPL)
def choose(request: Asked) -> HttpResponse:
    """Ask for Device type, manufacturer, model and firmware version, one on a page, from what is on the CPL."""
    catalogue = current().register.catalogue(request.at.date())
    asking = guided.find_question(catalogue, request.GET)
    if asking.reference:
        return _go_on(request, catalogue, asking.reference, {})
    return render(request, "reading/choose.html", {"asking": asking, "may_edit": may_edit(request)})


def ask_again(request: Asked, error: NotUnderstoodError) -> HttpResponse:
    """Show the box with what was typed, and everything that is wrong with it."""
    values = request.POST if request.method == "POST" else request.GET
    catalogue = current().register.catalogue(request.at.date())
    context = asked_again(QUESTIONS, values, error.by_name) | _frame(request, catalogue)
    return render(request, "reading/home.html", context, status=422)


def _frame(request: Asked, catalogue: Catalogue) -> dict[str, Any]:
    return {"catalogue": catalogue, "reads_fir": reads_fir(request), "may_edit": may_edit(request)}


def _answered(request: Asked) -> HttpResponse:
    """Go where the answer is; an inventory answer may name more than one Device."""
    text = request.POST.get("installed", "")
    read = read_pasted if is_pasted(text) else read_installed
    target_text = request.POST.get("target", "").strip()
    found, _, on = read_all(
        installed=lambda: read(text),
        target=lambda: parse_target(target_text or "newest"),
        on=lambda: read_day(request.POST, "on", request.at.date()),
    )
    rest = {name: value for name, value in (("target", target_text), ("on", on.isoformat())) if value}
    if on == request.at.date():
        del rest["on"]
    catalogue = current().register.catalogue(on)
    if not isinstance(found, Pasted):
        return _go_on(request, catalogue, found, rest)
    if len(found.devices) == 1 and not found.faults:
        return _go_on(request, catalogue, narrowed(catalogue, found.devices[0]), rest)
    devices = [(each, _address(request, catalogue, narrowed(catalogue, each), rest)) for each in found.devices]
    return render(request, "reading/pasted.html", {"devices": devices, "left_out": found.faults})


def narrowed(catalogue: Catalogue, device: PastedDevice) -> Reference:
    """Use the Device type of an inventory answer, where it leaves just one of several entries."""
    if isinstance(device.device_type, NotKnown):
        return device.reference
    candidates = find_candidates(catalogue, device.reference)
    fit = [each for each in candidates if catalogue[each].hardware_model.device_type is device.device_type]
    return ByID(fit[0]) if len(fit) == 1 else device.reference


def _go_on(request: Asked, catalogue: Catalogue, reference: Reference, rest: dict[str, str]) -> HttpResponse:
    return redirect(_address(request, catalogue, reference, rest))


def _address(request: Asked, catalogue: Catalogue, reference: Reference, rest: dict[str, str]) -> str:
    """Give the address of the pathway; for those who may not see it, of what the CPL has."""
    if request.who.may(Act.READ_FIR):
        return f"{reverse('pathway')}?{urlencode({'installed': written(reference), **rest})}"
    candidates = (reference.cpl_entry_id,) if isinstance(reference, ByID) else find_candidates(catalogue, reference)
    if len(candidates) == 1:
        return reverse("entry", kwargs={"cpl_entry_id": candidates[0]})
    return f"{reverse('entries')}?{urlencode({'q': written(reference)})}"
