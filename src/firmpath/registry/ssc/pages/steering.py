"""The page on which the SSC opens a public notice, with its own text and nothing of the reason."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firmpath.pathways.facts import NoticeOpened
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.exposure.looking import Picture
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.pages.exposure import picture_of
from firmpath.registry.ssc.steering.opening import open_notice, proposed_notice, steps_into
from firmpath.registry.ssc.steering.telling_words import find_telling_words
from firmpath.registry.submissions.previews import preview_apart
from firmpath.registry.submissions.proposals import EffectChanged, Preview, Proposed
from firmpath.registry.web.deciding.confirming import effect_context
from firmpath.registry.web.deciding.notice_forms import QUESTIONS, read_notice
from firmpath.registry.web.deciding.provenance import names_of
from firmpath.registry.web.questions import asked, summary

_QUESTIONS: Final = QUESTIONS["open"]
_MEANT: Final = "words_meant"
_SEPARATOR: Final = "; "


@allowed(GET=Act.OPEN_NOTICE, POST=Act.OPEN_NOTICE)
def notice(request: Asked, number: int) -> HttpResponse:
    """Ask for the notice, and about words of it that tell; show its effect, then open it."""
    picture, _ = picture_of(request, number, "notice because")
    if request.method != "POST":
        return _form(request, number, {"steps": steps_into(_to_keep_clear_of(picture))})
    if "again" in request.POST:
        return _form(request, number, request.POST)
    try:
        proposed = proposed_notice(_read(request), request.who, request.at)
    except FirmpathError as error:
        return _form(request, number, request.POST, error.faults)
    words = find_telling_words(value for _, value in _given(request))
    if words and request.POST.get(_MEANT) != _SEPARATOR.join(words):
        return _ask_about(request, number, words)
    try:
        if "seen" not in request.POST:
            return _confirm(request, number, proposed, preview_apart(proposed.stated, request.at))
        open_notice(number, proposed, request.POST["seen"], request.who, request.at)
    except EffectChanged as changed:
        return _confirm(request, number, proposed, changed.preview, status=409)
    except FirmpathError as error:
        return _form(request, number, request.POST, error.faults)
    messages.success(request, f"Notice {proposed.notice_id} is open: everybody who signs in can read it.")
    return redirect("ssc_vulnerability", number=number)


def _to_keep_clear_of(picture: Picture) -> list[CPLEntryID]:
    """Give the affected entries that no way out leads through: a notice on those would shut Devices in."""
    passed = {each for way in picture.found.ways.values() for each in way[1:-1]}
    return [each for each in picture.exposure.ids_with(VerdictKind.AFFECTED) if each not in passed]


def _read(request: Asked) -> NoticeOpened:
    catalogue = current().register.catalogue(request.today)
    fact = read_notice("open", "", request.POST, catalogue)
    if not isinstance(fact, NoticeOpened):
        raise Http404("That opens no notice.")
    return fact


def _form(request: Asked, number: int, values: Any, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    asked_list = asked(_QUESTIONS, values, faults)
    context = {"number": number, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    return render(request, "ssc/notice_form.html", context, status=422 if faults else 200)


def _given(request: Asked) -> list[tuple[str, str]]:
    """Give what was written, by the names of the fields."""
    return [(name, value) for name in names_of(_QUESTIONS) for value in request.POST.getlist(name)]


def _ask_about(request: Asked, number: int, words: list[str]) -> HttpResponse:
    context = {
        "number": number,
        "words": words,
        "hidden": _given(request),
        "meant": _SEPARATOR.join(words),
    }
    return render(request, "ssc/notice_words.html", context)


def _confirm(request: Asked, number: int, proposed: Proposed, shown: Preview, status: int = 200) -> HttpResponse:
    meant = [(_MEANT, value) for value in request.POST.getlist(_MEANT)]
    context = {
        "form": {"caption": "A public notice", "back": reverse("ssc_vulnerability", kwargs={"number": number})},
        "proposed": proposed,
        "hidden": [*_given(request), *meant],
        "has_changed": status != 200,
        **effect_context(shown),
    }
    return render(request, "deciding/confirm_change.html", context, status=status)
