"""The people of a Party, and one's API tokens, as lists: narrowed, in order, and as CSV."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpResponse

from firmpath.pathways.days import britains_day
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.web.lists import csv_file, holds, in_order, read_filters, shown_list
from firmpath.registry.web.questions import Choice, Question

_ANY: Final = Choice("", "Any")
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_OF_PEOPLE: Final = (
    Question("q", "Name or e-mail address", kind="search"),
    Question("state", "State", kind="select", choices=(_ANY, Choice("on", "On"), Choice("off", "Switched off"))),
    Question(
        "factor", "Second step", kind="select", choices=(_ANY, Choice("yes", "Set up"), Choice("no", "Not set up"))
    ),
)
_PEOPLE_BY: Final[Mapping[str, Callable[[Any], Any]]] = {
    "state": lambda person: (not person.is_active, person.name.casefold(), person.pk),
    "name": lambda person: (person.name.casefold(), person.pk),
    "email": lambda person: (person.email.casefold(), person.pk),
    "joined": lambda person: (person.joined_at, person.pk),
}
_OF_TOKENS: Final = (
    Question("q", "Name", kind="search"),
    Question("state", "State", kind="select", choices=(_ANY, Choice("on", "Works"), Choice("off", "Expired"))),
)
_TOKENS_BY: Final[Mapping[str, Callable[[APIToken], Any]]] = {
    "name": lambda token: (token.name.casefold(), token.pk),
    "made": lambda token: (token.created_at, token.pk),
    "used": lambda token: (token.last_used_at or _NEVER, token.pk),
    "expires": lambda token: (token.expires_at, token.pk),
}


def people_shown(people: Iterable[Person], request: Asked) -> dict[str, Any]:
    """Give the context of the people of a Party; those who can sign in first unless another order is chosen."""
    return shown_list(_people(people, request), request, _OF_PEOPLE, _PEOPLE_BY, "state")


def people_file(people: Iterable[Person], request: Asked) -> HttpResponse:
    """Give the people of a Party, narrowed and in order, as CSV."""
    found, _ = in_order(_people(people, request), request, _PEOPLE_BY, "state")
    rows = (
        (
            each.name,
            each.email,
            britains_day(each.joined_at),
            _yes(_has_factor(each)),
            "on" if each.is_active else "off",
        )
        for each in found
    )
    return csv_file("people", ("Name", "E-mail address", "Joined", "Second step", "State"), rows)


def tokens_shown(tokens: Iterable[APIToken], request: Asked) -> dict[str, Any]:
    """Give the context of one's API tokens; the latest first unless another order is chosen."""
    shown = shown_list(_tokens(tokens, request), request, _OF_TOKENS, _TOKENS_BY, "-made")
    return shown | {"at": request.at}


def tokens_file(tokens: Iterable[APIToken], request: Asked) -> HttpResponse:
    """Give one's API tokens, narrowed and in order, as CSV; never what a program has to send."""
    found, _ = in_order(_tokens(tokens, request), request, _TOKENS_BY, "-made")
    rows = (
        (
            *(each.name, each.scope, britains_day(each.created_at)),
            britains_day(each.last_used_at) if each.last_used_at else "",
            *(britains_day(each.expires_at), "works" if each.expires_at > request.at else "expired"),
        )
        for each in found
    )
    return csv_file("tokens", ("Name", "What it may do", "Made", "Last used", "Expires", "State"), rows)


def _people(people: Iterable[Person], request: Asked) -> list[Person]:
    q, state, factor = read_filters(request, (each.name for each in _OF_PEOPLE)).values()
    return [
        each
        for each in people
        if holds(q, each.name, each.email)
        and state in ("", "on" if each.is_active else "off")
        and factor in ("", _yes(_has_factor(each)))
    ]


def _tokens(tokens: Iterable[APIToken], request: Asked) -> list[APIToken]:
    q, state = read_filters(request, (each.name for each in _OF_TOKENS)).values()
    return [
        each
        for each in tokens
        if holds(q, each.name) and state in ("", "on" if each.expires_at > request.at else "off")
    ]


def _has_factor(person: Person) -> bool:
    return bool(person.has_second_factor)  # type: ignore[attr-defined]  # annotated by `people_of`


def _yes(holds_true: bool) -> str:
    return "yes" if holds_true else "no"
