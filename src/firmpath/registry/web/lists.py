"""Lists: narrowed and in the order that the address asks for, one page of them, or all of them as a CSV file."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpResponse

from firmpath.registry.parties.access import Asked
from firmpath.registry.web.questions import Choice, Question, asked
from firmpath.tables.listing import csv_of

PAGE_LENGTH = 25
ALL = Choice("", "All")
"""The first answer to what a list is to be narrowed to."""

_VERSION: Final = re.compile(r"\d+(\.\d+)+")
_Row = TypeVar("_Row")


def read_filters(request: Asked, names: Iterable[str]) -> dict[str, str]:
    """Read what a list is narrowed to, "" where anything will do.

    NUL, which PostgreSQL takes in no question, is looked for as what it is kept as: U+FFFD.
    """
    return {name: request.GET.get(name, "").strip().replace("\x00", "\ufffd") for name in names}


def holds(words: str, *texts: object) -> bool:
    """Say whether one of the texts has the words in it, in capitals or not; 3.2 is in 3.2.1, and not in 3.3.2."""
    sought = words.casefold()
    if _VERSION.fullmatch(sought):
        begins = re.compile(rf"(?<![\d.]){re.escape(sought)}")
        return any(begins.search(str(text).casefold()) for text in texts)
    return any(sought in str(text).casefold() for text in texts)


def holds_all(words: Sequence[str], *texts: object) -> bool:
    """Say whether each of some words is in one of the texts; where none are given, nothing is found."""
    return bool(words) and all(holds(word, *texts) for word in words)


def shown_list(
    rows: Iterable[_Row],
    request: Asked,
    questions: Sequence[Question],
    keys: Mapping[str, Callable[[_Row], Any]],
    default: str,
) -> dict[str, Any]:
    """Give the context of a list that has been narrowed already: its page, its order and its filters."""
    found, sort = in_order(rows, request, keys, default)
    return {
        "page": page_of(found, request),
        "sort": sort,
        "filters": asked(questions, request.GET),
        "is_filtered": any(read_filters(request, (each.name for each in questions)).values()),
    }


def in_order(
    rows: Iterable[_Row], request: Asked, keys: Mapping[str, Callable[[_Row], Any]], default: str
) -> tuple[list[_Row], str]:
    """Sort rows as `?sort=` says, `-` for the other way round; as `default` says where it names no order."""
    sort = request.GET.get("sort", default)
    if sort.removeprefix("-") not in keys:
        sort = default
    found = sorted(rows, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def page_of(rows: Sequence[_Row], request: Asked) -> "Page[_Row]":
    """Give the page that the address asks for; the nearest where there is none such."""
    return Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))


def wants_csv(request: Asked) -> bool:
    """Say whether the list is to be downloaded."""
    return request.GET.get("format") == "csv"


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Give a list as a CSV file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(csv_of(headings, rows), content_type="text/csv; charset=utf-8", headers=headers)
