"""Pages that ask: a form of questions, or whether something is meant."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from firmpath.pathways.faults import Fault
from firmpath.registry.parties.access import Asked
from firmpath.registry.web.questions import Question, asked, summary

_UNPROCESSABLE = 422


def question_page(
    request: Asked,
    template: str,
    questions: Iterable[Question],
    values: Mapping[str, object],
    faults: tuple[Fault, ...] = (),
    **context: Any,
) -> HttpResponse:
    """Ask questions with what has been answered so far, and what is wrong with it."""
    asked_list = asked(questions, values, faults)
    context |= {"asked": asked_list, "faults": faults, "problems": summary(asked_list, faults)}
    return render(request, template, context, status=_UNPROCESSABLE if faults else 200)


def ask_first(
    request: Asked, heading: str, lines: tuple[str, ...], button: str, back: str, *, is_harmless: bool = False
) -> HttpResponse:
    """Ask whether something is meant, and say what it does; the button posts to the same address."""
    context = {"heading": heading, "lines": lines, "button": button, "back": back, "is_harmless": is_harmless}
    return render(request, "people/ask_first.html", context)
