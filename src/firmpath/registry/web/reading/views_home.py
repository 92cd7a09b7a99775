"""The one box, and the guided way for those who know none of what it takes."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from firmpath.images.answer_reading import read_answer
from firmpath.images.device_answers import ByVersion, DeviceAnswers, candidates_of
from firmpath.images.identifying import explain_what_runs, reference_to
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.contacts import contacts_in_words
from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.naming import full_name
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.reference import ByID, Reference, find_candidates, parse_target
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.web.reading import guided
from firmpath.registry.web.reading.asking import (
    DEVICE,
    NO_FAULTS,
    NotUnderstoodError,
    asked_again,
    device_of,
    read_all,
    read_day,
    refuse_blank,
    written,
)
from firmpath.registry.web.reading.box import questions_for, refuse_bare_version, searches, worded
from firmpath.registry.web.reading.readers import may_edit, reads_fir
from firmpath.registry.web.reading.waiting import what_waits

_MOST_CANDIDATES: Final = 50


class PastedRow(NamedTuple):
    """A Device of a pasted answer by its name, what it runs or may run, and where the answer about that is.

    `cautions` are what is to be read before the answer is relied on; a Device whose status is a doubt, or of which
    no entry follows or far too many, has no address, but what settles it as its last caution.
    """

    name: str
    runs: str
    url: str | NotKnown
    cautions: tuple[str, ...]


@allowed(GET=Act.READ_CPL, POST=Act.READ_CPL)
def home(request: Asked) -> HttpResponse:
    """Ask what the Device runs, and go on to the answer."""
    if request.method == "POST":
        try:
            return _answered(request)
        except NotUnderstoodError as error:
            return ask_again(request, error)
    return _box(request, request.GET)


@allowed(GET=Act.READ_CPL)
def choose(request: Asked) -> HttpResponse:
    """Ask for Device type, manufacturer, model and firmware version, one on a page, from what is on the CPL."""
    catalogue = current().register.catalogue(request.today)
    asking = guided.find_question(catalogue, request.GET)
    if asking.reference:
        return _go_on(request, catalogue, asking.reference, {})
    return render(request, "reading/choose.html", {"asking": asking, "may_edit": may_edit(request)})


def ask_again(request: Asked, error: NotUnderstoodError) -> HttpResponse:
    """Show the box with what was typed, and everything that is wrong with it."""
    return _box(request, request.POST if request.method == "POST" else request.GET, error.by_name)


def _box(request: Asked, values: QueryDict, faults: Mapping[str, Sequence[Fault]] = NO_FAULTS) -> HttpResponse:
    catalogue = current().register.catalogue(request.today)
    found = searches(catalogue, values, faults)
    context = asked_again(questions_for(catalogue), values, worded(faults, found)) | {
        "searches": found.values(),
        "catalogue": catalogue,
        "reads_fir": reads_fir(request),
        "may_edit": may_edit(request),
        "waiting": what_waits(request, catalogue),
    }
    return render(request, "reading/home.html", context, status=422 if faults else 200)


def _answered(request: Asked) -> HttpResponse:
    """Go where the answer is; an inventory answer may name more than one Device."""
    target_text = request.POST.get("target", "").strip()
    found, _, on = read_all(
        installed=lambda: _read_box(request.POST.get("installed", "")),
        target=lambda: parse_target(target_text or "newest"),
        on=lambda: read_day(request.POST, "on", request.today),
    )
    rest = {name: value for name, value in (("target", target_text), ("on", on.isoformat())) if value}
    if on == request.today:
        del rest["on"]
    catalogue = current().register.catalogue(on)
    refuse_bare_version(catalogue, found)
    rows, several, left_out = _rows(request, catalogue, found, rest)
    if len(rows) == 1 and not left_out and not found.passed_over and not rows[0].cautions and rows[0].url:
        return redirect(rows[0].url)
    context = {
        "rows": rows,
        "is_doubted": any(device.doubts for device in found.devices),
        "has_addresses": any(row.url for row in rows),
        "several": several,
        "left_out": left_out,
        "passed_over": found.passed_over,
    }
    return render(request, "reading/pasted.html", context)


def _read_box(text: str) -> DeviceAnswers:
    refuse_blank(text)
    return read_answer(text)


def _rows(
    request: Asked, catalogue: Catalogue, found: DeviceAnswers, rest: dict[str, str]
) -> tuple[list[PastedRow], list[str], list[str]]:
    """Give where to go on for each Device; for each entry that it can be, if no reference means just those.

    Then what is to be done about those that can be several entries, and what cannot be looked up.
    """
    rows: list[PastedRow] = []
    several: list[str] = []
    left_out = list(map(str, found.faults))
    for device in found.devices:
        named = device_of({DEVICE: device.device_id})
        asked = rest | ({DEVICE: named} if named else {})
        reference = reference_to(catalogue, device)
        candidates = candidates_of(catalogue, device)
        read = explain_what_runs(catalogue, device, candidates)
        contacts = contacts_in_words(catalogue, device.reference, candidates) if reads_fir(request) else ()
        if device.doubts:  # nobody is sent on a pathway on the word of an answer that is not relied on
            rows.append(PastedRow(device.name, read.headline, NOT_KNOWN, (*read.lines, *contacts, read.next_step)))
            continue
        if (
            not isinstance(reference, NotKnown)
            and not isinstance(device.reference, ByVersion)
            and find_candidates(catalogue, reference) == candidates
        ):
            address = _address(request, catalogue, reference, asked)
            rows.append(PastedRow(device.name, str(device.reference), address, ()))
            continue
        if not 0 < len(candidates) <= _MOST_CANDIDATES:
            rows.append(PastedRow(device.name, read.headline, NOT_KNOWN, (*read.lines, *contacts, read.next_step)))
            continue
        if len(candidates) > 1:
            several.append(" ".join((read.headline, *contacts, read.next_step)))
        for each in candidates:
            name = f"{device.name}, if it runs {full_name(catalogue, each)}"
            address = _address(request, catalogue, ByID(each), asked)
            rows.append(PastedRow(name, f"for {_hardware(catalogue, each)}", address, read.lines))
    return rows, several, left_out


def _hardware(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    hardware = catalogue[cpl_entry_id].hardware_model
    return f"{hardware.device_type} {hardware}"


def _go_on(request: Asked, catalogue: Catalogue, reference: Reference, rest: dict[str, str]) -> HttpResponse:
    return redirect(_address(request, catalogue, reference, rest))


def _address(request: Asked, catalogue: Catalogue, reference: Reference, rest: dict[str, str]) -> str:
    """Give the address of the pathway; for those who may not see it, of what the CPL has, the question with it."""
    question = {"installed": written(reference), **rest}
    if request.who.may(Act.READ_FIR):
        return f"{reverse('pathway')}?{urlencode(question)}"
    candidates = (reference.cpl_entry_id,) if isinstance(reference, ByID) else find_candidates(catalogue, reference)
    if len(candidates) == 1:
        return f"{reverse('entry', kwargs={'cpl_entry_id': candidates[0]})}?{urlencode(question)}"
    return f"{reverse('entries')}?{urlencode({'q': written(reference), **question})}"
