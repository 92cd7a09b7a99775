"""How versions of one stack compare: by the rule that the SSC states for that stack, and never across stacks.

A version as it is written stands for every build that begins so: `7.4` for 7.4.0 as well as for 7.4.1.2. So a range
holds all of it, none of it, or a part; and of a part nobody can say which side a Device is on.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from firmpath.pathways.not_known import NOT_KNOWN, NotKnown

Numbers = tuple[int, ...]


class Span(NamedTuple):
    """Versions from `low` on, and before `high`; up to no end where `high` is not known."""

    low: Numbers = ()
    high: Numbers | NotKnown = NOT_KNOWN


class Held(StrEnum):
    """How much of one span another holds."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


EVERY_VERSION: Final = Span()


def held_by(outer: Span, inner: Span) -> Held:
    """Say how much of the inner span the outer one holds."""
    above = bool(inner.high) and inner.high <= outer.low  # type: ignore[operator]  # it is known
    below = bool(outer.high) and inner.low >= outer.high  # type: ignore[operator]
    if above or below:
        return Held.NOT
    begins = inner.low >= outer.low
    ends = not outer.high or bool(inner.high and inner.high <= outer.high)
    return Held.WHOLLY if begins and ends else Held.PARTLY


class Rule(NamedTuple):
    """A rule by which the versions of a stack compare: its name, its words, an example, and how it reads one.

    `read` gives the span that a text stands for, or that it is not known.
    """

    name: str
    words: str
    example: str
    read: Callable[[str], Span | NotKnown]
    has_order: bool = True


_NUMBER: Final = r"(0|[1-9][0-9]{0,8})"
_DOTTED: Final = re.compile(
    rf"v?(?P<numbers>[0-9]|{_NUMBER}(?=\.[xX*])|{_NUMBER}(\.{_NUMBER}){{1,5}})(?P<rest>\.[xX*])?"
)
_DATED: Final = re.compile(r"(?P<year>20[0-9]{2})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>0[1-9]|[12][0-9]|3[01]))?)?")


@lru_cache(maxsize=4096)  # every vulnerability is held against the same versions
def _read_dotted(text: str) -> Span | NotKnown:
    found = _DOTTED.fullmatch(text.strip())
    return span_of(tuple(map(int, found["numbers"].split(".")))) if found else NOT_KNOWN


def _read_dated(text: str) -> Span | NotKnown:
    found = _DATED.fullmatch(text.strip())
    return span_of(tuple(int(each) for each in found.group("year", "month", "day") if each)) if found else NOT_KNOWN


def _read_nothing(text: str) -> NotKnown:
    return NOT_KNOWN


def span_of(numbers: Numbers) -> Span:
    """Give the span of every version that begins with these numbers."""
    return Span(numbers, (*numbers[:-1], numbers[-1] + 1))


RULES: Final[Mapping[str, Rule]] = {
    rule.name: rule
    for rule in (
        Rule(
            "dotted numbers",
            "Numbers between dots, compared one after the other as numbers. What is written stands for every build "
            "that begins so: 7.4 for 7.4.0 as well as 7.4.1. A v before it and an .x after it say nothing more. "
            "Any other sign, or a zero before a number, cannot be compared; nor can several digits without a dot, "
            "since 740 may be short for 7.4.0.",
            "6.9 comes before 6.10, and 7.3.x ends where 7.4.0 begins",
            _read_dotted,
        ),
        Rule(
            "dates",
            "A year, a year and a month, or a day, written 2026-01-31. A month stands for every day of it. "
            "Anything else cannot be compared.",
            "2025-12 comes before 2026-01-05",
            _read_dated,
        ),
        Rule(
            "equal or not",
            "Nothing is known of the order. The version is the last word after the name of the stack, with a digit "
            "in it. One that a range names in the same letters is in it; of any other nobody can say.",
            "JN-1840 is JN-1840, and not known to be before or after JN-1841",
            _read_nothing,
            has_order=False,
        ),
    )
}
"""The rules that a stack can have, by their names."""
