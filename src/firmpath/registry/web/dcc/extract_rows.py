"""The extracts that were taken, as a list: narrowed, in order, and as CSV."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.http import HttpResponse

from firmpath.pathways.identifiers import write_instant
from firmpath.registry.parties.access import Asked
from firmpath.registry.publication.dcc_kinds import ExtractKind
from firmpath.registry.publication.models import ExtractTaken
from firmpath.registry.web.lists import csv_file, holds, in_order, read_filters, shown_list
from firmpath.registry.web.questions import Choice, Question

_FILTERS: Final = (
    Question(
        "what",
        "What is in it",
        kind="select",
        choices=(
            Choice("", "Any"),
            Choice(ExtractKind.ALL, "All listed entries"),
            Choice(ExtractKind.CHANGES, "Only changes"),
        ),
    ),
    Question("by", "Taken by", kind="search"),
)
_BY: Final[Mapping[str, Callable[[ExtractTaken], Any]]] = {
    "extract": lambda taken: taken.pk,
    "by": lambda taken: (taken.taken_by.name.casefold(), -taken.pk),
    "entries": lambda taken: (taken.entries, -taken.pk),
}
_HEADINGS: Final = ("Extract", "Taken", "By", "As at", "Changes since extract", "Entries")


def extracts_shown(taken: Iterable[ExtractTaken], request: Asked) -> dict[str, Any]:
    """Give the context of the list; the last taken first unless another order is chosen."""
    return shown_list(_found(taken, request), request, _FILTERS, _BY, "-extract")


def extracts_file(taken: Iterable[ExtractTaken], request: Asked) -> HttpResponse:
    """Give the list, narrowed and in order, as CSV."""
    found, _ = in_order(_found(taken, request), request, _BY, "-extract")
    rows = (
        (
            each.pk,
            write_instant(each.taken_at),
            each.taken_by.name,
            each.as_at,
            each.since_id or "",
            each.entries,
        )
        for each in found
    )
    return csv_file("extracts", _HEADINGS, rows)


def _found(taken: Iterable[ExtractTaken], request: Asked) -> list[ExtractTaken]:
    what, by = read_filters(request, (each.name for each in _FILTERS)).values()
    return [each for each in taken if what in ("", each.kind) and holds(by, each.taken_by.name)]
